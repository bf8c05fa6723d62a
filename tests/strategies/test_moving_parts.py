"""Moving a part one place up or down among its like."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.refusals import NotPermitted, Removed
from partnerships.models import Deed
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Issue

MOVES = st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=8)


@pytest.fixture
def five(world, written):
    """Five key issues, the first of which is the strategy's own."""
    with acting(world.southwark.pk, by=world.officer.pk):
        officer = world.access("officer")
        for title in ("Two", "Three", "Four", "Five"):
            actions.add_issue(strategy=written.strategy, title=title, body="", by=officer)
        return list(Issue.objects.select_related("partnership").order_by("order"))


def titles():
    return list(Issue.objects.order_by("order", "pk").values_list("title", flat=True))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_moves_give_the_order_a_reader_expects_and_lose_no_part(world, five, moves):
    with acting(world.southwark.pk, by=world.officer.pk):
        officer, expected = world.access("officer"), titles()
        for place, earlier in moves:
            issue = Issue.objects.select_related("partnership").get(title=expected[place])
            actions.move_part(part=issue, earlier=earlier, by=officer)
            there = place + (-1 if earlier else 1)
            if 0 <= there < len(expected):
                expected[place], expected[there] = expected[there], expected[place]
        assert titles() == expected
        assert sorted(Issue.objects.values_list("order", flat=True)) == [1, 2, 3, 4, 5]


def test_the_officer_moves_a_part_up_and_down(world, five, written, sign_in, deeds):
    officer = sign_in("officer")
    url = written.page("order", kind="issues", pk=five[2].pk)
    moved = officer.post(url, {"to": "earlier"})["Location"]
    assert moved == f"{written.page('issues')}#issues-{five[2].pk}"  # where it stands now
    assert f'id="issues-{five[2].pk}"' in officer.get(moved).content.decode()
    with acting(world.southwark.pk):
        assert titles() == ["Burglary", "Three", "Two", "Four", "Five"]
        deed = Deed.objects.latest("number")
    assert (deed.verb, deed.subject_id, deed.changes) == ("strategies.part_moved", five[2].pk, {"place": [3, 2]})
    officer.post(url, {"to": "later"})
    with acting(world.southwark.pk):
        assert titles() == ["Burglary", "Two", "Three", "Four", "Five"]


def test_at_the_end_of_the_row_nothing_happens(world, five, written, sign_in, deeds):
    before = deeds()
    first, last = (written.page("order", kind="issues", pk=issue.pk) for issue in (five[0], five[4]))
    assert sign_in("officer").post(first, {"to": "earlier"}).status_code == 302
    assert sign_in("officer").post(last, {"to": "later"}).status_code == 302
    with acting(world.southwark.pk):
        assert titles() == ["Burglary", "Two", "Three", "Four", "Five"]
    assert deeds() == before


def test_a_move_at_the_end_of_the_row_leaves_a_published_strategy_published(world, written):
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        actions.publish(strategy=written.strategy, by=officer)
        actions.move_part(part=written.issue, earlier=True, by=officer)
        written.strategy.refresh_from_db()
    assert written.strategy.state == "published"


def test_moving_a_part_is_no_conflict_for_who_writes_it(world, five, written, sign_in):
    sign_in("chair").post(written.page("order", kind="issues", pk=five[0].pk), {"to": "later"})
    sent = {"title": "Burglary", "body": "Written meanwhile.", "version": 1}
    assert sign_in("officer").post(written.page("issue"), sent).status_code == 302


def test_an_order_is_a_deed_not_a_page(written, sign_in):
    url = written.page("order", kind="issues", pk=written.issue.pk)
    assert sign_in("officer").get(url).status_code == 405


def test_nobody_else_can_move_one(world, five, written, closed_to_others):
    closed_to_others(written.page("order", kind="issues", pk=five[2].pk), {"to": "earlier"})


@pytest.mark.parametrize("kind", ["texts", "strategies", "issue"])
def test_a_kind_that_is_none_does_not_exist(written, sign_in, kind):
    assert sign_in("officer").post(written.page("order", kind=kind, pk=1), {"to": "later"}).status_code == 404


def test_a_part_that_is_gone_cannot_be_moved(world, five, written, sign_in):
    with acting(world.southwark.pk, by=world.chair.pk):
        actions.remove_part(part=five[2], version=1, by=world.access("chair"))
        with pytest.raises(Removed, match="Chair removed this part"):
            actions.move_part(part=five[2], earlier=True, by=world.access("officer"))
    response = sign_in("officer").post(written.page("order", kind="issues", pk=five[2].pk), {"to": "earlier"})
    assert response.status_code == 409
    assert "Chair removed this part on" in response.content.decode()


def test_the_action_refuses_a_member(world, written):
    with acting(world.southwark.pk), pytest.raises(NotPermitted):
        actions.move_part(part=written.issue, earlier=True, by=world.access("rep"))


@pytest.mark.parametrize("sent", [{}, {"to": ""}, {"to": "sideways"}])
def test_a_part_is_not_moved_without_a_direction(five, written, sign_in, deeds, sent):
    before = titles(), deeds()
    url = written.page("order", kind="issues", pk=five[2].pk)
    assert sign_in("officer").post(url, sent).status_code == 400
    assert (titles(), deeds()) == before
