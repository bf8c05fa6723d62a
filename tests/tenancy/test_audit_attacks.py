"""Whoever falsifies the past is refused or found out: the table of attacks, tried."""

import io
import re

import pghistory.models
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from partnerships.actions.heads import note_heads
from partnerships.models import Deed
from partnerships.tenancy.context import acting
from tests.conftest import as_owner
from tests.tenancy.attacks import APPLICATION, FORGE, OWNER
from tests.world import SYSTEM

EVENT_MODELS = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]


@pytest.fixture
def ids(world):
    """The numbers that the statements name, after a night in which the heads were noted."""
    note_heads(by=SYSTEM)
    return {name: partnership.pk for name, partnership in world.partnerships.items()}


def verify():
    """What `manage.py verify_history` says."""
    said = io.StringIO()
    call_command("verify_history", stdout=said)
    return said.getvalue()


def test_the_table_is_twelve_attacks():
    assert [attack.name for attack in APPLICATION] == [attack.name for attack in OWNER]
    assert len({attack.name for attack in APPLICATION}) == 6


@pytest.mark.parametrize("attack", APPLICATION, ids=lambda attack: attack.name)
def test_the_application_is_refused(ids, attack):
    """Also with both partnerships open to it, as no page opens them."""
    refused = pytest.raises(ProgrammingError, match=attack.answer)
    with acting(ids["southwark"]), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lsp.partnership_ids', %s, true)", [f"{ids['southwark']},{ids['hackney']}"])
        with refused, transaction.atomic():
            for statement in attack.statements:
                cursor.execute(statement, ids)
    assert "The history is whole" in verify()


def test_what_the_application_may_insert_does_not_come_between(ids):
    """Number, time and seal that it chooses are overruled: the forged deed stands at the end, and is a deed of now."""
    with acting(ids["southwark"]), connection.cursor() as cursor:
        last = Deed.objects.latest("number")
        cursor.execute(FORGE, ids)
        forged = Deed.objects.get(verb="forged.deed")
    assert forged.number == last.number + 1
    assert forged.at > last.at
    assert "The history is whole" in verify()


@pytest.mark.parametrize("attack", OWNER, ids=lambda attack: attack.name)
def test_the_owner_is_found_out(ids, attack):
    with acting(ids["southwark"]):
        last = Deed.objects.latest("number").number
    assert last > 6
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE partnerships_deed DISABLE TRIGGER USER")
        for statement in attack.statements:
            cursor.execute(statement, ids)
            assert cursor.rowcount > 0, statement
        cursor.execute("ALTER TABLE partnerships_deed ENABLE TRIGGER USER")
    with pytest.raises(CommandError) as found:
        verify()
    assert re.search(attack.answer.replace("{last}", str(last)), str(found.value)), found.value


# The same six on the tables that keep every change of a row; to these the application may not even add
EVENT_ATTACKS = {
    "edit": "UPDATE {table} SET pgh_label = 'forged'",
    "delete": "DELETE FROM {table} WHERE pgh_id = 1",
    "insert": "INSERT INTO {table} (pgh_label, pgh_created_at, id) VALUES ('insert', now(), 1)",
    "reorder": "UPDATE {table} SET pgh_id = pgh_id + 1, pgh_created_at = now()",
    "truncate": "TRUNCATE {table}",
    "swap tenant": "UPDATE {table} SET partnership_id = %(hackney)s",
}


@pytest.mark.parametrize("model", EVENT_MODELS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("name", EVENT_ATTACKS)
def test_the_application_is_refused_at_the_history_of_every_table(ids, model, name):
    fields = {field.name for field in model._meta.fields}
    if name == "swap tenant" and "partnership" not in fields:
        name = "edit"  # the directory is everybody's: there is no tenant to swap
    statement = EVENT_ATTACKS[name].format(table=connection.ops.quote_name(model._meta.db_table))
    refused = pytest.raises(ProgrammingError, match="permission denied for table")
    with acting(ids["southwark"]), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, ids)
