"""What each app holds about people, and what becomes of it when somebody is forgotten. The apps register it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.refusals import Text
from partnerships.models.versions import Versioned

Rows = QuerySet[Any]
STAYS = _("Stays, under a number")


@dataclass(frozen=True)
class Holding:
    """One kind of row about people.

    `rows` finds those of a person among the rows that are open; `told` names the columns of an export and where they
    come from. `fate` says what becomes of them when the person is anonymised; `forget` does it, and without it they
    stay as they are. Rows of a partnership are told and forgotten partnership by partnership.
    """

    key: str
    title: Text
    rows: Callable[[Person], Rows]
    told: Mapping[str, str]
    fate: Text
    forget: Callable[[Rows, Person], object] | None = None

    @property
    def model(self) -> type[Model]:
        """What kind of row it is."""
        return self.rows(Person()).model

    @property
    def is_of_partnerships(self) -> bool:
        """Whether each of the rows is a partnership's."""
        return any(field.name == "partnership" for field in self.model._meta.fields)


def last_saved(model: type[Versioned]) -> Holding:
    """What somebody saved last of the rows that several people edit."""
    return Holding(
        f"saved_{model._meta.model_name}",
        format_lazy(_("Last saved: {kind}"), kind=model._meta.verbose_name_plural),
        lambda person: model._default_manager.filter(saved_by=person.pk),
        {"saved": "saved_at"},
        STAYS,
    )


_holdings: dict[str, Holding] = {}


def holds(*holdings: Holding) -> None:
    """Register what an app holds, in the order in which it is told."""
    _holdings.update({holding.key: holding for holding in holdings})


def holdings() -> Iterable[Holding]:
    """Everything that is held about people."""
    return _holdings.values()
