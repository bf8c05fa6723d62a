"""Opening a case: what is submitted is frozen, numbered and sealed, and waits in the queue."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from core.dates import today
from core.refusals import Already, NotPermitted
from core.seals import sealed
from core.working_days import working_days_after
from jobs.models import Job
from partnerships.models import Deed
from reviews.models import Case, Submission
from reviews.queries import content_of
from tests.reviewing import content


def test_it_waits_in_the_queue_until_a_day_that_is_fixed_now(office, deeds):
    case = office.submit(decide_within=30)
    assert (case.state, case.reviewer, case.due_on) == ("queued", None, working_days_after(today(), 30))
    assert deeds() == ["submitted"]


def test_what_was_submitted_is_frozen_and_sealed(office):
    case = office.submit(declaration="We agree.")
    submission = Submission.objects.get()
    reference = f"LSP-{case.pk:06d}-1"
    assert (submission.number, submission.reference, submission.submitted_by) == (1, reference, office.world.chair)
    assert content_of(submission) == content()
    frozen = {"reference": reference, "content": submission.content, "declaration": "We agree."}
    assert submission.sha256 == sealed(frozen)
    assert Deed.objects.latest("number").changes["sha256"] == [None, submission.sha256]


def test_it_is_routed_and_made_into_a_pdf_after_the_commit(office):
    submission = office.submit().submissions.get()
    jobs = {job.kind: (job.queue, job.subject_id, job.asked_by) for job in Job.objects.all()}
    assert jobs == {
        "reviews.route": ("reviews", submission.pk, None),
        "reviews.submission_pdf": ("reports", submission.pk, office.world.chair),
    }


@pytest.mark.parametrize("name", ["officer", "rep", "finance", "reviewer", "manager", "national_team", "stranger"])
def test_only_the_chair_submits(office, name):
    with pytest.raises(NotPermitted, match="The chair of the partnership can"):
        office.submit(by=office.by(name))
    assert not Case.objects.exists()


def test_the_same_thing_twice_is_told_and_changes_nothing(office, deeds):
    office.submit(7)
    with pytest.raises(Already, match="submitted already"):
        office.submit(7)
    office.submit(8)
    assert deeds() == ["submitted", "submitted"]


def test_a_thing_can_be_submitted_again_after_its_decision(office):
    first = office.made("decided")
    again = office.submit(previous=first)
    assert (again.previous, again.state) == (first, "queued")


def test_postgresql_refuses_a_second_open_case_and_a_changed_submission(office):
    case = office.submit()
    case.pk = None
    with pytest.raises(IntegrityError, match="one_open_case_of_a_thing"), transaction.atomic():
        case.save(force_insert=True)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Submission.objects.update(declaration="We do not.")


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"state": "claimed"}, "case_in_review_has_a_reviewer"),
        ({"state": "decided"}, "case_closed_and_when_together"),
    ],
)
def test_postgresql_refuses_a_state_without_what_belongs_to_it(office, values, rule):
    case = office.submit()
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**values)
