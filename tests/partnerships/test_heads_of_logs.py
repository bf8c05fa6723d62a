"""Where each log stands goes out daily, so that nobody can cut its end off unseen, not even the database's owner."""

import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.models import Person
from core.refusals import NotPermitted
from partnerships import deeds, tasks
from partnerships.actions.heads import note_heads
from partnerships.models import ChainHead, Deed, GovernmentOffice, Partnership
from partnerships.queries import Head, broken_deeds, heads_of
from partnerships.tenancy.context import acting, reading_everywhere
from tests.conftest import as_owner
from tests.world import SYSTEM


def verify(*arguments):
    """What `manage.py verify_history` says."""
    said = io.StringIO()
    call_command("verify_history", *arguments, stdout=said)
    return said.getvalue()


def cut(slug, *, deeds_off=1, heads_too=False):
    """Take deeds off the end of a log, as the owner of the database can."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if heads_too:
            cursor.execute("DELETE FROM partnerships_chainhead")
        cursor.execute(
            "DELETE FROM partnerships_deed WHERE id IN (SELECT id FROM partnerships_deed WHERE partnership_id = "
            "(SELECT id FROM partnerships_partnership WHERE slug = %s) ORDER BY number DESC LIMIT %s)",
            [slug, deeds_off],
        )


@pytest.fixture
def last(world):
    """The head of Southwark's log."""
    with reading_everywhere():
        return heads_of(Partnership.objects.filter(slug="southwark"))[0]


@pytest.fixture
def written(world, monkeypatch):
    """The letters of a night, by region's office."""

    def write():
        monkeypatch.setattr(tasks.write_heads, "delay", tasks.write_heads)
        mail.outbox.clear()
        tasks.tell_heads()
        return list(mail.outbox)

    return write


def test_the_head_of_each_log_is_noted_once(world):
    assert note_heads(by=SYSTEM) == 3
    assert note_heads(by=SYSTEM) == 0
    with acting(world.southwark.pk, by=world.officer.pk):
        deeds.record("test.done", world.southwark, by=world.access("officer"))
    assert note_heads(by=SYSTEM) == 1
    with acting(world.southwark.pk):
        assert ChainHead.objects.latest("number").seal == Deed.objects.latest("number").seal


def test_nobody_in_particular_can_note_them(world):
    with pytest.raises(NotPermitted):
        note_heads(by=world.access("manager"))


def test_of_a_log_that_has_ended_too(world):
    Partnership.objects.filter(slug="southwark").update(ended_on="2006-01-01")
    assert note_heads(by=SYSTEM) == 3


def test_one_letter_a_region_goes_to_its_managers(world, written, last):
    (letter,) = written()  # the cast has managers in London alone
    assert letter.to == ["deputy@example.org", "manager@example.org"]
    assert letter.subject.startswith("Government Office for London: where the logs stand, ")
    assert "Every log is as it was written." in letter.body
    assert f"southwark {last.number} {last.seal}\n" in letter.body
    assert "hackney " in letter.body
    assert "leeds " not in letter.body


def test_whoever_manages_no_longer_gets_no_letter(world, written):
    Person.objects.filter(pk__in=[world.manager.pk, world.deputy.pk]).update(is_active=False)
    assert written() == []


def test_the_letter_says_what_is_wrong(world, written, last):
    written()
    cut("southwark")
    (letter,) = written()
    assert "a log is not as it was written" in letter.subject
    assert f"southwark, deed {last.number}: it stood at the end of the log" in letter.body


def test_the_letter_names_a_deed_that_was_changed(world, written):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "UPDATE partnerships_deed SET reason = 'x' WHERE partnership_id = %s AND number = 3", [world.hackney.pk]
        )
    (letter,) = written()
    assert "hackney, deed 3: its seal does not fit what it says." in letter.body


def test_an_end_that_was_cut_off_is_found(world, last):
    note_heads(by=SYSTEM)
    assert "The history is whole" in verify()
    cut("southwark", deeds_off=2)
    with pytest.raises(CommandError, match=f"southwark, deed {last.number}: it was the last when the log was noted"):
        verify()
    assert "The history is whole" in verify("--partnership", "hackney")


