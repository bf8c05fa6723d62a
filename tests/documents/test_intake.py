"""A file of 200 MB is cut off while it comes in: no memory, no disk, and what was typed beside it is kept."""

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.urls import reverse

from core.forms import Form
from documents.fields import EvidenceField
from documents.inspection import Unwelcome, inspect
from documents.intake import TOO_LONG, CutOff
from tests.documents.good_files import TEXT, pdf

MEGABYTE = 1024 * 1024
BOUNDARY = "frontier"


class Sending(io.RawIOBase):
    """What a browser sends, made as it is read; `sent` is how much was."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest, self.sent = pieces, b"", 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, never more than are asked for."""
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        out, self._rest = self._rest[:size], self._rest[size:]
        self.sent += len(out)
        return out


def part(name: str, file_name: str = "") -> bytes:
    """The head of one field of a form."""
    file = f'; filename="{file_name}"\r\nContent-Type: application/pdf' if file_name else ""
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()


@pytest.fixture
def send(temporary: Path) -> Iterator[Any]:
    """`send((name, megabytes), …)` is the request with these files, and what the browser sends."""
    made: list[WSGIRequest] = []

    def sent(*files: tuple[str, int], length: int | None = None) -> tuple[WSGIRequest, Sending]:
        found = request(*files, length=length)
        made.append(found[0])
        return found

    yield sent
    for each in made:
        each.close()


def request(*files: tuple[str, int], length: int | None = None) -> tuple[WSGIRequest, Sending]:
    """A form with a title before these files and a reason behind them; each is a name and how many megabytes."""

    def pieces() -> Iterator[bytes]:
        yield part("title") + b"Sign-in sheets\r\n"
        for name, megabytes in files:
            yield part("file", name)
            for _number in range(megabytes):
                yield b"%" * MEGABYTE
            yield b"\r\n"
        yield part("why") + b"We counted\r\n" + f"--{BOUNDARY}--\r\n".encode()

    sending = Sending(pieces())
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(length or sum(len(piece) for piece in pieces())),
        "wsgi.input": sending,
    }
    return WSGIRequest(environ), sending


