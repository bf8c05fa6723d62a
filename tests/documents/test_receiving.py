"""A file comes in: inspected, stored under a name that nobody chose, entered, and given to the scanner."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, transaction

from core.refusals import NotPermitted
from documents.actions import receive
from documents.inspection import Unwelcome
from documents.models import Upload
from jobs.models import Job
from partnerships.models import Partnership
from partnerships.tenancy.context import acting
from tests.documents.conftest import files_in, mode_of
from tests.documents.good_files import GOOD, TEXT
from tests.world import World

pytestmark = pytest.mark.django_db


def received(world: World, name: str = "notes.txt", content: bytes = TEXT.encode(), who: str = "officer") -> Upload:
    """Somebody of Southwark hands a file in."""
    with acting(world.southwark.pk, by=world.people[who].pk):
        return receive(partnership=world.southwark, file=SimpleUploadedFile(name, content), by=world.access(who))


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_comes_in(world: World, private: Path, name: str) -> None:
    content = GOOD[name]()
    upload = received(world, name, content)
    (stored,) = files_in(private)
    assert stored.read_bytes() == content
    assert (upload.size, upload.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert upload.state == Upload.State.CHECKING
    assert upload.uploaded_by_id == world.officer.pk


def test_it_lies_where_nobody_can_guess(world: World, private: Path) -> None:
    first, second = received(world), received(world)
    assert first.key != second.key
    for upload in (first, second):
        assert "notes" not in upload.key and len(upload.key.rpartition("/")[2]) == 32
        assert mode_of(private / upload.key) == 0o600


def test_the_scanner_is_asked_once(world: World, private: Path) -> None:
    upload = received(world)
    job = Job.objects.get(kind="documents.scan")
    assert (job.subject_id, job.partnership_id, job.queue) == (upload.pk, world.southwark.pk, "reports")
    assert job.asked_by is None  # nobody gets a letter because the scanner was slow


def test_what_the_browser_calls_it_counts_for_nothing(world: World, private: Path) -> None:
    with acting(world.southwark.pk):
        file = SimpleUploadedFile("notes.txt", TEXT.encode(), content_type="text/html")
        assert receive(partnership=world.southwark, file=file, by=world.access("rep")).content_type == "text/plain"


@pytest.mark.parametrize("who", ["stranger", "hackney_officer", "national", "lapsed"])
def test_whoever_has_no_role_here_leaves_nothing(world: World, private: Path, who: str) -> None:
    with pytest.raises(NotPermitted):
        received(world, who=who)
    assert files_in(private) == []


def test_what_is_refused_leaves_nothing(world: World, private: Path) -> None:
    with pytest.raises(Unwelcome):
        received(world, "notes.txt", b"MZ\0\0\0")
    assert files_in(private) == []
    with acting(world.southwark.pk):
        assert not Upload.objects.exists()
    assert not Job.objects.filter(kind="documents.scan").exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\Users\\dana\\My notes.TXT", "C Users dana My notes.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("invoice\u202etxt.exe.txt", "invoicetxt.exe.txt"),
        ("line\r\nbreak.txt", "linebreak.txt"),
        ("  spaced   out .txt", "spaced out.txt"),
        ("b\u00fcro \u201eplan\u201c.txt", "b\u00fcro \u201eplan\u201c.txt"),
        ('<b>"bold"</b>.txt', "b.txt"),
        (f"{'long ' * 60}.txt", f"{('long ' * 60)[:119].strip()}.txt"),
        ("...txt", "file.txt"),
    ],
)
def test_names_are_for_people(world: World, private: Path, name: str, kept: str) -> None:
    assert received(world, name).name == kept


def test_the_database_refuses_what_is_half_written(world: World, private: Path) -> None:
    upload = received(world)
    for values in ({"state": "passed"}, {"state": "refused", "checked_at": None}, {"partnership": world.hackney}):
        with (
            pytest.raises((IntegrityError, ProgrammingError)),
            transaction.atomic(),
            acting(world.southwark.pk),
        ):
            Upload.objects.filter(pk=upload.pk).update(**values)


def test_uploads_of_others_are_not_there(world: World, private: Path) -> None:
    upload = received(world)
    with acting(world.hackney.pk):
        assert not Upload.objects.filter(pk=upload.pk).exists()
    assert Partnership.objects.count() >= 3
    assert not Upload.objects.exists()
