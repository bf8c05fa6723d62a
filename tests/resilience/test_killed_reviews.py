"""`kill -9` of a worker at every step of routing, rendering and mailing, and of Valkey with it, time and again.

Each worker finishes what the one before has left, and is killed with jobs of its own at every step: that is one run.
`LSP_KILL_RUNS` says how many. At the end nothing is lost, and nothing is there twice.

With SMTP nobody can do better in one place: a worker that dies after the mail server has taken a letter, and before it
could note that, is followed by one that sends it again. Both bear the same Message-ID, by which whoever receives them
knows that it is one letter.
"""

import email
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pytest

from tests.resilience.copies import Copies
from tests.resilience.installation import Installation, eventually, kill
from tests.resilience.racing import Process, Run, racers

pytestmark = pytest.mark.xdist_group("killed reviews")

RUNS = int(os.environ.get("LSP_KILL_RUNS", "2"))
PATIENCE = 600  # seconds, for a machine that has much else to do

SUBMIT, DECIDE = Run([("submit", "chair")]), Run([("recommend", "reviewer"), ("decide", "manager")])

PARTNERS = {"Chair", "Officer", "Unprotected"}
MANAGERS = {"Manager", "Deputy"}
OFFICE = {"Reviewer", "Colleague", *MANAGERS}

# The steps of the two jobs of a submission. Of one case never both at steps at which they hold the case.
SUBMITTED = [
    {"reviews.route": "rung", "reviews.submission_pdf": "stored, not committed"},
    {"reviews.route": "claimed", "reviews.submission_pdf": "claimed"},
    {"reviews.route": "in mid-transaction", "reviews.submission_pdf": "in mid-render"},
    {"reviews.route": "committed, not finished", "reviews.submission_pdf": "rendered"},
    {"reviews.submission_pdf": "committed, not finished"},
]
DECIDED = [
    "claimed",
    "in mid-render",
    "rendered",
    "letter stored, certificate not",
    "stored, not committed",
    "committed, not finished",
]
MAILED = ["claimed", "written, not sent", "sent, not noted", "committed, not finished"]

STEPS_IN_ALL = sum(map(len, SUBMITTED)) + len(DECIDED) + len(MAILED)
ALIVE = {"LSP_JOB_LOST_AFTER": "3600"}  # seconds: it is said here who is dead, however slow the machine is
UNFINISHED = "SELECT id FROM jobs_job WHERE state <> 'done'"


@dataclass
class History:
    """What was done and killed: the cases, and each job that was at a step when its worker died."""

    office: Installation
    submitted: list[int] = field(default_factory=list)
    decided: list[int] = field(default_factory=list)
    steps: dict[int, str] = field(default_factory=dict)

    def letters_at(self, step: str) -> set[str]:
        """The Message-IDs of letters whose worker died at a step."""
        jobs = [job for job, reached in self.steps.items() if reached == step]
        rows = self.office.rows(
            "SELECT message_id::text FROM reviews_letter JOIN jobs_job AS job ON subject_id = reviews_letter.id "
            "WHERE job.kind = 'reviews.letter' AND job.id = ANY(%s)",
            jobs,
        )
        return {message_id for (message_id,) in rows}


@pytest.fixture(scope="module")
def office(installation: Installation) -> Installation:
    """The installation, with a database and a broker of its own."""
    return installation.copy("kills", broker=3)


@pytest.fixture(scope="module")
def history(office: Installation, tmp_path_factory: pytest.TempPathFactory) -> History:
    """So many workers killed one after the other, and Valkey with each; a last one has finished everything."""
    copies, told = Copies(office), History(office)
    drafts, taken = copies.drafts(RUNS * len(SUBMITTED)), copies.cases(RUNS * len(DECIDED), "claimed")
    with racers(office, 1) as (people,):
        for run in range(RUNS):
            if valkey_is_away := bool(run % 2):
                office.valkey.kill()
            steps = deeds_of_a_day(office, people, told, drafts[run::RUNS], taken[run::RUNS])
            if valkey_is_away:
                office.valkey.start()
            bring_and_kill(office, steps, tmp_path_factory.mktemp("reached"))
            told.steps |= steps
    with office.worker(**ALIVE):
        eventually(lambda: not office.rows(UNFINISHED), seconds=PATIENCE, what=lambda: waiting(office))
    return told


