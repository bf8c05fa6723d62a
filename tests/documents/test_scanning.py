"""Nothing is opened before the scanner has let it pass, and only its one right answer does."""

import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents import actions, checks, scanner, tasks
from documents.models import Upload
from documents.scanner import ScannerAway
from jobs import actions as jobs
from jobs.models import Job
from jobs.tasks import run
from partnerships.models import Deed
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from partnerships.wording import words_for
from tests.documents.clamd import EICAR, Clamd, says_instead, trickles
from tests.documents.good_files import TEXT
from tests.jobs.conftest import bell  # noqa: F401
from tests.world import World

pytestmark = pytest.mark.django_db

VIRUS = TEXT.encode() + EICAR


@pytest.fixture
def clamd(settings: Any) -> Iterator[Clamd]:
    """A scanner that is set up."""
    found = Clamd()
    settings.SCANNER = found.address
    yield found
    found.stop()


def received(world: World, content: bytes = TEXT.encode()) -> Upload:
    """A text file of Southwark's."""
    with acting(world.southwark.pk, by=world.officer.pk):
        file = SimpleUploadedFile("notes.txt", content)
        return actions.receive(partnership=world.southwark, file=file, by=world.access("officer"))


def scanned(upload: Upload) -> Upload:
    """A worker does the job."""
    run(Job.objects.filter(kind="documents.scan", subject_id=upload.pk).latest("pk").pk)
    return read(upload)


def read(upload: Upload) -> Upload:
    with acting(upload.partnership_id):
        return Upload.objects.get(pk=upload.pk)


def refusals(upload: Upload) -> list[Deed]:
    with acting(upload.partnership_id):
        return list(Deed.objects.filter(verb="documents.upload_refused", subject_id=upload.pk))


@pytest.fixture
def upload(world: World, private: Path, bell: Any) -> Upload:  # noqa: F811
    """A clean file that nobody has scanned yet."""
    return received(world)


def test_a_clean_file_passes(upload: Upload, clamd: Clamd) -> None:
    found = scanned(upload)
    assert (found.state, found.finding) == (Upload.State.PASSED, "")
    assert found.checked_at is not None
    assert clamd.received == [TEXT.encode()]
    assert refusals(upload) == []


def test_a_virus_is_refused_and_the_log_says_so(world: World, private: Path, clamd: Clamd, bell: Any) -> None:  # noqa: F811
    upload = received(world, VIRUS)
    found = scanned(upload)
    assert (found.state, found.finding) == (Upload.State.REFUSED, "Win.Test.EICAR_HDB-1")
    (deed,) = refusals(upload)
    assert (deed.by_id, deed.by_name, deed.about_id) == (None, "Scanner", world.officer.pk)
    assert deed.reason == "Win.Test.EICAR_HDB-1"
    assert str(words_for(deed.verb)) != deed.verb


def test_it_goes_over_in_pieces_and_comes_out_whole(world: World, private: Path, clamd: Clamd, bell: Any) -> None:  # noqa: F811
    content = TEXT.encode() * 20_000
    assert scanned(received(world, content)).state == Upload.State.PASSED
    assert clamd.received == [content] and len(content) > 10 * scanner.PIECE


def test_a_socket_in_the_file_system(upload: Upload, settings: Any, tmp_path: Path) -> None:
    found = Clamd(tmp_path / "clamd.sock")
    settings.SCANNER = found.address
    assert scanned(upload).state == Upload.State.PASSED
    found.stop()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"stream: OK",
        b"stream: OK perhaps\0",
        b"\0",
        b"stream: FOUND\0",
        b"stream: ok\0",
        b"OK\0",
        b"\xff\xfe\0",
        b"stream: Can't allocate memory ERROR\0",
        b"stream: OK\0stream: x FOUND\0",
        b"x" * 10_000,
    ],
)
def test_whatever_else_it_says_nothing_passes(upload: Upload, clamd: Clamd, answer: bytes) -> None:
    clamd.answers = says_instead(answer)
    assert scanned(upload).state == Upload.State.CHECKING
    job = Job.objects.get(kind="documents.scan", subject_id=upload.pk)
    assert (job.state, job.error) == (Job.State.QUEUED, "ScannerAway")


def test_a_scanner_that_trickles_is_left(upload: Upload, clamd: Clamd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "SCANNING", 0.3)
    clamd.answers = trickles
    with pytest.raises(ScannerAway, match=r"too long|timed out"):
        scanner.scan(b"x")


