"""`manage.py drive_round`: a whole round of the 2002 scheme, by the actions that people use."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

import reviews.actions
from accounts.models import Person
from accreditation.models import Round, Score, SelfAssessment
from lsp.demonstration import tables
from lsp.demonstration.story import in_weeks
from partnerships.models import Partnership
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import reading_everywhere
from reviews.models import Case, Decision

IN_FOUR_WEEKS = in_weeks(4)


def drive(*arguments):
    """What the command says."""
    said = io.StringIO()
    call_command("drive_round", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def west_midlands(empty):
    """The seven areas of the fund in that region, with the usual seats."""
    entered = tables.Tables(Access.of_system("Test"))
    for authority in tables.areas().filter(region__slug="west-midlands"):
        entered.enter(authority)


def outcomes():
    """Partnership → outcome and day of the next review."""
    with reading_everywhere():
        rows = SelfAssessment.objects.exclude(outcome=None)
        return {row[0]: row[1:] for row in rows.values_list("partnership__slug", "outcome__label", "next_review_on")}


def test_six_are_accredited_and_walsall_is_deferred_with_the_day_of_its_review(west_midlands, client):
    said = drive()
    assert "West Midlands: 7 driven, 7 in all" in said
    assert "Accredited: 6" in said and "Deferred: 1, to be reviewed again on" in said
    found = outcomes()
    assert len(found) == 7
    assert found.pop("walsall") == ("Deferred", IN_FOUR_WEEKS)
    assert set(found.values()) == {("Accredited", None)}
    check_who_did_it()
    check_the_tables(client)


def check_who_did_it():
    """Every step was taken by somebody who may."""
    with reading_everywhere():
        decisions = list(Decision.objects.select_related("recommended_by", "decided_by"))
        reviewers = {case.reviewer.email for case in Case.objects.select_related("reviewer")}
        scores = dict(Score.objects.order_by().values_list("partnership").annotate(Count("pk")))
    assert reviewers == {"reviewer.west-midlands@example.org"}
    assert {row.recommended_by.email for row in decisions} == reviewers
    assert {row.decided_by.email for row in decisions} == {"manager.west-midlands@example.org"}
    assert set(scores.values()) == {12}  # two members, six criteria


def check_the_tables(client):
    """The tables of England and of the region show it."""
    viewer = Person.objects.get(email="team.national@example.org")
    client.force_login(viewer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get("/national/").context_data
    assert (page["total"].asked, page["total"].count("accredited"), page["total"].count("deferred")) == (7, 6, 1)
    assert [(row.partnership.slug, row.next_review_on) for row in page["again"]] == [("walsall", IN_FOUR_WEEKS)]
    table = client.get("/office/west-midlands/partnerships/?stands=deferred").context_data["listing"]
    assert [row.partnership.slug for row in table.page] == ["walsall"]


def test_what_was_interrupted_goes_on_and_a_further_run_changes_nothing(west_midlands, monkeypatch):
    calls, unbroken = 0, reviews.actions.recommend

    def breaks(**values):
        nonlocal calls
        calls += 1
        if calls == 4:
            raise KeyboardInterrupt
        return unbroken(**values)

    with monkeypatch.context() as patch:
        patch.setattr(reviews.actions, "recommend", breaks)
        with pytest.raises(KeyboardInterrupt):
            drive()
    assert len(outcomes()) == 3
    assert "West Midlands: 4 driven, 7 in all" in drive()
    assert len(outcomes()) == 7
    assert "West Midlands: 0 driven, 7 in all" in drive()
    with reading_everywhere():
        assert Decision.objects.count() == 7


def test_some_regions_alone(west_midlands):
    assert "driven" not in drive("--region", "london")
    with pytest.raises(CommandError, match="no region at this address: atlantis"):
        drive("--region", "atlantis")


def test_it_is_refused_where_there_is_no_demonstration(west_midlands, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="This is not a demonstration: LSP_DEMONSTRATION is off"):
        drive()
    assert not Round.objects.exists()
    assert Partnership.objects.count() == 7
