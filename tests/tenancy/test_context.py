"""What the third wall shows and hides: rows are seen and written in the partnership that is open, and nowhere else."""

import pytest
from django.db import IntegrityError, connection
from django.db.utils import ProgrammingError

from partnerships.models import Deed, Seat
from partnerships.tenancy.context import acting, reading, reading_everywhere
from strategies.models import Strategy, Text
from tests.conftest import as_owner
from tests.writing import write_strategy


@pytest.fixture
def both(world):
    """A strategy in Southwark and one in Hackney."""
    return write_strategy(world.southwark, world.officer), write_strategy(world.hackney, world.hackney_officer)


def test_tests_run_as_the_restricted_role(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("lsp_app", False, False)


def test_a_forgotten_context_finds_nothing(both):
    assert not Strategy.objects.exists()
    assert not Deed.objects.exists()


def test_one_partnership_is_open_at_a_time(world, both):
    with acting(world.southwark.pk):
        assert [row.pk for row in Strategy.objects.all()] == [both[0].pk]
    with acting(world.hackney.pk):
        assert [row.pk for row in Strategy.objects.all()] == [both[1].pk]


def test_reading_several_shows_them_together_and_writes_nothing(world, both):
    with reading([world.southwark.pk, world.hackney.pk]):
        assert Strategy.objects.count() == 2
    with pytest.raises(ProgrammingError, match="permission denied"), reading([world.southwark.pk]):
        Strategy.objects.update(title="Taken")


def test_reading_everywhere_shows_all_and_writes_nothing(world, both):
    with reading_everywhere():
        assert Strategy.objects.count() == 2
    with pytest.raises(ProgrammingError, match="permission denied"), reading_everywhere():
        Strategy.objects.all().delete()


def test_raw_sql_without_a_filter_stays_inside(world, both):
    with acting(world.southwark.pk), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT partnership_id FROM strategies_text")
        assert cursor.fetchall() == [(world.southwark.pk,)]


def test_an_inner_block_restores_what_was_open(world, both):
    with acting(world.southwark.pk):
        with acting(world.hackney.pk):
            assert Strategy.objects.get().partnership_id == world.hackney.pk
        assert Strategy.objects.get().partnership_id == world.southwark.pk
        with reading([world.hackney.pk]):
            assert Strategy.objects.get().partnership_id == world.hackney.pk
        Strategy.objects.update(subtitle="Written after reading")
    assert not Strategy.objects.exists()


def test_an_error_closes_what_was_open(world, both):
    with pytest.raises(LookupError), acting(world.southwark.pk):
        raise LookupError
    assert not Strategy.objects.exists()


def test_a_row_cannot_be_written_into_another_partnership(world):
    with pytest.raises(ProgrammingError, match="row-level security"), acting(world.southwark.pk):
        Seat.objects.create(
            partnership=world.hackney, layer_id=1, sector_id=1, position="Stolen", starts_on="2006-01-01"
        )


def test_a_row_cannot_be_moved_to_another_partnership(world, both):
    with pytest.raises(ProgrammingError, match="row-level security"), acting(world.southwark.pk):
        Strategy.objects.update(partnership=world.hackney)


def test_a_reference_stays_within_its_partnership(world, both):
    """Even for the owner, whom no policy binds."""
    with pytest.raises(IntegrityError, match="same_partnership"), as_owner():
        Text.objects.create(partnership=world.hackney, strategy=both[0], kind="extra")


@pytest.mark.parametrize("deed", ["UPDATE partnerships_deed SET reason = 'x'", "DELETE FROM partnerships_deed"])
def test_deeds_cannot_be_changed_or_removed(world, both, deed):
    with pytest.raises(ProgrammingError, match="permission denied"), acting(world.southwark.pk):
        connection.cursor().execute(deed)
