"""Somebody leaves a seat and another follows: access ends, the vacancy shows, the past stays."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.dates import today
from core.refusals import Already, Incomplete, NotPermitted
from partnerships.actions.roles import LastOfficer, appoint
from partnerships.actions.seats import add_seat, take_seat
from partnerships.actions.sittings import replace, vacate
from partnerships.models import Appointment, ContactPoint, GovernanceLayer, Sector, Sitting
from partnerships.newcomers import Newcomer
from partnerships.permissions import Perm, Role
from partnerships.queries import seats_of
from partnerships.tenancy.context import acting
from tests.conftest import confirm
from tests.partnerships.conftest import SAT_DOWN_ON

TODAY = today()
LAST_WEEK, NEXT_WEEK = TODAY - datetime.timedelta(days=7), TODAY + datetime.timedelta(days=7)


@pytest.fixture
def leave(world, rep_sits):
    """`leave(on=…)`: the officer vacates the rep's seat; with `successor` somebody follows."""

    def left(by="officer", **values):
        given = {"sitting": rep_sits, "on": TODAY, "reason": "Moved away", "by": world.access(by), **values}
        with acting(world.southwark.pk, by=world.people[by].pk):
            return replace(**given) if "successor" in values else vacate(**given)

    return left


def role_of(world, name, role):
    with acting(world.southwark.pk):
        return Appointment.objects.get(person=world.people[name], role=role, partnership=world.southwark)


def seat_on(world, rep_sits, day=None):
    return seats_of(world.southwark, day).get(pk=rep_sits.seat_id)


def second_seat(world, **values):
    """Another seat of the board, which the rep holds or stands in for."""
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        seat = add_seat(
            partnership=world.southwark,
            layer=GovernanceLayer.objects.get(code="executive"),
            sector=Sector.objects.get(code="residents"),
            position="Second seat",
            starts_on=SAT_DOWN_ON,
            by=officer,
        )
        return take_seat(seat=seat, **{"person": world.rep, "starts_on": SAT_DOWN_ON, "by": officer, **values})


def test_access_ends_in_that_moment_and_the_vacancy_shows(world, rep_sits, leave, sign_in, log):
    rep = sign_in("rep")
    assert rep.get("/p/southwark/manage/").status_code == 200
    leave()
    assert rep.get("/p/southwark/manage/").status_code == 404
    assert not world.access("rep").reaches(world.southwark)
    assert seat_on(world, rep_sits).held is False
    left, released = log()[-2:]
    assert (left.verb, left.what, left.reason) == ("partnerships.seat_left", "Rep (Resident)", "Moved away")
    assert left.changes == {"ends_on": [None, TODAY.isoformat()]}
    assert (released.verb, released.about, released.reason) == (
        "partnerships.appointment_ended",
        world.rep,
        "Moved away",
    )


def test_another_follows_on_the_same_day(world, rep_sits, leave, log):
    leave(successor=world.dual)
    before, after = (seat_on(world, rep_sits, day).holder for day in (TODAY - datetime.timedelta(days=1), TODAY))
    assert (before, after) == ("Rep", "Dual")
    assert [deed.verb for deed in log()[-3:]] == [
        "partnerships.seat_left",
        "partnerships.appointment_ended",
        "partnerships.seat_taken",
    ]


def test_somebody_new_follows_by_name_and_address(world, rep_sits, leave):
    name = "محمد " * 39 + "عليّ."
    taken = leave(successor=Newcomer(name, "Mohammed.ALI@Example.ORG"))
    assert len(name) == 200
    assert (taken.person.name, taken.person.email) == (name, "mohammed.ali@example.org")
    assert not taken.person.has_usable_password()
    assert seat_on(world, rep_sits).holder == name


def test_somebody_new_whose_address_is_known_is_that_person(world, leave):
    assert leave(successor=Newcomer("The Chair", "CHAIR@example.org")).person == world.chair


