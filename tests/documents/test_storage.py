"""Private storage: a file is there whole or not at all, and for nobody but us."""

import hashlib
import os
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation

from documents import storage
from tests.documents.conftest import files_in, mode_of

OLD, NEW = b"the edition as it was", b"another one"


def test_it_lies_under_its_key_and_its_hash_is_told(private: Path) -> None:
    stored = storage.keep("editions/1.pdf", NEW)
    assert (private / "editions" / "1.pdf").read_bytes() == NEW
    assert (stored.key, stored.size, stored.sha256) == ("editions/1.pdf", len(NEW), hashlib.sha256(NEW).hexdigest())


def test_kept_twice_it_lies_there_once(private: Path) -> None:
    storage.keep("editions/1.pdf", OLD)
    storage.keep("editions/1.pdf", NEW)
    assert files_in(private) == [private / "editions" / "1.pdf"]
    assert (private / "editions" / "1.pdf").read_bytes() == NEW


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_interrupted_at_any_step_the_old_file_stands_and_nothing_else(
    private: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    storage.keep("editions/1.pdf", OLD)

    def disk_full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, disk_full)
    with pytest.raises(OSError, match="No space left"):
        storage.keep("editions/1.pdf", NEW)
    assert files_in(private) == [private / "editions" / "1.pdf"]
    assert (private / "editions" / "1.pdf").read_bytes() == OLD


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nobody_else_can_read_it(private: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        storage.keep("editions/deeper/1.pdf", NEW)
    finally:
        os.umask(before)
    assert mode_of(private / "editions" / "deeper" / "1.pdf") == 0o600
    assert [mode_of(folder) for folder in (private, private / "editions", private / "editions" / "deeper")] == [
        0o700
    ] * 3


@pytest.mark.parametrize("key", ["../outside.pdf", "editions/../../outside.pdf", "/etc/outside.pdf", "a/../../b.pdf"])
def test_no_key_leads_outside(private: Path, key: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        storage.keep(key, NEW)
    with pytest.raises(SuspiciousFileOperation):
        storage.hand_out(key, name="x.pdf", content_type="application/pdf")
    assert files_in(private.parent) == []


def test_it_is_handed_out_under_its_name_and_never_guessed_at(private: Path) -> None:
    storage.keep("jobs/1.pdf", NEW)
    answer = storage.hand_out("jobs/1.pdf", name="draft “ö”.pdf", content_type="application/pdf")
    assert b"".join(answer) == NEW
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''draft")
    answer.close()


def test_a_name_cannot_write_headers(private: Path) -> None:
    storage.keep("jobs/1.pdf", NEW)
    answer = storage.hand_out("jobs/1.pdf", name='x"\r\nSet-Cookie: a=b.pdf', content_type="application/pdf")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer
    answer.close()
