"""A merge of two entries is taken back: what moved goes back, what came since stays."""

import datetime

import pytest

from core.refusals import Already, NotPermitted
from partnerships.actions.merging import Changed, Overtaken, merge, undo
from partnerships.actions.seats import add_seat
from partnerships.models import (
    Deed,
    GovernanceLayer,
    MemberContact,
    Membership,
    NamedPartner,
    Organisation,
    OrganisationIdentifier,
    Partnership,
    Seat,
)
from partnerships.tenancy.context import acting, reading_everywhere
from strategies.models import Action, ActionPartner
from tests.conftest import confirm
from tests.members import second_entry, twins
from tests.pages.conftest import words
from tests.world import BEGAN_ON, SYSTEM

TABLES = (Membership, MemberContact, NamedPartner, Seat, Action, ActionPartner, OrganisationIdentifier, Partnership)


@pytest.fixture
def pair(world):
    return twins(world)


@pytest.fixture
def merged(world, pair):
    kept, second = pair
    return merge(kept=kept, merged=second, by=SYSTEM)


def everything():
    """Every row of every table that a merge can touch."""
    with reading_everywhere():
        return {model: list(model.objects.order_by("pk").values()) for model in TABLES}


def test_everything_is_as_it_was_before_the_merge(world, pair):
    kept, second = pair
    before = everything()
    done = merge(kept=kept, merged=second, by=SYSTEM)
    assert everything() != before
    undo(merge=done, by=SYSTEM)
    assert everything() == before
    second.refresh_from_db()
    assert second.merged_into is None


def test_memberships_that_were_one_for_a_time_are_several_again(world):
    kept = Organisation.objects.get(name="Southwark Council for Voluntary Service")
    second = second_entry(world, "Southwark Volunteers")
    own, day = {"partnership": world.southwark}, datetime.date
    with acting(world.southwark.pk):
        Membership.objects.filter(**own, organisation__in=[kept, second]).delete()
        Membership.objects.create(**own, organisation=kept, starts_on=day(2000, 1, 1), ends_on=day(2001, 1, 1))
        Membership.objects.create(**own, organisation=second, starts_on=day(2000, 6, 1), ends_on=day(2003, 6, 1))
        Membership.objects.create(**own, organisation=kept, starts_on=day(2003, 1, 1), ends_on=None)
    before = everything()
    undo(merge=merge(kept=kept, merged=second, by=SYSTEM), by=SYSTEM)
    assert everything() == before


def test_what_was_given_to_another_since_stands_in_the_way(world, pair, merged):
    leeds = Organisation.objects.get(name="Leeds Council")
    OrganisationIdentifier.objects.create(organisation=leeds, scheme="ons", value="00BE")
    before = everything()
    with pytest.raises(Overtaken, match="entered meanwhile stands in the way"):
        undo(merge=merged, by=SYSTEM)
    assert everything() == before


def test_each_partnership_reads_of_it_in_its_log(world, merged):
    undo(merge=merged, by=SYSTEM)
    for partnership in (world.southwark, world.hackney, world.leeds):
        with acting(partnership.pk):
            assert Deed.objects.latest("number").verb == "partnerships.merge_undone"


def test_what_came_since_stays_with_the_entry_that_was_kept(world, pair, merged):
    kept, second = pair
    with acting(world.southwark.pk):
        seat = add_seat(
            partnership=world.southwark,
            layer=GovernanceLayer.objects.get(code="strategic"),
            sector=kept.sector,
            organisation=kept,
            position="A seat of later",
            starts_on=BEGAN_ON,
            by=SYSTEM,
        )
    undo(merge=merged, by=SYSTEM)
    with acting(world.southwark.pk):
        seat.refresh_from_db()
        assert seat.organisation == kept
        assert Seat.objects.get(position="Seat of the second").organisation == second


def test_what_was_changed_since_is_named_and_nothing_is_undone(world, pair, merged):
    kept, second = pair
    with acting(world.southwark.pk):
        NamedPartner.objects.filter(partnership=world.southwark, ends_on=None).update(ends_on=datetime.date(2020, 1, 1))
    with acting(world.hackney.pk):
        Membership.objects.filter(partnership=world.hackney, organisation=kept).update(
            organisation=Organisation.objects.get(name="Leeds Council")
        )
    before = everything()
    with pytest.raises(Changed) as refused:
        undo(merge=merged, by=SYSTEM)
    assert refused.value.rows == ["membership of Leeds Council (Hackney)", f"named partner of {kept.name} (Southwark)"]
    assert everything() == before
    second.refresh_from_db()
    assert second.merged_into == kept


def test_what_was_deleted_since_stays_deleted(world, pair, merged):
    with acting(world.southwark.pk):
        ActionPartner.objects.filter(partnership=world.southwark).delete()
        Action.objects.filter(partnership=world.southwark).delete()
    undo(merge=merged, by=SYSTEM)
    with acting(world.southwark.pk):
        assert not ActionPartner.objects.filter(partnership=world.southwark).exists()


def test_undoing_twice_is_refused(world, merged):
    undo(merge=merged, by=SYSTEM)
    with pytest.raises(Already, match="This merge was undone on"):
        undo(merge=merged, by=SYSTEM)


def test_a_merge_of_a_merge_is_undone_first(world, merged, pair):
    kept, second = pair
    third = second_entry(world, "Southwark Third")
    above = merge(kept=third, merged=kept, by=SYSTEM)
    with pytest.raises(Already, match="Undo that first"):
        undo(merge=merged, by=SYSTEM)
    undo(merge=above, by=SYSTEM)
    undo(merge=merged, by=SYSTEM)
    second.refresh_from_db()
    assert second.merged_into is None


def test_after_it_the_two_can_be_merged_again(world, pair, merged):
    kept, second = pair
    undo(merge=merged, by=SYSTEM)
    merge(kept=second, merged=kept, by=SYSTEM)
    kept.refresh_from_db()
    assert kept.merged_into == second


def test_nobody_undoes_what_another_partnership_took_part_in(world, merged):
    with acting(world.southwark.pk, by=world.officer.pk), pytest.raises(NotPermitted, match="Whoever runs the system"):
        undo(merge=merged, by=world.access("officer"))


def test_the_officer_undoes_it_from_the_page_of_the_member(world, sign_in):
    kept = Organisation.objects.get(name="Southwark Council for Voluntary Service")
    second = second_entry(world, "Southwark Volunteers")
    with acting(world.southwark.pk, by=world.officer.pk):
        done = merge(kept=kept, merged=second, by=world.access("officer"))
    membership = Membership.objects.get(partnership=world.southwark, organisation=kept, ends_on=None)
    page = f"/p/southwark/manage/members/{membership.pk}/"
    url, browser = f"{page}merges/{done.pk}/", sign_in("officer")
    assert f'href="{url}"' in browser.get(page).content.decode()
    assert browser.get(url)["Location"].startswith("/accounts/reauthenticate/")
    confirm(browser, world.officer)
    assert "Make “Southwark Volunteers” an entry of its own again?" in words(browser.get(url))
    assert "is an entry of its own again" in words(browser.post(url, follow=True))
    late = browser.post(url)
    assert late.status_code == 409
    assert "The merge stands This merge was undone on" in words(late)
    assert f'href="{url}"' not in browser.get(page).content.decode()
