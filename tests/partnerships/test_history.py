"""Every insert, update and delete of a tenant's row is kept, with who did it, in tables nobody can write."""

import datetime

import pghistory.models
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from partnerships.models import Membership, Organisation, Seat
from partnerships.tenancy.context import acting
from tests.conftest import as_owner

DAY = datetime.date(2006, 1, 9)
EVENTS = Membership.pgh_event_model


@pytest.fixture
def membership(world):
    """Entered, changed and removed by the officer in one page, and something before by somebody else in another."""
    organisation = Organisation.objects.get(name="Leeds Council")
    with acting(world.southwark.pk, by=world.chair.pk):
        Seat.objects.filter(partnership=world.southwark).update(position="Renamed")
    with acting(world.southwark.pk, by=world.officer.pk):
        row = Membership.objects.create(partnership=world.southwark, organisation=organisation, starts_on=DAY)
        pk = row.pk
        Membership.objects.filter(pk=pk).update(ends_on=datetime.date(2007, 1, 1))
        row.delete()
    return pk


def test_insert_update_and_delete_are_kept_with_the_person_and_one_context(world, membership):
    with acting(world.southwark.pk):
        events = list(EVENTS.objects.filter(pgh_obj_id=membership).order_by("pgh_id"))
    assert [event.pgh_label for event in events] == ["insert", "update", "delete"]
    assert [event.ends_on for event in events] == [None, datetime.date(2007, 1, 1), datetime.date(2007, 1, 1)]
    assert {event.pgh_context["person"] for event in events} == {world.officer.pk}
    assert len({event.pgh_context_id for event in events}) == 1


def test_another_page_has_another_context(world, membership):
    with acting(world.southwark.pk):
        mine = EVENTS.objects.filter(pgh_obj_id=membership).latest("pgh_id").pgh_context_id
        other = Seat.pgh_event_model.objects.latest("pgh_id")
    assert other.pgh_context_id not in {mine, None}
    assert other.pgh_context["person"] == world.chair.pk


def test_an_update_that_changes_nothing_is_no_event(world, membership):
    with acting(world.southwark.pk):
        seat = Seat.objects.filter(partnership=world.southwark).first()
        before = Seat.pgh_event_model.objects.count()
        seat.save()
        assert Seat.pgh_event_model.objects.count() == before


def test_history_is_closed_to_other_partnerships(world, membership):
    assert not EVENTS.objects.filter(pgh_obj_id=membership).exists()
    with acting(world.hackney.pk):
        assert not EVENTS.objects.filter(pgh_obj_id=membership).exists()


EVENT_MODELS = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]


@pytest.mark.parametrize("model", EVENT_MODELS, ids=lambda model: model._meta.label)
def test_the_application_cannot_write_history(world, model):
    table = connection.ops.quote_name(model._meta.db_table)
    for statement in (
        f"INSERT INTO {table} (pgh_label) VALUES ('insert')",
        f"UPDATE {table} SET pgh_label = 'forged'",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
    ):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with acting(world.southwark.pk), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_there_is_history_of_whatever_a_partnership_can_change():
    assert {model._meta.object_name for model in EVENT_MODELS} == {
        "AppointmentEvent",
        "CompositionTargetEvent",
        "ContactPointEvent",
        "InvitationEvent",
        "MemberContactEvent",
        "MemberImportEvent",
        "MembershipEvent",
        "NamedPartnerEvent",
        "NeighbourhoodAreaEvent",
        "NeighbourhoodEvent",
        "OrganisationEvent",
        "OrganisationIdentifierEvent",
        "SeatEvent",
        "SeatGroupEvent",
        "SittingEvent",
        "UnderrepresentedGroupEvent",
        "StrategyEvent",
        "TextEvent",
        "IssueEvent",
        "PriorityEvent",
        "ObjectiveEvent",
        "ActionEvent",
        "ActionPartnerEvent",
        "UploadEvent",
        "CaseEvent",
        "ChangeRequestEvent",
        "JudgementEvent",
        "AppealEvent",
        "LetterEvent",
        "SelfAssessmentEvent",
        "CriterionAnswerEvent",
        "ScoreEvent",
        "EvidenceEvent",
        "PlannedActionEvent",
    }


def test_history_forgets_how_to_reach_a_person():
    """Or somebody who wants to be forgotten could not be: history can only be added to."""
    kept = {model._meta.object_name: {field.name for field in model._meta.fields} for model in EVENT_MODELS}
    assert not kept["MemberContactEvent"] & {"name", "email", "telephone"}
    assert not kept["MemberImportEvent"] & {"rows", "errors", "notes"}
    assert not kept["InvitationEvent"] & {"name", "email", "nonce"}
    assert not kept["ContactPointEvent"] & {"name", "email", "telephone", "address"}
    assert not [name for name, fields in kept.items() if fields & {"email", "telephone", "address"}]


def test_the_directory_that_all_share_has_a_history_that_all_can_read(world):
    with as_owner():
        Organisation.objects.filter(name="Leeds Council").update(name="City of Leeds")
    events = Organisation.pgh_event_model.objects.filter(name="City of Leeds")
    assert [event.pgh_label for event in events] == ["update"]


@pytest.mark.parametrize("level", ["LOCAL", "SESSION"])
def test_the_application_cannot_switch_history_off(world, level):
    """pgtrigger's own switch is a setting that any session can make; here its triggers do not obey it."""
    with acting(world.southwark.pk, by=world.officer.pk), connection.cursor() as cursor:
        cursor.execute(f"SET {level} pgtrigger.ignore = '{{partnerships_seat:update_update}}'")
        before = Seat.pgh_event_model.objects.count()
        changed = Seat.objects.filter(partnership=world.southwark).update(position="In secret")
        assert Seat.pgh_event_model.objects.count() == before + changed
        cursor.execute("RESET pgtrigger.ignore")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE partnerships_seat DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean "
        "LANGUAGE sql AS 'SELECT true'",
    ],
)
def test_nor_by_other_means(world, statement):
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with acting(world.southwark.pk), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_trigger_of_history_runs_as_the_owner_whatever_the_session_puts_before_it(world):
    """A table of the session's own, of the same name, does not catch the events."""
    with acting(world.southwark.pk), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE partnerships_seat_event (LIKE public.partnerships_seat_event) ON COMMIT DROP")
        Seat.objects.filter(partnership=world.southwark).update(position="Caught")
        cursor.execute("SELECT count(*) FROM pg_temp.partnerships_seat_event")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM public.partnerships_seat_event WHERE position = 'Caught'")
        assert cursor.fetchone()[0] > 0


def test_what_the_owner_does_outside_any_page_has_no_person(world):
    with as_owner():
        Seat.objects.filter(partnership=world.southwark).update(position="By hand")
    with acting(world.southwark.pk):
        assert Seat.pgh_event_model.objects.latest("pgh_id").pgh_context is None