def deeds_of_a_day(
    office: Installation, people: Process, told: History, drafts: list[int], taken: list[int]
) -> dict[int, str]:
    """The chair submits some, others are decided. Gives the step at which each job of theirs shall be."""
    for draft in drafts:
        people.do(SUBMIT, draft)
    for case in taken:
        people.do(DECIDE, case)
    submitted = [case for (case,) in office.rows("SELECT id FROM reviews_case WHERE subject_id = ANY(%s)", drafts)]
    told.submitted += submitted
    told.decided += taken
    steps = {}
    for case, wanted in zip(submitted, SUBMITTED, strict=True):
        for kind, step in wanted.items():
            steps[job_of(office, kind, "reviews_submission", case)] = step
    for case, step in zip(taken, DECIDED, strict=True):
        steps[job_of(office, "reviews.decision_files", "reviews_decision", case)] = step
    for case, step in zip(taken, MAILED, strict=False):
        steps[job_of(office, "reviews.letter", "reviews_letter", case)] = step
    return steps


def job_of(office: Installation, kind: str, table: str, case: int) -> int:
    """The first job of a kind about a case."""
    query = f"SELECT min(job.id) FROM jobs_job AS job JOIN {table} AS about ON about.id = job.subject_id "
    ((job,),) = office.rows(f"{query} WHERE job.kind = %s AND about.case_id = %s", kind, case)
    return int(job)


def bring_and_kill(office: Installation, steps: dict[int, str], reached: Path) -> None:
    """A worker finishes everything but these jobs, each of which comes to its step; then it dies, and Valkey."""
    environment = {
        "LSP_TEST_STEPS": json.dumps(steps),
        "LSP_TEST_REACHED": str(reached),
        **ALIVE,
    }
    standing = {str(job) for job in steps}
    with office.worker("tests.resilience.worker", pool=STEPS_IN_ALL + 3, **environment) as worker:
        eventually(
            lambda: (
                {path.name for path in reached.iterdir()} == standing
                and {job for (job,) in office.rows(UNFINISHED)} == set(steps)
            ),
            seconds=PATIENCE,
            what=lambda: (standing - {path.name for path in reached.iterdir()}, waiting(office)),
        )
        kill(worker)
        office.valkey.kill()
    office.valkey.start()
    office.rows(
        "UPDATE jobs_job SET heartbeat_at = heartbeat_at - interval '2 hours', "
        "rung_at = rung_at - interval '2 hours' WHERE state <> 'done' RETURNING id"
    )


def waiting(office: Installation) -> object:
    """What there is to see when something does not happen."""
    return office.rows("SELECT id, kind, state, attempts, error FROM jobs_job WHERE state <> 'done'"), office.log()


def test_every_job_was_done_once_and_those_of_the_dead_once_more(history: History) -> None:
    rows = dict(history.office.rows("SELECT id, attempts FROM jobs_job WHERE starts_with(kind, 'reviews.')"))
    assert len(history.steps) == RUNS * STEPS_IN_ALL
    expected = {job: 1 if history.steps.get(job, "rung") == "rung" else 2 for job in rows}
    assert rows == expected
    assert history.office.rows("SELECT id, state, error FROM jobs_job WHERE state <> 'done' OR error <> ''") == []


