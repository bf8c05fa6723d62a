"""The national team opens a round: every partnership of the scheme gets its draft and a letter, each once."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accreditation import actions, queries
from accreditation.models import Round, Scheme, SelfAssessment
from core.dates import LONDON, long_date, today
from core.refusals import Already, NotPermitted
from jobs import actions as jobs
from jobs import tasks
from jobs.models import Job
from partnerships.models import Appointment, Deed, Partnership, Region
from partnerships.tenancy.context import acting, reading_everywhere

IN_A_MONTH = datetime.timedelta(days=30)


def open_round(world, name="Spring", by="national_team", scheme="2005-06", **days):
    """The national team's form, sent."""
    dates = {"opens_on": today(), "closes_on": today() + IN_A_MONTH, **days}
    return actions.open_round(scheme=Scheme.objects.get(code=scheme), name=name, **dates, by=world.access(by))


def work(kind):
    """A worker does all jobs of a kind that wait and are due."""
    for job in Job.objects.filter(kind=kind, state=Job.State.QUEUED):
        tasks.run(job.pk)


@pytest.fixture
def many(world):
    """354 partnerships, as in 2004; most of them not of renewal areas."""
    region = Region.objects.get(slug="london")
    present = Partnership.objects.count()
    Partnership.objects.bulk_create(
        Partnership(
            slug=f"area-{number}", name=f"Area {number} Partnership", short_name=f"Area {number}", region=region
        )
        for number in range(354 - present)
    )
    Scheme.objects.filter(code="2005-06").update(only_nrf=False)


def test_a_job_for_each_partnership_and_a_round(world):
    opened = open_round(world)
    assert opened.opened_by == world.national_team
    waiting = Job.objects.filter(kind="accreditation.announce", subject_id=opened.pk)
    assert set(waiting.values_list("partnership__slug", flat=True)) == {"southwark", "hackney", "leeds"}
    assert set(waiting.values_list("queue", flat=True)) == {"reviews"}
    assert queries.told(opened) == queries.Told(partnerships=3, started=0, failed=0)


def test_354_are_written_down_in_a_moment(world, many):
    with CaptureQueriesContext(
        connection,
    ) as queried:
        opened = open_round(world)
    assert queries.told(opened).partnerships == 354
    assert len(queried) <= 12


def test_those_that_have_ended_and_those_without_the_fund_are_left_out(world):
    Partnership.objects.filter(slug="hackney").update(ended_on=today())
    Partnership.objects.filter(slug="leeds").update(receives_nrf=False)
    opened = open_round(world)
    assert Job.objects.filter(subject_id=opened.pk).get(kind="accreditation.announce").partnership == world.southwark


def test_the_worker_starts_the_draft_and_writes_one_letter(world):
    opened = open_round(world)
    work("accreditation.announce")
    work("accreditation.announcement")
    with acting(world.southwark.pk):
        draft = SelfAssessment.objects.get(round=opened)
        deed = Deed.objects.filter(verb="accreditation.started").get()
    assert (draft.state, deed.by) == ("draft", world.national_team)
    assert queries.told(opened).started == 3 and queries.told(opened).waiting == 0
    (letter,) = [letter for letter in mail.outbox if "Southwark" in letter.subject]
    assert letter.subject == "Southwark: the self-assessment Spring is open"
    assert sorted(letter.to) == ["chair@example.org", "officer@example.org", "unprotected@example.org"]
    assert f"submits by {long_date(opened.closes_on)}" in letter.body
    assert f"/p/southwark/manage/accreditation/{draft.pk}/" in letter.body
    assert letter.extra_headers["Message-ID"].startswith(f"<round-opened-{draft.pk}@")


def test_a_worker_that_dies_in_between_doubles_nothing(world):
    opened = open_round(world)
    job = Job.objects.get(kind="accreditation.announce", partnership=world.southwark)
    for _attempt in range(3):
        Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, finished_at=None)
        tasks.run(job.pk)
    assert Job.objects.filter(kind="accreditation.announcement", partnership=world.southwark).count() == 1
    with acting(world.southwark.pk):
        assert SelfAssessment.objects.filter(round=opened).count() == 1
        assert queries.answers_of(SelfAssessment.objects.get(round=opened)).count() == 6


