"""Asking for the draft as a PDF."""

import pytest
from django.urls import reverse

from core.refusals import NotPermitted
from jobs.models import Job
from partnerships.tenancy.context import acting
from strategies import actions


def test_the_officer_asks_and_follows_the_job(world, written, sign_in, deeds):
    response = sign_in("officer").post(written.page("draft_pdf"))
    job = Job.objects.get()
    assert response["Location"] == reverse("jobs:job", args=["southwark", job.pk])
    assert (job.kind, job.subject_id, job.asked_by) == ("strategies.draft_pdf", written.strategy.pk, world.officer)
    assert deeds()[-1] == "strategies.draft_pdf_asked"


def test_asking_twice_before_it_is_begun_is_one_job(written, sign_in, deeds):
    first = sign_in("officer").post(written.page("draft_pdf"))
    before = deeds()
    assert sign_in("chair").post(written.page("draft_pdf"))["Location"] == first["Location"]
    assert Job.objects.count() == 1
    assert deeds() == before


def test_once_it_is_begun_another_can_be_asked_for(written, sign_in):
    sign_in("officer").post(written.page("draft_pdf"))
    Job.objects.update(state=Job.State.RUNNING, heartbeat_at="2026-01-01T00:00Z")
    sign_in("officer").post(written.page("draft_pdf"))
    assert Job.objects.count() == 2


def test_it_is_a_deed_not_a_page(written, sign_in):
    assert sign_in("officer").get(written.page("draft_pdf")).status_code == 405


def test_nobody_else_can_ask(written, closed_to_others):
    closed_to_others(written.page("draft_pdf"), {})
    assert not Job.objects.exists()


def test_the_action_refuses_a_member(world, written):
    with acting(world.southwark.pk), pytest.raises(NotPermitted):
        actions.request_draft_pdf(strategy=written.strategy, by=world.access("rep"))
