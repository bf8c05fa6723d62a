"""The columns that name a row of a table, found in the models, so that a later app need not be known here."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q
from pghistory.models import Event

from partnerships.models import Organisation, OrganisationMerge, Partnership
from partnerships.tenancy.schema import AppendOnly, PartnershipKey

Model = type[models.Model]

# An entry points to the one it was merged into, and a merge to its two entries: that is what happened, and stays.
STAYS = (Organisation, OrganisationMerge)
STANDING = Q(ends_on__isnull=True)


@dataclass(frozen=True)
class Once:
    """These columns, besides the one that names the row, may stand only once; `condition` says among which rows."""

    others: tuple[str, ...]
    condition: Q

    @property
    def ends(self) -> bool:
        """Whether it holds only for rows that have not ended."""
        return self.condition == STANDING


@dataclass(frozen=True)
class Relation:
    """One column that names a row, such as `Membership.organisation`."""

    field: Any

    @property
    def model(self) -> Model:
        """The table."""
        return self.field.model  # type: ignore[no-any-return]

    @property
    def column(self) -> str:
        """The attribute with the number: `organisation_id`."""
        return self.field.attname  # type: ignore[no-any-return]

    @cached_property
    def tenant(self) -> str | None:
        """The attribute with the number of the partnership a row belongs to; None for a table that all share."""
        if self.model is Partnership:
            return "id"
        keys = (field for field in self.model._meta.concrete_fields if isinstance(field, PartnershipKey))
        return next((key.attname for key in keys), None)

    def rows(self, pk: int) -> models.QuerySet[Any]:
        """The rows that name this one."""
        return self.model._base_manager.filter(**{self.column: pk}).order_by("pk")

    @cached_property
    def period_of(self) -> tuple[str, ...] | None:
        """The other columns with which a row may not overlap another in time; None for rows that may. See periods."""
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, ExclusionConstraint):
                names = [expression for expression, _operator in constraint.expressions if isinstance(expression, str)]
                if self.field.name in names:
                    return self._columns(name for name in names if name != self.field.name)
        return None

    @cached_property
    def onces(self) -> tuple[Once, ...]:
        """What may stand only once with the row it names."""
        meta = self.model._meta
        found = [
            Once(self._columns(each), Q()) for each in map(self._besides, meta.unique_together) if each is not None
        ]
        for constraint in meta.constraints:
            if isinstance(constraint, models.UniqueConstraint):
                others = self._besides(constraint.fields)
                if others is not None:
                    found.append(Once(self._columns(others), constraint.condition or Q()))
        return (*found, Once((), Q())) if self.field.unique else tuple(found)

    @cached_property
    def is_link(self) -> bool:
        """Whether a row says nothing but what it links, and nothing hangs on it: then a second one is no loss."""
        own = [field for field in self.model._meta.concrete_fields if not field.primary_key]
        return all(field.remote_field for field in own) and not list(relations(self.model))

    def _besides(self, names: Any) -> tuple[str, ...] | None:
        return tuple(name for name in names if name != self.field.name) if self.field.name in names else None

    def _columns(self, names: Any) -> tuple[str, ...]:
        return tuple(self.model._meta.get_field(name).attname for name in names)  # type: ignore[union-attr]


def relations(model: Model = Organisation) -> Iterator[Relation]:
    """Every column of every app that names rows of a table. History and ledgers are left out: nobody rewrites them."""
    for related in model._meta.get_fields(include_hidden=True):
        if isinstance(related, models.ForeignObjectRel) and not isinstance(related, models.ManyToManyRel):
            table = related.related_model
            if isinstance(table, type) and not _stays(table):
                yield Relation(related.field)


def _stays(table: Model) -> bool:
    """Whether no row of it is rewritten: who signed off for an organisation signed for the one of that day."""
    is_ledger = any(isinstance(constraint, AppendOnly) for constraint in table._meta.constraints)
    return table in STAYS or is_ledger or issubclass(table, Event)
