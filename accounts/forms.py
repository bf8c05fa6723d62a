"""allauth's forms in the words of this product; allauth keeps the rules."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.usersessions.forms import ManageUserSessionsForm
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def _helper(*fields: str, submit: Any) -> FormHelper:
    """A form that posts to its own address, with one button that names the deed."""
    helper = FormHelper()
    helper.form_tag = True
    helper.layout = Layout(*fields, Submit("submit", submit))
    return helper


def _ask(form: forms.Form, name: str, label: Any, missing: Any) -> None:
    """Word a question of allauth's: its label, and what is said when it was not answered."""
    field = form.fields[name]
    field.label, field.help_text = label, ""
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


def _ask_new_password(form: forms.Form) -> None:
    _ask(form, "password1", _("New password"), _("Enter the new password"))
    _ask(form, "password2", _("The same again"), _("Enter the new password again"))
    form.fields["password1"].help_text = _("At least 12 characters, not one that is often used")


class SignInForm(allauth_forms.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
        _ask(self, "login", _("E-mail address"), _("Enter your e-mail address"))
        _ask(self, "password", _("Password"), _("Enter your password"))
        self.helper = _helper("login", "password", submit=_("Sign in"))


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Where the link to a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "email", _("E-mail address"), _("Enter your e-mail address"))
        self.helper = _helper("email", submit=_("Send me a link"))


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_new_password(self)
        self.helper = _helper("password1", "password2", submit=_("Set the password"))


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """The old password, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "oldpassword", _("Your password now"), _("Enter your password as it is now"))
        _ask_new_password(self)
        self.helper = _helper("oldpassword", "password1", "password2", submit=_("Change the password"))


class ConfirmForm(allauth_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "password", _("Your password"), _("Enter your password"))


class ActivateAppForm(ActivateTOTPForm):
    """The first code that an app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "code", _("The code that your app shows"), _("Enter the six figures that your app shows"))
        self.fields["code"].help_text = _("Six figures; a new code comes every half minute")
        _as_code(self)
        self.letters = " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))
        self.helper = _helper("code", submit=_("Set it up"))


class OneUse:
    """Mix-in: a code of an app opens once, as long as it holds. allauth forgets after half that time."""

    user: Any
    authenticator: Any

    def clean_code(self) -> str:
        """Raises a validation error for a code that was used."""
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:
            key = f"used-code-{self.user.pk}-{''.join(filter(str.isdigit, code))}"
            if not cache.add(key, "", timeout=30 * (2 * settings.MFA_TOTP_TOLERANCE + 1)):
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OneUse, code_forms.AuthenticateForm):
    """A code at sign-in: from the app or from the paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self)
        self.helper = _helper("code", submit=_("Sign in"))


class ConfirmByCodeForm(OneUse, code_forms.ReauthenticateForm):
    """A code in place of the password, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self)


def _ask_code(form: forms.Form) -> None:
    _ask(form, "code", _("Code"), _("Enter a code"))
    form.fields["code"].help_text = _("Six figures from your app, or eight from your paper")
    _as_code(form)


def _as_code(form: forms.Form) -> None:
    form.fields["code"].widget.attrs |= {
        "inputmode": "numeric",
        "class": "govuk-input--width-10",
        "spellcheck": "false",
    }


class AddKeyForm(AddWebAuthnForm):
    """A security key or a passkey, and what to call it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        called = _("Such as “Blue key on my ring” or “My phone”")
        self.fields["name"] = forms.CharField(
            label=_("What to call it"), help_text=called, max_length=100, required=False
        )
        _ask(self, "passwordless", _("Let me sign in with it alone, without a password"), "")
        self.fields["passwordless"].help_text = _("It must then ask for a finger, a face or a PIN itself")


class KnownKey:
    """Mix-in: what is said of a key that does not open this account, or no longer."""

    def clean_credential(self) -> Any:
        """Raises a validation error in words about a key, where allauth speaks of a code."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except forms.ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise forms.ValidationError(
                _("This key does not open your account. Use another way."), error.code
            ) from None


class SignInByKeyForm(KnownKey, LoginWebAuthnForm):
    """A key alone, in place of address and password."""


class KeyForm(KnownKey, AuthenticateWebAuthnForm):
    """A key after the password."""


class ConfirmByKeyForm(KnownKey, ReauthenticateWebAuthnForm):
    """A key in place of the password, before something that matters."""


class RenameKeyForm(EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=_("What to call it"), max_length=100)
        _ask(self, "name", _("What to call it"), _("Enter a name"))
        self.helper = _helper("name", submit=_("Rename the key"))


class EndSessionsForm(ManageUserSessionsForm):
    """Ends one session of one's own, or, when none is named, all but this one."""

    session = forms.IntegerField(required=False)

    def save(self, request: HttpRequest) -> None:
        """A session that is not one's own, or that is over, changes nothing."""
        number = self.cleaned_data["session"]
        if number is None:
            super().save(request)
        else:
            end_sessions(request, UserSession.objects.filter(user=request.user, pk=number))
