"""Finding a case through the partnership that is open, and telling where it stands."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import date_time, long_date
from partnerships.models import Partnership
from reviews import queries
from reviews.models import Case, DialogueEntry, Submission


def find_case(partnership: Partnership, pk: int) -> Case:
    """One of the partnership's own, or 404."""
    found = queries.case_of(partnership, pk)
    if found is None:
        raise Http404
    return found


def find_submission(case: Case, request: HttpRequest) -> Submission:
    """The submission that `?submission=` asks for, or the last. 404 for a number that was never submitted."""
    asked = request.GET.get("submission", "")
    if not asked:
        return queries.last_submission(case)
    found = case.submissions.filter(number=int(asked)).first() if asked.isdecimal() and len(asked) < 9 else None
    if found is None:
        raise Http404
    return found


def find_entry(case: Case, pk: int) -> DialogueEntry:
    """One entry of the case's dialogue, or 404."""
    found = DialogueEntry.objects.filter(case=case, partnership=case.partnership_id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def standing(case: Case, reader: int | None = None) -> str:
    """Where a case stands, in one sentence: who did what to it last, and when. The `reader` is told of as you."""
    if case.state == Case.State.CLAIMED and case.reviewer_id == reader and case.claimed_at:
        return _("You took it on %(at)s.") % {"at": date_time(case.claimed_at)}
    return _SAID[Case.State(case.state)](case)


def _queued(case: Case) -> str:
    return _("It waits for somebody to take it.")


def _claimed(case: Case) -> str:
    words = {"who": case.reviewer.name if case.reviewer else "", "at": date_time(case.claimed_at or case.opened_at)}
    return _("%(who)s took it on %(at)s.") % words


def _sent_back(case: Case) -> str:
    asked = queries.open_request(case)
    if asked is None:
        return _("It is with the partnership.")
    words = {"at": long_date(asked.asked_at), "day": long_date(asked.answer_by)}
    return _("It was sent back on %(at)s; the partnership is to answer by %(day)s.") % words


def _recommended(case: Case) -> str:
    made = queries.recommendation_of(case)
    if made is None:
        return _("It waits for a manager.")
    words = {"who": _name(made.by), "at": date_time(made.at), "outcome": made.outcome_label}
    return _("%(who)s recommended on %(at)s: %(outcome)s. It waits for a manager.") % words


def _decided(case: Case) -> str:
    decision = queries.decision_of(case)
    if decision is None:
        return _("It is decided.")
    words = {"who": _name(decision.decided_by), "at": date_time(decision.decided_at), "outcome": decision.outcome_label}
    return _("%(who)s decided it on %(at)s: %(outcome)s.") % words


def _appealed(case: Case) -> str:
    return _("The partnership has appealed; the national team answers.")


def _withdrawn(case: Case) -> str:
    return _("The partnership withdrew it on %(at)s.") % {"at": date_time(case.closed_at or case.opened_at)}


def _name(person: Person | None) -> str:
    return person.name if person else _("The Government Office")


_SAID: dict[str, Callable[[Case], str]] = {
    Case.State.QUEUED: _queued,
    Case.State.CLAIMED: _claimed,
    Case.State.SENT_BACK: _sent_back,
    Case.State.RECOMMENDED: _recommended,
    Case.State.DECIDED: _decided,
    Case.State.APPEALED: _appealed,
    Case.State.WITHDRAWN: _withdrawn,
}
