"""Two processes do at the same moment what only one of them can: one wins, and the other is told why it has not.

Each pair runs a second time with the locks left out. That the race shows there says that these tests would see one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.resilience.copies import Copies
from tests.resilience.installation import Installation
from tests.resilience.racing import Process, Round, Run, race, racers

pytestmark = pytest.mark.xdist_group("races")

ROUNDS = 100
ROUNDS_WITHOUT_LOCKS = 10
PAUSES = (0.01, 0.15)  # seconds between what is read and what is done, where there is no lock

MOMENT = r"\d{1,2} \w+ \d{4}, (midday|midnight|\d{1,2}(:\d\d)?[ap]m)"


@pytest.fixture(scope="module")
def office(installation: Installation) -> Installation:
    """The installation, with a database of its own for the races."""
    return installation.copy("races", broker=2)


@pytest.fixture(scope="module")
def copies(office: Installation) -> Copies:
    return Copies(office)


@pytest.fixture(scope="module")
def two(office: Installation) -> Iterator[list[Process]]:
    """Two processes that stand ready."""
    with racers(office, 2) as processes:
        yield processes


def one_claim(office: Installation, rounds: list[Round]) -> None:
    """The case is the winner's, the log tells of one claim, the other was told whose it is and since when."""
    for row in rounds:
        ((state, reviewer, claims),) = office.rows(
            "SELECT state, person.name, (SELECT count(*) FROM partnerships_deed AS deed WHERE verb = 'reviews.claimed' "
            "AND subject_id = reviews_case.id) FROM reviews_case JOIN accounts_person AS person "
            "ON person.id = reviewer_id WHERE reviews_case.id = %s",
            row.on,
        )
        assert (state, reviewer, claims) == ("claimed", row.winner().who, 1)
        said = rf"{reviewer} took this case on {MOMENT}\. A manager can assign it to somebody else\."
        assert row.loser().refused == "Already" and re.fullmatch(said, row.loser().words), row


def one_decision(office: Installation, rounds: list[Round]) -> None:
    """There is the winner's decision alone, its papers are made once, the other was told who decided, when and what."""
    for row in rounds:
        decisions = office.rows(
            "SELECT number, person.name, (SELECT count(*) FROM jobs_job WHERE kind = 'reviews.decision_files' AND "
            "subject_id = decision.id) FROM reviews_decision AS decision "
            "JOIN accounts_person AS person ON person.id = decided_by_id WHERE case_id = %s",
            row.on,
        )
        assert decisions == [(1, row.winner().who, 1)]
        assert states(office, row.on) == ("decided", "decided")
        said = rf"{row.winner().who} decided this on {MOMENT}: Green\."
        assert row.loser().refused == "Already" and re.fullmatch(said, row.loser().words), row


SAVED_AND_SUBMITTED = """
SELECT state,
       (SELECT count(*) FROM accreditation_criterionanswer WHERE assessment_id = one.id AND narrative = %(words)s)
     + (SELECT count(*) FROM accreditation_evidence WHERE assessment_id = one.id AND title = %(words)s)
     + (SELECT count(*) FROM accreditation_plannedaction WHERE assessment_id = one.id AND title = %(words)s),
       (SELECT count(*) FROM reviews_case WHERE subject_id = one.id)
FROM accreditation_selfassessment AS one WHERE id = %(on)s
"""


def all_that_was_saved_was_submitted(office: Installation, rounds: list[Round]) -> None:
    """Either it is frozen and the edit was refused, or the edit stands and the chair has to read it first."""
    for row in rounds:
        ((state, edits, cases),) = office.rows(SAVED_AND_SUBMITTED, on=row.on, words=f"Edit {row.number}.")
        if row.winner() is row.runs[0]:
            assert (state, edits, cases) == ("submitted", 0, 1)
            assert row.loser().refused == "NotNow", row
            assert "The state is “With the Government Office”. The reviewer can send it back" in row.loser().words
        else:
            assert (state, edits, cases) == ("draft", 1, 0)
            assert row.loser().words == "Something was saved after you opened this page. Read it again, then go on."


def withdrawn_or_recommended(office: Installation, rounds: list[Round]) -> None:
    """Either nobody reviews it any more, or a manager decides about it and it can no longer be taken back."""
    for row in rounds:
        recommendations = count(office, "reviews_recommendation", row.on)
        if row.winner() is row.runs[0]:
            assert (states(office, row.on), recommendations) == (("withdrawn", "draft"), 0)
            assert "Recommend an outcome. The state is “Withdrawn”." in row.loser().words
        else:
            assert (states(office, row.on), recommendations) == (("recommended", "submitted"), 1)
            assert "Withdraw the submission. The state is “Waits for countersign”." in row.loser().words


