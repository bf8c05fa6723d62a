"""Opening a round: who may, what is asked before it is opened, how far the news has come."""

import datetime

import pytest

from accreditation.models import Round
from core.dates import today
from jobs.models import Job
from tests.assessing import a_round, started, written
from tests.conftest import confirm
from tests.pages.conftest import words

LAST = today() + datetime.timedelta(days=90)


@pytest.fixture
def team(world, sign_in):
    """Somebody of the national team, who has just shown that it is they."""
    return confirm(sign_in("national_team"), world.national_team)


def typed(**changes):
    """A round of three months, as somebody types it."""
    days = {"opens_on": today(), "closes_on": LAST}
    parts = {
        f"{name}_{place}": part
        for name, day in days.items()
        for place, part in enumerate((day.day, day.month, day.year))
    }
    return {"scheme": "2005-06", "name": "2005–06", **parts, **changes}


def test_it_says_how_many_are_asked_before_it_is_opened(world, team):
    page = team.post("/national/rounds/new/", typed(next=""))
    assert "Open the round 2005–06 and ask 3 partnerships?" in words(page)
    for name, text in typed().items():
        assert f'<input type="hidden" name="{name}" value="{text}">' in page.content.decode()
    assert not Round.objects.exists()


def test_opening_it_asks_every_partnership_of_the_scheme(world, team):
    opened = team.post("/national/rounds/new/", typed(open=""))
    round = Round.objects.get()
    assert opened["Location"] == f"/national/rounds/{round.pk}/"
    assert round.opened_by == world.national_team
    asked = Job.objects.filter(kind="accreditation.announce").values_list("partnership__slug", flat=True)
    assert set(asked) == {"southwark", "hackney", "leeds"}


def test_the_same_a_second_time_is_refused_beside_the_name(world, team):
    team.post("/national/rounds/new/", typed(open=""))
    page = team.post("/national/rounds/new/", typed(open=""))
    assert "There is a round of this name already" in words(page)
    assert page.context_data["form"]["name"].value() == "2005–06"
    assert Round.objects.count() == 1


def test_whoever_wants_to_change_it_first_finds_what_they_typed(world, team):
    page = team.post("/national/rounds/new/", typed(change="", name="Another"))
    assert page.context_data["form"]["name"].value() == "Another"
    drawn = page.content.decode()
    assert f'name="opens_on_0" value="{today().day}"' in drawn and f'name="closes_on_2" value="{LAST.year}"' in drawn
    assert '<option value="2005-06" selected>' in drawn
    assert "There is a problem" not in words(page)
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Enter name of the round"),
        ({"scheme": ""}, "Choose scheme"),
        ({"closes_on_2": "2006"}, "The last day to submit must not have passed"),
        ({"opens_on_2": str(today().year + 1)}, "The last day to submit must not be before the round opens"),
        ({"closes_on_2": str(today().year + 5)}, "The year must be within two years of this one"),
        ({"closes_on_1": "13"}, "Last day to submit"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_opened(world, team, changes, said):
    page = team.post("/national/rounds/new/", typed(open="", **changes))
    assert said in words(page)
    assert not Round.objects.exists()


def test_nobody_else_opens_one(world, sign_in):
    for name in ("national", "officer", "manager", "stranger"):
        browser = confirm(sign_in(name), world.people[name])
        assert browser.get("/national/rounds/new/").status_code == 403
        assert browser.post("/national/rounds/new/", typed(open="")).status_code == 403
    assert not Round.objects.exists()


def test_it_wants_to_know_whether_it_is_still_they(world, sign_in):
    assert sign_in("national_team").get("/national/rounds/new/")["Location"].startswith("/accounts/reauthenticate/")


def test_a_round_says_how_many_are_told_and_renews_itself_until_all_are(world, team):
    team.post("/national/rounds/new/", typed(open=""))
    round = Round.objects.get()
    page = team.get(f"/national/rounds/{round.pk}/")
    assert "0 of 3 partnerships are told" in words(page)
    assert page["Refresh"] == "3"
    assert "Refresh" not in team.get(f"/national/rounds/{round.pk}/?stay=1")
    Job.objects.filter(kind="accreditation.announce").update(
        state=Job.State.DONE, started_at=round.opened_at, finished_at=round.opened_at
    )
    page = team.get(f"/national/rounds/{round.pk}/")
    assert "3 of 3 partnerships are told" in words(page)
    assert "Refresh" not in page


def test_who_has_only_been_told_has_not_begun(world, sign_in):
    round = a_round()
    started(world, partnership=world.hackney, officer="hackney_officer")
    written(world)
    page = sign_in("national").get(f"/national/rounds/{round.pk}/")
    assert "2 of 3 partnerships have not begun" in words(page)
    assert [row.partnership.slug for row in page.context_data["not_begun"]] == ["hackney", "leeds"]
    assert sign_in("national").get("/national/rounds/999999/").status_code == 404
