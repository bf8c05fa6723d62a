"""The job that makes an edition's PDF: one file, whoever runs it how often; and what a superseded attempt leaves."""

import hashlib
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from documents import engine
from documents.actions import keep
from documents.engine import Pdf
from documents.models import Document
from jobs import actions as jobs
from jobs.models import Job
from jobs.tasks import run
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.actions.files import attach_file
from strategies.models import EditionFile
from tests.documents.conftest import Published, files_in, published
from tests.world import World
from tests.writing import write_strategy

pytestmark = pytest.mark.django_db


def test_the_public_reads_it_when_it_is_made(edition_and_job: Published, private: Path, client, quick_engine) -> None:
    edition, job = edition_and_job
    address = reverse("strategies:edition_pdf", args=["southwark", 1])
    early = client.get(address)
    assert (early.status_code, early["Retry-After"], early["Refresh"]) == (503, "30", "10")
    run(job.pk)
    answer = client.get(address)
    content = b"".join(answer)
    (file,) = EditionFile.objects.all()
    assert answer.status_code == 200
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert answer["ETag"] == f'"{file.sha256}"'
    assert files_in(private) == [private / "editions" / f"{edition.pk}.pdf"]
    job.refresh_from_db()
    assert (job.state, job.result_id) == (Job.State.DONE, file.pk)


def test_who_has_it_already_is_told_so(edition_and_job: Published, client, quick_engine) -> None:
    run(edition_and_job[1].pk)
    address = reverse("strategies:edition_pdf", args=["southwark", 1])
    first = client.get(address)
    assert b"".join(first) == b"%PDF-1.7 one"
    assert first["Cache-Control"] == "public, no-cache"
    for header, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
        again = client.get(address, headers={header: value})
        assert (again.status_code, again["ETag"], again["Cache-Control"]) == (304, first["ETag"], "public, no-cache")
    other = client.get(address, headers={"If-None-Match": '"another"'})
    assert (other.status_code, b"".join(other)) == (200, b"%PDF-1.7 one")


def test_a_file_that_is_lost_is_told_plainly_and_logged(
    edition_and_job: Published, private: Path, client, quick_engine, caplog
) -> None:
    run(edition_and_job[1].pk)
    (file,) = EditionFile.objects.all()
    (private / file.key).unlink()
    assert client.get(reverse("strategies:edition_pdf", args=["southwark", 1])).status_code == 404
    assert f"The file of an edition is not in storage: {file.key}" in caplog.messages


def test_run_twice_there_is_one_file(edition_and_job: Published, private: Path, quick_engine) -> None:
    _edition, job = edition_and_job
    run(job.pk)
    quick_engine(b"%PDF-1.7 two")
    run(job.pk)
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, finished_at=None, not_before=timezone.now())
    run(job.pk)
    (file,) = EditionFile.objects.all()
    assert (private / file.key).read_bytes() == b"%PDF-1.7 one"
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result_id) == (Job.State.DONE, 2, file.pk)


def test_an_attempt_that_was_overtaken_stores_nothing(edition_and_job: Published, private: Path, world: World) -> None:
    edition, job = edition_and_job
    slow = jobs.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(attempts=2)
    assert slow
    with pytest.raises(jobs.Superseded), acting(world.southwark.pk):
        attach_file(edition=edition, pdf=Pdf(content=b"late", pages=1), job=slow)
    assert files_in(private) == []
    assert not EditionFile.objects.exists()


def test_overtaken_after_the_other_has_finished_it_does_not_touch_the_file(
    edition_and_job: Published, private: Path, quick_engine, world: World
) -> None:
    edition, job = edition_and_job
    slow = jobs.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)  # the sweep took it for dead
    run(job.pk)
    assert slow
    with pytest.raises(jobs.Superseded), acting(world.southwark.pk):
        attach_file(edition=edition, pdf=Pdf(content=b"late", pages=1), job=slow)
    (file,) = EditionFile.objects.all()
    assert hashlib.sha256((private / file.key).read_bytes()).hexdigest() == file.sha256


