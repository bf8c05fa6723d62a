"""Several people at the same strategy in the same moment, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from core.refusals import Conflict, WrongState
from jobs.models import Job
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Edition, Issue, Strategy, Text
from tests.at_once import at_once
from tests.writing import write_strategy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def strategy(world):
    return write_strategy(world.southwark, world.officer)


def publisher(world, strategy, name):
    access = world.access(name)

    def publish():
        with acting(world.southwark.pk, by=access.person_id):
            return actions.publish(strategy=strategy, by=access)

    return publish


def test_two_publishers_at_once_make_exactly_one_edition(world, strategy):
    outcomes = at_once(*(publisher(world, strategy, name) for name in ("officer", "chair") * 2))
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(refusal) for refusal in refusals] == [WrongState] * 3
    assert [edition.number for edition in Edition.objects.all()] == [1]
    assert Job.objects.filter(kind="strategies.edition_pdf").count() == 1


def test_two_who_save_one_part_at_once_get_one_save_and_one_conflict(world, strategy):
    with acting(world.southwark.pk):
        text = Text.objects.select_related("partnership").get(kind="vision")

    def writer(name):
        access = world.access(name)

        def save():
            with acting(world.southwark.pk, by=access.person_id):
                return actions.save_text(text=text, body=f"By {name}", version=2, by=access)

        return save

    outcomes = at_once(writer("officer"), writer("chair"))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Text"]
    (conflict,) = (outcome for outcome in outcomes if isinstance(outcome, Conflict))
    with acting(world.southwark.pk):
        assert Text.objects.get(kind="vision").body == conflict.theirs["body"]
    assert {conflict.mine["body"], conflict.theirs["body"]} == {"By officer", "By chair"}


def test_writers_movers_and_publishers_never_wait_for_each_other_in_a_ring(world, strategy):
    """PostgreSQL would break such a ring by failing one of them; here only refusals may come back."""
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        for number in range(3):
            actions.add_issue(strategy=strategy, title=f"Issue {number}", body="Text", by=officer)
        issues = list(Issue.objects.select_related("partnership").order_by("order"))

    def save(issue):
        def deed():
            for round_ in range(6):
                with acting(world.southwark.pk, by=officer.person_id):
                    seen = Issue.objects.get(pk=issue.pk).version
                    actions.save_issue(issue=issue, title=issue.title, body=f"{round_}", version=seen, by=officer)

        return deed

    def move():
        for round_ in range(6):
            with acting(world.southwark.pk, by=officer.person_id):
                actions.move_part(part=issues[1], earlier=bool(round_ % 2), by=officer)

    def add():
        for round_ in range(6):
            with acting(world.southwark.pk, by=officer.person_id):
                actions.add_issue(strategy=strategy, title=f"New {round_}", body="Text", by=officer)

    def publish():
        for _round in range(6):
            try:
                publisher(world, strategy, "chair")()
            except WrongState:
                continue

    outcomes = at_once(*(save(issue) for issue in issues), move, add, publish)
    assert outcomes == [None] * len(outcomes)
    with acting(world.southwark.pk):
        orders = list(Issue.objects.order_by("order").values_list("order", flat=True))
    assert len(set(orders)) == len(orders) == 10
    numbers = list(Edition.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_who_publishes_waits_for_a_save_that_is_not_yet_committed(world, strategy):
    officer = world.access("officer")
    with ThreadPoolExecutor(1) as pool:
        with acting(world.southwark.pk, by=world.officer.pk):
            text = Text.objects.select_related("partnership").get(kind="vision")
            actions.save_text(text=text, body="In the last moment", version=2, by=officer)
            publishing = pool.submit(at_once, publisher(world, strategy, "chair"))
            assert wait([publishing], timeout=0.5).not_done
        ((edition, _job),) = publishing.result()
    assert "In the last moment" in edition.body
    with acting(world.southwark.pk):
        assert Strategy.objects.get().state == "published"