def test_a_refused_deed_enters_nobody(world, rep_sits, leave):
    from accounts.models import Person

    leave()
    with pytest.raises(Already):
        leave(successor=Newcomer("Too late", "too.late@example.org"))
    assert not Person.objects.filter(email="too.late@example.org").exists()


def test_nobody_follows_themselves(rep_sits, leave, world, log):
    before = log()
    with pytest.raises(Already, match="Rep holds this seat already"):
        leave(successor=world.rep)
    assert log() == before


def test_a_day_ahead_keeps_access_until_that_day(world, rep_sits, leave):
    leave(on=NEXT_WEEK, successor=world.dual)
    assert world.access("rep").can(Perm.VIEW_INTERNAL, world.southwark)
    assert role_of(world, "rep", Role.MEMBER).ends_on == NEXT_WEEK
    assert (seat_on(world, rep_sits).holder, seat_on(world, rep_sits, NEXT_WEEK).holder) == ("Rep", "Dual")


def test_what_is_dated_ahead_can_be_brought_forward_and_not_put_off(world, rep_sits, leave):
    leave(on=NEXT_WEEK)
    with pytest.raises(Already, match=r"Rep leaves this seat on .* already\. Officer entered that on"):
        leave(on=NEXT_WEEK + datetime.timedelta(days=1))
    leave(on=TODAY)
    assert not world.access("rep").reaches(world.southwark)
    assert seat_on(world, rep_sits).held is False


def test_a_day_that_is_over_ends_the_sitting_then_and_access_now(world, rep_sits, leave):
    """Nobody can take back what somebody has seen last week; and the log of access stays true."""
    leave(on=LAST_WEEK)
    assert seat_on(world, rep_sits, LAST_WEEK).held is False
    assert role_of(world, "rep", Role.MEMBER).ends_on == TODAY
    assert not world.access("rep").reaches(world.southwark)


def test_who_was_seated_by_mistake_never_sat(world, rep_sits, leave):
    left = leave(on=datetime.date(2001, 1, 1))
    assert left.ends_on == left.starts_on
    assert seat_on(world, rep_sits, SAT_DOWN_ON).held is False


@pytest.mark.parametrize("place", ["person", "substitute"])
def test_who_sits_elsewhere_here_stays_a_member(world, leave, place):
    other = {"person": world.rep} if place == "person" else {"person": world.chair, "substitute": world.rep}
    second_seat(world, **other)
    leave()
    assert world.access("rep").can(Perm.VIEW_INTERNAL, world.southwark)


def test_who_sits_elsewhere_only_until_today_does_not_stay(world, leave):
    other = second_seat(world)
    leave(sitting=Sitting.objects.select_related("partnership").get(pk=other.pk))
    leave()
    assert not world.access("rep").reaches(world.southwark)


def test_other_roles_end_where_they_are_named_and_stay_where_not(world, leave):
    with acting(world.southwark.pk):
        for role in (Role.FINANCE, Role.CVS):
            appoint(
                partnership=world.southwark,
                person=world.rep,
                role=role,
                starts_on=SAT_DOWN_ON,
                by=world.access("officer"),
            )
    leave(ending=[role_of(world, "rep", Role.FINANCE).pk])
    ends = {role: role_of(world, "rep", role).ends_on for role in (Role.MEMBER, Role.FINANCE, Role.CVS)}
    assert ends == {Role.MEMBER: TODAY, Role.FINANCE: TODAY, Role.CVS: None}
    assert world.access("rep").reaches(world.southwark)


def test_somebody_elses_role_does_not_end_with_it(world, leave):
    chair = role_of(world, "chair", Role.CHAIR)
    leave(ending=[chair.pk])
    assert role_of(world, "chair", Role.CHAIR).ends_on is None


