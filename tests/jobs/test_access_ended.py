"""A job for somebody who has left is not done; what belongs to the partnership is made all the same."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from core.dates import today
from jobs import actions, registry
from jobs.models import Job
from jobs.tasks import run
from partnerships.actions.roles import appoint, end_appointment
from partnerships.models import Appointment
from partnerships.permissions import Perm, Role
from partnerships.tenancy.context import acting
from tests.jobs.conftest import KIND
from tests.world import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(work_by):
    """The jobs that were worked on."""
    numbers = []
    work_by(lambda job, progress: numbers.append(job.pk))
    return numbers


def release(world, name):
    """End somebody's appointment in Southwark, as of now."""
    with acting(world.southwark.pk):
        appointment = Appointment.objects.select_related("partnership", "person").get(person=world.people[name])
        end_appointment(appointment=appointment, on=today(), reason="Left", by=SYSTEM)


def test_it_is_done_while_the_asker_holds_the_permission(ask, done):
    job = ask()
    run(job.pk)
    assert done == [job.pk]


def test_who_was_released_gets_nothing_and_nobody_tries_again(world, ask, done, bell):
    job = ask()
    release(world, "officer")
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts, done) == (Job.State.FAILED, "access_ended", 1, [])
    run(job.pk)
    actions.sweep()
    assert (bell.rung, done) == ([], [])


def test_who_still_belongs_but_in_a_lesser_role_gets_a_letter_and_no_result(world, ask, done):
    """The officer becomes a member: they reach the partnership, and may not write its strategy."""
    job = ask(asked_at=timezone.now() - datetime.timedelta(minutes=3))
    with acting(world.southwark.pk):
        appoint(partnership=world.southwark, person=world.officer, role=Role.MEMBER, starts_on=today(), by=SYSTEM)
        officer = Appointment.objects.select_related("partnership", "person").get(
            person=world.officer, role=Role.OFFICER
        )
        end_appointment(appointment=officer, on=today(), reason="Became a member", by=SYSTEM)
    run(job.pk)
    assert done == []
    run(Job.objects.get(kind=actions.LETTER).pk)
    (letter,) = mail.outbox
    assert letter.subject == "Southwark: Something for a test was not made"
    assert "your role has changed" in letter.body


def test_an_attempt_that_failed_is_not_repeated_after_the_release(world, ask, work_by):
    def work(job, progress):
        raise ValueError

    work_by(work)
    job = ask()
    run(job.pk)
    release(world, "officer")
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == (Job.State.FAILED, "access_ended", 2)


def test_what_is_the_partnerships_is_made_whoever_has_left(world, ask, done, monkeypatch):
    handler = registry.kind(KIND).handler
    published = registry.Kind(KIND, Job.Queue.MAIL, "Edition", lambda job: "/made/", Perm.EDIT_STRATEGY, False, handler)
    monkeypatch.setitem(registry._kinds, KIND, published)
    job = ask()
    release(world, "officer")
    run(job.pk)
    assert done == [job.pk]


def test_what_the_system_asked_for_is_made(ask, done):
    job = ask(asked_by=None)
    run(job.pk)
    assert done == [job.pk]


def test_the_edition_is_the_partnerships_and_the_draft_the_askers():
    kinds = {name: registry.kind(f"strategies.{name}") for name in ("edition_pdf", "draft_pdf")}
    assert {name: kind.for_asker for name, kind in kinds.items()} == {"edition_pdf": False, "draft_pdf": True}


def test_the_page_says_why_and_whoever_tries_again_becomes_the_asker(world, ask, done, sign_in):
    job = ask()
    release(world, "officer")
    run(job.pk)
    chair, address = sign_in("chair"), f"/p/southwark/manage/jobs/{job.pk}/"
    page = chair.get(address).text
    assert "It was not made: Officer, who asked for it, may not have it any more." in page
    assert "attempts" not in page
    chair.post(f"{address}attempt/")
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.asked_by, done) == (Job.State.DONE, world.chair, [job.pk])
