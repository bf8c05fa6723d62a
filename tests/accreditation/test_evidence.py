"""Evidence: an address elsewhere, or a file of the partnership; what was taken out stays in what was submitted."""

import pytest
from django.db import IntegrityError, transaction

from accreditation import actions, queries
from accreditation.models import Evidence
from core.refusals import NotPermitted
from documents.models import Upload
from reviews import queries as reviews
from tests import assessing

URL = "https://southwark.example.org/minutes"


def criterion_of(assessment, code="inclusive"):
    """One criterion of its scheme."""
    return queries.criteria_of(assessment).get(code=code)


def link(assessment, by, code="inclusive"):
    """Add a link to a criterion."""
    return actions.add_link(assessment=assessment, criterion=criterion_of(assessment, code), title="M", url=URL, by=by)


def upload(assessment, name="minutes.pdf"):
    """A file that somebody has uploaded, and nobody has checked."""
    return Upload.objects.create(
        partnership=assessment.partnership,
        key=f"evidence/{name}",
        name=name,
        content_type="application/pdf",
        size=3,
        sha256="0" * 64,
    )


def titles(assessment):
    """What supports it now."""
    return [row.title for row in queries.evidence_of(assessment)]


def test_the_officer_adds_a_link_once(draft, as_, log):
    before = log()
    with as_("officer") as by:
        first, second = link(draft, by), link(draft, by)
        assert first == second
        assert titles(draft) == ["Community Strategy 2006 to 2016", "M"]
    assert log() == [*before, "accreditation.evidence_added"]


def test_the_officer_adds_a_file_once(draft, as_):
    with as_("officer") as by:
        file = upload(draft)
        for _again in range(2):
            added = actions.add_file(
                assessment=draft, criterion=criterion_of(draft), title="Minutes", upload=file, by=by
            )
        assert added.upload == file
        assert titles(draft) == ["Community Strategy 2006 to 2016", "Minutes"]


def test_it_is_taken_out_once(draft, as_, log):
    with as_("officer") as by:
        added = link(draft, by)
        before = log()
        for _again in range(2):
            actions.remove_evidence(evidence=added, by=by)
        assert titles(draft) == ["Community Strategy 2006 to 2016"]
    assert log() == [*before, "accreditation.evidence_removed"]


def test_what_was_submitted_keeps_what_is_taken_out_later(world, as_):
    assessment = assessing.sent_back(world, ["strategic"])
    with as_("officer") as by:
        actions.remove_evidence(evidence=queries.evidence_of(assessment).get(), by=by)
        frozen = reviews.content_of(reviews.last_submission(queries.case_of(assessment)))
    assert [each.title for each in frozen.section("strategic").evidence] == ["Community Strategy 2006 to 2016"]


@pytest.mark.parametrize("name", ["chair", "rep", "reviewer", "stranger"])
def test_nobody_else_adds_or_takes_out(draft, as_, name):
    with as_(name) as by:
        with pytest.raises(NotPermitted):
            link(draft, by)
        with pytest.raises(NotPermitted):
            actions.remove_evidence(evidence=queries.evidence_of(draft).get(), by=by)


def test_a_locked_criterion_takes_no_evidence(world, as_):
    assessment = assessing.sent_back(world, ["strategic"])
    with as_("officer") as by, pytest.raises(actions.SectionLocked):
        link(assessment, by, "inclusive")


@pytest.mark.parametrize("both", [True, False])
def test_postgresql_refuses_evidence_that_is_both_or_neither(draft, as_, both):
    with as_("officer"), pytest.raises(IntegrityError, match="evidence_is_a_file_or_an_address"), transaction.atomic():
        Evidence.objects.create(
            partnership=draft.partnership,
            assessment=draft,
            criterion=criterion_of(draft),
            title="Both or neither",
            url=URL if both else "",
            upload=upload(draft) if both else None,
        )
