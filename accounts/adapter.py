"""How allauth is bent to this product: accounts are made by invitation, never by signing up."""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import secrets
from accounts.kept import kept

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """allauth's decisions, as this product takes them, and its refusals in plain words."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        # one sentence for an unknown address and a wrong password: nobody learns who has an account
        "email_password_mismatch": _("The e-mail address or the password is not right. Check both."),
        "too_many_login_attempts": _(
            "This address is locked for fifteen minutes after five wrong passwords. Wait, or ask for a new password."
        ),
        "enter_current_password": _("This is not your password now"),
        "incorrect_password": _("This is not your password"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves: an officer appoints or invites them."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To what waits to be sent, if somebody was interrupted; else to their partnerships."""
        return reverse("kept") if kept(request) else super().get_login_redirect_url(request)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Tell somebody what was done to their account. It is done also when no letter can be sent."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except OSError:  # smtplib's errors are such
            logger.exception("A notification could not be sent")


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's second factors: their secrets are not readable in the database, their names are plain."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the code now, or it was used already"),
        "cannot_generate_recovery_codes": _("Set up an app or a key first: codes on paper stand in for them"),
    }

    def encrypt(self, text: str) -> str:
        """The secret of an app, or what the codes on paper are made of."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` made."""
        return secrets.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a new key is called until somebody names it: “Key 2”."""
        number = user.authenticator_set.filter(type=type).count() + 1
        return gettext("Key %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        """What a browser calls this service when it offers a key."""
        return "LSP"
