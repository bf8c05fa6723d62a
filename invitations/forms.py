"""Forms of invitations. They parse and explain; the actions save."""

from typing import Any, ClassVar

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.forms import Form, Radios
from invitations.queries import State
from partnerships.forms.filtering import FilterForm
from partnerships.models import Invitation, Seat
from partnerships.permissions import Role


class InvitationForm(Form):
    """Whom to ask, and for what."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it is shown to the others"))
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The letter goes there"),
        error_messages={"invalid": _("Enter an e-mail address, such as name@example.org")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role,
        widget=Radios(
            hints={
                Role.OFFICER: _("Runs the partnership here: members, seats, strategy. Needs a second factor"),
                Role.CHAIR: _("Writes and publishes the strategy, and sees who did what"),
                Role.FINANCE: _("Reads everything inside, and sees who did what"),
                Role.MEMBER: _("Reads everything inside"),
                Role.GROUP_CHAIR: _("Reads everything inside"),
                Role.CVS: _("Reads everything inside"),
            }
        ),
    )
    seat = forms.ModelChoiceField(
        label=_("Seat"),
        queryset=Seat.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Who accepts sits on it from that day on"),
        error_messages={"invalid_choice": _("This seat is held, or somebody is invited to it. Choose another one")},
    )

    def __init__(self, *args: Any, seats: QuerySet[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", _("Send the invitation")))

    def clean_email(self) -> str:
        """In small letters, as addresses are kept."""
        email: str = self.cleaned_data["email"].lower()
        if not email.isascii():
            raise ValidationError(_("Write the address with the letters a to z; a domain has such a spelling too"))
        return email

    def clean_role(self) -> Role:
        """As the role it is."""
        return Role(self.cleaned_data["role"])


class AcceptForm(Form):
    """A password, twice; and the name, of somebody who is new here."""

    name = forms.CharField(label=_("Your name"), max_length=200, help_text=_("As it is shown to the others"))
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters, not one that is often used"),
    )
    password2 = forms.CharField(
        label=_("The same again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Enter the password again")},
    )

    def __init__(self, *args: Any, email: str, known: Person | None, **kwargs: Any) -> None:
        """`known` is somebody who was entered already, without a password; they keep their name."""
        super().__init__(*args, **kwargs)
        self.email, self.known = email, known
        if known is not None:
            del self.fields["name"]
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("accept", _("Accept the invitation")))

    def clean(self) -> dict[str, Any]:
        """The two are the same, and good enough for this person."""
        data = super().clean() or {}
        first, again = data.get("password1"), data.get("password2")
        if first and again and first != again:
            self.add_error("password2", _("This is not the same password as above"))
        elif first:
            person = self.known or Person(email=self.email, name=data.get("name", ""))
            try:
                validate_password(first, person)
            except ValidationError as error:
                self.add_error("password1", error)
        return data


class InvitationFilter(django_filters.FilterSet):
    """Invitations by name or address, by state and by role."""

    q = django_filters.CharFilter(label=_("Name or address"), method="search", max_length=100)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=State.choices,
        empty_label=_("Any"),
        error_messages={"invalid_choice": _("Choose a state from the list")},
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        choices=Role.choices,
        empty_label=_("Any"),
        error_messages={"invalid_choice": _("Choose a role from the list")},
    )

    class Meta:
        model = Invitation
        form = FilterForm
        fields: ClassVar = ["q", "state", "role"]

    def search(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        """In what was typed when they were invited, and in the name of whoever accepted."""
        return rows.filter(Q(name__icontains=value) | Q(email__icontains=value) | Q(accepted_by__name__icontains=value))
