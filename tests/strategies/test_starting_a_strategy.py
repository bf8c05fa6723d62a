"""Starting a strategy for a period."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.refusals import NotPermitted
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Strategy, Text
from tests.conftest import as_owner
from tests.strategies.conftest import boxes

URL = "/p/southwark/manage/strategy/new/"
FIRST, LAST = datetime.date(2006, 4, 1), datetime.date(2016, 3, 31)
TYPED = {
    "title": "A place to stay",
    "subtitle": "2006 to 2016",
    **boxes("period_from", FIRST),
    **boxes("period_until", LAST),
}


def test_the_officer_starts_a_strategy_with_four_empty_texts(world, sign_in, deeds):
    response = sign_in("officer").post(URL, TYPED)
    with acting(world.southwark.pk):
        strategy = Strategy.objects.get()
        texts = dict(Text.objects.filter(strategy=strategy).values_list("kind", "body"))
    assert response["Location"] == reverse("strategies:strategy", args=["southwark", strategy.pk])
    assert (strategy.title, strategy.period_from, strategy.period_until) == ("A place to stay", FIRST, LAST)
    assert (strategy.state, strategy.version, strategy.saved_by_name) == ("draft", 1, "Officer")
    assert texts == {"foreword": "", "vision": "", "area": "", "progress": ""}
    assert deeds()[-1] == "strategies.started"


def test_a_second_strategy_for_the_period_is_refused_on_the_form_and_changes_nothing(world, sign_in, deeds):
    officer = sign_in("officer")
    officer.post(URL, TYPED)
    before = deeds()
    response = officer.post(URL, {**TYPED, "title": "Another"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "There is a strategy for this period already" in page
    assert 'value="Another"' in page  # what was typed stands
    with acting(world.southwark.pk):
        assert Strategy.objects.count() == 1
        assert Text.objects.count() == 4
    assert deeds() == before


def test_another_period_gets_a_strategy_of_its_own(world, sign_in):
    officer = sign_in("officer")
    officer.post(URL, TYPED)
    officer.post(URL, {**TYPED, **boxes("period_until", datetime.date(2017, 3, 31))})
    with acting(world.southwark.pk):
        assert Strategy.objects.count() == 2


def test_two_partnerships_may_have_the_same_period(world, sign_in):
    sign_in("officer").post(URL, TYPED)
    response = sign_in("hackney_officer").post(URL.replace("southwark", "hackney"), TYPED)
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"title": ""}, "Enter title"),
        ({"title": "x" * 121}, "Title must be 120 characters or fewer. You have written 121."),
        ({"period_from_1": ""}, "First day must include a month"),
        ({"period_until_0": "31", "period_until_1": "2"}, "31 February 2016 does not exist"),
        (
            {"period_until_2": "2006", "period_until_1": "4", "period_until_0": "1"},
            "The last day must be after the first",
        ),
    ],
)
def test_what_is_typed_wrongly_is_said_and_starts_nothing(world, sign_in, typed, message):
    page = sign_in("officer").post(URL, {**TYPED, **typed}).content.decode()
    assert message in page
    with acting(world.southwark.pk):
        assert not Strategy.objects.exists()


def test_nobody_else_can_start_one(closed_to_others):
    closed_to_others(URL, TYPED)


def test_the_action_itself_refuses_a_member(world):
    with acting(world.southwark.pk), pytest.raises(NotPermitted, match="co-ordinating officer or the chair"):
        actions.start(
            partnership=world.southwark,
            title="A",
            subtitle="B",
            period_from=FIRST,
            period_until=LAST,
            by=world.access("rep"),
        )


def row(world, **values):
    """A strategy as the database would get it, past every action."""
    given = {"partnership": world.southwark, "title": "A", "subtitle": "B", "period_from": FIRST, "period_until": LAST}
    return Strategy(**{**given, **values})


@pytest.mark.parametrize(
    "values",
    [{"period_until": FIRST}, {"period_until": FIRST - datetime.timedelta(days=1)}, {"title": None}, {"state": None}],
)
def test_postgresql_refuses_a_half_written_strategy(world, values):
    with acting(world.southwark.pk), pytest.raises(IntegrityError), transaction.atomic():
        row(world, **values).save()


def test_postgresql_refuses_the_same_period_twice_and_two_texts_of_a_kind(world, written):
    with acting(world.southwark.pk):
        with pytest.raises(IntegrityError, match="one_strategy_per_period"), transaction.atomic():
            row(world).save()
        with pytest.raises(IntegrityError, match="one_text_of_a_kind"), transaction.atomic():
            Text.objects.create(partnership=world.southwark, strategy=written.strategy, kind="vision")


def test_postgresql_refuses_a_text_of_another_partnerships_strategy(world, written):
    refused = pytest.raises(IntegrityError, match="strategies_text_strategy_same_partnership")
    with as_owner(), refused, transaction.atomic():
        Text.objects.create(partnership=world.hackney, strategy=written.strategy, kind="other")
