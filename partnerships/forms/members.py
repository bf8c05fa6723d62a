"""Forms and the filter of members. They parse and explain; the actions save."""

from typing import Any, ClassVar

import django_filters
from crispy_forms.layout import Fieldset
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.forms import DateField, TextField
from partnerships.forms.organisations import EXAMPLE, DeedForm, EntryForm, NameField, NumberField, Scheme
from partnerships.models import DutyPartner, MemberContact, Membership, Sector
from partnerships.models.periods import holding
from partnerships.queries.organisations import meant_by

LAST_DAY = _("The first day on which it no longer holds. For example, 1 4 2006")


class DayFilter(django_filters.Filter):
    """A day, typed into three boxes."""

    field_class = DateField


class MemberFilter(django_filters.FilterSet):
    """Find members by words or a number, sector, whether an agreement names them, and when they are members."""

    q = django_filters.CharFilter(
        label=_("Name or number"),
        method="search",
        max_length=100,
        error_messages={"max_length": _("The name must be %(limit_value)d characters or fewer")},
    )
    sector = django_filters.ModelChoiceFilter(
        label=_("Sector"),
        field_name="organisation__sector",
        queryset=Sector.objects.order_by("order"),
        to_field_name="code",
        empty_label=_("All sectors"),
        error_messages={"invalid_choice": _("Choose a sector from the list")},
    )
    named = django_filters.ChoiceFilter(
        label=_("Named partner"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        empty_label=_("Yes or no"),
        method="is_named",
        error_messages={"invalid_choice": _("Choose yes or no")},
    )
    state = django_filters.ChoiceFilter(
        label=_("Membership"),
        choices=[("past", _("Past")), ("all", _("All"))],
        empty_label=_("Current"),
        method="unchanged",
        error_messages={"invalid_choice": _("Choose one of the list")},
    )
    on = DayFilter(label=_("As it was on"), method="unchanged", help_text=_("Today, if you leave it empty"))

    class Meta:
        model = Membership
        fields: ClassVar = ["q", "sector", "named", "state", "on"]

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """All words in the name, whatever their case and points; or a number."""
        found: QuerySet[Any] = rows.filter(meant_by(value, "organisation"))
        return found

    def is_named(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """On the day, by any agreement."""
        return rows.filter(named=value == "yes")

    def unchanged(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """State and day belong together: see `filter_queryset`."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By what was chosen, among those who are members on the day, or (past) were before."""
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        day = self.form.cleaned_data.get("on") or today()
        state = self.form.cleaned_data.get("state")
        if state == "all":
            return rows
        return rows.filter(ends_on__lte=day) if state == "past" else holding(rows, day)


class ContactFields(forms.Form):
    """Whom to ask at a member."""

    contact_name = NameField(label=_("Name of the person"), required=False, max_length=200)
    contact_email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    contact_telephone = NameField(
        label=_("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"type": "tel", "class": "govuk-input--width-20"}),
    )

    def contact(self) -> dict[str, str]:
        """What was typed, without the word in front; an address in small letters, as people's own are."""
        names = ("name", "email", "telephone")
        typed = {name: self.cleaned_data[f"contact_{name}"] for name in names}
        return {**typed, "email": typed["email"].lower()}


CONTACT = tuple(ContactFields.base_fields)


class ContactForm(ContactFields, DeedForm):
    """Whom to ask at a member; left empty, nobody."""

    submit = _("Save the contact")

    @staticmethod
    def initial_of(contact: MemberContact | None) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        return {name: getattr(contact, name.removeprefix("contact_"), "") for name in CONTACT}


class JoiningForm(ContactFields, DeedForm):
    """From when an organisation of the directory is a member, and whom to ask there."""

    submit = _("Add the member")

    starts_on = DateField(label=_("Member from"), help_text=EXAMPLE)
    field_order: tuple[str, ...] = ("starts_on",)

    def parts(self) -> list[Any]:
        """The contact stands together."""
        return ["starts_on", Fieldset(str(_("Whom to ask there")), *CONTACT)]


class NewOrganisationForm(JoiningForm, EntryForm):
    """An organisation that the directory lacks, from when it is a member, and whom to ask there."""

    charity = NumberField(Scheme.CHARITY)
    company = NumberField(Scheme.COMPANY)
    ons = NumberField(Scheme.ONS, help_text=_("Of a council or another public body"))
    field_order = ("name", "sector", "kind", "website", "charity", "company", "ons", "starts_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Sector.objects.exclude(code="residents").order_by("order")  # a resident sits in their own right
        self.fields["sector"].queryset = bodies  # type: ignore[attr-defined]

    def parts(self) -> list[Any]:
        """The numbers stand together, and the contact."""
        numbers = Fieldset(str(_("Its numbers, as far as it has them")), *(scheme.value for scheme in Scheme))
        return ["name", "sector", "kind", "website", numbers, *super().parts()]

    def numbers(self) -> dict[str, str]:
        """The numbers that were typed, by register."""
        return {scheme.value: self.cleaned_data[scheme] for scheme in Scheme if self.cleaned_data[scheme]}


class EndingForm(DeedForm):
    """The last of something: from when, and why."""

    submit = _("End it")

    on = DateField(label=_("Until"), help_text=LAST_DAY)
    reason = TextField(label=_("Why?"), max_length=1000, rows=3, help_text=_("It stands in the log"))


class MembershipEndingForm(EndingForm):
    """The same for a membership, perhaps with the seats of the organisation."""

    submit = _("End the membership")

    with_seats = forms.BooleanField(
        label=_("End its seats on that day too"),
        required=False,
        help_text=_("Whoever sits on them loses their role as a member representative, unless they sit elsewhere too"),
    )


class NamingForm(DeedForm):
    """Which agreement names a member as a partner with a duty to co-operate, as what, and from when."""

    submit = _("Name it as a partner")

    duty = forms.ModelChoiceField(
        label=_("Kind of partner"), queryset=DutyPartner.objects.order_by("name"), empty_label=_("Choose a kind")
    )
    agreement = NameField(
        label=_("Agreement"), max_length=200, help_text=_("For example, Southwark’s Local Area Agreement 2006 to 2009")
    )
    starts_on = DateField(label=_("From"), help_text=EXAMPLE)
