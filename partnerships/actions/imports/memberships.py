"""Which organisations become members by an import, and from when."""

import datetime
from collections import defaultdict

from django.utils.translation import gettext as _

from core.dates import long_date
from partnerships.actions.imports.organisations import Found
from partnerships.actions.imports.plan import Meant, Plan
from partnerships.actions.imports.standing import Standing, overlap
from partnerships.models import Membership


def plan_memberships(plan: Plan, standing: Standing, rows: list[Meant], new_seats: set[int]) -> None:
    """Add a membership for each organisation that a row calls a member, or that comes with a new seat.

    `new_seats` are the numbers of the rows that add a seat: who gets one and never was a member becomes one with it.
    """
    of_organisation: dict[int | str | None, list[Meant]] = defaultdict(list)
    for meant in rows:
        of_organisation[meant.organisation_key].append(meant)
    of_organisation.pop(None, None)
    for meant_rows in of_organisation.values():
        said = _said(plan, meant_rows)
        organisation = meant_rows[0].organisation
        assert organisation is not None  # noqa: S101  (those without one are popped)
        known = standing.memberships.get(organisation.entry.pk or 0, [])
        if said is not None:
            _as_said(plan, said, organisation, known)
        elif not known:
            _with_its_seats(plan, [each for each in meant_rows if each.row.number in new_seats], organisation)


def _since(meant: Meant) -> datetime.date | None:
    row = meant.row
    return row.member_since or (None if row.position else row.starts_on)


def _said(plan: Plan, rows: list[Meant]) -> Meant | None:
    """The row that says since when the organisation is a member. Rows that say otherwise are at fault."""
    saying = [meant for meant in rows if _since(meant)]
    alone = [meant for meant in saying if not meant.row.position]
    if not saying:
        return None
    first = (alone or saying)[0]
    for meant in saying:
        words = {"row": first.row.number, "day": long_date(_since(first) or first.row.starts_on)}
        if _since(meant) != _since(first):
            plan.fault(meant.row, "member_since", _("Row %(row)d says %(day)s for this organisation.") % words)
    for meant in alone[1:]:
        words = {"row": first.row.number}
        plan.fault(meant.row, "organisation", _("Row %(row)d has this organisation already.") % words)
    return first


def _as_said(plan: Plan, meant: Meant, organisation: Found, known: list[Membership]) -> None:
    row, since = meant.row, _since(meant) or meant.row.starts_on
    until = None if row.position else row.ends_on
    same = [membership for membership in known if membership.starts_on == since]
    if same and until and same[0].ends_on != until:
        plan.fault(row, "ends_on", _("The membership stands already, with another day. Change it on its page."))
    elif not same and (others := overlap(known, since, until)):
        words = {"day": long_date(others[0].starts_on)}
        plan.fault(row, "member_since", _("The organisation is a member since %(day)s already.") % words)
    elif not same:
        _add(plan, organisation, since, until)
        plan.adding.add(row.number)
    if not row.position and not organisation.is_new and organisation.entry.sector_id != row.sector.pk:
        words = {"sector": organisation.entry.sector.name}
        plan.fault(row, "sector", _("The directory has this organisation under “%(sector)s”.") % words)


def _with_its_seats(plan: Plan, rows: list[Meant], organisation: Found) -> None:
    """From the first day of the first of its seats, as long as the last."""
    if not rows:
        return
    ends = [meant.row.ends_on for meant in rows]
    until = None if None in ends else max(day for day in ends if day)
    _add(plan, organisation, min(meant.row.starts_on for meant in rows), until)


def _add(plan: Plan, organisation: Found, since: datetime.date, until: datetime.date | None) -> None:
    plan.memberships.append(
        Membership(partnership=plan.partnership, organisation=organisation.entry, starts_on=since, ends_on=until)
    )
