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


class SignInForm(allauth_forms.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.helper = _helper("login", "password", submit=_("Sign in"))


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    """Where the link to a new password goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)
        self.helper = _helper("email", submit=_("Send me a link"))


class ResetPasswordKeyForm(allauth_forms.ResetPasswordKeyForm):
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_new_passwords(self)
        self.helper = _helper("password1", "password2", submit=_("Set the password"))


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """The old password, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Your password now")
        self.fields["oldpassword"].widget.attrs.pop("placeholder", None)
        _name_new_passwords(self)
        self.helper = _helper("oldpassword", "password1", "password2", submit=_("Change the password"))


def _name_new_passwords(form: forms.Form) -> None:
    form.fields["password1"].label = _("New password")
    form.fields["password1"].help_text = _("At least 12 characters, not one that is often used")
    form.fields["password2"].label = _("The same again")
    for name in ("password1", "password2"):
        form.fields[name].widget.attrs.pop("placeholder", None)
