"""From a submission to an accreditation: sent back, answered, recommended, countersigned, appealed."""

from core.dates import today
from core.working_days import working_days_after
from jobs.models import Job
from reviews import actions, queries
from reviews.models import Case
from tests.reviewing import TOLD

S = Case.State


def test_the_whole_story(office, deeds):
    case = office.submit()
    assert (case.state, case.due_on) == (S.QUEUED, working_days_after(today(), 30))
    actions.see(case=case, by=office.by("reviewer"))
    office.claim(case)
    office.ask(case)
    assert queries.unlocked_sections(case) == {"performance-managed"}
    assert office.answer(case).reference == f"LSP-{case.pk:06d}-2"
    office.recommend(case, submission=2)
    decision = office.decide(case)
    assert decision.reference == f"LSP-{case.pk:06d}-D1"
    dismissed = actions.dismiss(appeal=office.appeal(case), answer="It was read.", by=office.by("national_team"))
    assert dismissed.state == "dismissed"
    assert actions.hold(case).state == S.DECIDED
    assert TOLD == [("changes_asked", 1), ("decided green", 1)]
    verbs = ["submitted", "seen", "claimed", "changes_asked", "answered", "recommended", "decided", "appealed"]
    assert deeds() == [*verbs, "appeal_dismissed"]
    assert Job.objects.filter(kind="reviews.decision_files", subject_id=decision.pk).count() == 1