def withdrawn_or_decided(office: Installation, rounds: list[Round]) -> None:
    """Either it is withdrawn and nothing was recommended or decided, or it is decided."""
    for row in rounds:
        decisions = count(office, "reviews_recommendation", row.on), count(office, "reviews_decision", row.on)
        if row.winner() is row.runs[0]:
            assert (states(office, row.on), decisions) == (("withdrawn", "draft"), (0, 0))
            assert "Recommend an outcome. The state is “Withdrawn”." in row.loser().words
        else:
            assert (states(office, row.on), decisions) == (("decided", "decided"), (1, 1))
            said = "Withdraw the submission. The state is “(Waits for countersign|Decided)”."
            assert re.search(said, row.loser().words), row


def states(office: Installation, case: int) -> tuple[str, str]:
    """Of a case, and of the self-assessment that was submitted with it."""
    (row,) = office.rows(
        "SELECT reviewed.state, assessment.state FROM reviews_case AS reviewed "
        "JOIN accreditation_selfassessment AS assessment ON assessment.id = subject_id WHERE reviewed.id = %s",
        case,
    )
    return str(row[0]), str(row[1])


def count(office: Installation, table: str, case: int) -> int:
    ((number,),) = office.rows(f"SELECT count(*) FROM {table} WHERE case_id = %s", case)
    return int(number)


@dataclass(frozen=True)
class Pair:
    """Two runs against each other, about things in a state; how one sees that one of them has won, and no more.

    `without_locks` is what shows where the locks are left out: that both were done, or the constraint that refuses the
    second nevertheless, so that the rows stay right, but whoever comes second learns nothing.
    """

    name: str
    state: str
    runs: tuple[Run, Run]
    one_has_won: Callable[[Installation, list[Round]], None]
    without_locks: frozenset[str]

    def things(self, copies: Copies, count: int) -> list[int]:
        """So many cases, or self-assessments, to race about."""
        return copies.drafts(count) if self.state == "draft" else copies.cases(count, self.state)


BOTH = "both were done"
RECOMMEND, DECIDE, WITHDRAW = ("recommend", "reviewer"), ("decide", "manager"), ("withdraw", "chair")

PAIRS = [
    Pair(
        "two claims",
        "queued",
        (Run([("claim", "reviewer")]), Run([("claim", "colleague")])),
        one_claim,
        frozenset({BOTH}),
    ),
    Pair(
        "two decisions",
        "recommended",
        (Run([DECIDE]), Run([("decide", "deputy")])),
        one_decision,
        frozenset({BOTH, "one_decision_per_number"}),
    ),
    Pair(
        "submit against edit",
        "draft",
        (Run([("submit", "chair")]), Run([("edit", "officer")])),
        all_that_was_saved_was_submitted,
        frozenset({BOTH}),
    ),
    Pair(
        "withdraw against recommend",
        "claimed",
        (Run([WITHDRAW]), Run([RECOMMEND])),
        withdrawn_or_recommended,
        frozenset({BOTH, "case_closed_and_when_together"}),
    ),
    Pair(
        "withdraw against recommend and decide",
        "claimed",
        (Run([WITHDRAW]), Run([RECOMMEND, DECIDE])),
        withdrawn_or_decided,
        frozenset({BOTH, "case_closed_and_when_together"}),
    ),
]
pairs = pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])


@pairs
def test_one_of_two_wins(pair: Pair, office: Installation, copies: Copies, two: list[Process]) -> None:
    rounds = race(two, pair.runs, pair.things(copies, ROUNDS))
    pair.one_has_won(office, rounds)
    assert {row.winner() is pair.runs[0] for row in rounds} == {True, False}, "each is the quicker one now and then"


@pairs
def test_without_the_locks_the_race_shows(pair: Pair, copies: Copies, two: list[Process]) -> None:
    rounds = race(two, pair.runs, pair.things(copies, ROUNDS_WITHOUT_LOCKS), pauses=PAUSES)
    signs = seen(rounds)
    assert signs and signs <= pair.without_locks, rounds


def seen(rounds: list[Round]) -> set[str]:
    """What should not be: that both were done, or that a constraint of the database had to refuse one of them."""
    constraints = {told.words for row in rounds for told in row.told if told.refused == "IntegrityError"}
    return constraints | {BOTH for row in rounds if all(told.won for told in row.told)}