def test_a_scanner_that_says_nothing_is_left(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "SCANNING", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.SCANNER = f"clamd://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ScannerAway):
            scanner.scan(b"x" * 50_000_000)  # more than the network holds


def test_what_it_does_not_take_is_refused(upload: Upload, settings: Any) -> None:
    found = Clamd(largest=10)
    settings.SCANNER = found.address
    assert scanned(upload).finding == scanner.TOO_LARGE
    found.stop()


def test_what_it_breaks_off_at_is_refused_too(settings: Any) -> None:
    """It says so while the file is still going over, and hangs up."""
    found = Clamd(largest=10)
    settings.SCANNER = found.address
    assert scanner.scan(b"x" * 5_000_000) == scanner.TOO_LARGE
    found.stop()


def test_while_it_is_away_the_job_waits_and_later_it_passes(upload: Upload, settings: Any) -> None:
    gone = Clamd()
    gone.stop()
    settings.SCANNER = gone.address
    assert scanned(upload).state == Upload.State.CHECKING
    job = Job.objects.get(kind="documents.scan", subject_id=upload.pk)
    assert (job.state, job.attempts) == (Job.State.QUEUED, 1)
    back = Clamd()
    settings.SCANNER = back.address
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
    assert scanned(upload).state == Upload.State.PASSED
    back.stop()


def test_what_was_given_up_is_asked_for_again(upload: Upload, clamd: Clamd, bell: Any) -> None:  # noqa: F811
    def waited(minutes: int) -> int:
        with acting(upload.partnership_id):
            at = timezone.now() - timezone.timedelta(minutes=minutes)
            Upload.objects.filter(pk=upload.pk).update(uploaded_at=at)
        tasks.scan_waiting()
        return Job.objects.filter(kind="documents.scan", subject_id=upload.pk).count()

    assert waited(30) == 1  # its job is under way still
    Job.objects.update(state=Job.State.FAILED, finished_at=timezone.now())
    assert waited(5) == 1
    assert waited(30) == 2
    assert waited(30) == 2
    assert scanned(upload).state == Upload.State.PASSED
    assert waited(30) == 2


def test_a_file_that_changed_in_storage_does_not_pass(upload: Upload, clamd: Clamd, private: Path) -> None:
    (private / upload.key).write_bytes(b"something else")
    found = scanned(upload)
    assert found.state == Upload.State.REFUSED
    assert "has changed in storage" in found.finding
    assert len(refusals(upload)) == 1


def test_a_file_that_is_not_there_waits(upload: Upload, clamd: Clamd, private: Path) -> None:
    (private / upload.key).unlink()
    assert scanned(upload).state == Upload.State.CHECKING
    assert Job.objects.get(kind="documents.scan", subject_id=upload.pk).error == "FileNotFoundError"


def test_without_a_scanner_it_passes_by_the_word_none(upload: Upload, settings: Any) -> None:
    settings.SCANNER = "none"
    assert scanned(upload).state == Upload.State.PASSED


def test_where_nothing_is_said_nothing_passes(upload: Upload, settings: Any) -> None:
    settings.SCANNER = ""
    assert scanned(upload).state == Upload.State.CHECKING


def test_what_is_decided_stays_so(upload: Upload, clamd: Clamd) -> None:
    passed = scanned(upload)
    with acting(upload.partnership_id):
        by = Access.of_system("Scanner")
        actions.decide(upload_id=upload.pk, sha256=upload.sha256, finding="Late.Finding", by=by)
    assert read(upload).state == Upload.State.PASSED
    assert read(upload).checked_at == passed.checked_at
    assert refusals(upload) == []


def test_a_second_worker_scans_nothing(upload: Upload, clamd: Clamd) -> None:
    scanned(upload)
    job = jobs.queue(
        "documents.scan", partnership=upload.partnership_id, subject_id=upload.pk, by=Access.of_system("x")
    )
    run(job.pk)
    assert len(clamd.received) == 1
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE


def test_the_hash_is_of_what_was_scanned(upload: Upload) -> None:
    assert hashlib.sha256(TEXT.encode()).hexdigest() == upload.sha256


@pytest.mark.parametrize(
    ("setting", "host", "port", "path"),
    [
        ("clamd://scanner.example", "scanner.example", 3310, ""),
        ("clamd://scanner.example:99", "scanner.example", 99, ""),
        ("clamd://[::1]:99/", "::1", 99, ""),
        ("clamd:///run/clamav/clamd.sock", "", 3310, "/run/clamav/clamd.sock"),
    ],
)
def test_how_its_address_is_written(setting: str, host: str, port: int, path: str) -> None:
    assert scanner.address_of(setting) == scanner.Address(path=path, host=host, port=port)


@pytest.mark.parametrize("setting", ["http://x", "clamd:", "clamd://", "x", "clamd://host/path", "clamd://host:port"])
def test_what_is_no_address(settings: Any, setting: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        scanner.address_of(setting)
    settings.SCANNER = setting
    assert [message.id for message in checks.uploads_are_scanned()] == ["documents.E002"]


@pytest.mark.parametrize(
    ("setting", "demonstration", "said"),
    [
        ("", False, ["documents.W001"]),
        ("none", False, ["documents.W002"]),
        ("none", True, []),
        ("clamd://scanner.example", False, []),
    ],
)
def test_a_server_is_told_when_nobody_scans(settings: Any, setting: str, demonstration: bool, said: list[str]) -> None:
    settings.SCANNER, settings.DEMONSTRATION = setting, demonstration
    assert [message.id for message in checks.uploads_are_scanned()] == said
