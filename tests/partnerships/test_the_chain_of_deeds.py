"""Deeds are sealed: each over the one before it, so that whoever changes the past is found out."""

import hashlib
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from partnerships import deeds
from partnerships.models import Deed
from partnerships.queries import broken_deeds
from partnerships.tenancy.context import acting
from tests.conftest import as_owner

# What a seal covers, read as the columns hold it.
COLUMNS = (
    "partnership_id, number, at AT TIME ZONE 'UTC', verb, by_id, by_name, subject, subject_id, subject_label, reason"
)


@pytest.fixture
def chain(world):
    """Five deeds more in Southwark's log, with letters and numbers that are easily spelt in two ways; one of them is
    about a person.
    """
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        for number, reason in enumerate(("", "“Quoted” – £5", "line\nbreak", "ß, é, 日本, \\ and /", "🌳"), start=1):
            changes = {"longer name": [None, number], "a": ["é", "x" * number], "b": {"deep": [True, 1.5]}}
            about = world.rep if number == 2 else None
            deeds.record("test.done", world.southwark, by=officer, about=about, reason=reason, changes=changes)
    return world.southwark


def stamp(moment):
    """A time as PostgreSQL writes it into JSON: no zeros at its end."""
    text = moment.isoformat()
    return text.rstrip("0").rstrip(".") if "." in text else text


def broken_in_python(partnership):
    """The numbers of deeds whose seal or place is wrong, calculated without PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS}, changes::text, about_id, seal FROM partnerships_deed "
            "WHERE partnership_id = %s ORDER BY number",
            [partnership.pk],
        )
        rows = cursor.fetchall()
    wrong, before, last = [], "", 0
    for *values, changes, about, seal in rows:
        values[2] = stamp(values[2])
        person = [] if about is None else [about]
        said = json.dumps([*values, json.loads(changes), *person], ensure_ascii=False)
        expected = hashlib.sha256(f"{before}{said}".encode()).hexdigest()
        if values[1] != last + 1 or seal != expected:
            wrong.append(values[1])
        before, last = seal, values[1]
    return wrong


def broken_in_sql(partnership):
    return [deed.number for deed in broken_deeds(partnership)]


def test_every_seal_can_be_calculated_again(world, chain):
    for partnership in world.partnerships.values():
        with acting(partnership.pk):
            assert Deed.objects.count() > 3
            assert broken_in_sql(partnership) == []
            assert broken_in_python(partnership) == []


def seal_trigger():
    """The name under which PostgreSQL knows it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'partnerships_deed'::regclass AND tgname LIKE '%seal%'"
        )
        return cursor.fetchone()[0]


def attack(*statements):
    """Do to the log what only the owner of the database can, past its triggers."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE partnerships_deed DISABLE TRIGGER USER")
        for statement, values in statements:
            cursor.execute(statement, values)
        cursor.execute("ALTER TABLE partnerships_deed ENABLE TRIGGER USER")


COPY = """
INSERT INTO partnerships_deed (partnership_id, number, at, verb, by_id, by_name, subject, subject_id, subject_label,
    reason, changes, about_id, seal)
SELECT partnership_id, %s, at, 'forged.deed', by_id, by_name, subject, subject_id, subject_label, reason, changes,
    about_id, seal
