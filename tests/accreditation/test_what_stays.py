"""What stays when a partnership, an entry of the directory or a person goes."""

from accreditation import actions, queries
from accreditation.models import PlannedAction, Score, SignOff
from accreditation.queries import kept_for_reading
from partnerships.actions.merging import merge
from partnerships.actions.seats import take_seat
from partnerships.ending import left_behind
from partnerships.forgetting import holdings
from partnerships.models import Organisation, Seat
from tests import assessing
from tests.world import BEGAN_ON, SYSTEM


def test_a_merge_of_partnerships_leaves_self_assessments_to_be_read(world, as_):
    with as_("officer"):
        assert kept_for_reading(world.southwark) is None
    assessing.started(world)
    with as_("officer"):
        assert kept_for_reading(world.southwark) == "1 self-assessment"
        assert "1 self-assessment" in left_behind(world.southwark)


def test_a_merge_of_organisations_moves_leads_and_scores_and_leaves_what_was_signed(world, draft, as_):
    merged = Organisation.objects.get(name="Southwark Council for Voluntary Service")
    with as_("officer") as by:
        seat = Seat.objects.get(partnership=world.southwark, organisation=None)
        Seat.objects.filter(pk=seat.pk).update(organisation=merged)
        take_seat(seat=seat, person=world.rep, starts_on=BEGAN_ON, by=SYSTEM)
        led = assessing.plan_action(draft, by, title="Ask the residents", lead=merged)
    with as_("rep") as by:
        first = queries.criteria_of(draft)[0]
        rating = draft.round.scheme.ratings.first()
        actions.score(assessment=draft, criterion=first, rating=rating, comment="", organisation=merged, by=by)
        actions.sign_off(assessment=draft, seal=queries.seal_of(draft), organisation=merged, by=by)
    kept = Organisation.objects.create(name="Voluntary Action Southwark", sector=merged.sector)
    merge(kept=kept, merged=merged, by=SYSTEM)
    with as_("officer"):
        assert PlannedAction.objects.get(pk=led.pk).lead == kept
        assert Score.objects.get().organisation == kept
        assert SignOff.objects.get().organisation == merged


def test_every_column_that_names_a_person_is_told_of(world, as_):
    assessing.scored(world, assessing.ready(world))
    found = {holding.key: holding for holding in holdings()}
    with as_("officer"):
        told = {name: found[name].rows(person).count() for name, person in asked_of(world)}
    assert told == {
        "scores": 6,
        "sign_offs": 1,
        "evidence_added": 1,
        "saved_selfassessment": 1,
        "saved_criterionanswer": 6,
        "saved_plannedaction": 1,
        "progress_noted": 0,
    }


def asked_of(world):
    """Which holding, and about whom."""
    yield from [("scores", world.rep), ("sign_offs", world.rep), ("evidence_added", world.officer)]
    for model in ("selfassessment", "criterionanswer", "plannedaction"):
        yield f"saved_{model}", world.officer
    yield "progress_noted", world.officer
