"""Filters of registers."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership, PartnershipArea, Region


class DirectoryFilter(django_filters.FilterSet):
    """Find a partnership by words, first letter, region, or whether it receives the Neighbourhood Renewal Fund."""

    q = django_filters.CharFilter(
        label=_("Name of the area"), method="search", widget=forms.TextInput(attrs={"type": "search"}), max_length=100
    )
    letter = django_filters.CharFilter(method="begins", widget=forms.HiddenInput())
    region = django_filters.ModelChoiceFilter(
        label=_("Region"), queryset=Region.objects.order_by("name"), to_field_name="slug", empty_label=_("All regions")
    )
    nrf = django_filters.BooleanFilter(
        label=_("Only areas that received the Neighbourhood Renewal Fund, 2001 to 2006"),
        field_name="receives_nrf",
        method="receives",
        widget=forms.CheckboxInput(),
    )

    class Meta:
        model = Partnership
        fields: ClassVar = ["q", "letter", "region", "nrf"]

    def search(self, rows: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        """In the names of the partnership and of its areas, whatever their case."""
        areas = PartnershipArea.objects.filter(authority__name__icontains=value).values("partnership_id")
        return rows.filter(Q(name__icontains=value) | Q(short_name__icontains=value) | Q(pk__in=areas))

    def begins(self, rows: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        """With a letter."""
        return rows.filter(short_name__istartswith=value[:1])

    def receives(self, rows: QuerySet[Partnership], name: str, value: Any) -> QuerySet[Partnership]:
        """Unticked means all, not "only those that do not"."""
        return rows.filter(receives_nrf=True) if value else rows
