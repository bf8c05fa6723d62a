"""What a partnership wants its bodies to look like, and the under-represented groups it names."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from core.dates import today
from core.refusals import Already, Conflict
from partnerships import deeds
from partnerships.actions.overtaking import refuse_overtaken, seal_of
from partnerships.models import CompositionTarget, GovernanceLayer, Partnership, Sector, UnderrepresentedGroup
from partnerships.permissions import Perm
from partnerships.queries.deeds import last_deed_of
from partnerships.tenancy.access import Access

SET = "partnerships.composition_set"

Wanted = Mapping[Sector | UnderrepresentedGroup, int | None]


@transaction.atomic
def set_composition(*, partnership: Partnership, body: GovernanceLayer, wanted: Wanted, seen: str, by: Access) -> None:
    """Say how many seats of a body are wanted for each sector and group; None takes a wish back, 0 is one.

    Whoever is not in `wanted` stays as they are. `seen` is the seal of the `wishes` that the writer saw.
    Raises NotPermitted, Conflict with both when somebody changed one in between.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    _lock(partnership)
    theirs = wishes(partnership, body)
    mine = {**theirs, **{key_of(side): seats for side, seats in wanted.items()}}
    mine = {key: seats for key, seats in mine.items() if seats is not None}
    if mine == theirs:
        return
    if seen != seal_of(theirs):
        deed = last_deed_of(partnership, SET)
        raise Conflict(mine, theirs, deed.who, deed.at)
    changes = {}
    for side, seats in wanted.items():
        before = theirs.get(key_of(side))
        if seats != before:
            changes[f"{body}: {side}"] = [before, seats]
            _wish(partnership, body, side, seats)
    deeds.record(SET, partnership, by=by, changes=changes)


def wishes(partnership: Partnership, body: GovernanceLayer) -> dict[str, int]:
    """The seats wanted of a body by `key_of` sector or group: what a form shows and a save compares."""
    rows = CompositionTarget.objects.filter(partnership=partnership, layer=body)
    return {f"sector_{row.sector_id}" if row.sector_id else f"group_{row.group_id}": row.seats for row in rows}


def key_of(side: Sector | UnderrepresentedGroup) -> str:
    """A name for a sector or group in forms."""
    return f"{'sector' if isinstance(side, Sector) else 'group'}_{side.pk}"


@transaction.atomic
def add_group(*, partnership: Partnership, name: str, by: Access) -> UnderrepresentedGroup:
    """Name an under-represented group; one that was named before is named again.

    Raises NotPermitted, Already if it is named.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    _lock(partnership)
    known = _of_name(partnership, name)
    if known is None:
        known = UnderrepresentedGroup.objects.create(partnership=partnership, name=name)
    elif known.ends_on is None or known.ends_on > today():
        raise Already(_("“%(group)s” is named already.") % {"group": known.name})
    else:
        known.name, known.ends_on = name, None
        known.save(update_fields=["name", "ends_on"])
    deeds.record("partnerships.group_named", known, by=by)
    return known


@transaction.atomic
def rename_group(*, group: UnderrepresentedGroup, name: str, seen: str, by: Access) -> UnderrepresentedGroup:
    """Other words for the same group. `seen` is the seal of the name that the writer saw.

    Raises NotPermitted, Already if another group has the name, Conflict with both when somebody renamed it in between.
    """
    locked = _locked(group, by)
    if locked.name == name:
        return locked
    theirs, mine = {"name": locked.name}, {"name": name}
    refuse_overtaken(locked, mine=mine, theirs=theirs, seen=seen)
    if _of_name(locked.partnership, name) not in (None, locked):
        raise Already(_("“%(group)s” is named already, or was.") % {"group": name})
    locked.name = name
    locked.save(update_fields=["name"])
    deeds.record("partnerships.group_renamed", locked, by=by, changes={"name": [theirs["name"], name]})
    return locked


@transaction.atomic
def end_group(*, group: UnderrepresentedGroup, by: Access) -> UnderrepresentedGroup:
    """Name a group no longer, from today on; the seats that spoke for it stay. Raises NotPermitted, Already."""
    locked = _locked(group, by)
    if locked.ends_on is not None and locked.ends_on <= today():
        raise Already(_("“%(group)s” is not named any more.") % {"group": locked.name})
    locked.ends_on = today()
    locked.save(update_fields=["ends_on"])
    deeds.record("partnerships.group_ended", locked, by=by)
    return locked


def _lock(partnership: Partnership) -> None:
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)


def _of_name(partnership: Partnership, name: str) -> UnderrepresentedGroup | None:
    """The group of this name, in capitals or not."""
    groups = UnderrepresentedGroup.objects.filter(partnership=partnership)
    return groups.filter(pk__in=groups.alias(small=Lower("name")).filter(small=name.lower()).values("pk")).first()


def _locked(group: UnderrepresentedGroup, by: Access) -> UnderrepresentedGroup:
    by.require(Perm.MANAGE_MEMBERS, group.partnership)
    _lock(group.partnership)
    return UnderrepresentedGroup.objects.select_related("partnership").get(pk=group.pk, partnership=group.partnership)


def _wish(
    partnership: Partnership, body: GovernanceLayer, side: Sector | UnderrepresentedGroup, seats: int | None
) -> None:
    column = "sector" if isinstance(side, Sector) else "group"
    own: dict[str, Any] = {"partnership": partnership, "layer": body, column: side}
    if seats is None:
        CompositionTarget.objects.filter(**own).delete()
    else:
        CompositionTarget.objects.update_or_create(**own, defaults={"seats": seats})