FROM partnerships_deed WHERE partnership_id = %s AND number = %s
"""
SET = "UPDATE partnerships_deed SET {} WHERE partnership_id = %s AND number = %s"
SHIFT = "UPDATE partnerships_deed SET number = number + %s WHERE partnership_id = %s AND number >= %s"


CHANGES = [
    "reason = 'Because'",
    "by_name = 'Nobody'",
    "at = at + interval '1 second'",
    "by_id = (SELECT max(id) FROM accounts_person)",
    "about_id = (SELECT max(id) FROM accounts_person)",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_deed_is_found(chain, change):
    attack((SET.format(change), [chain.pk, 4]))
    with acting(chain.pk):
        assert broken_in_sql(chain) == broken_in_python(chain) == [4]


def test_a_deed_that_was_taken_out_is_found(chain):
    attack(("DELETE FROM partnerships_deed WHERE partnership_id = %s AND number = %s", [chain.pk, 4]))
    with acting(chain.pk):
        assert broken_in_sql(chain) == broken_in_python(chain) == [5]


def test_a_deed_that_was_taken_out_is_found_also_when_the_others_close_up(chain):
    attack(
        ("DELETE FROM partnerships_deed WHERE partnership_id = %s AND number = %s", [chain.pk, 4]),
        (SHIFT, [1000, chain.pk, 5]),
        (SHIFT, [-1001, chain.pk, 1005]),
    )
    with acting(chain.pk):
        assert broken_in_sql(chain) == broken_in_python(chain) != []


def test_two_deeds_in_another_order_are_found(chain):
    attack(
        (SET.format("number = 1000"), [chain.pk, 4]),
        (SET.format("number = 4"), [chain.pk, 5]),
        (SET.format("number = 5"), [chain.pk, 1000]),
    )
    with acting(chain.pk):
        found = broken_in_sql(chain)
        assert found == broken_in_python(chain)
        assert {4, 5} <= set(found)


def test_a_deed_that_was_put_in_is_found(chain):
    attack((SHIFT, [1000, chain.pk, 5]), (SHIFT, [-999, chain.pk, 1005]), (COPY, [5, chain.pk, 4]))
    with acting(chain.pk):
        found = broken_in_sql(chain)
        assert found == broken_in_python(chain)
        assert 5 in found


def verify(*arguments):
    """What `manage.py verify_history` says."""
    said = io.StringIO()
    call_command("verify_history", *arguments, stdout=said)
    return said.getvalue()


def test_the_command_says_that_all_is_whole(world, chain):
    assert "The history is whole" in verify()
    assert verify("--partnership", "southwark").endswith("deeds, partnerships: 1.\n")
    with pytest.raises(CommandError, match="There is no partnership at this address: nowhere"):
        verify("--partnership", "nowhere")


def test_the_command_names_the_first_deed_that_was_changed(world, chain):
    attack((SET.format("reason = 'Because'"), [chain.pk, 4]), (SET.format("reason = 'Because'"), [chain.pk, 6]))
    for arguments in ((), ("--partnership", "southwark")):
        with pytest.raises(CommandError, match="southwark, deed 4: its seal does not fit what it says") as refused:
            verify(*arguments)
        assert refused.value.returncode == 1
    assert "The history is whole" in verify("--partnership", "hackney")


def test_the_command_names_the_deed_whose_predecessor_was_taken_out(chain):
    attack(("DELETE FROM partnerships_deed WHERE partnership_id = %s AND number = %s", [chain.pk, 4]))
    with pytest.raises(CommandError, match="southwark, deed 5: the deed before it is missing"):
        verify()


def test_number_time_and_seal_are_the_databases(world, chain):
    """Whatever the application says about them."""
    values = {"verb": "test.done", "by_name": "Officer", "subject": "test", "subject_label": "Test"}
    with acting(chain.pk):
        last = Deed.objects.latest("number")
        made = Deed.objects.create(partnership=chain, number=77, seal="f" * 64, **values)
        stored = Deed.objects.get(pk=made.pk)
        assert stored.number == last.number + 1
        assert stored.at > last.at
        assert broken_in_sql(chain) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda: Deed.objects.update(reason="Because"),
        lambda: Deed.objects.all().delete(),
        lambda: connection.cursor().execute("TRUNCATE partnerships_deed"),
        lambda: connection.cursor().execute("ALTER TABLE partnerships_deed DISABLE TRIGGER ALL"),
        lambda: connection.cursor().execute(f"DROP TRIGGER {seal_trigger()} ON partnerships_deed"),
    ],
)
def test_the_application_can_only_add(chain, change):
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with acting(chain.pk), refused, transaction.atomic():
        change()


def test_every_deed_that_this_product_does_is_said_in_words(world, written_deeds):
    for deed in written_deeds:
        assert str(deed.words) != deed.verb, deed.verb


@pytest.fixture
def written_deeds(world):
    """The deeds of a partnership in which a strategy was written and published."""
    from strategies import actions
    from tests.writing import write_strategy

    strategy = write_strategy(world.southwark, world.officer)
    with acting(world.southwark.pk, by=world.officer.pk):
        actions.publish(strategy=strategy, by=world.access("officer"))
        return list(Deed.objects.all())
