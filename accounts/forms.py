"""allauth's forms in the words of this product; allauth keeps the rules."""

from typing import Any

from allauth.account import forms as allauth_forms
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
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
