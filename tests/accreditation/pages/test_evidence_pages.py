"""Evidence: an address or a file, beside the field what is wrong with it, taken out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accreditation import queries
from accreditation.models import Evidence
from documents.models import Upload
from tests import assessing
from tests.accreditation.pages.conftest import CODE, page, tenants

LINK = {"title": "Minutes", "url": "https://example.org/minutes"}


@pytest.fixture
def draft(world):
    return assessing.started(world)


def evidence_of(assessment):
    with tenants(assessment):
        return list(queries.evidence_of(assessment))


def test_an_address_is_added(draft, officer):
    response = officer.post(page(draft, "evidence", CODE), LINK)
    assert response["Location"] == page(draft, "criterion", CODE) + "#evidence"
    (row,) = evidence_of(draft)
    assert (row.title, row.url) == ("Minutes", "https://example.org/minutes")


def test_a_file_is_added_and_waits_for_its_check(draft, officer):
    file = SimpleUploadedFile("minutes.txt", b"The board met.", "text/plain")
    response = officer.post(page(draft, "evidence", CODE), {"title": "Minutes", "file": file}, follow=True)
    (row,) = evidence_of(draft)
    assert (row.upload.name, row.upload.state) == ("minutes.txt", Upload.State.CHECKING)
    assert "Being checked" in response.content.decode()
    waiting = officer.get(page(draft, "evidence_file", row.pk))
    assert waiting.status_code == 202


def test_a_file_that_is_refused_says_so(draft, officer):
    officer.post(page(draft, "evidence", CODE), {"title": "M", "file": SimpleUploadedFile("m.txt", b"Words.")})
    (row,) = evidence_of(draft)
    with tenants(draft):
        Upload.objects.update(state="refused", finding="A virus", checked_at="2006-01-31T14:02:00+00:00")
    text = officer.get(page(draft, "criterion", CODE)).content.decode()
    assert "A virus" in text
    assert officer.get(page(draft, "evidence_file", row.pk)).status_code == 410


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": "Minutes"}, "Enter an address, or choose a file"),
        ({"title": "Minutes", "url": "nonsense of mine"}, "Enter an address such as"),
        ({"url": LINK["url"]}, "Answer the question: What is it called?"),
    ],
)
def test_bad_input_stands_beside_the_field(draft, officer, typed, said):
    response = officer.post(page(draft, "evidence", CODE), typed)
    assert said in response.content.decode()
    assert evidence_of(draft) == []


def test_one_of_the_two_and_a_hostile_file_is_refused(draft, officer):
    here = page(draft, "evidence", CODE)
    both = officer.post(here, {**LINK, "file": SimpleUploadedFile("m.txt", b"Words.")})
    assert "not both" in both.content.decode()
    hostile = officer.post(here, {"title": "Kept title", "file": SimpleUploadedFile("m.pdf", b"<script>")})
    text = hostile.content.decode()
    assert "There is 1 thing to put right" in text
    assert "Kept title" in text
    with tenants(draft):
        assert not Upload.objects.exists()


def test_what_is_taken_out_twice_is_taken_out_once(draft, officer):
    officer.post(page(draft, "evidence", CODE), LINK)
    (row,) = evidence_of(draft)
    here = page(draft, "evidence_removal", row.pk)
    assert "Take out “Minutes”?" in officer.get(here).content.decode()
    assert officer.post(here).status_code == 302
    assert officer.post(here).status_code == 302
    assert evidence_of(draft) == []
    assert "It was taken out on" in officer.get(here).content.decode()


def test_nothing_is_added_or_taken_out_after_submission(world, officer):
    assessment = assessing.submitted(world)
    (row,) = evidence_of(assessment)
    refused = officer.post(page(assessment, "evidence", CODE), LINK)
    assert refused.status_code == 409
    assert LINK["url"] in refused.content.decode()
    file = SimpleUploadedFile("m.txt", b"Words.")
    assert officer.post(page(assessment, "evidence", CODE), {"title": "M", "file": file}).status_code == 409
    assert officer.post(page(assessment, "evidence_removal", row.pk)).status_code == 409
    with tenants(assessment):
        assert not Upload.objects.exists()
        assert Evidence.objects.filter(removed_at=None).count() == 1


@pytest.mark.parametrize(("name", "status"), [("stranger", 404), ("rep", 403), ("reviewer", 403)])
def test_nobody_else_adds_evidence(draft, sign_in, name, status):
    assert sign_in(name).post(page(draft, "evidence", CODE), LINK).status_code == status