@pytest.fixture
def temporary(tmp_path: Path, settings: Any) -> Path:
    """The folder of temporary files."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path


class EvidenceForm(Form):
    """As a page of evidence has it."""

    title = forms.CharField()
    why = forms.CharField()
    file = EvidenceField(label="File")


def test_of_200_megabytes_nothing_is_kept(temporary: Path, send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    most, late = [0], [0]

    def on_disk() -> int:
        return sum(path.stat().st_size for path in temporary.iterdir())

    read = Sending.read

    def watched(self: Sending, size: int = -1) -> bytes:
        most[0] = max(most[0], on_disk())
        late[0] = max(late[0], on_disk() if self.sent > 30 * MEGABYTE else 0)
        return read(self, size)

    monkeypatch.setattr(Sending, "read", watched)
    sent, sending = send(("film.pdf", 200))
    tracemalloc.start()
    file = sent.FILES["file"]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(file, CutOff)
    assert (file.name, file.size) == ("film.pdf", 200 * MEGABYTE)
    assert sending.sent > 200 * MEGABYTE  # the browser has sent all of it, and so it reads the answer
    assert most[0] <= 21 * MEGABYTE
    assert late[0] == 0  # also what came before the limit is thrown away, at once
    assert peak < 10 * MEGABYTE
    assert on_disk() == 0


def test_what_was_typed_before_and_behind_it_is_kept_with_a_message_beside_the_field(
    temporary: Path, send: Any
) -> None:
    sent, _sending = send(("film.pdf", 40))
    form = EvidenceForm(sent.POST, sent.FILES)
    assert not form.is_valid()
    assert form.errors == {
        "file": ["The file is larger than 20 MB. Save it with smaller pictures, or divide it into several."]
    }
    page = render_crispy_form(form)
    assert 'value="Sign-in sheets"' in page and 'value="We counted"' in page
    assert 'aria-describedby="id_file_helptext' in page or "id_file" in page


def test_a_file_up_to_the_limit_comes_in_whole(temporary: Path, send: Any) -> None:
    sent, _sending = send(("minutes.pdf", 20))
    assert sent.FILES["file"].size == 20 * MEGABYTE
    assert sent.FILES["file"].read() == b"%" * 20 * MEGABYTE


def test_several_files_have_one_limit_together(temporary: Path, send: Any) -> None:
    sent, _sending = send(("one.pdf", 15), ("two.pdf", 15), ("three.pdf", 1))
    one, two, three = sent.FILES.getlist("file")
    assert one.size == 15 * MEGABYTE and not isinstance(one, CutOff)
    assert isinstance(two, CutOff) and isinstance(three, CutOff)
    for each in (two, three):
        with pytest.raises(Unwelcome, match="larger than 20 MB"):
            inspect(each)
    assert sum(path.stat().st_size for path in temporary.iterdir()) == 15 * MEGABYTE


def test_what_nobody_sends_by_mistake_is_not_read_at_all(temporary: Path, send: Any) -> None:
    sent, sending = send(("disk.pdf", 1), length=TOO_LONG * 20 * MEGABYTE + 1)
    with pytest.raises(RequestDataTooBig):
        _ = sent.POST
    assert sending.sent == 0


def test_many_files_are_no_way_round(temporary: Path, send: Any) -> None:
    sent, _sending = send(*((f"{number}.pdf", 1) for number in range(11)))
    with pytest.raises(TooManyFilesSent):
        _ = sent.POST
    assert list(temporary.iterdir()) == []


@pytest.mark.django_db
def test_a_page_whose_form_has_a_token_answers_as_any(sign_in: Any, temporary: Path) -> None:
    """The token is read before the page runs: the limit holds all the same, and the page says what is wrong."""
    browser = sign_in("officer")
    browser.handler.enforce_csrf_checks = True
    address = reverse("imports:list", args=["southwark"])
    browser.get(address)
    token = browser.cookies["csrftoken"].value
    file = SimpleUploadedFile("members.csv", b"x" * 30 * MEGABYTE)
    page = browser.post(address, {"file": file, "csrfmiddlewaretoken": token})
    assert page.status_code == 200
    assert "The file has 30.0" in page.text
    assert browser.post(address, {"file": SimpleUploadedFile("x.csv", b"x" * 30 * MEGABYTE)}).status_code == 403


def test_the_field_says_what_comes_in(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 7 * MEGABYTE
    page = render_crispy_form(EvidenceForm())
    assert "up to 7 MB" in page
    assert 'accept=".pdf,.docx,' in page
    assert 'enctype="multipart/form-data"' in page


@pytest.mark.parametrize(("scanner", "said"), [("none", "No virus scanner is set up"), ("clamd://c", "for viruses")])
def test_the_field_says_whether_files_are_scanned(settings: Any, scanner: str, said: str) -> None:
    settings.SCANNER = scanner
    assert said in render_crispy_form(EvidenceForm())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("minutes.pdf", b"MZ", "The name ends in .pdf, but"),
        ("100%s.exe", b"MZ", "Files of the type .exe"),
        ("notes.txt", b"", "The file is empty"),
    ],
)
def test_what_is_wrong_stands_beside_the_field(name: str, content: bytes, said: str) -> None:
    form = EvidenceForm({"title": "x", "why": "y"}, {"file": SimpleUploadedFile(name, content)})
    assert said in form.errors["file"][0]


def test_without_a_file_the_field_asks_for_one() -> None:
    assert EvidenceForm({"title": "x", "why": "y"}).errors == {"file": ["Choose a file"]}


def test_a_field_that_may_be_left_out() -> None:
    class Form(EvidenceForm):
        file = EvidenceField(label="File", required=False)

    form = Form({"title": "x", "why": "y"})
    assert form.is_valid() and form.cleaned_data["file"] is None


def test_a_good_file_passes_the_form() -> None:
    for name, content in (("minutes.pdf", pdf()), ("notes.txt", TEXT.encode())):
        form = EvidenceForm({"title": "x", "why": "y"}, {"file": SimpleUploadedFile(name, content)})
        assert form.is_valid(), form.errors
