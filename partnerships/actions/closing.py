"""Ending a partnership: from its day on it is only read, and who belonged to it did so until that day.

Appointments stay, or nobody could read it. Nothing is moved or removed: see docs/adr/0012-partnerships-that-end.md.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import long_date, today
from core.refusals import Already, WrongState
from partnerships import deeds
from partnerships.ending import hindrances
from partnerships.models import (
    Deed,
    Invitation,
    Membership,
    NamedPartner,
    Neighbourhood,
    Partnership,
    PartnershipArea,
    Seat,
    Sitting,
)
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

# What ends with a partnership, each with what its labels and deeds need.
ENDING: dict[Any, tuple[str, ...]] = {
    Membership: ("organisation",),
    NamedPartner: ("organisation",),
    Seat: (),
    Sitting: ("seat", "person"),
    Neighbourhood: (),
    PartnershipArea: ("authority",),
}
ANNOUNCED, ENDED, WITH_IT = "partnerships.end_announced", "partnerships.ended", "partnerships.ended_with_it"
REOPENED, REOPENED_WITH_IT = "partnerships.reopened", "partnerships.reopened_with_it"


class Hindered(WrongState):
    """Something must be over before the partnership can end. `words` say what."""

    def __init__(self, words: Iterable[Any]) -> None:
        super().__init__()
        self.words = list(words)

    def sentence(self) -> str:
        return " ".join(str(word) for word in self.words)


@transaction.atomic
def end(
    *, partnership: Partnership, on: datetime.date, reason: str, successor: Partnership | None = None, by: Access
) -> Partnership:
    """End a partnership on a day, today or later; from that day on it is only read.

    Raises NotPermitted, Already if it has ended or will, WrongState if the day has passed or the successor has ended or
    will, Hindered if work is going on that an end today would break off.
    """
    by.require(Perm.CLOSE_PARTNERSHIP, partnership)
    locked = {row.pk: row for row in held(partnership, *([successor] if successor else []))}
    ending = locked[partnership.pk]
    if ending.ended_on is not None:
        raise Already(ended_already(ending))
    if on < today():
        raise WrongState(_("end the partnership on a day that has passed"), long_date(on))
    if successor and (successor.pk == ending.pk or locked[successor.pk].ended_on is not None):
        raise WrongState(_("name this partnership as the successor"), successor.name)
    ending.ended_on, ending.successor = on, successor
    with acting(ending.pk, by=by.person_id, even_if_over=True):
        if on <= today():
            refuse_if_hindered(ending)
            seal(ending, reason=reason, by=by)
            close(ending, by=by)
        else:
            ending.save(update_fields=["ended_on", "successor"])
            deeds.record(ANNOUNCED, ending, by=by, reason=reason, changes=_changes(ending))
    return ending


def seal(partnership: Partnership, *, reason: str, by: Access) -> None:
    """Write down that it has ended; from here on nobody writes in it. It is held, and open even if it is over.

    Rows are held before the log, as everywhere. Once the log is held, what others were in the middle of either stands,
    or is refused when they come to the log themselves.
    """
    for model in ENDING:
        list(_lasting(model, partnership).select_for_update(of=("self",), no_key=True).values_list("pk"))
    partnership.save(update_fields=["ended_on", "successor"])
    deeds.record(ENDED, partnership, by=by, reason=reason, changes=_changes(partnership))


def close(partnership: Partnership, *, by: Access) -> None:
    """End what belongs to a partnership that is sealed, on its day."""
    for model, related in ENDING.items():
        _end_rows(list(_lasting(model, partnership).select_related(*related)), partnership.ended_on, by)
    _revoke_invitations(partnership, by)


def apply_announced(by: Access) -> list[Partnership]:
    """End the registers of those whose announced day has come. Returns which these were; a second call finds none."""
    done = []
    for found in Partnership.objects.filter(ended_on__lte=today()).order_by("pk"):
        with acting(found.pk, even_if_over=True):
            (partnership,) = held(found)
            if _last_word(partnership) == ANNOUNCED:
                seal(partnership, reason="", by=by)
                close(partnership, by=by)
                done.append(partnership)
    return done


@transaction.atomic
def reopen(*, partnership: Partnership, reason: str, by: Access) -> Partnership:
    """Take back that a partnership has ended or will: what ended with it holds again, until the day it held before.

    Invitations stay revoked. Raises NotPermitted, Already if it has not ended, WrongState if a successor took over.
    """
    by.require(Perm.CLOSE_PARTNERSHIP, partnership)
    (reopened,) = held(partnership)
    if reopened.ended_on is None:
        raise Already(_("%(name)s has not ended.") % {"name": reopened.name})
    if reopened.is_over and reopened.successor is not None:
        raise WrongState(_("open the partnership again"), _("%(name)s took over") % {"name": reopened.successor.name})
    before = reopened.ended_on
    with acting(reopened.pk, by=by.person_id, even_if_over=True):
        _restore_rows(reopened, by)
        reopened.ended_on = reopened.successor = None
        reopened.save(update_fields=["ended_on", "successor"])
        deeds.record(REOPENED, reopened, by=by, reason=reason, changes={"ended_on": [before.isoformat(), None]})
    return reopened


def held(*partnerships: Partnership) -> list[Partnership]:
    """These as they are now, kept still until the transaction ends; in one order, so that nobody waits in a ring."""
    rows = Partnership.objects.select_for_update(of=("self",), no_key=True).select_related("successor")
    return list(rows.filter(pk__in=[row.pk for row in partnerships]).order_by("pk"))


def refuse_if_hindered(partnership: Partnership) -> None:
    """Raises Hindered while there is work that an end today would break off."""
    if words := hindrances(partnership):
        raise Hindered(words)


def ended_already(partnership: Partnership) -> str:
    """Who comes second is told this."""
    if partnership.ended_on is None:
        return ""
    words = {"name": partnership.name, "day": long_date(partnership.ended_on)}
    if partnership.successor is None:
        said = _("%(name)s ended on %(day)s.") if partnership.is_over else _("%(name)s ends on %(day)s already.")
        return said % words
    words["successor"] = partnership.successor.name
    return _("%(name)s ended on %(day)s; its successor is %(successor)s.") % words


def _lasting(model: Any, partnership: Partnership) -> Any:
    """The rows that would hold on the day of the end, or later."""
    return overlapping(model.objects.filter(partnership=partnership), partnership.ended_on or today()).order_by("pk")


def _end_rows(rows: list[Any], on: datetime.date | None, by: Access) -> None:
    before = {}
    for row in rows:
        before[row.pk], row.ends_on = row.ends_on, max(on, row.starts_on) if row.starts_on else on
    _save(rows)
    _tell(WITH_IT, rows, lambda row: {"ends_on": [_iso(before[row.pk]), _iso(row.ends_on)]}, by)


def _restore_rows(partnership: Partnership, by: Access) -> None:
    """The log is the journal: what it says since the last end ended with the partnership holds as before."""
    log = Deed.objects.filter(partnership=partnership)
    last = log.filter(verb=ENDED).order_by("-number").values("number")[:1]
    ended = log.filter(verb=WITH_IT, number__gt=last)
    for model, related in ENDING.items():
        told = ended.filter(subject=model._meta.label_lower).values_list("subject_id", "changes")
        before = {pk: changes["ends_on"][0] for pk, changes in told}
        found = model.objects.filter(partnership=partnership, pk__in=before)
        rows = list(found.select_related(*related).order_by("pk"))
        was = {row.pk: row.ends_on for row in rows}
        for row in rows:
            row.ends_on = datetime.date.fromisoformat(before[row.pk]) if before[row.pk] else None
        _save(rows)
        _tell(REOPENED_WITH_IT, rows, lambda row, was=was: {"ends_on": [_iso(was[row.pk]), _iso(row.ends_on)]}, by)


def _save(rows: list[Any]) -> None:
    if rows:
        type(rows[0]).objects.bulk_update(rows, ["ends_on"], batch_size=500)


def _tell(verb: str, rows: list[Any], changes: Any, by: Access) -> None:
    subjects = ((row, row.person if isinstance(row, Sitting) else None) for row in rows)
    deeds.record_all(verb, subjects, by=by, changes=changes)


def _revoke_invitations(partnership: Partnership, by: Access) -> None:
    """Nobody can accept one any more; name and address are of no more use."""
    rows = list(Invitation.objects.filter(partnership=partnership, accepted_at=None, revoked_at=None).order_by("pk"))
    for row in rows:
        row.revoked_at, row.name, row.email = timezone.now(), "", ""
    if rows:
        Invitation.objects.bulk_update(rows, ["revoked_at", "name", "email"])
    deeds.record_all("partnerships.invitation_ended", ((row, None) for row in rows), by=by)


def _last_word(partnership: Partnership) -> str:
    log = Deed.objects.filter(partnership=partnership, verb__in=(ANNOUNCED, ENDED, REOPENED))
    return log.order_by("-number").values_list("verb", flat=True).first() or ""


def _changes(partnership: Partnership) -> dict[str, list[str | None]]:
    changes = {"ended_on": [None, _iso(partnership.ended_on)]}
    if partnership.successor is not None:
        changes["successor"] = [None, partnership.successor.name]
    return changes


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
