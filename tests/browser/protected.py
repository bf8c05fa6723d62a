"""Somebody with an app, a key and codes on paper, and places where they are signed in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession

from accounts.models import Person

PLACES = {
    "192.0.2.1": "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0",
    "2001:db8:85a3:8d3:1319:8a2e:370:7348": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Safari/604.1",
}
# What Chromium's own authenticator answered once, on another machine.
CREDENTIAL = {
    "id": "ZW_HtuG19hQOpYXP0fVPSVVNVZvC08t5ipsdB57Gckk",
    "rawId": "ZW_HtuG19hQOpYXP0fVPSVVNVZvC08t5ipsdB57Gckk",
    "type": "public-key",
    "response": {
        "clientDataJSON": (
            "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiTlE5QTgtbmItUVJqbDRiNU9vMmNBY2RNeUFsTVNIeVdKYTlSUzJYbG53"
            "NCIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODExNCIsImNyb3NzT3JpZ2luIjpmYWxzZX0"
        ),
        "attestationObject": (
            "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUG"
            "BwgAIGVvx7bhtfYUDqWFz9H1T0lVTVWbwtPLeYqbHQeexnJJpQECAyYgASFYIPgj3jtkPCSFgswRhITht7e8GivPLeRwd8DS1shDof85IlggCA-q"
            "-mr7ETgLSQasvhwpz_U9Z8ubk8bSfErxTscYEyA"
        ),
    },
    "clientExtensionResults": {"credProps": {"rk": True}},
    "authenticatorAttachment": "platform",
}


def protect(person: Person) -> Authenticator:
    """Give somebody all of it; gives their key."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    for number, (ip, agent) in enumerate(PLACES.items()):
        UserSession.objects.create(user=person, ip=ip, user_agent=agent, session_key=f"place-{number}")
    return Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Blue key", "credential": CREDENTIAL}
    )