def test_every_case_was_routed_and_everybody_written_to(history: History) -> None:
    """Nobody twice, the database says, and nobody is missing."""
    query = "SELECT case_id, kind, name FROM reviews_letter JOIN accounts_person AS person ON person.id = to_id"
    written: dict[int, dict[str, set[str]]] = {}
    for case, kind, name in history.office.rows(query):
        written.setdefault(case, {}).setdefault(kind, set()).add(name)
    submitted = {"receipt": PARTNERS, "submitted": OFFICE}
    decided = {"recommended": MANAGERS, "decision": PARTNERS}
    del written[min(written)]  # the model of the copies
    assert written == dict.fromkeys(history.submitted, submitted) | dict.fromkeys(history.decided, decided)
    unrouted = "SELECT id FROM reviews_case WHERE routed_at IS NULL AND id = ANY(%s)"
    assert history.office.rows(unrouted, history.submitted) == []


def test_every_paper_is_there_once_and_nothing_else(history: History) -> None:
    papers = Counter[tuple[int, str, int]]()
    lying = {path for path in history.office.private.rglob("*") if path.is_file()}
    for case, kind, number, key, size, sha256 in history.office.rows(
        "SELECT case_id, kind, number, key, size, sha256 FROM reviews_casefile"
    ):
        content = (history.office.private / key).read_bytes()
        assert content.startswith(b"%PDF-1.7") and content.endswith(b"%%EOF\n")
        assert (len(content), hashlib.sha256(content).hexdigest()) == (size, sha256)
        lying.remove(history.office.private / key)
        papers[case, kind, number] += 1
    first = min(case for case, _kind, _number in papers)
    submissions = [(case, "submission", 1) for case in (first, *history.submitted)]
    decisions = [[(case, "letter", 1), (case, "certificate", 1)] for case in history.decided]
    assert papers == Counter(submissions) + Counter(chain.from_iterable(decisions))
    assert lying == set()


def test_every_letter_was_sent_and_none_twice_unless_the_worker_died_before_it_could_note_it(history: History) -> None:
    left, again = letters_in(history.office.mail), history.letters_at("sent, not noted")
    assert len(again) == RUNS
    for (message_id,) in history.office.rows("SELECT message_id::text FROM reviews_letter"):
        assert left.pop(message_id) == (2 if message_id in again else 1)
    told_that_it_took_long = history.office.rows("SELECT id FROM jobs_job WHERE kind = 'jobs.letter'")
    assert sum(left.values()) == len(told_that_it_took_long), "and there is nothing else"
    assert history.office.rows("SELECT id FROM reviews_letter WHERE sent_at IS NULL") == []


def test_with_every_decision_came_its_papers(history: History) -> None:
    papers: dict[str, set[str]] = {}
    for message_id, sha256 in history.office.rows(
        "SELECT message_id::text, sha256 FROM reviews_letter AS letter JOIN reviews_casefile AS file "
        "ON file.case_id = letter.case_id AND file.number = letter.number "
        "WHERE letter.kind = 'decision' AND file.kind IN ('letter', 'certificate')"
    ):
        papers.setdefault(message_id, set()).add(sha256)
    attached = {message_id: files for message_id, files in attachments_in(history.office.mail) if files}
    assert attached == papers
    assert {len(files) for files in papers.values()} == {2}


def messages_in(folder: Path) -> Iterator[email.message.Message]:
    """The e-mails that have left: a file each."""
    return (email.message_from_bytes(path.read_bytes()) for path in folder.iterdir())


def message_id(message: email.message.Message) -> str:
    return str(message["Message-ID"]).strip("<>").partition("@")[0]


def letters_in(folder: Path) -> dict[str, int]:
    """How often each letter has left, by its Message-ID."""
    return Counter(map(message_id, messages_in(folder)))


def attachments_in(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """Message-IDs, each with the hashes of what is attached."""
    for message in messages_in(folder):
        parts = [part for part in message.walk() if part.get_content_disposition() == "attachment"]
        yield message_id(message), {hashlib.sha256(part.get_payload(decode=True)).hexdigest() for part in parts}
