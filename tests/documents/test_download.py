"""Downloads: whoever may have the document gets it, for everybody else there is none."""

from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from documents.actions import keep
from documents.engine import Pdf
from documents.models import Document
from jobs import actions as jobs
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests.world import World

pytestmark = pytest.mark.django_db

WORDS = b"%PDF-1.7 the draft of Southwark"


@pytest.fixture
def document(world: World, private: Path) -> Document:
    """A draft's PDF, kept for Southwark."""
    return kept(world, "southwark", "officer", WORDS)


def kept(world: World, slug: str, who: str, content: bytes) -> Document:
    partnership, person = world.partnerships[slug], world.people[who]
    job = jobs.queue("strategies.draft_pdf", partnership=partnership, subject_id=1, by=Access.of(person))
    claimed = jobs.claim(job.pk)
    assert claimed
    with acting(partnership.pk, by=person.pk):
        return keep(
            job=claimed,
            pdf=Pdf(content=content, pages=1),
            title=f"Draft of {slug}",
            name=f"{slug}.pdf",
        )


def download(sign_in, who: str | None, document: Document, slug: str = "southwark"):
    return sign_in(who).get(reverse("documents:download", args=[slug, document.pk]))


@pytest.mark.parametrize("who", ["officer", "rep", "dual", "reviewer", "national"])
def test_people_inside_get_it(sign_in, document: Document, who: str) -> None:
    answer = download(sign_in, who, document)
    assert answer.status_code == 200
    assert b"".join(answer) == WORDS
    assert answer["Content-Disposition"] == 'attachment; filename="southwark.pdf"'


@pytest.mark.parametrize("who", ["stranger", "hackney_officer", "leeds_officer", "other_reviewer", "lapsed", "future"])
def test_for_everybody_else_there_is_none(sign_in, document: Document, who: str) -> None:
    assert download(sign_in, who, document).status_code == 404


def test_who_is_not_signed_in_is_asked_to(sign_in, document: Document) -> None:
    answer = download(sign_in, None, document)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_under_ones_own_address_another_partnerships_number_leads_nowhere(sign_in, world, document) -> None:
    foreign = kept(world, "hackney", "hackney_officer", b"%PDF-1.7 the words of Hackney")
    for who in ("officer", "dual", "national"):
        assert download(sign_in, who, foreign, slug="southwark").status_code == 404
    assert download(sign_in, "hackney_officer", document, slug="hackney").status_code == 404
    assert b"".join(download(sign_in, "dual", foreign, slug="hackney")) == b"%PDF-1.7 the words of Hackney"


def test_nobody_between_keeps_a_copy(sign_in, document: Document) -> None:
    answer = download(sign_in, "officer", document)
    assert b"".join(answer) == WORDS
    assert answer["Cache-Control"] == "private, no-store"


def test_a_row_without_its_file_is_told_plainly_and_logged(sign_in, document: Document, private: Path, caplog) -> None:
    (private / document.key).unlink()
    assert download(sign_in, "officer", document).status_code == 404
    assert f"The file of a document is not in storage: {document.key}" in caplog.messages


def test_the_list_names_ones_own_alone(sign_in, world: World, document: Document) -> None:
    kept(world, "hackney", "hackney_officer", b"%PDF")
    page = sign_in("officer").get(reverse("documents:list", args=["southwark"])).text
    assert "Draft of southwark" in page
    assert "Draft of hackney" not in page


def test_the_address_of_a_file_is_not_its_place(sign_in, document: Document) -> None:
    """No address of the web server leads into private storage."""
    for guess in (document.key, f"static/{document.key}", f"media/{document.key}", f"static/../private/{document.key}"):
        assert sign_in("officer").get(f"/{guess}").status_code == 404


def test_nobody_can_change_or_remove_a_document(document: Document, world: World) -> None:
    for deed in (lambda rows: rows.update(title="x"), lambda rows: rows.delete()):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            acting(world.southwark.pk),
        ):
            deed(Document.objects.filter(pk=document.pk))
