"""What the directory says of a member is changed by the partnership that keeps the entry, and by no other."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.refusals import Already, NotPermitted
from partnerships.actions.members import join
from partnerships.actions.organisations import InDirectory, change_entry, change_number, keep
from partnerships.models import Membership, Organisation, OrganisationIdentifier, Sector
from partnerships.tenancy.context import acting
from tests.members import second_entry
from tests.pages.conftest import words
from tests.world import BEGAN_ON

DAY = datetime.date(2006, 4, 1)


@pytest.fixture
def membership(world):
    """Of an entry that Southwark keeps."""
    entry = second_entry(world, "Southwark Faiths")
    return Membership.objects.select_related("partnership", "organisation").get(organisation=entry)


@pytest.fixture
def shared(world):
    """A member of Southwark and of Hackney whose entry nobody keeps; the membership in Southwark."""
    police = Organisation.objects.create(name="Metropolitan Police", sector=Sector.objects.get(code="public"))
    rows = []
    for slug in ("hackney", "southwark"):
        with acting(world.partnerships[slug].pk):
            by = world.access("hackney_officer" if slug == "hackney" else "officer")
            rows.append(join(partnership=world.partnerships[slug], organisation=police, starts_on=BEGAN_ON, by=by))
    return rows[1]


@pytest.fixture
def change(world):
    """Change the entry of a member of Southwark."""

    def changed(membership, by="officer", **values):
        entry, access = membership.organisation, world.access(by)
        given = {name: getattr(entry, name) for name in ("name", "sector", "kind", "website")} | values
        with acting(world.southwark.pk, by=access.person_id):
            return change_entry(membership=membership, **given, by=access)

    return changed


@pytest.fixture
def renumber(world):
    """Give a member of Southwark another number."""

    def renumbered(membership, scheme, value, on=DAY):
        with acting(world.southwark.pk, by=world.officer.pk):
            change_number(membership=membership, scheme=scheme, value=value, on=on, by=world.access("officer"))
        rows = OrganisationIdentifier.objects.filter(organisation=membership.organisation).order_by("pk")
        return [(row.value, row.starts_on, row.ends_on) for row in rows]

    return renumbered


def test_the_keeper_changes_it_and_the_log_says_from_what_to_what(world, membership, change, log):
    change(membership, name="Southwark Faith Forum", sector=Sector.objects.get(code="faith"), kind="Forum")
    entry = Organisation.objects.get(pk=membership.organisation_id)
    assert (entry.name, entry.sector.code, entry.kind, entry.kept_by) == (
        "Southwark Faith Forum",
        "faith",
        "Forum",
        world.southwark,
    )
    assert (log()[-1].verb, log()[-1].subject_label) == ("partnerships.entry_changed", "Southwark Faith Forum")
    assert log()[-1].changes == {
        "name": ["Southwark Faiths", "Southwark Faith Forum"],
        "sector": ["Voluntary or community organisation", "Faith community"],
        "kind": [None, "Forum"],
    }


def test_the_same_again_changes_nothing(membership, change, log):
    change(membership, kind="Forum")
    before = log()
    change(membership, kind="Forum")
    assert log() == before


def test_a_name_that_another_entry_has_is_refused(membership, change):
    with pytest.raises(InDirectory, match="Southwark Council"):
        change(membership, name="SOUTHWARK COUNCIL.")
    change(membership, name="SOUTHWARK FAITHS")


def test_an_entry_of_ones_own_that_nobody_keeps_is_taken_on_with_the_first_change(world, change):
    membership = Membership.objects.select_related("partnership", "organisation").get(
        organisation__name="Southwark Council"
    )
    assert membership.organisation.kept_by is None
    assert change(membership, kind="Council").kept_by == world.southwark


def test_an_entry_that_several_use_and_nobody_keeps_is_for_whoever_runs_the_service(world, shared, change, sign_in):
    with pytest.raises(NotPermitted, match="Whoever runs the system can"):
        change(shared, kind="Police")
    told = StringIO()
    call_command("keep_organisation", "Metropolitan Police", "southwark", stdout=told)
    assert told.getvalue() == "Southwark Local Strategic Partnership keeps the entry of Metropolitan Police.\n"
    shared.organisation.refresh_from_db()
    assert change(shared, kind="Police").kind == "Police"
    for name, slug in (("Metropolitan Police", "southwark"), ("Nobody", "southwark"), ("Metropolitan Police", "x")):
        with pytest.raises(CommandError):
            call_command("keep_organisation", name, slug)


def test_the_others_read_who_keeps_it(world, shared, change, sign_in, log):
    Organisation.objects.filter(pk=shared.organisation_id).update(kept_by=world.hackney)
    shared.organisation.refresh_from_db()
    before = log()
    with pytest.raises(NotPermitted, match="Hackney Local Strategic Partnership can"):
        change(shared, kind="Police")
    page = f"/p/southwark/manage/members/{shared.pk}/"
    browser = sign_in("officer")
    assert "If something here is wrong, ask Hackney Local Strategic Partnership." in words(browser.get(page))
    assert f"{page}entry/" not in browser.get(page).content.decode()
    for name in ("entry", "number"):
        assert browser.get(f"{page}{name}/").status_code == 403
    assert log() == before


def test_a_keeper_that_has_ended_keeps_nothing(world, membership, change, shared):
    entry = Organisation.objects.filter(pk=membership.organisation_id)
    type(world.hackney).objects.filter(pk=world.hackney.pk).update(ended_on=datetime.date(2006, 1, 1))
    entry.update(kept_by=world.hackney)
    membership.organisation.refresh_from_db()
    assert change(membership, kind="Forum").kept_by == world.southwark


@pytest.mark.parametrize("name", ["rep", "chair", "finance", "cvs", "hackney_officer", "reviewer", "stranger"])
def test_nobody_else_can(membership, change, world, name):
    with pytest.raises(NotPermitted):
        change(membership, by=name, kind="Forum")
    with acting(world.southwark.pk), pytest.raises(NotPermitted):
        change_number(membership=membership, scheme="charity", value="1052183", on=DAY, by=world.access(name))
    with pytest.raises(NotPermitted):
        keep(organisation=membership.organisation, partnership=world.hackney, by=world.access("officer"))


def test_a_number_ends_where_the_next_begins_and_stays_readable(world, membership, renumber, log):
    assert renumber(membership, "charity", "1052183", None) == [("1052183", None, None)]
    assert renumber(membership, "charity", "1052184") == [("1052183", None, DAY), ("1052184", DAY, None)]
    assert log()[-1].changes == {"charity": ["1052183", "1052184"]}
    assert renumber(membership, "charity", "") == [("1052183", None, DAY), ("1052184", DAY, DAY)]
    assert log()[-1].changes == {"charity": ["1052184", None]}


def test_the_same_number_again_changes_nothing(membership, renumber, log):
    renumber(membership, "charity", "1052183")
    before = log()
    assert renumber(membership, "charity", "1052183", None) == [("1052183", DAY, None)]
    assert renumber(membership, "company", "") == [("1052183", DAY, None)]
    assert log() == before


def test_a_number_that_another_has_is_refused(world, membership, renumber):
    other = second_entry(world, "Southwark Other")
    OrganisationIdentifier.objects.create(organisation=other, scheme="charity", value="1052183")
    with pytest.raises(InDirectory, match="Southwark Other"):
        renumber(membership, "charity", "1052183")


def test_a_number_does_not_end_before_it_began_nor_on_no_day(membership, renumber):
    renumber(membership, "charity", "1052183")
    with pytest.raises(Already, match="holds since 1 April 2006"):
        renumber(membership, "charity", "1052184", datetime.date(2006, 3, 31))
    with pytest.raises(Already, match="Enter the day from which 1052183 holds no more"):
        renumber(membership, "charity", "1052184", None)


def test_the_officer_changes_both_on_two_pages(world, membership, sign_in):
    page, browser = f"/p/southwark/manage/members/{membership.pk}/", sign_in("officer")
    assert 'value="Southwark Faiths"' in browser.get(f"{page}entry/").content.decode()
    sector = Sector.objects.get(code="faith").pk
    form = {"name": "Southwark Faith Forum", "sector": sector, "kind": "", "website": "faiths.example"}
    assert "The entry is changed." in words(browser.post(f"{page}entry/", form, follow=True))
    refused = browser.post(f"{page}entry/", {**form, "name": "Southwark Council"})
    assert "“Southwark Council” stands in the directory already. Merge the two entries" in words(refused)
    form = {"scheme": "company", "value": "2714875", "on_0": "1", "on_1": "4", "on_2": "2006"}
    shown = words(browser.post(f"{page}number/", form, follow=True))
    assert "Company number 02714875, from 1 April 2006" in shown and "https://faiths.example" in shown
    for wrong, said in (({"value": "SC12"}, "A company number has 8"), ({"on_1": "13"}, "Month must be a number")):
        assert said in words(browser.post(f"{page}number/", {**form, **wrong}))
