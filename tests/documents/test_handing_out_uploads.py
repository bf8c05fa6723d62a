"""An upload is handed out once it has passed, as a download that does nothing; else a page says how it stands."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone

from documents.actions import receive
from documents.models import Upload
from documents.views import hand_out_upload
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from partnerships.tenancy.pages import partnership_page
from tests.documents.good_files import TEXT
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(world: World, private: Path) -> Upload:
    """A text file of Southwark's, not scanned yet."""
    with acting(world.southwark.pk, by=world.officer.pk):
        file = SimpleUploadedFile("b\u00fcro \u201enotes\u201c.txt", TEXT.encode())
        return receive(partnership=world.southwark, file=file, by=world.access("officer"))


def stands(upload: Upload, state: str, finding: str = "") -> None:
    with acting(upload.partnership_id):
        at = None if state == "checking" else timezone.now()
        Upload.objects.filter(pk=upload.pk).update(state=state, finding=finding, checked_at=at)


@pytest.fixture
def get(rf: Any, world: World, upload: Upload) -> Any:
    """`get()` asks for the file as the officer, by a page of another app."""

    @partnership_page(Perm.VIEW_INTERNAL)
    def page(request: Any, partnership: Any) -> HttpResponseBase:
        found = Upload.objects.get(partnership=partnership, pk=upload.pk)
        return hand_out_upload(request, found, back="/back/")

    def got() -> Any:
        request = rf.get("/file/")
        request.user, request.access, request.inside = world.officer, Access.of(world.officer), True
        request.second_factor, request.limits = None, None
        return page(request, "southwark")

    return got


def test_once_it_has_passed_it_is_a_download_that_does_nothing(get: Any, upload: Upload) -> None:
    stands(upload, "passed")
    answer = get()
    assert answer.status_code == 200
    assert b"".join(answer) == TEXT.encode()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''b%C3%BCro")
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


def test_while_it_is_checked_a_page_says_so_and_renews_itself(get: Any, upload: Upload) -> None:
    answer = get()
    assert answer.status_code == 202
    assert "This file is being checked" in answer.text
    assert TEXT not in answer.text and "Minutes of the board" not in answer.text
    assert int(answer["Refresh"]) > 0
    assert 'href="/back/"' in answer.text


def test_if_it_was_refused_a_page_says_why_and_what_to_do(get: Any, upload: Upload) -> None:
    stands(upload, "refused", "Win.Test.EICAR_HDB-1")
    answer = get()
    assert answer.status_code == 410
    assert "Win.Test.EICAR_HDB-1" in answer.text and "add another file" in answer.text
    assert "Refresh" not in answer


def test_a_row_without_its_file_is_told_plainly(get: Any, upload: Upload, private: Path, caplog: Any) -> None:
    stands(upload, "passed")
    (private / upload.key).unlink()
    with pytest.raises(Http404):
        get()
    assert f"The file of an upload is not in storage: {upload.key}" in caplog.messages
