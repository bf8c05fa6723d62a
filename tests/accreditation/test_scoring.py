"""Partners score on their own: differing scores stand side by side, and nobody sees others' before giving theirs."""

import pytest
from django.db import IntegrityError, transaction

from accreditation import actions, queries
from accreditation.models import Rating, Score
from core.refusals import NotPermitted
from partnerships.actions.seats import take_seat
from partnerships.models import Deed, Organisation, Seat
from tests import assessing
from tests.world import BEGAN_ON, SYSTEM


def give(assessment, by, code="strong", comment="", **more):
    """Score the first criterion."""
    return actions.score(
        assessment=assessment,
        criterion=queries.criteria_of(assessment)[0],
        rating=Rating.objects.get(scheme=assessment.round.scheme_id, code=code),
        comment=comment,
        **more,
        by=by,
    )


def seen_by(assessment, by):
    """What somebody sees of the scores of the first criterion."""
    first = queries.criteria_of(assessment)[0]
    return [(each.partner, each.score.rating.code) for each in queries.scores_of(assessment, first, by)]


@pytest.fixture
def scored(world, draft, as_):
    """Scored by the chair and a representative, differently."""
    with as_("chair") as by:
        give(draft, by, "strong")
    with as_("rep") as by:
        give(draft, by, "weak", "The board meets in the daytime")
    return draft


def test_scores_stand_side_by_side_under_roles(scored, as_):
    with as_("officer") as by:
        assert seen_by(scored, by) == [("Chair", "strong"), ("Member representative", "weak")]


def test_somebody_who_sits_for_an_organisation_may_score_in_its_name(world, draft, as_):
    with as_("officer"):
        council = Organisation.objects.get(name="Southwark Council")
        seat = Seat.objects.get(partnership=world.southwark, organisation=None)
        seat.organisation = council
        seat.save()
        take_seat(seat=seat, person=world.rep, starts_on=BEGAN_ON, by=SYSTEM)
    with as_("rep") as by:
        give(draft, by, organisation=council)
        assert seen_by(draft, by) == [("Southwark Council", "strong")]


def test_nobody_speaks_for_an_organisation_whose_seat_they_do_not_hold(draft, as_):
    council = Organisation.objects.get(name="Southwark Council")
    with as_("rep") as by, pytest.raises(NotPermitted, match=r"speak for Southwark Council\. Whoever holds"):
        give(draft, by, organisation=council)


def test_the_scores_of_others_show_once_one_has_scored_oneself(scored, as_):
    with as_("cvs") as by:
        assert seen_by(scored, by) == []
        give(scored, by, "adequate")
        assert len(seen_by(scored, by)) == 3
    with as_("finance") as by:
        assert seen_by(scored, by) == []


def test_once_it_is_submitted_everybody_sees_them(world, as_):
    assessment = assessing.submitted(world)
    with as_("finance") as by:
        assert len(seen_by(assessment, by)) == 3


def test_a_second_score_takes_the_place_of_the_first_and_the_same_changes_nothing(scored, as_, log):
    before = log()
    with as_("rep") as by:
        give(scored, by, "weak", "The board meets in the daytime")
        assert log() == before
        give(scored, by, "adequate")
        assert seen_by(scored, by) == [("Chair", "strong"), ("Member representative", "adequate")]
    assert log() == [*before, "accreditation.scored_anew"]


def test_the_log_does_not_tell_what_somebody_thinks(scored, as_):
    with as_("officer"):
        deed = Deed.objects.filter(verb="accreditation.scored").latest("number")
    assert (deed.subject_label, deed.changes) == ("Strategic", {})


@pytest.mark.parametrize("name", ["officer", "finance", "reviewer", "manager", "national", "stranger"])
def test_nobody_else_scores(draft, as_, name):
    with as_(name) as by, pytest.raises(NotPermitted, match="The chair and each member representative can"):
        give(draft, by)


def test_nobody_scores_what_is_submitted(world, as_):
    assessment = assessing.submitted(world)
    with as_("rep") as by, pytest.raises(actions.NotNow):
        give(assessment, by, "weak")


def test_whoever_has_left_stands_under_the_role_they_had(world, scored, as_):
    from core.dates import today
    from partnerships.actions.roles import end_appointment
    from partnerships.models import Appointment

    with as_("officer") as by:
        end_appointment(appointment=Appointment.objects.get(person=world.rep), on=today(), reason="Left", by=SYSTEM)
        Score.objects.filter(person=world.rep).update(scored_at="2026-01-05T12:00:00Z")
        assert seen_by(scored, by) == [("Chair", "strong"), ("Member representative", "weak")]


def test_postgresql_refuses_a_second_score_of_one_person(scored, as_):
    with as_("rep"):
        score = Score.objects.filter(rating__code="weak").get()
        score.pk = None
        with pytest.raises(IntegrityError, match="one_score_per_partner"), transaction.atomic():
            score.save(force_insert=True)
