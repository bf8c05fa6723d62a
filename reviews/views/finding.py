"""Finding a case through the partnership that is open, and telling where it stands."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

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


def standing(case: Case) -> str:
    """Where a case stands, in one sentence: who did what to it last, and when."""
    state, reviewer = case.state, case.reviewer.name if case.reviewer else ""
    if state == Case.State.DECIDED and (decision := queries.decision_of(case)):
        who = decision.decided_by.name if decision.decided_by else _("The Government Office")
        words = {"who": who, "at": date_time(decision.decided_at), "outcome": decision.outcome_label}
        return _("%(who)s decided it on %(at)s: %(outcome)s.") % words
    if state == Case.State.RECOMMENDED and (recommended := queries.recommendation_of(case)):
        who = recommended.by.name if recommended.by else reviewer
        words = {"who": who, "at": date_time(recommended.at), "outcome": recommended.outcome_label}
        return _("%(who)s recommended on %(at)s: %(outcome)s. It waits for a manager.") % words
    if state == Case.State.SENT_BACK and (asked := queries.open_request(case)):
        words = {"at": long_date(asked.asked_at), "day": long_date(asked.answer_by)}
        return _("It was sent back on %(at)s; the partnership is to answer by %(day)s.") % words
    if state == Case.State.CLAIMED and case.claimed_at:
        return _("%(who)s took it on %(at)s.") % {"who": reviewer, "at": date_time(case.claimed_at)}
    if state == Case.State.WITHDRAWN and case.closed_at:
        return _("The partnership withdrew it on %(at)s.") % {"at": date_time(case.closed_at)}
    if state == Case.State.APPEALED:
        return _("The partnership has appealed; the national team answers.")
    return _("It waits for somebody to take it.")