def test_an_attempt_that_was_overtaken_starts_nothing(world):
    opened = open_round(world)
    job = Job.objects.get(kind="accreditation.announce", partnership=world.southwark)
    slow = jobs.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(attempts=slow.attempts + 1)
    with acting(world.southwark.pk), pytest.raises(jobs.Superseded):
        actions.announce(round=opened, job=slow)
    with acting(world.southwark.pk):
        assert not SelfAssessment.objects.filter(round=opened).exists()


def test_a_partnership_that_has_ended_meanwhile_gets_nothing(world):
    opened = open_round(world)
    Partnership.objects.filter(slug="southwark").update(ended_on=today())
    work("accreditation.announce")
    assert not Job.objects.filter(kind="accreditation.announcement", partnership=world.southwark).exists()
    assert queries.told(opened).failed == 0


def test_a_round_that_opens_later_is_announced_on_that_day(world):
    in_a_week = today() + datetime.timedelta(days=7)
    opened = open_round(world, opens_on=in_a_week)
    work("accreditation.announce")
    assert queries.told(opened).started == 0
    due = Job.objects.filter(kind="accreditation.announce").values_list("not_before", flat=True)
    assert {moment.astimezone(LONDON).date() for moment in due} == {in_a_week}
    assert list(queries.open_rounds()) == []


def test_an_open_round_is_one_in_which_one_may_submit_today(world):
    last = open_round(world, "Last day", closes_on=today())
    later = open_round(world, "Later")
    assert list(queries.open_rounds()) == [last, later]
    assert list(queries.rounds()) == [later, last]


@pytest.mark.parametrize("name", ["national", "manager", "reviewer", "officer", "chair", "administrator", "stranger"])
def test_nobody_else_opens_a_round(world, name):
    with pytest.raises(NotPermitted, match="National team can"):
        open_round(world, by=name)
    assert not Round.objects.exists() and not Job.objects.exists()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"opens_on": datetime.date(2030, 2, 1), "closes_on": datetime.date(2030, 1, 31)}, "is before the day"),
        (
            {"opens_on": datetime.date(2005, 1, 1), "closes_on": datetime.date(2005, 1, 31)},
            "31 January 2005, has passed",
        ),
    ],
)
def test_days_that_make_no_sense_are_refused(world, days, said):
    with pytest.raises(Already, match=said):
        open_round(world, **days)


def test_a_name_is_given_once(world):
    open_round(world)
    with pytest.raises(Already, match="There is a round of this name already: Spring"):
        open_round(world)
    assert Job.objects.filter(kind="accreditation.announce").count() == 3


def test_postgresql_refuses_a_round_that_closes_first_and_lets_nobody_change_one(world):
    opened = open_round(world)
    with pytest.raises(IntegrityError, match="round_closes_after_it_opens"), transaction.atomic():
        Round.objects.create(scheme=opened.scheme, name="Wrong", opens_on="2006-02-01", closes_on="2006-01-01")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Round.objects.update(name="Autumn")


def test_nobody_needs_to_open_a_partnership_to_read_how_far_the_news_is(world):
    opened = open_round(world)
    work("accreditation.announce")
    with reading_everywhere():
        assert queries.told(opened).started == 3
    assert queries.told(opened).started == 3


def test_where_nobody_is_officer_or_chair_no_letter_is_written(world):
    open_round(world)
    with acting(world.leeds.pk):
        Appointment.objects.update(ends_on=today())
    work("accreditation.announce")
    work("accreditation.announcement")
    assert not [letter for letter in mail.outbox if "Leeds" in letter.subject]
    assert not Job.objects.filter(partnership=world.leeds).exclude(state=Job.State.DONE).exists()