def test_roles_in_other_partnerships_stay(world, rep_sits, leave):
    leave(successor=world.dual)
    leave(sitting=Sitting.objects.select_related("partnership").get(person=world.dual))
    dual = world.access("dual")
    assert (dual.reaches(world.southwark), dual.reaches(world.hackney)) == (False, True)


def test_the_last_officer_is_not_lost_with_a_seat(world, rep_sits, leave, log):
    with acting(world.southwark.pk):
        officers = Appointment.objects.filter(partnership=world.southwark, role=Role.OFFICER)
        officers.exclude(person=world.officer).delete()
    leave(successor=world.officer)
    sitting, before = Sitting.objects.select_related("partnership").get(person=world.officer), log()
    with pytest.raises(LastOfficer):
        leave(sitting=sitting, ending=[role_of(world, "officer", Role.OFFICER).pk])
    assert log() == before
    assert Sitting.objects.get(pk=sitting.pk).ends_on is None


def test_the_second_is_told_who_and_when(world, leave, log):
    leave()
    before = log()
    with pytest.raises(Already, match=r"Rep holds this seat no longer since .*\. Officer entered that on .*, .*m\."):
        leave(by="unprotected", successor=world.dual)
    assert log() == before


def test_a_seat_that_is_promised_is_not_taken_by_a_third(world, rep_sits, leave):
    leave(on=NEXT_WEEK, successor=world.dual)
    with pytest.raises(Already, match="Somebody holds this seat already"):
        leave(on=TODAY, successor=world.chair)
    assert seat_on(world, rep_sits).holder == "Rep"


@pytest.mark.parametrize("name", ["rep", "chair", "hackney_officer", "manager", "national", "lapsed", "stranger"])
def test_nobody_else_can(world, rep_sits, leave, name):
    with pytest.raises(NotPermitted, match="Co-ordinating officer can"):
        leave(by=name)
    with pytest.raises(NotPermitted):
        leave(by=name, successor=world.dual)
    assert seat_on(world, rep_sits).holder == "Rep"


@pytest.fixture
def point(world):
    """The rep is the first point of contact, by their own name and address."""
    with acting(world.southwark.pk):
        return ContactPoint.objects.create(
            partnership=world.southwark, person=world.rep, name="Rep", email=world.rep.email, telephone="020 7946 0000"
        )


def test_what_they_looked_after_goes_to_the_successor(world, leave, point, log):
    leave(successor=world.dual, heirs={f"contact_{point.pk}": None})
    with acting(world.southwark.pk):
        point.refresh_from_db()
    assert (point.person, point.name, point.email) == (world.dual, "Dual", world.dual.email)
    assert point.telephone == "020 7946 0000"
    (deed,) = (deed for deed in log() if deed.verb == "partnerships.contact_handed_over")
    assert (deed.about, str(deed.words)) == (world.dual, "took this over")
    assert "Dual" not in f"{deed.changes}{deed.subject_label}"


def test_an_offices_name_and_address_stay_when_it_is_handed_over(world, leave, point):
    with acting(world.southwark.pk):
        ContactPoint.objects.filter(pk=point.pk).update(name="The partnership team", email="team@example.org")
    leave(heirs={f"contact_{point.pk}": world.chair})
    with acting(world.southwark.pk):
        point.refresh_from_db()
    assert (point.person, point.name, point.email) == (world.chair, "The partnership team", "team@example.org")


def test_nothing_is_left_with_somebody_who_is_gone(world, rep_sits, leave, point, log):
    before = log()
    with pytest.raises(Incomplete) as refused:
        leave()
    (gap,) = refused.value.gaps
    assert gap.message == "Say who takes over from Rep: First point of contact"
    assert log() == before
    assert seat_on(world, rep_sits).held


