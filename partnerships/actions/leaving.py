"""What happens when somebody leaves a seat: access ends, and what they looked after goes to others."""

import datetime
from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import today
from core.refusals import Gap, Incomplete
from partnerships import handover
from partnerships.actions.roles import end_appointment
from partnerships.models import Partnership
from partnerships.permissions import Role
from partnerships.queries.sittings import appointments_from, sits_from
from partnerships.tenancy.access import Access

Heirs = Mapping[str, Person]  # by the key of what they take over


def end_access(
    partnership: Partnership,
    person: Person,
    *,
    on: datetime.date,
    ending: Collection[int] = (),
    as_member: bool,
    reason: str,
    by: Access,
) -> bool:
    """End, from a day on, the appointments with the numbers `ending`. Returns whether somebody keeps any other place.

    With `as_member` the role of a member representative ends as well, unless they sit elsewhere in the partnership.
    Nobody's access ended in the past: a day that is over means now. Raises NotPermitted, LastOfficer.
    """
    day = max(on, today())
    keeps = sits_from(partnership, person, day).exists()
    for appointment in appointments_from(partnership, person, day):
        ends = appointment.pk in ending or (as_member and not keeps and appointment.role == Role.MEMBER)
        if ends and (appointment.ends_on is None or appointment.ends_on > day):
            end_appointment(appointment=appointment, on=day, reason=reason, by=by)
    return keeps or appointments_from(partnership, person, day).exists()


def hand_over_tasks(partnership: Partnership, person: Person, *, heirs: Heirs, keeps_place: bool, by: Access) -> None:
    """Give what somebody looks after to `heirs`, by the key of the task. What is not in it stays with them.

    Raises Incomplete if something would stay with somebody who has no place in the partnership any more.
    """
    tasks = handover.tasks_of(partnership, person)
    if not keeps_place:
        left = [task for task in tasks if task.key not in heirs]
        if left:
            missing = _("Say who takes over from %(name)s: %(task)s")
            raise Incomplete(Gap(missing % {"name": person.name, "task": task}) for task in left)
    for task in tasks:
        if task.key in heirs:
            task.duty.hand_over(task.row, to=heirs[task.key], by=by)
