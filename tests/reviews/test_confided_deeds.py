"""What the Government Office does on a case before it decides: in the log, but not to the partnership's own people."""

import pytest

from partnerships import queries
from partnerships.models import Deed
from reviews import actions
from tests.reviewing import Office
from tests.world import World

LOG = "/p/southwark/manage/activity/"
CONFIDED = ["reviews.judged", "reviews.dialogue_logged", "reviews.recommended", "reviews.recommendation_returned"]


@pytest.fixture
def numbers(world: World) -> dict[str, int]:
    """What was confided, by its verb: the number of the deed."""
    office = Office(world)
    with office.acting():
        case = office.made("claimed")
        actions.judge(
            case=case, section="plan", judgement="weak", comment="Too late.", version=0, by=office.by("reviewer")
        )
        office.talk(case, confidential=True)
        office.recommend(case)
        actions.return_recommendation(case=case, recommendation=1, reason="Say why.", by=office.by("manager"))
        return dict(Deed.objects.filter(verb__in=CONFIDED).values_list("verb", "number"))


def listed(browser, **query):
    return [deed.verb for deed in browser.get(LOG, query).context["listing"].page]


@pytest.mark.parametrize("name", ["officer", "chair"])
def test_the_partnership_does_not_read_them(numbers, sign_in, name):
    assert set(numbers) == set(CONFIDED)
    browser = sign_in(name)
    assert not set(listed(browser)) & set(CONFIDED)
    assert "reviews.claimed" in listed(browser)
    file = browser.get(LOG, {"format": "csv"}).content.decode()
    assert "Paper 2005–06" in file
    for words in ("was judged", "conversation", "countersign", "went back to its reviewer"):
        assert words not in file
    for number in numbers.values():
        assert browser.get(f"{LOG}{number}/").status_code == 404
    told = browser.get("/p/southwark/manage/").context["deeds"]
    assert told and not {deed.verb for deed in told} & set(CONFIDED)


def test_the_filter_does_not_offer_them_either(world, numbers, sign_in):
    """Nor whoever has done nothing else that the partnership reads."""
    form = sign_in("officer").get(LOG).context["filter"].form
    assert not {value for value, _words in form.fields["deed"].choices} & set(CONFIDED)
    assert "Manager" not in {label for _value, label in form.fields["who"].choices}
    assert "Choose one of the list" in sign_in("officer").get(LOG, {"deed": CONFIDED[0]}).content.decode()


@pytest.mark.parametrize("name", ["manager", "national"])
def test_the_office_and_the_country_read_them(numbers, sign_in, name):
    browser = sign_in(name)
    assert set(CONFIDED) <= set(listed(browser))
    assert "had a conversation recorded" in browser.get(LOG, {"format": "csv"}).content.decode()
    assert listed(browser, deed="reviews.dialogue_logged") == ["reviews.dialogue_logged"]
    for number in numbers.values():
        assert browser.get(f"{LOG}{number}/").status_code == 200


def test_the_chain_goes_on_through_them(world, numbers, sign_in):
    """The next deed that the partnership reads follows from one that it does not read."""
    office = Office(world)
    with office.acting():
        office.submit(2)
        assert queries.broken_deeds(world.southwark) == []
    last = numbers["reviews.recommendation_returned"] + 1
    assert f"all {last} deeds up to this one" in sign_in("officer").get(f"{LOG}{last}/").content.decode()
