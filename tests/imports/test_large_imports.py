"""More than 500 rows are checked and entered by a worker, who shows how far it is, and enters all or nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imports import actions
from imports.models import MemberImport
from imports.tasks import _aside
from jobs import tasks
from jobs.models import Job
from partnerships.actions.roles import end_appointment
from partnerships.models import Appointment, Seat
from partnerships.queries import broken_deeds
from partnerships.tenancy.context import acting
from tests.world import BEGAN_ON, SYSTEM

S = MemberImport.State


def rows_of(count):
    """So many seats, a tenth of them of one organisation each."""
    return [
        {
            "Sector": "Business",
            "Position": f"Seat {number}",
            "Organisation": f"Trader {number // 10}" if number % 2 else "",
            "Held by": f"Member {number}",
            "E-mail": f"m{number}@example.org",
            "From": "2006-01-31",
        }
        for number in range(count)
    ]


LARGE = actions.AT_ONCE + 1


@pytest.fixture(autouse=True)
def nobody_hears(monkeypatch):
    """No worker of a broker: the tests run the jobs themselves."""
    monkeypatch.setattr(tasks.run, "apply_async", lambda *args, **options: None)


def found(member_import):
    with acting(member_import.partnership_id):
        return MemberImport.objects.get(pk=member_import.pk)


def test_a_worker_checks_and_enters(empty, upload, confirm):
    uploaded = upload(rows_of(LARGE))
    assert uploaded.state == S.CHECKING
    tasks.run(uploaded.job_id)
    checked = found(uploaded)
    assert (checked.state, checked.counts["seats"]) == (S.READY, LARGE)
    assert Seat.objects.filter(partnership=empty).count() == 0
    confirmed = confirm(checked)
    assert confirmed.state == S.ENTERING and confirmed.job_id != uploaded.job_id
    tasks.run(confirmed.job_id)
    assert (found(uploaded).state, found(uploaded).rows) == (S.DONE, [])
    assert Seat.objects.filter(partnership=empty).count() == LARGE
    job = Job.objects.get(pk=confirmed.job_id)
    assert (job.state, job.result_id) == (Job.State.DONE, uploaded.pk)
    with acting(empty.pk):
        assert broken_deeds(empty) == []


def test_errors_found_by_a_worker(empty, upload):
    rows = rows_of(LARGE)
    rows[5]["From"] = "31/02/2006"
    uploaded = upload(rows)
    tasks.run(uploaded.job_id)
    assert found(uploaded).errors == [[7, "From", "31 February 2006 does not exist"]]


def test_a_job_that_runs_twice_enters_once(empty, world, upload, confirm):
    uploaded = upload(rows_of(LARGE))
    tasks.run(uploaded.job_id)
    confirmed = confirm(uploaded)
    tasks.run(confirmed.job_id)
    with acting(empty.pk, by=world.officer.pk):
        again = actions.enter_rows(member_import=confirmed, by=world.access("officer"))
        assert again.state == S.DONE
        assert actions.check_rows(member_import=confirmed, by=world.access("officer")).state == S.DONE
    assert Seat.objects.filter(partnership=empty).count() == LARGE


def test_nothing_is_entered_for_somebody_whose_role_has_ended(empty, world, upload, confirm):
    uploaded = upload(rows_of(LARGE))
    tasks.run(uploaded.job_id)
    confirmed = confirm(uploaded)
    with acting(empty.pk):
        appointment = Appointment.objects.get(partnership=empty, person=world.officer)
        end_appointment(appointment=appointment, on=BEGAN_ON, reason="Left", by=SYSTEM)
    tasks.run(confirmed.job_id)
    assert Job.objects.get(pk=confirmed.job_id).error == Job.ACCESS_ENDED
    assert found(uploaded).state == S.ENTERING
    assert Seat.objects.filter(partnership=empty).count() == 0
    with acting(empty.pk):
        assert actions.discard(member_import=uploaded, by=SYSTEM).state == S.DISCARDED


def test_a_discarded_import_is_entered_by_no_worker(empty, upload, confirm, world):
    uploaded = upload(rows_of(LARGE))
    tasks.run(uploaded.job_id)
    confirmed = confirm(uploaded)
    with acting(empty.pk):
        actions.discard(member_import=confirmed, by=world.access("officer"))
    tasks.run(confirmed.job_id)
    assert found(uploaded).state == S.DISCARDED
    assert Seat.objects.filter(partnership=empty).count() == 0


def test_the_number_of_statements_does_not_grow_with_the_rows(empty, upload, confirm):
    """Up to a batch of a thousand rows a table."""
    counts = []
    for size in (20, 400):
        uploaded = upload(rows_of(size))
        with CaptureQueriesContext(connection) as queries:
            confirm(uploaded)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 50


def test_progress_is_written_aside(world):
    """While the work is in a transaction, nobody would see what it writes."""
    seen = []
    with _aside(lambda done, total: seen.append((done, total, connection.in_atomic_block))) as shown:
        for done in range(3):
            shown(done, 3)
    assert seen == [(0, 3, False), (1, 3, False), (2, 3, False)]
