"""The jobs that make papers: one file of a kind and number, sent once, whoever runs them how often and at once."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from documents import engine
from documents.engine import Pdf
from jobs import actions as jobs
from jobs.models import Job
from jobs.tasks import run
from partnerships.tenancy.context import acting
from reviews.actions import files, letters
from reviews.models import Case, CaseFile, Decision, Letter
from tests.documents.conftest import files_in
from tests.reviewing import Office
from tests.world import World

pytestmark = pytest.mark.django_db

Quick = Callable[[bytes], None]


@pytest.fixture
def case(world: World, private: Path) -> Case:
    """A case of Southwark that was decided: green, with a certificate."""
    office = Office(world)
    with office.acting():
        return office.made("decided")


def job_of(case: Case, kind: str = "reviews.decision_files") -> Job:
    return Job.objects.filter(kind=kind, partnership_id=case.partnership_id).latest("pk")


def again(job: Job) -> None:
    """As if the worker had been lost."""
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, finished_at=None, not_before=timezone.now())
    run(job.pk)


def kept(case: Case) -> list[CaseFile]:
    with acting(case.partnership_id):
        return list(CaseFile.objects.order_by("kind", "number"))


def told(case: Case) -> list[str]:
    with acting(case.partnership_id):
        return sorted(Letter.objects.filter(kind="decision").values_list("to__email", flat=True))


def test_a_decision_has_its_letter_and_its_certificate_and_both_are_sent(
    case: Case, private: Path, quick_engine: Quick
) -> None:
    job = job_of(case)
    assert job.queue == Job.Queue.REPORTS
    run(job.pk)
    certificate, letter = kept(case)
    assert (certificate.kind, letter.kind) == (CaseFile.Kind.CERTIFICATE, CaseFile.Kind.LETTER)
    for file in (certificate, letter):
        content = (private / file.key).read_bytes()
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert file.name == f"southwark-{file.kind}-{case.pk:06d}-1.pdf"
    assert "chair@example.org" in told(case)
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.DONE, "")


def test_without_a_certificate_there_is_the_letter_alone(world: World, private: Path, quick_engine: Quick) -> None:
    office = Office(world)
    with office.acting():
        case = office.submit()
        office.claim(case)
        office.recommend(case, outcome="red", next_review_on=case.due_on, conditions=[])
        office.decide(case)
    run(job_of(case).pk)
    assert [file.kind for file in kept(case)] == [CaseFile.Kind.LETTER]


def test_a_submission_has_its_pdf(case: Case, private: Path, quick_engine: Quick) -> None:
    job = job_of(case, "reviews.submission_pdf")
    run(job.pk)
    (file,) = kept(case)
    job.refresh_from_db()
    assert (file.kind, file.number, job.result_id) == (CaseFile.Kind.SUBMISSION, 1, file.pk)
    assert files_in(private) == [private / file.key]


@pytest.mark.parametrize("kind", ["reviews.submission_pdf", "reviews.decision_files"])
def test_run_twice_nothing_is_made_or_sent_again(case: Case, private: Path, quick_engine: Quick, kind: str) -> None:
    job = job_of(case, kind)
    run(job.pk)
    before, letters_before = [(file.pk, file.sha256) for file in kept(case)], told(case)
    quick_engine(b"%PDF-1.7 two")
    run(job.pk)
    again(job)
    assert [(file.pk, file.sha256) for file in kept(case)] == before
    assert {path.read_bytes() for path in files_in(private)} == {b"%PDF-1.7 one"}
    assert told(case) == letters_before


def test_what_is_there_is_not_rendered_again(case: Case, quick_engine: Quick, monkeypatch: pytest.MonkeyPatch) -> None:
    run(job_of(case).pk)

    def refuses(html: str, progress: object) -> Pdf:
        raise AssertionError("rendered once more")

    monkeypatch.setattr(engine, "render", refuses)
    again(job_of(case))
    assert job_of(case).state == Job.State.DONE


def test_papers_and_letters_are_entered_together_or_not_at_all(
    case: Case, quick_engine: Quick, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(decision: Decision) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(files, "tell_decision", dies)
        run(job_of(case).pk)
    assert (kept(case), told(case)) == ([], [])
    Job.objects.filter(pk=job_of(case).pk).update(not_before=timezone.now())
    run(job_of(case).pk)
    assert len(kept(case)) == 2 and told(case)


def test_an_attempt_that_was_overtaken_stores_and_sends_nothing(case: Case, private: Path) -> None:
    slow = jobs.claim(job_of(case).pk)
    assert slow
    Job.objects.filter(pk=slow.pk).update(attempts=2)
    with acting(case.partnership_id):
        decision = Decision.objects.select_related("case").get()
    with pytest.raises(jobs.Superseded), acting(case.partnership_id):
        files.keep_papers(job=slow, decision=decision, papers={CaseFile.Kind.LETTER: Pdf(b"late", 1)})
    assert (files_in(private), kept(case), told(case)) == ([], [], [])


def test_each_decision_of_a_case_has_papers_of_its_own(case: Case, world: World, quick_engine: Quick) -> None:
    run(job_of(case).pk)
    office = Office(world)
    with office.acting():
        office.uphold(office.appeal(case))
    quick_engine(b"%PDF-1.7 two")
    run(job_of(case).pk)
    assert [(file.kind, file.number) for file in kept(case)] == [
        ("certificate", 1),
        ("certificate", 2),
        ("letter", 1),
        ("letter", 2),
    ]
    assert len({file.key for file in kept(case)}) == 4


def test_a_failed_render_stores_and_sends_nothing(case: Case, private: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter([Pdf(b"%PDF", 1)])
    monkeypatch.setattr(engine, "render", lambda html, progress: next(made))  # the letter, and not the certificate
    run(job_of(case).pk)
    assert (files_in(private), kept(case), told(case)) == ([], [], [])
    assert job_of(case).state == Job.State.QUEUED, "it is tried again"


def test_progress_counts_both_papers(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []

    def renders(html: str, progress: Callable[[int, int], None]) -> Pdf:
        for step in range(engine.STEPS):
            progress(step, engine.STEPS)
        return Pdf(b"%PDF", 1)

    monkeypatch.setattr(engine, "render", renders)
    monkeypatch.setattr(jobs, "progress", lambda job, done, total: seen.append((done, total)))
    run(job_of(case).pk)
    assert [done for done, _total in seen] == list(range(2 * engine.STEPS))
    assert {total for _done, total in seen} == {2 * engine.STEPS}


def test_postgresql_refuses_a_second_file_and_a_changed_one(case: Case, quick_engine: Quick) -> None:
    run(job_of(case).pk)
    _certificate, letter = kept(case)
    same = {"partnership_id": case.partnership_id, "case": case, "kind": "letter", "number": 1}
    with pytest.raises(IntegrityError, match="one_file_of_a_kind"), transaction.atomic(), acting(case.partnership_id):
        CaseFile.objects.create(**same, name="x", key="x", size=1, pages=1, sha256="x")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), acting(case.partnership_id):
        CaseFile.objects.filter(pk=letter.pk).update(sha256="x")


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_they_are_made(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    open_meanwhile = []

    def render(html: str, progress: object) -> Pdf:
        open_meanwhile.append(connection.in_atomic_block)
        return Pdf(content=b"%PDF", pages=1)

    monkeypatch.setattr(engine, "render", render)
    run(job_of(case).pk)
    run(job_of(case, "reviews.submission_pdf").pk)
    assert open_meanwhile == [False, False, False]


@pytest.fixture
def numbered_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Barrier]:
    """Renders other bytes each time, and only when two render at once."""
    together = threading.Barrier(2)
    count = iter(range(100))
    lock = threading.Lock()

    def render(html: str, progress: object) -> Pdf:
        together.wait(timeout=20)
        with lock:
            return Pdf(f"%PDF {next(count)}".encode(), 1)

    monkeypatch.setattr(engine, "render", render)
    return together


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["reviews.submission_pdf", "reviews.decision_files"])
def test_two_workers_with_two_jobs_about_one_thing_keep_one_file_of_each_kind(
    case: Case, private: Path, numbered_engine: threading.Barrier, kind: str
) -> None:
    first = job_of(case, kind)
    second = Job.objects.create(
        kind=kind, queue=first.queue, partnership_id=first.partnership_id, subject_id=first.subject_id
    )

    def work(job: Job) -> Any:
        try:
            run(job.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, [first, second]))
    made = kept(case)
    assert len(made) == (1 if kind == "reviews.submission_pdf" else 2)
    for file in made:
        assert hashlib.sha256((private / file.key).read_bytes()).hexdigest() == file.sha256, "no other run replaced it"
    assert files_in(private) == sorted(private / file.key for file in made)
    assert set(Job.objects.filter(kind=kind).values_list("state", flat=True)) == {Job.State.DONE}
    assert len(told(case)) == len(set(told(case)))


def test_the_letters_go_to_the_people_who_are_there_when_the_papers_are(case: Case, quick_engine: Quick) -> None:
    run(job_of(case).pk)
    with acting(case.partnership_id):
        decision = Decision.objects.select_related("case__partnership").get()
        assert letters.tell_decision(decision) == [], "everybody has been told"
