"""Filters of registers."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.dates import today
from partnerships.models import Partnership, PartnershipArea, Region
from partnerships.models.organisations import unpointed
from partnerships.queries.organisations import without_points


class DirectoryFilter(django_filters.FilterSet):
    """Find a partnership by words, first letter, region, or whether it receives the Neighbourhood Renewal Fund."""

    q = django_filters.CharFilter(
        label=_("Name of the area"),
        method="search",
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=100,
        error_messages={"max_length": _("The name must be %(limit_value)d characters or fewer")},
    )
    letter = django_filters.CharFilter(method="begins", widget=forms.HiddenInput())
    region = django_filters.ModelChoiceFilter(
        label=_("Region"),
        queryset=Region.objects.order_by("name"),
        to_field_name="slug",
        empty_label=_("All regions"),
        error_messages={"invalid_choice": _("Choose a region from the list")},
    )
    nrf = django_filters.BooleanFilter(
        label=_("Only areas that received the Neighbourhood Renewal Fund, 2001 to 2006"),
        field_name="receives_nrf",
        method="receives",
        widget=forms.CheckboxInput(),
    )

    current = django_filters.BooleanFilter(
        label=_("Leave out partnerships that have ended"), method="stands", widget=forms.CheckboxInput()
    )

    class Meta:
        model = Partnership
        fields: ClassVar = ["q", "letter", "region", "nrf", "current"]

    def search(self, rows: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        """In the names of the partnership and of its areas, whatever their case and points."""
        words = without_points(value)
        if not words:
            return rows.none()
        areas = PartnershipArea.objects.alias(area=unpointed("authority__name")).filter(area__icontains=words)
        return rows.alias(whole=unpointed("name"), short=unpointed("short_name")).filter(
            Q(whole__icontains=words) | Q(short__icontains=words) | Q(pk__in=areas.values("partnership_id"))
        )

    def begins(self, rows: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        """With a letter."""
        return rows.filter(short_name__istartswith=value[:1])

    def receives(self, rows: QuerySet[Partnership], name: str, value: Any) -> QuerySet[Partnership]:
        """Unticked means all, not "only those that do not"."""
        return rows.filter(receives_nrf=True) if value else rows

    def stands(self, rows: QuerySet[Partnership], name: str, value: Any) -> QuerySet[Partnership]:
        """Unticked means all: who looks for a place finds what was there before, and its successor."""
        return rows.exclude(ended_on__lte=today()) if value else rows
