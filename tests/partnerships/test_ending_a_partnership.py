"""Ending a partnership: its register ends that day, whoever writes is refused, and it can be taken back."""

import datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

import partnerships.models.partnerships
import partnerships.tenancy.context
from core.dates import today
from core.refusals import Already, NotPermitted, WrongState
from jobs.actions import queue
from jobs.models import Job
from partnerships.actions import closing
from partnerships.actions.closing import apply_announced, end, reopen
from partnerships.actions.members import join
from partnerships.models import (
    Appointment,
    Deed,
    Invitation,
    Membership,
    Organisation,
    Partnership,
    PartnershipArea,
    Seat,
    Sitting,
)
from partnerships.permissions import Perm, Role
from partnerships.queries import areas_of, broken_deeds
from partnerships.tenancy.context import PartnershipIsOver, acting, reading
from strategies import tasks
from strategies.models import EditionFile
from tests.partnerships.ended import REASON, TOMORROW, ended
from tests.world import BEGAN_ON, SYSTEM
from tests.writing import write_strategy


def ends(model, partnership) -> set[datetime.date | None]:
    """The last days of the rows of a kind."""
    with reading([partnership.pk]):
        return set(model.objects.filter(partnership=partnership).values_list("ends_on", flat=True))


def log_of(partnership) -> list[Deed]:
    with reading([partnership.pk]):
        return list(Deed.objects.filter(partnership=partnership).order_by("number"))


def end_by(world, name, **values):
    with acting(world.southwark.pk, by=world.people[name].pk):
        return end(
            **{"partnership": world.southwark, "on": today(), "reason": REASON, "by": world.access(name), **values}
        )


def reopen_by(world, name):
    with acting(world.southwark.pk, by=world.people[name].pk, even_if_over=True):
        return reopen(partnership=world.southwark, reason="A mistake", by=world.access(name))


def test_the_register_ends_that_day_and_says_so_row_by_row(world):
    end_by(world, "manager", successor=world.hackney)
    southwark = Partnership.objects.get(slug="southwark")
    assert (southwark.ended_on, southwark.successor, southwark.is_over) == (today(), world.hackney, True)
    for model in (Membership, Seat, Sitting, PartnershipArea):
        assert ends(model, southwark) == {today()}, model
    assert areas_of(southwark) == ["Southwark"]
    deeds = log_of(southwark)
    said = next(deed for deed in deeds if deed.verb == closing.ENDED)
    assert (said.by_id, said.reason) == (world.manager.pk, REASON)
    assert said.changes == {"ended_on": [None, today().isoformat()], "successor": [None, world.hackney.name]}
    with_it = [deed for deed in deeds if deed.verb == closing.WITH_IT]
    assert len(with_it) == 2 + 3 + 2 + 1  # memberships, seats, sittings, the area
    assert sum(deed.about_id is not None for deed in with_it) == 2
    assert not [deed for deed in with_it if "Member, " in deed.subject_label]  # nobody's name is in the chain
    with reading([southwark.pk]):
        assert broken_deeds(southwark) == []


def test_appointments_stay_so_that_it_can_be_read(world):
    ended(world.southwark)
    with reading([world.southwark.pk]):
        assert Appointment.objects.get(person=world.officer).ends_on is None
    southwark = Partnership.objects.get(slug="southwark")
    officer = world.access("officer")
    assert officer.reaches(southwark)
    readable = [Perm.VIEW_INTERNAL, Perm.VIEW_ACTIVITY, Perm.VIEW_ASSESSMENT]
    assert [perm for perm in Perm if officer.can(perm, southwark)] == readable
    assert officer.holds(Perm.MANAGE_MEMBERS, southwark)


def test_open_invitations_are_revoked_and_their_addresses_forgotten(world):
    with acting(world.southwark.pk):
        Invitation.objects.create(
            partnership=world.southwark,
            email="new@example.org",
            name="Somebody new",
            role=Role.MEMBER,
            nonce="x",
            expires_at=datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC),
        )
    ended(world.southwark)
    with reading([world.southwark.pk]):
        invitation = Invitation.objects.get()
    assert invitation.revoked_at is not None
    assert (invitation.name, invitation.email) == ("", "")


def test_the_second_is_told_who_ended_it_and_nothing_changes(world):
    end_by(world, "manager", successor=world.hackney)
    before = log_of(world.southwark)
    with acting(world.southwark.pk, even_if_over=True), pytest.raises(Already, match="its successor is Hackney"):
        end(partnership=world.southwark, on=today(), reason="", by=SYSTEM)
    assert log_of(world.southwark) == before


@pytest.mark.parametrize("name", ["officer", "chair", "reviewer", "national", "other_reviewer", "stranger"])
def test_nobody_but_the_regions_manager_can(world, name):
    with pytest.raises(NotPermitted, match="Manager can"):
        end_by(world, name)
    assert Partnership.objects.get(slug="southwark").ended_on is None


@pytest.mark.parametrize(
    "wrong", [{"on": datetime.date(2006, 1, 1)}, {"successor": "southwark"}, {"successor": "ending"}]
)
def test_a_day_gone_by_or_a_successor_that_ends_is_refused(world, wrong):
    if wrong.get("successor") == "ending":
        Partnership.objects.filter(slug="hackney").update(ended_on=today() + TOMORROW)
        wrong = {"successor": world.hackney}
    elif "successor" in wrong:
        wrong = {"successor": world.southwark}
    with pytest.raises(WrongState):
        end_by(world, "manager", **wrong)
    assert Partnership.objects.get(slug="southwark").ended_on is None


