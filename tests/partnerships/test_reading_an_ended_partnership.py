"""A partnership that has ended: everything is read as before, no form is offered, and nothing typed is lost."""

import pytest
from django.urls import reverse

from core.dates import long_date, today
from jobs.models import Job
from partnerships.actions.merging import merge
from partnerships.models import Deed, Invitation, Membership, Partnership, Seat
from partnerships.tenancy.context import acting, reading
from reviews.models import Case
from strategies.models import Strategy
from tests.members import twins
from tests.partnerships.ended import ended
from tests.tenancy.policy import POLICY
from tests.tenancy.walk import addresses
from tests.world import SYSTEM

__all__ = ["addresses"]

BANNER = "ended on"
WRITERS = ("officer", "manager", "chair", "reviewer", "national_team")


def main_of(page):
    """What stands between the frame."""
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.fixture
def over(world, addresses):
    """Southwark with one of everything, ended in favour of Hackney."""
    Job.objects.filter(partnership=world.southwark).update(state=Job.State.DONE, finished_at="2006-01-31T12:00:00Z")
    with acting(world.southwark.pk):
        undecided = Case.objects.filter(state__in=[*Case.OPEN, Case.State.APPEALED])
        undecided.update(state=Case.State.WITHDRAWN, closed_at="2006-01-31T12:00:00Z")
    return ended(world.southwark, successor=world.hackney)


def test_who_could_read_it_reads_it_and_is_told(over, addresses, sign_in):
    client, seen = sign_in("officer"), 0
    for name, rule in POLICY.items():
        if not rule.inside or rule.methods != {"GET"} or "officer" not in rule.allowed:
            continue
        response = client.get(addresses[name])
        # 202: a file is being checked; 404: it is not in storage; 503: it is still being made
        assert response.status_code in {200, 202, 302, 404, 503}, name
        if response.status_code == 200 and "html" in response["Content-Type"]:
            page = response.content.decode()
            assert f"ended on {long_date(today())}" in page, name
            assert "Its successor: Hackney Local Strategic Partnership" in page, name
            assert 'method="post"' not in main_of(page), name  # nothing to send
            seen += 1
    assert seen > 12


def test_in_the_place_of_a_form_stands_that_nothing_can_be_changed(over, addresses, sign_in):
    seen = 0
    for name, rule in POLICY.items():
        if not rule.inside or "POST" not in rule.methods or name == "partnerships:reopening":
            continue
        client = sign_in(next(name for name in WRITERS if name in rule.allowed))
        if "GET" in rule.methods:
            page = client.get(addresses[name]).content.decode()
            assert "Nothing can be changed here any more" in page, name
            assert 'method="post"' not in main_of(page), name
        refused = client.post(addresses[name], {"body": "Words that took an hour", "password": "secret"})
        assert refused.status_code == 409, name
        page = refused.content.decode()
        assert "Southwark Local Strategic Partnership has ended" in page, name
        assert "Words that took an hour" in page and "secret" not in page, name
        assert 'href="/p/hackney/"' in page, name
        seen += 1
    assert seen > 25


@pytest.mark.parametrize(("name", "status"), [("rep", 403), ("stranger", 404), ("hackney_officer", 404), (None, 401)])
def test_who_could_not_write_before_is_told_no_more_than_before(over, addresses, sign_in, name, status):
    assert sign_in(name).post(addresses["strategies:text"]).status_code == status


def test_nothing_of_all_that_was_written(over, addresses, sign_in, world):
    with reading([world.southwark.pk]):
        before = list(Seat.objects.filter(partnership=world.southwark).values())
        strategies = list(Strategy.objects.values())
        invitations = list(Invitation.objects.values())
    client = sign_in("officer")
    for name, rule in POLICY.items():
        if rule.inside and "POST" in rule.methods:
            client.post(addresses[name], {"title": "Changed", "name": "Changed", "reason": "Changed"})
    with reading([world.southwark.pk]):
        assert list(Seat.objects.filter(partnership=world.southwark).values()) == before
        assert list(Strategy.objects.values()) == strategies
        assert list(Invitation.objects.values()) == invitations


def test_the_public_is_sent_to_the_successor_and_editions_stay_as_they_were(over, client, world):
    for name in ("public", "seats", "contact"):
        page = client.get(reverse(f"partnerships:{name}", args=["southwark"])).content.decode()
        assert "Its successor: Hackney Local Strategic Partnership" in page and 'href="/p/hackney/"' in page, name
    assert BANNER not in client.get(reverse("strategies:edition", args=["southwark", 1])).content.decode()
    assert BANNER not in client.get("/p/hackney/").content.decode()
    assert "Seat of Southwark Council" in client.get("/p/southwark/seats/").content.decode()  # as on its last day
    assert "Took over from" in client.get("/p/hackney/").content.decode()


def test_an_invitation_to_it_opens_nothing(over, addresses, client):
    address = addresses["invitations:answer"]
    assert client.get(address).status_code < 500
    assert client.post(address, {"name": "Me", "password1": "one-table-many-seats"}).status_code < 500


def test_an_announced_end_is_told_and_hinders_nobody(world, sign_in):
    Partnership.objects.filter(pk=world.southwark.pk).update(ended_on="2100-01-31")
    page = sign_in("officer").get("/p/southwark/manage/").content.decode()
    assert "Southwark Local Strategic Partnership ends on 31 January 2100" in page
    page = sign_in("officer").get(reverse("strategies:new", args=["southwark"])).content.decode()
    assert 'method="post"' in main_of(page)


def test_ones_own_list_says_that_it_is_for_reading_only(over, sign_in):
    assert f"ended {long_date(today())}, for reading only" in sign_in("officer").get("/mine/").content.decode()


def test_an_entry_of_the_shared_directory_is_put_right_also_there(world):
    kept, second = twins(world)
    ended(world.southwark)
    merge(kept=kept, merged=second, by=SYSTEM)
    with reading([world.southwark.pk]):
        assert not Membership.objects.filter(partnership=world.southwark, organisation=second).exists()
        assert Deed.objects.filter(partnership=world.southwark).latest("number").verb == "partnerships.merged"
