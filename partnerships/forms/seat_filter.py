"""Finding seats: on which day, and which of them."""

import datetime
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, DateInput, Form
from partnerships.models import GovernanceLayer, Seat, Sector


class DayInput(DateInput):
    """A day in three boxes, or in an address as ?on=2006-05-03."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        if name not in data:
            return super().value_from_datadict(data, files, name)
        parts = data[name].split("-")
        return parts[::-1] if len(parts) == 3 else [data[name], "", ""]


class DayForm(Form):
    """The day on which somebody sat. Without one it is today."""

    on = DateField(label=_("On which day?"), required=False, widget=DayInput(), help_text=_("For example, 3 5 2006"))

    @property
    def day(self) -> datetime.date | None:
        """The day asked for; None if none was, or it was not understood."""
        day: datetime.date | None = self.cleaned_data.get("on") if self.is_valid() else None
        return day


class SeatFilter(django_filters.FilterSet):
    """Find seats by words, body, sector, and whether somebody holds them."""

    q = django_filters.CharFilter(
        label=_("Position, organisation or person"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=100,
        error_messages={"max_length": _("The words must be %(limit_value)d characters or fewer")},
    )
    body = django_filters.ModelChoiceFilter(
        label=_("Body"),
        field_name="layer",
        queryset=GovernanceLayer.objects.order_by("pk"),
        to_field_name="code",
        empty_label=_("All bodies"),
        error_messages={"invalid_choice": _("Choose a body from the list")},
    )
    sector = django_filters.ModelChoiceFilter(
        label=_("Sector"),
        queryset=Sector.objects.order_by("order"),
        to_field_name="code",
        empty_label=_("All sectors"),
        error_messages={"invalid_choice": _("Choose a sector from the list")},
    )
    state = django_filters.ChoiceFilter(
        label=_("Held or open"),
        method="held_or_open",
        choices=[("held", _("Held")), ("open", _("Open"))],
        empty_label=_("All seats"),
        error_messages={"invalid_choice": _("Choose held or open")},
    )

    class Meta:
        model = Seat
        fields: ClassVar = ["q", "body", "sector", "state"]

    def search(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Every word, wherever it stands, whatever its case."""
        columns = ["position", "organisation_name", "organisation__name", "holder", "substitute"]
        for word in value.split():
            found = Q()
            for column in columns:
                found |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(found)
        return rows

    def held_or_open(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Whether somebody sits there on the day."""
        return rows.filter(held=value == "held")
