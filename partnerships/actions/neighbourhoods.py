"""Neighbourhoods: adding, changing, ending them, and taking an end back."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from core.dates import long_date
from core.refusals import Already
from partnerships import deeds
from partnerships.actions.overtaking import refuse_overtaken
from partnerships.models import Neighbourhood, NeighbourhoodArea, Partnership
from partnerships.permissions import Perm
from partnerships.queries.neighbourhoods import has_ended, neighbourhoods_of, values_of, with_codes
from partnerships.tenancy.access import Access

LONGEST_IN_A_DEED = 200


class AtField(Already):
    """The same, said of one field of the form: `field` is its name."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def add_neighbourhood(
    *, partnership: Partnership, name: str, about: str, starts_on: datetime.date, codes: Collection[str], by: Access
) -> Neighbourhood:
    """A neighbourhood with its small areas, from a day on. Raises NotPermitted, AtField for a taken name or code."""
    by.require(Perm.EDIT_CONTACTS, partnership)
    _hold(partnership.pk)
    row = Neighbourhood(partnership=partnership, name=name, about=about, starts_on=starts_on)
    _refuse_taken(row, codes)
    row.save()
    _set_codes(row, codes)
    changes = _changes({}, {"starts_on": starts_on.isoformat(), **values_of(row)})
    deeds.record("partnerships.neighbourhood_added", row, by=by, changes=changes)
    return row


@transaction.atomic
def save_neighbourhood(
    *, neighbourhood: Neighbourhood, name: str, about: str, codes: Collection[str], seen: str, by: Access
) -> Neighbourhood:
    """Change its name, its text, its small areas. `seen` is the seal of the values (`values_of`) the writer saw.

    Raises NotPermitted, Conflict with both when somebody saved it in between, AtField for a taken name or code,
    Already when it has ended.
    """
    row = _held(neighbourhood, by)
    refuse_ended(row)
    theirs, mine = values_of(row), {"name": name, "about": about, "codes": sorted(set(codes))}
    if mine == theirs:
        return row  # also for whoever sends the same a second time
    refuse_overtaken(row, mine=mine, theirs=theirs, seen=seen)
    row.name, row.about = name, about
    _refuse_taken(row, codes)
    row.save()
    _set_codes(row, codes)
    deeds.record("partnerships.neighbourhood_changed", row, by=by, changes=_changes(theirs, mine))
    return row


@transaction.atomic
def end_neighbourhood(*, neighbourhood: Neighbourhood, on: datetime.date, reason: str, by: Access) -> Neighbourhood:
    """It is none any more from a day on; its past stays.

    Raises NotPermitted, Already when it has an end, AtField when it would end before it began.
    """
    row = _held(neighbourhood, by)
    if row.ends_on is not None:
        raise Already(_("“%(name)s” ends on %(day)s already.") % {"name": row.name, "day": long_date(row.ends_on)})
    if on < row.starts_on:
        raise AtField("on", _("It began on %(day)s. It cannot end before that.") % {"day": long_date(row.starts_on)})
    row.ends_on = on
    row.save(update_fields=["ends_on"])
    changes = {"ends_on": [None, on.isoformat()]}
    deeds.record("partnerships.neighbourhood_ended", row, by=by, reason=reason, changes=changes)
    return row


@transaction.atomic
def resume_neighbourhood(*, neighbourhood: Neighbourhood, by: Access) -> Neighbourhood:
    """Take its end back. Raises NotPermitted, Already when it has none, AtField when another has its areas now."""
    row = _held(neighbourhood, by)
    if row.ends_on is None:
        raise Already(_("“%(name)s” has no end that could be taken back.") % {"name": row.name})
    _refuse_taken(row, values_of(row)["codes"])
    before, row.ends_on = row.ends_on, None
    row.save(update_fields=["ends_on"])
    deeds.record("partnerships.neighbourhood_resumed", row, by=by, changes={"ends_on": [before.isoformat(), None]})
    return row


def refuse_ended(neighbourhood: Neighbourhood) -> None:
    """Raises Already when it has ended: what is past stays as it was."""
    if has_ended(neighbourhood):
        raise Already(
            _("“%(name)s” ended on %(day)s. Take its end back before you change it.")
            % {"name": neighbourhood.name, "day": long_date(neighbourhood.ends_on)}  # type: ignore[arg-type]
        )


def _hold(partnership_id: int) -> None:
    """One writer of a partnership's neighbourhoods at a time, so that no small area comes to two of them."""
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership_id)


def _held(neighbourhood: Neighbourhood, by: Access) -> Neighbourhood:
    """The neighbourhood as it is now. Raises NotPermitted."""
    by.require(Perm.EDIT_CONTACTS, neighbourhood.partnership_id)
    _hold(neighbourhood.partnership_id)
    return Neighbourhood.objects.select_related("partnership").get(pk=neighbourhood.pk)


def _refuse_taken(row: Neighbourhood, codes: Collection[str]) -> None:
    """Raises AtField when another neighbourhood has the name, or one that has not ended has one of the codes."""
    others = neighbourhoods_of(row.partnership).exclude(pk=row.pk)
    namesake = others.filter(name__iexact=row.name).first()
    if namesake is not None:
        words = _("There is a neighbourhood of this name already.")
        if has_ended(namesake):
            words += " " + _("It has ended; you can take its end back.")
        raise AtField("name", words)
    taken = with_codes(others, codes)
    if taken:
        belongs = [
            _("%(code)s to “%(name)s”") % {"code": code, "name": name} for code, name in sorted(taken.items())[:10]
        ]
        words = _("These belong elsewhere already: %(codes)s. Take them out there first.")
        raise AtField("codes", words % {"codes": get_text_list(belongs, _("and"))})


def _set_codes(row: Neighbourhood, codes: Collection[str]) -> None:
    """Make these its small areas, and no others."""
    areas = NeighbourhoodArea.objects.filter(partnership=row.partnership_id, neighbourhood=row)
    stand = set(areas.values_list("code", flat=True))
    areas.exclude(code__in=codes).delete()
    NeighbourhoodArea.objects.bulk_create(
        NeighbourhoodArea(partnership_id=row.partnership_id, neighbourhood=row, code=code)
        for code in sorted(set(codes) - stand)
    )


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What changed, for the log: all codes, and of long texts the beginning (history keeps them whole)."""
    return {
        "small_areas" if name == "codes" else name: [_short(before.get(name)), _short(value)]
        for name, value in after.items()
        if value != before.get(name) and (value or before.get(name))
    }


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST_IN_A_DEED:
        return f"{value[: LONGEST_IN_A_DEED - 1]}…"
    return value
