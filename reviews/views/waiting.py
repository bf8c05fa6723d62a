"""How long a case has waited, and how late it is, in words."""

from django.utils import timezone
from django.utils.translation import ngettext

from core.dates import LONDON, today
from reviews.models import Case

LOOKS = {
    Case.State.SENT_BACK: "sent-back",
    Case.State.APPEALED: "sent-back",
    Case.State.DECIDED: "decided",
    Case.State.WITHDRAWN: "draft",
}


def look_of(case: Case) -> str:
    """Which of the looks of a state (see `status_tag`)."""
    return "late" if case.days_late else LOOKS.get(Case.State(case.state), "submitted")


def state_of(case: Case) -> str:
    """The state in words; of a case that is late, by how much."""
    return days_late(case.days_late) if case.days_late else str(case.get_state_display())


def days_waiting(case: Case) -> int:
    """For how many days a partnership has waited for a decision: since the case was opened, until it was closed."""
    opened = timezone.localdate(case.opened_at, LONDON)
    until = timezone.localdate(case.closed_at, LONDON) if case.closed_at else today()
    return (until - opened).days


def days(count: int) -> str:
    """“1 day”, “12 days”."""
    return ngettext("%(days)d day", "%(days)d days", count) % {"days": count}


def days_late(count: int) -> str:
    """“7 days late”."""
    return ngettext("%(days)d day late", "%(days)d days late", count) % {"days": count}
