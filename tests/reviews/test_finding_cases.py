"""Reading the queue: by region, in order, with few questions however long it is; who has how much to do."""

import pytest

from partnerships.tenancy.context import acting, reading_everywhere
from reviews import actions, queries
from reviews.models import Case
from tests.reviewing import KIND, content, days


@pytest.fixture
def london(office):
    return office.world.southwark.region


def test_the_earliest_due_comes_first(office, london):
    late, early = office.submit(1, decide_within=20), office.submit(2, decide_within=10)
    assert list(queries.queue(london)) == [early, late]


def test_another_regions_cases_are_in_another_queue(office, london):
    mine, leeds = office.submit(), office.world.leeds
    with acting(leeds.pk):
        by = office.world.access("leeds_officer")
        theirs = actions.open_case(
            kind=KIND,
            subject_id=1,
            partnership=leeds,
            title="Paper",
            content=content(),
            declaration="",
            decide_within=10,
            by=type(by).of_system("Test"),
        ).case
    with reading_everywhere():
        assert list(queries.queue(london)) == [mine]
        assert list(queries.queue(leeds.region)) == [theirs]
        assert list(queries.queue()) == [theirs, mine]
        assert set(queries.open_cases()) == {theirs, mine}
    assert queries.case_of(office.world.southwark, theirs.pk) is None


def test_what_is_narrowed(office, london, on):
    free, mine = office.submit(1, title="Self-assessment", decide_within=2), office.made("claimed", subject_id=2)
    closed = office.made("decided", subject_id=3)
    reviewer = office.world.reviewer
    narrowed = {
        "nobody": (queries.queue(london, nobody=True), [free]),
        "reviewer": (queries.queue(london, reviewer=reviewer), [mine]),
        "words": (queries.queue(london, words="assess"), [free]),
        "kind": (queries.queue(london, kind="other"), []),
        "states": (queries.queue(london, states=("decided",)), [closed]),
        "soon": (queries.queue(london, soon=True), [free]),
        "late": (queries.queue(london, late=True), []),
    }
    assert {name: list(found) for name, (found, _wanted) in narrowed.items()} == {
        name: wanted for name, (_found, wanted) in narrowed.items()
    }
    on(days(20))
    assert list(queries.queue(london, late=True)) == [free]


def test_each_says_what_was_submitted_last_and_until_when_it_is_asked_for(office, london):
    case = office.made("sent_back")
    (found,) = queries.queue(london)
    assert (found.submissions_made, found.answer_by) == (1, queries.open_request(case).answer_by)
    office.answer(case)
    (found,) = queries.queue(london)
    assert (found.submissions_made, found.answer_by) == (2, None)


@pytest.mark.parametrize("count", [1, 20])
def test_one_question_however_long_it_is(office, london, django_assert_num_queries, count):
    for number in range(count):
        office.made("claimed", subject_id=number)
    with django_assert_num_queries(1):
        rows = [(case.partnership.short_name, case.reviewer.name, case.answer_by) for case in queries.queue(london)]
    assert len(rows) == count


def test_who_has_how_much_to_do_in_two_questions(office, london, django_assert_num_queries, on):
    office.submit(1, decide_within=3)
    case = office.made("claimed", subject_id=2)
    office.made("recommended", subject_id=3)
    office.made("decided", subject_id=4)
    with django_assert_num_queries(2):
        loads = queries.workload(london)
    assert [(load.person.name if load.person else None, load.open) for load in loads] == [
        ("Colleague", 0),
        ("Deputy", 0),
        ("Manager", 0),
        ("Reviewer", 2),
        (None, 1),
    ]
    reviewer, nobody = loads[3], loads[4]
    assert (reviewer.to_countersign, reviewer.late, reviewer.earliest) == (1, 0, case.due_on)
    assert nobody.soon == 1
    on(days(60))
    assert [load.late for load in queries.workload(london)] == [0, 0, 0, 2, 1]


def test_the_cases_of_a_thing_come_newest_first(office):
    first = office.made("decided")
    again = office.submit(previous=first)
    southwark = office.world.southwark
    assert list(queries.cases_of(KIND, 1, southwark)) == [again, first]
    assert queries.latest_case(KIND, 1, southwark) == again
    assert queries.latest_case(KIND, 2, southwark) is None


def test_how_late_a_case_is_today(office):
    case = office.submit()
    case.due_on = days(-7)
    assert case.days_late == 7
    case.state = Case.State.DECIDED
    assert case.days_late == 0