def test_postgresql_refuses_a_second_file(edition_and_job: Published, quick_engine, world: World) -> None:
    edition, job = edition_and_job
    run(job.pk)
    with pytest.raises(IntegrityError, match="one_file_per_edition"), transaction.atomic(), acting(world.southwark.pk):
        EditionFile.objects.create(
            partnership=world.southwark, edition=edition, name="x", key="x", size=1, pages=1, sha256="x"
        )


def test_a_failed_render_stores_nothing_and_the_edition_stands(
    edition_and_job: Published, private: Path, monkeypatch: pytest.MonkeyPatch, client
) -> None:
    def fails(html: str, progress: object) -> Pdf:
        raise MemoryError

    monkeypatch.setattr(engine, "render", fails)
    run(edition_and_job[1].pk)
    assert files_in(private) == []
    assert client.get(reverse("strategies:edition", args=["southwark", 1])).status_code == 200
    assert client.get(reverse("strategies:edition_pdf", args=["southwark", 1])).status_code == 503


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_it_is_made(edition_and_job, monkeypatch: pytest.MonkeyPatch) -> None:
    open_meanwhile = []

    def render(html: str, progress: object) -> Pdf:
        open_meanwhile.append(connection.in_atomic_block)
        return Pdf(content=b"%PDF", pages=1)

    monkeypatch.setattr(engine, "render", render)
    run(edition_and_job[1].pk)
    assert open_meanwhile == [False]


def test_a_second_edition_leaves_the_first_its_address_and_bytes(
    edition_and_job: Published, private: Path, client, quick_engine, world: World
) -> None:
    edition, job = edition_and_job
    run(job.pk)
    address = reverse("strategies:edition_pdf", args=["southwark", 1])
    before = b"".join(client.get(address))
    strategy = edition.strategy
    with acting(world.southwark.pk, by=world.officer.pk):
        actions.add_issue(strategy=strategy, title="Noise", body="Less of it.", by=world.access("officer"))
        strategy.refresh_from_db()
    second, second_job = published(strategy, world)
    quick_engine(b"%PDF-1.7 two")
    run(second_job.pk)
    assert second.number == 2
    assert b"".join(client.get(address)) == before
    assert b"".join(client.get(reverse("strategies:edition_pdf", args=["southwark", 2]))) == b"%PDF-1.7 two"


def test_a_draft_is_kept_once_and_is_a_document_of_its_partnership(world: World, private: Path, quick_engine) -> None:
    strategy = write_strategy(world.southwark, world.officer, complete=False)
    with acting(world.southwark.pk, by=world.officer.pk):
        job = actions.request_draft_pdf(strategy=strategy, by=world.access("officer"))
    run(job.pk)
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, finished_at=None, not_before=timezone.now())
    quick_engine(b"%PDF-1.7 two")
    run(job.pk)
    with acting(world.southwark.pk):
        (document,) = Document.objects.all()
    assert not Document.objects.exists(), "outside an open partnership there is none"
    assert document.asked_by == world.officer
    assert (private / document.key).read_bytes() == b"%PDF-1.7 one"
    assert document.sha256 == hashlib.sha256(b"%PDF-1.7 one").hexdigest()


def test_postgresql_refuses_a_second_document_of_a_job(world: World, private: Path) -> None:
    strategy = write_strategy(world.southwark, world.officer)
    with acting(world.southwark.pk, by=world.officer.pk):
        asked = actions.request_draft_pdf(strategy=strategy, by=world.access("officer"))
    job = jobs.claim(asked.pk)
    assert job
    pdf = Pdf(content=b"%PDF", pages=1)
    with acting(world.southwark.pk):
        keep(job=job, pdf=pdf, title="Draft", name="draft.pdf")
    with pytest.raises(IntegrityError, match="one_document_per_job"), transaction.atomic(), acting(world.southwark.pk):
        Document.objects.create(
            partnership=world.southwark, job_id=job.pk, title="x", name="x", key="x", size=1, pages=1, sha256="x"
        )