def test_also_when_others_were_written_in_its_place(world, last):
    note_heads(by=SYSTEM)
    cut("southwark")
    with acting(world.southwark.pk, by=world.officer.pk):
        deeds.record("test.done", world.southwark, by=world.access("officer"))
        assert Deed.objects.latest("number").number == last.number
    with pytest.raises(CommandError, match=f"southwark, deed {last.number}"):
        verify()


def test_a_log_that_was_sealed_anew_is_found(world, last):
    """The chain is whole: each deed was written again, through the trigger, with another reason in one."""
    note_heads(by=SYSTEM)
    columns = "partnership_id, verb, by_id, by_name, subject, subject_id, subject_label, reason, changes, about_id"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            f"CREATE TEMP TABLE copied ON COMMIT DROP AS SELECT number, {columns} FROM partnerships_deed "
            "WHERE partnership_id = %s",
            [world.southwark.pk],
        )
        cursor.execute("DELETE FROM partnerships_deed WHERE partnership_id = %s", [world.southwark.pk])
        cursor.execute("UPDATE copied SET reason = 'Because' WHERE number = 4")
        cursor.execute(
            f"INSERT INTO partnerships_deed ({columns}, number, at, seal) "
            f"SELECT {columns}, 0, now(), '' FROM copied ORDER BY number"
        )
    with acting(world.southwark.pk):
        assert (broken_deeds(world.southwark), Deed.objects.get(number=4).reason) == ([], "Because")
    with pytest.raises(CommandError, match=f"southwark, deed {last.number}: it was the last"):
        verify()


def test_the_letter_finds_out_who_also_removed_what_the_database_noted(world, written, last, tmp_path):
    """Quoted by a mail program, with other words around it."""
    (letter,) = written()
    file = tmp_path / "letter.eml"
    file.write_text("\n".join(f"> {line}" for line in letter.body.splitlines()), encoding="utf-8")
    assert "Heads told in letters and found: 2." in verify("--against", str(file))
    cut("southwark", heads_too=True)
    assert "The history is whole" in verify()  # the database alone cannot know
    with pytest.raises(CommandError, match=f"southwark, deed {last.number}: a letter tells it"):
        verify("--against", str(file))


def test_one_head_can_be_checked_by_itself(world, last):
    assert "found: 1." in verify("--head", f"southwark:{last.number}:{last.seal}")
    for wrong in (Head("hackney", last.number, last.seal), Head("southwark", last.number, "0" * 64)):
        with pytest.raises(CommandError, match="a letter tells it"):
            verify("--head", f"{wrong.slug}:{wrong.number}:{wrong.seal}")
    with pytest.raises(CommandError, match="SLUG:NUMBER:SEAL"):
        verify("--head", "southwark:1")


def test_a_file_that_tells_nothing_is_refused(world, tmp_path):
    """Or one would believe that something was checked."""
    file = tmp_path / "letter.txt"
    file.write_bytes(b"Dear \xff manager")
    with pytest.raises(CommandError, match="tells no head"):
        verify("--against", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        verify("--against", str(tmp_path / "none.txt"))


def test_postgresql_refuses_a_half_written_head_and_two_of_one_number(world, last):
    whole = {"partnership": world.southwark, "number": last.number, "seal": last.seal}
    with acting(world.southwark.pk):
        ChainHead.objects.create(**whole)
        for half in ({"number": None}, {"seal": None}, {"number": -1}, {}):
            with pytest.raises(IntegrityError), transaction.atomic():
                ChainHead.objects.create(**{**whole, **half})


def test_a_letter_that_cannot_be_sent_is_tried_again(world, monkeypatch):
    tries = []

    def away(letter):
        tries.append(letter)
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    tasks.write_heads.apply((GovernmentOffice.objects.get(region__slug="london").pk,))
    assert len(tries) == 6
