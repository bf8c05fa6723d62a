"""What is held about a person: told to them whole, and to an officer as far as the officer's partnership goes."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobs.models import Job
from partnerships import deeds
from partnerships.forgetting import holdings
from partnerships.models import Deed, Seat, Sitting
from partnerships.tenancy.context import acting
from tests.conftest import confirm
from tests.world import BEGAN_ON

MINE, FILE = "/accounts/data/", "/accounts/data/file/"


def of(person, slug="southwark"):
    return f"/p/{slug}/manage/people/{person.pk}/data/"


@pytest.fixture
def busy(world):
    """Somebody of two partnerships, with a second factor, about whom and by whom something was done in both."""
    Authenticator.objects.create(user=world.dual, type="totp", data={"secret": "never-to-be-told"})
    for partnership, words in ((world.southwark, "Said in Southwark"), (world.hackney, "Said in Hackney")):
        with acting(partnership.pk, by=world.dual.pk):
            deeds.record("test.done", partnership, by=world.access("dual"), reason=words)
            deeds.record("test.done", partnership, by=world.access("officer"), about=world.dual, reason=words)
            seat = Seat.objects.get(partnership=partnership, position="Resident")
            Sitting.objects.create(partnership=partnership, seat=seat, person=world.dual, starts_on=BEGAN_ON)
        Job.objects.create(kind="jobs.letter", queue="mail", partnership=partnership, subject_id=1, asked_by=world.dual)
    return world.dual


@pytest.fixture
def certain(world, sign_in):
    """A browser of somebody who has just given their password."""
    return lambda name: confirm(sign_in(name), world.people[name])


def test_ones_own_file_holds_everything_of_every_partnership(world, busy, certain):
    response = certain("dual").get(FILE)
    assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert response["Cache-Control"] == "private, no-store"
    told = json.loads(response.content)
    assert set(told) == {holding.key for holding in holdings()}
    assert told["person"][0]["email"] == "dual@example.org"
    assert {row["partnership"] for row in told["appointments"]} == {"southwark", "hackney"}
    assert [row["why"] for row in told["deeds"]] == ["Said in Southwark", "Said in Hackney"]
    assert {"Said in Southwark", "Said in Hackney"} <= {row["why"] for row in told["deeds_about"]}
    assert [row["kind"] for row in told["second_factors"]] == ["totp"]


def test_no_secret_is_in_it(world, busy, certain):
    text = certain("dual").get(FILE).content.decode()
    assert "never-to-be-told" not in text
    assert world.dual.password not in text


def test_nobody_elses_rows_are_in_it(world, busy, certain):
    told = json.loads(certain("stranger").get(FILE).content)
    assert {key for key, rows in told.items() if rows} <= {"person", "sessions"}
    mine = certain("stranger").get(MINE).content.decode()
    assert "Deeds done" not in mine


def test_the_file_wants_to_be_sure_who_asks(world, sign_in):
    assert "/reauthenticate/" in sign_in("dual").get(FILE)["Location"]
    assert sign_in("dual").get(MINE).status_code == 200


def test_an_officer_sees_and_hands_out_what_their_partnership_holds_and_the_log_says_so(world, busy, certain):
    officer = certain("officer")
    page = officer.get(of(busy)).content.decode()
    assert "Sessions" not in page
    with acting(world.southwark.pk):
        before = Deed.objects.latest("number").number
    response = officer.post(of(busy))
    told = json.loads(response.content)
    assert (told["name"], len(told["seats"]), len(told["jobs"])) == ("Dual", 1, 1)
    assert "Said in Southwark" in response.content.decode()
    assert "Hackney" not in response.content.decode()
    assert {row["partnership"] for rows in told.values() if isinstance(rows, list) for row in rows} == {"southwark"}
    assert not {"person", "sessions", "second_factors", "groups"} & set(told)
    with acting(world.southwark.pk):
        deed = Deed.objects.get(number=before + 1)
    assert (deed.verb, deed.about_id, deed.subject_label) == ("partnerships.data_handed_out", busy.pk, "")


def test_looking_alone_is_no_deed(world, busy, certain):
    with acting(world.southwark.pk):
        before = Deed.objects.count()
        certain("officer").get(of(busy))
        assert Deed.objects.count() == before


def test_it_is_for_officers_about_their_own_people(world, busy, certain, sign_in):
    assert "/reauthenticate/" in sign_in("officer").get(of(busy))["Location"]
    assert certain("officer").get(of(world.hackney_officer)).status_code == 404
    assert certain("officer").get(of(world.stranger)).status_code == 404
    assert certain("stranger").get(of(busy)).status_code == 404
    for name in ("chair", "rep", "reviewer", "national"):
        assert certain(name).get(of(busy)).status_code == 403, name
        assert certain(name).post(of(busy)).status_code == 403, name


def test_more_rows_take_no_more_statements(world, busy, certain):
    pages = [(certain("dual"), MINE), (certain("dual"), FILE), (certain("officer"), of(busy))]

    def counted():
        counts = []
        for browser, address in pages:
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(address).status_code == 200
            counts.append(len(seen))
        return counts

    counted()  # the first look of a browser notes its session
    few = counted()
    with acting(world.southwark.pk, by=world.dual.pk):
        deeds.record_all("test.done", [(world.southwark, None)] * 500, by=world.access("dual"))
    assert counted() == few


def test_ones_account_leads_there(sign_in):
    assert f'href="{MINE}"' in sign_in("rep").get("/accounts/").content.decode()


def test_whoever_holds_something_is_told_whom_to_ask(world, certain):
    page = certain("rep").get("/accounts/data/removal/").content.decode()
    assert "Member representative in Southwark" in page
    assert "The co-ordinating officer of the partnership ends roles and seats" in page
    assert 'name="sure"' not in page
    certain("rep").post("/accounts/data/removal/", {"sure": "on"})
    world.rep.refresh_from_db()
    assert world.rep.name == "Rep"


def test_whoever_holds_nothing_any_more_can_remove_themselves(world, certain, sign_in):
    lapsed = certain("lapsed")
    assert "I know that this cannot be undone" in lapsed.post("/accounts/data/removal/", {}).content.decode()
    done = lapsed.post("/accounts/data/removal/", {"sure": "on"}, follow=True)
    assert "Your account is removed." in done.content.decode()
    world.lapsed.refresh_from_db()
    assert world.lapsed.name == f"Former member {world.lapsed.pk}"
    assert lapsed.get("/accounts/data/")["Location"].startswith("/accounts/login/")
    assert "/reauthenticate/" in sign_in("stranger").get("/accounts/data/removal/")["Location"]