def test_work_that_goes_on_hinders_it_and_letters_do_not(world):
    job = queue("strategies.draft_pdf", partnership=world.southwark, subject_id=1, by=SYSTEM)
    with pytest.raises(WrongState, match="1 piece of work is going on"):
        end_by(world, "manager")
    Job.objects.filter(pk=job.pk).update(queue=Job.Queue.MAIL)
    assert end_by(world, "manager").is_over


def test_whatever_way_somebody_comes_nothing_is_written(world):
    officer = world.access("officer")
    ended(world.southwark)
    with pytest.raises(PartnershipIsOver, match="It can be read"), acting(world.southwark.pk, by=officer.person_id):
        pytest.fail("It was opened for writing")  # commands, jobs and actions alike
    with (
        reading([world.southwark.pk]),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Seat.objects.filter(partnership=world.southwark).update(position="Changed")


def test_who_was_in_the_middle_of_something_is_refused_when_they_come_to_the_log(world):
    """The page was opened before the partnership ended, the deed comes after it."""
    organisation = Organisation.objects.get(name="Hackney Council")
    with acting(world.southwark.pk, by=world.officer.pk):
        Partnership.objects.filter(pk=world.southwark.pk).update(ended_on=today())
        with pytest.raises(PartnershipIsOver), transaction.atomic():
            join(partnership=world.southwark, organisation=organisation, starts_on=today(), by=world.access("officer"))
    assert not Membership.objects.filter(partnership=world.southwark, organisation=organisation).exists()


def test_what_was_published_has_its_pdf_though_it_has_ended(world, monkeypatch):
    from documents.engine import Pdf
    from strategies import actions

    strategy = write_strategy(world.southwark, world.officer)
    with acting(world.southwark.pk, by=world.officer.pk):
        _edition, job = actions.publish(strategy=strategy, by=world.access("officer"))
    monkeypatch.setattr(closing, "refuse_if_hindered", lambda partnership: None)
    ended(world.southwark)
    monkeypatch.setattr(tasks.engine, "render", lambda page, progress: Pdf(b"%PDF-1.7\n%%EOF\n", pages=1))
    from jobs.actions import claim

    tasks.edition_pdf(claim(job.pk), lambda done, total: None)
    assert EditionFile.objects.filter(partnership=world.southwark).count() == 1


def test_an_announced_end_changes_nothing_until_its_day(world, monkeypatch):
    day = today() + TOMORROW
    end_by(world, "manager", on=day)
    southwark = Partnership.objects.get(slug="southwark")
    assert (southwark.ended_on, southwark.is_over) == (day, False)
    assert ends(Seat, southwark) == {None}
    assert log_of(southwark)[-1].verb == closing.ANNOUNCED
    with acting(southwark.pk, by=world.officer.pk):
        join(
            partnership=southwark,
            organisation=Organisation.objects.get(name="Leeds Council"),
            starts_on=today(),
            by=world.access("officer"),
        )
    assert apply_announced(SYSTEM) == []
    for module in (partnerships.models.partnerships, partnerships.tenancy.context, closing):
        monkeypatch.setattr(module, "today", lambda: day)
    with pytest.raises(PartnershipIsOver), acting(southwark.pk):
        pytest.fail("It was opened for writing")  # from midnight on, whatever the clock's task has done
    assert apply_announced(SYSTEM) == [southwark]
    assert ends(Membership, southwark) == ends(Seat, southwark) == ends(Sitting, southwark) == {day}
    before = log_of(southwark)
    assert apply_announced(SYSTEM) == []
    assert log_of(southwark) == before


def test_it_can_be_opened_again_and_everything_holds_as_before(world):
    with acting(world.southwark.pk):
        Membership.objects.filter(organisation=world.southwark.accountable_body).update(ends_on=today() + 30 * TOMORROW)
    before = {model: ends(model, world.southwark) for model in (Membership, Seat, Sitting, PartnershipArea)}
    end_by(world, "manager")
    reopen_by(world, "manager")
    southwark = Partnership.objects.get(slug="southwark")
    assert (southwark.ended_on, southwark.successor) == (None, None)
    assert {model: ends(model, southwark) for model in before} == before
    assert log_of(southwark)[-1].verb == closing.REOPENED
    assert end_by(world, "manager").is_over  # and ended again
    reopen_by(world, "manager")
    assert {model: ends(model, southwark) for model in before} == before


def test_who_has_a_successor_or_has_not_ended_is_not_opened_again(world):
    with pytest.raises(Already, match="has not ended"):
        reopen_by(world, "manager")
    end_by(world, "manager", successor=world.hackney)
    with pytest.raises(WrongState, match="Hackney Local Strategic Partnership took over"):
        reopen_by(world, "manager")
    with pytest.raises(NotPermitted):
        reopen_by(world, "officer")


@pytest.mark.parametrize(
    "half", [{"successor": "hackney"}, {"ended_on": BEGAN_ON, "founded_on": today()}, {"successor": "southwark"}]
)
def test_postgresql_refuses_half_an_end(world, half):
    values = {**half, **({"successor": world.partnerships[half["successor"]]} if "successor" in half else {})}
    if half.get("successor") == "southwark":
        values["ended_on"] = today()
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.filter(pk=world.southwark.pk).update(**values)
    assert connection.is_usable()