def test_who_stays_in_another_role_may_keep_it(world, leave, point):
    second_seat(world)
    leave()
    with acting(world.southwark.pk):
        assert ContactPoint.objects.get(pk=point.pk).person == world.rep


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_replace_at_once_the_second_is_told(world):
    from partnerships.models import Seat

    seat = Seat.objects.select_related("partnership").get(partnership=world.southwark, position="Resident")
    with acting(world.southwark.pk):
        sitting = take_seat(seat=seat, person=world.rep, starts_on=SAT_DOWN_ON, by=world.access("officer"))
    start = threading.Barrier(2)

    def follow(names):
        officer, successor = names
        try:
            with acting(world.southwark.pk, by=world.people[officer].pk):
                start.wait(timeout=10)
                return replace(
                    sitting=sitting, successor=world.people[successor], on=TODAY, reason="R", by=world.access(officer)
                )
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(follow, [("officer", "dual"), ("unprotected", "chair")]))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Already", "Sitting"]
    (refused,) = (outcome for outcome in outcomes if isinstance(outcome, Already))
    assert "entered that on" in str(refused)
    assert Sitting.objects.filter(seat=seat, ends_on=None).count() == 1


# The page


def address(sitting):
    return f"/p/southwark/manage/seats/{sitting.seat_id}/holders/{sitting.pk}/replacement/"


def typed(**values):
    day = values.pop("on", TODAY)
    given = {"who": "nobody", "on_0": day.day, "on_1": day.month, "on_2": day.year, "reason": "Moved away"}
    return {**given, **values}


@pytest.fixture
def officer(world, sign_in):
    return confirm(sign_in("officer"), world.officer)


def test_whoever_is_not_sure_to_be_the_officer_gives_their_password_first(rep_sits, sign_in):
    assert "/reauthenticate/" in sign_in("officer").get(address(rep_sits))["Location"]


def test_the_page_replaces_by_somebody_known(world, rep_sits, officer):
    page = officer.get(address(rep_sits)).text
    assert "Replace Rep" in page
    assert "Rep is no member representative from that day on" in page
    answer = officer.post(address(rep_sits), typed(who=world.dual.pk), follow=True)
    assert f"Dual holds the seat from {TODAY.day}" in answer.text
    assert seat_on(world, rep_sits).holder == "Dual"


def test_the_page_replaces_by_somebody_new_with_an_address_in_capitals(world, rep_sits, officer):
    officer.post(address(rep_sits), typed(who="new", name="Ada Lovelace", email="ADA@EXAMPLE.ORG"))
    sitting = Sitting.objects.select_related("person").get(seat=rep_sits.seat_id, ends_on=None)
    assert (sitting.person.name, sitting.person.email) == ("Ada Lovelace", "ada@example.org")


def test_the_page_leaves_the_seat_open(world, rep_sits, officer):
    answer = officer.post(address(rep_sits), typed(), follow=True)
    assert "It is open from then on." in answer.text
    assert "This seat has been open since" in answer.text


def test_the_page_lists_other_roles_ticked(world, rep_sits, officer):
    with acting(world.southwark.pk):
        appoint(
            partnership=world.southwark,
            person=world.rep,
            role=Role.CVS,
            starts_on=SAT_DOWN_ON,
            by=world.access("officer"),
        )
    role = role_of(world, "rep", Role.CVS)
    page = officer.get(address(rep_sits)).text
    assert "Which roles of Rep end as well?" in page
    assert officer.get(address(rep_sits)).context_data["form"]["ending"].initial == [str(role.pk)]
    officer.post(address(rep_sits), typed(ending=[role.pk]))
    assert role_of(world, "rep", Role.CVS).ends_on == TODAY


