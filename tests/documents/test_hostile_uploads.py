"""What must not come in does not, and the sentence says what to do about it. Every file goes the way of an upload."""

import resource
import time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import inspection
from documents.inspection import SENTENCES, Unwelcome, inspect
from documents.judges import __main__ as judging
from documents.judges.flaws import Flaw
from tests.documents.good_files import GOOD, pdf
from tests.documents.hostile_files import HOSTILE, Hostile, pdf_with

DEEDS = (
    *("Save", "save", "Choose", "choose", "Print", "print", "Unpack", "Divide", "Take it out", "Add each", "Open it"),
    "Break the link",
)


def refusal(name: str, content: bytes) -> str:
    """The sentence for a file, or nothing if it comes in."""
    try:
        inspect(SimpleUploadedFile(name, content))
    except Unwelcome as unwelcome:
        return unwelcome.sentence()
    return ""


def begins(flaw: Flaw) -> str:
    """How its sentence begins, before any word that depends on the file; for two that begin alike, how it goes on."""
    words = str(SENTENCES[flaw])
    return max(
        words.replace("%(extension)s", "|").replace("%(really)s", "|").replace("%(kind)s", "|").split("|"), key=len
    )


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_it_is_refused_with_its_sentence(hostile: Hostile) -> None:
    said = refusal(hostile.name, hostile.make())
    assert (begins(hostile.why) if isinstance(hostile.why, Flaw) else hostile.why) in said
    assert any(deed in said for deed in DEEDS)
    assert "%(" not in said and said.endswith(".")


def test_there_are_many_and_none_is_told_twice() -> None:
    assert len(HOSTILE) >= 40
    assert len({begins(flaw) for flaw in Flaw}) == len(Flaw)
    assert set(SENTENCES) == set(Flaw)


def test_every_reason_is_met_by_some_file() -> None:
    assert {hostile.why for hostile in HOSTILE} >= set(Flaw)


@pytest.mark.parametrize("name", GOOD)
def test_what_is_good_comes_in(name: str) -> None:
    assert refusal(name, GOOD[name]()) == ""


@pytest.mark.parametrize(
    "opening",
    ["/OpenAction [3 0 R /Fit]", "/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", "/OpenAction 3 0 R"],
)
def test_a_pdf_may_open_at_a_page(opening: str) -> None:
    assert refusal("minutes.pdf", pdf_with(opening)) == ""


def test_a_pdf_may_speak_of_scripts() -> None:
    words = "<p>The consultants launch JavaScript, XFA forms and /Launch actions. See /JavaScript.</p>"
    assert refusal("minutes.pdf", pdf(words)) == ""


def test_a_file_of_another_type_is_called_what_it_is() -> None:
    from tests.documents.good_files import png

    assert "is of the type .png" in refusal("picture.pdf", png())


def test_a_judge_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "PATIENCE", 0.01)
    began = time.monotonic()
    assert begins(Flaw.TOO_MUCH) in refusal("minutes.pdf", pdf())
    assert time.monotonic() - began < 5


def test_a_judge_has_no_more_memory_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the child itself: more than the limit cannot be had, and then the file does not come in."""
    limits: dict[int, Any] = {}
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(judging.sys, "stdin", SimpleUploadedFile("x", b""))
    monkeypatch.setattr(judging.sys.stdin, "buffer", SimpleUploadedFile("x", b"Minutes"), raising=False)
    judging.main("txt")
    assert limits[resource.RLIMIT_AS] == (judging.MEMORY, judging.MEMORY)
    assert limits[resource.RLIMIT_CPU] == (judging.SECONDS, judging.SECONDS)
    assert limits[resource.RLIMIT_FSIZE] == (0, 0)


def test_a_file_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    file = SimpleUploadedFile("notes.txt", b"Minutes")
    kind = inspect(file)
    monkeypatch.setattr(inspection, "_judge", None)
    assert inspect(file) is kind
    assert file.read() == b"Minutes"


def test_no_secret_reaches_the_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def run(program: list[str], **options: Any) -> Any:
        seen.update(options)
        raise inspection.subprocess.TimeoutExpired(program, 1)

    monkeypatch.setattr(inspection.subprocess, "run", run)
    refusal("notes.txt", b"Minutes")
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(seen["env"])