def test_the_page_asks_who_takes_over_and_offers_the_successor(world, rep_sits, officer, point):
    name = f"task_contact_{point.pk}"
    answer = officer.post(address(rep_sits), typed(**{name: "successor"}))
    assert "Nobody follows: choose somebody who takes this over" in answer.text
    officer.post(address(rep_sits), typed(who=world.dual.pk, **{name: "successor"}))
    with acting(world.southwark.pk):
        assert ContactPoint.objects.get(pk=point.pk).person == world.dual


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"who": ""}, "Answer the question: Who follows?"),
        ({"who": "Dual"}, "Select a valid choice"),
        ({"who": "999999"}, "Select a valid choice"),
        ({"who": "new", "name": "", "email": ""}, "Enter their full name"),
        ({"who": "nobody", "name": "Ada"}, "Empty this, or choose “Somebody new” above"),
        ({"who": "", "email": "nonsense"}, "Enter their full name"),
        ({"who": "new", "name": "A", "email": "nonsense"}, "Enter a valid email address"),
        ({"who": "new", "name": "x" * 201, "email": "a@example.org"}, "must be 200 characters or fewer"),
        (
            {"who": "new", "name": "Somebody", "email": "CHAIR@example.org"},
            "This is the address of Chair, who is known",
        ),
        ({"who": "new", "name": "S", "email": "leeds.officer@example.org"}, "belongs to somebody of another name"),
        ({"on_0": "31", "on_1": "2"}, "does not exist"),
        ({"on_2": "206"}, "Year must have four figures"),
        ({"on_2": "1066"}, "The year must be between 1990 and 2100"),
        ({"on_2": "2001"}, "It cannot be before 1 April 2006"),
        ({"reason": ""}, "Enter why"),
    ],
)
def test_the_page_says_what_is_wrong_and_changes_nothing(world, rep_sits, officer, wrong, message):
    answer = officer.post(address(rep_sits), typed(**wrong))
    assert answer.status_code == 200
    assert message in answer.text
    assert seat_on(world, rep_sits).holder == "Rep"


def test_the_page_of_a_stranger_says_nothing_of_their_name(world, rep_sits, officer):
    answer = officer.post(address(rep_sits), typed(who="new", name="S", email="leeds.officer@example.org"))
    assert world.leeds_officer.name not in answer.text


def test_the_second_officers_form_is_refused_with_who_and_when(world, rep_sits, officer):
    """Both opened the page; the first has replaced the rep. The second does not replace the successor unawares."""
    officer.post(address(rep_sits), typed(who=world.dual.pk))
    for answer in (officer.get(address(rep_sits)), officer.post(address(rep_sits), typed())):
        assert answer.status_code == 409
        assert "Rep holds this seat no longer since" in answer.text
        assert "Officer entered that on" in answer.text
    assert seat_on(world, rep_sits).holder == "Dual"


def test_somebody_else_is_chosen_than_who_was_promised_the_seat(world, rep_sits, leave, officer):
    promised = leave(on=NEXT_WEEK, successor=world.dual)
    assert officer.get(address(promised)).context_data["form"]["on"].initial == NEXT_WEEK
    officer.post(address(promised), typed(who=world.chair.pk, on=NEXT_WEEK))
    assert seat_on(world, rep_sits, NEXT_WEEK).holder == "Chair"
    assert Sitting.objects.get(pk=promised.pk).ends_on == NEXT_WEEK


def test_who_follows_later_is_said_on_the_day_the_seat_opens(world, rep_sits, leave, officer):
    leave(on=NEXT_WEEK)
    page = f"/p/southwark/manage/seats/{rep_sits.seat_id}/"
    assert "Say who follows" in officer.get(page).text
    assert officer.get(f"{page}holder/").context_data["form"]["starts_on"].initial == NEXT_WEEK


def test_the_page_says_who_has_no_access_to_lose(world, officer):
    sitting = Sitting.objects.filter(partnership=world.southwark).first()
    page = officer.get(address(sitting)).text
    assert "so no access ends with the seat" in page
    assert "access ends at once" not in page


def test_the_page_says_what_keeps_access(world, rep_sits, officer):
    second_seat(world)
    page = officer.get(address(rep_sits)).text
    assert "Rep stays a member representative" in page and "Second seat, Executive group" in page
