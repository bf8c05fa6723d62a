"""Two entries of the directory become one, in every partnership or in none."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction

from core.dates import today
from core.refusals import Already, NotPermitted
from partnerships.actions.merging import Overtaken, merge
from partnerships.actions.roles import appoint
from partnerships.models import (
    Authority,
    Deed,
    MemberContact,
    Membership,
    NamedPartner,
    Organisation,
    OrganisationIdentifier,
    OrganisationMerge,
    Partnership,
    Seat,
    Sector,
)
from partnerships.permissions import Role
from partnerships.queries.merging import preview, relations
from partnerships.queries.organisations import suggestions
from partnerships.tenancy.context import acting, reading_everywhere
from strategies.models import Action, ActionPartner
from tests.conftest import confirm
from tests.members import CONTACT, second_entry, twins
from tests.pages.conftest import words
from tests.world import BEGAN_ON, SYSTEM


@pytest.fixture
def pair(world):
    return twins(world)


def numbers_of(organisation):
    return set(organisation.identifiers.values_list("scheme", "value", "ends_on"))


def address(world, kept, other):
    membership = Membership.objects.filter(partnership=world.southwark, organisation=kept).get()
    return f"/p/southwark/manage/members/{membership.pk}/duplicates/{other.pk}/"


def test_everything_that_named_the_second_names_the_first(world, pair):
    kept, second = pair
    merge(kept=kept, merged=second, by=SYSTEM)
    with reading_everywhere():
        assert [relation.model for relation in relations() if relation.rows(second.pk).exists()] == []
        assert Seat.objects.get(position="Seat of the second").organisation == kept
        assert Action.objects.get(partnership=world.southwark).lead == kept
        assert Membership.objects.filter(partnership=world.hackney, organisation=kept, ends_on=None).count() == 1
    assert Partnership.objects.get(slug="leeds").accountable_body == kept
    second.refresh_from_db()
    assert (second.name, second.merged_into) == ("Southwark Volunteers", kept)
    assert suggestions("Southwark Volunteers") == []


def test_what_overlaps_is_united_and_what_hangs_on_it_is_handed_over(world, pair):
    kept, second = pair
    merge(kept=kept, merged=second, by=SYSTEM)
    with acting(world.southwark.pk):
        own = Membership.objects.filter(partnership=world.southwark, organisation=kept).order_by("pk")
        assert [(row.starts_on, row.ends_on) for row in own] == [(BEGAN_ON, None), (BEGAN_ON, BEGAN_ON)]
        assert MemberContact.objects.get(membership=own[0]).email == CONTACT["email"]
        named = NamedPartner.objects.filter(partnership=world.southwark).order_by("pk")
        periods = [(row.organisation, row.starts_on, row.ends_on) for row in named]
        first = datetime.date(2005, 1, 1)
        assert periods == [(kept, first, None), (kept, first, first)]


def test_a_membership_grows_over_all_that_overlap_and_leaves_the_others(world):
    kept = Organisation.objects.get(name="Southwark Council for Voluntary Service")
    second = second_entry(world, "Southwark Volunteers")
    day = datetime.date
    with acting(world.southwark.pk):
        for organisation, periods in (
            (kept, [(day(2000, 1, 1), day(2001, 1, 1)), (day(2003, 1, 1), day(2004, 1, 1))]),
            (second, [(day(1998, 1, 1), day(1999, 1, 1)), (day(2000, 6, 1), day(2003, 6, 1))]),
        ):
            Membership.objects.filter(partnership=world.southwark, organisation=organisation).delete()
            for starts_on, ends_on in periods:
                Membership.objects.create(
                    partnership=world.southwark, organisation=organisation, starts_on=starts_on, ends_on=ends_on
                )
    merge(kept=kept, merged=second, by=SYSTEM)
    rows = Membership.objects.filter(partnership=world.southwark, organisation=kept).exclude(
        ends_on=models.F("starts_on")
    )
    assert list(rows.order_by("starts_on").values_list("starts_on", "ends_on")) == [
        (day(1998, 1, 1), day(1999, 1, 1)),
        (day(2000, 1, 1), day(2004, 1, 1)),
    ]


def test_the_contact_of_the_kept_entry_stays_where_both_have_one(world, pair):
    kept, second = pair
    with acting(world.southwark.pk):
        membership = Membership.objects.get(partnership=world.southwark, organisation=kept)
        MemberContact.objects.create(partnership=world.southwark, membership=membership, email="first@example.org")
        merge(kept=kept, merged=second, by=SYSTEM)
        assert MemberContact.objects.get(membership=membership).email == "first@example.org"
        assert MemberContact.objects.filter(partnership=world.southwark).count() == 2


def test_its_own_numbers_go_over_and_a_second_one_of_a_register_ends(world, pair):
    kept, second = pair
    merge(kept=kept, merged=second, by=SYSTEM)
    assert numbers_of(kept) == {
        ("charity", "1000001", None),
        ("company", "02714875", None),
        ("ons", "E09000028", None),
        ("ons", "00BE", today()),
    }


def test_a_link_that_would_stand_twice_goes(world, pair):
    kept, second = pair
    with acting(world.southwark.pk):
        assert ActionPartner.objects.filter(organisation__in=pair).count() == 2
        merge(kept=kept, merged=second, by=SYSTEM)
        assert ActionPartner.objects.get(partnership=world.southwark).organisation == kept


def test_each_partnership_reads_of_it_in_its_log(world, pair):
    kept, second = pair
    merge(kept=kept, merged=second, by=SYSTEM)
    for partnership in (world.southwark, world.hackney, world.leeds):
        with acting(partnership.pk):
            deed = Deed.objects.latest("number")
        assert (deed.verb, deed.subject_label) == ("partnerships.merged", kept.name)
        assert deed.changes == {"organisation": ["Southwark Volunteers", kept.name]}


def test_the_journal_has_tables_numbers_and_days_and_no_words(world, pair):
    kept, second = pair
    done = merge(kept=kept, merged=second, by=SYSTEM)
    assert done.journal["partnerships"] == sorted(p.pk for p in world.partnerships.values())
    for step in done.journal["steps"]:
        assert set(step) == {"table", "partnership", "pk", "before", "after"}
        for value in [*step["before"].values(), *(step["after"] or {}).values()]:
            assert value is None or isinstance(value, int) or datetime.date.fromisoformat(value)


def test_the_preview_says_what_becomes_of_what_before_anything_is_done(world, pair):
    kept, second = pair
    shown = preview(kept, second, SYSTEM)
    lines = {
        (row.partnership and row.partnership.slug, row.kind, row.count, str(row.becomes)) for row in shown.lines(SYSTEM)
    }
    over = "moved to the entry that is kept"
    assert lines == {
        ("southwark", "membership", 1, "united with one that overlaps in time"),
        ("southwark", "contact at a member", 1, over),
        ("southwark", "named partner", 1, "united with one that overlaps in time"),
        ("southwark", "named partner", 1, "extended over what is united with it"),
        ("southwark", "seat", 1, over),
        ("southwark", "action", 1, over),
        ("southwark", "partner in an action", 1, "taken out, because the entry that is kept stands there too"),
        ("hackney", "membership", 1, over),
        ("leeds", "partnership", 1, over),
        (None, "identifier", 1, over),
        (None, "identifier", 1, "ended, because the entry that is kept has its own"),
    }
    assert Membership.objects.filter(organisation=second).count() == 2


def test_whoever_saw_another_preview_merges_nothing(world, pair):
    kept, second = pair
    seal = preview(kept, second, SYSTEM).seal
    with acting(world.southwark.pk):
        Seat.objects.filter(position="Seat of the second").update(organisation=kept)
    with pytest.raises(Overtaken, match="Something changed since you opened this page"):
        merge(kept=kept, merged=second, seen=seal, by=SYSTEM)
    assert not OrganisationMerge.objects.exists()


def test_merging_twice_is_refused(world, pair):
    kept, second = pair
    merge(kept=kept, merged=second, by=SYSTEM)
    with pytest.raises(Already, match="was merged into"):
        merge(kept=kept, merged=second, by=SYSTEM)
    with pytest.raises(Already, match="was merged into"):
        merge(kept=second, merged=kept, by=SYSTEM)
    with pytest.raises(Already, match="one entry"):
        merge(kept=kept, merged=kept, by=SYSTEM)
    assert OrganisationMerge.objects.count() == 1


def test_nobody_merges_what_a_partnership_uses_that_they_do_not_manage(world, pair, sign_in):
    kept, second = pair
    officer = world.access("officer")
    with acting(world.southwark.pk, by=world.officer.pk):
        shown = preview(kept, second, officer)
        assert shown.foreign
        assert {line.partnership.slug for line in shown.lines(officer) if line.partnership} == {"southwark"}
        with pytest.raises(NotPermitted, match="Whoever runs the system can"):
            merge(kept=kept, merged=second, by=officer)
    page = words(confirm(sign_in("officer"), world.officer).get(address(world, kept, second)))
    assert "Another partnership uses one of these entries too" in page
    assert "Hackney" not in page and "Leeds" not in page and "Merge the two entries" not in page


def test_an_officer_of_all_that_use_it_merges_in_two_presses(world, sign_in):
    kept = Organisation.objects.get(name="Southwark Council for Voluntary Service")
    second = second_entry(world, "Southwark Volunteers")
    with acting(world.hackney.pk):
        appoint(partnership=world.hackney, person=world.officer, role=Role.OFFICER, starts_on=BEGAN_ON, by=SYSTEM)
        Membership.objects.create(partnership=world.hackney, organisation=second, starts_on=BEGAN_ON)
    url, browser = address(world, kept, second), sign_in("officer")
    assert browser.get(url)["Location"].startswith("/accounts/reauthenticate/")
    confirm(browser, world.officer)
    page = browser.get(url)
    assert "Hackney membership 1 moved to" in words(page)
    response = browser.post(url, {"seen": page.context_data["preview"].seal}, follow=True)
    assert "“Southwark Volunteers” is merged into “Southwark Council for Voluntary Service”." in words(response)
    assert "Undo the merge" in words(response)
    assert Membership.objects.filter(partnership=world.hackney, organisation=kept).exists()


def test_the_other_entry_can_be_the_one_that_stays(world, sign_in):
    kept = Organisation.objects.get(name="Southwark Council for Voluntary Service")
    second = second_entry(world, "Southwark Volunteers")
    browser, url = confirm(sign_in("officer"), world.officer), address(world, kept, second)
    page = browser.get(f"{url}?keep={second.pk}")
    assert page.context_data["kept"] == second
    browser.post(f"{url}?keep={second.pk}", {"seen": page.context_data["preview"].seal})
    kept.refresh_from_db()
    assert kept.merged_into == second


def test_a_preview_that_is_out_of_date_is_shown_again(world, sign_in):
    kept = Organisation.objects.get(name="Southwark Council for Voluntary Service")
    second = second_entry(world, "Southwark Volunteers")
    response = confirm(sign_in("officer"), world.officer).post(address(world, kept, second), {"seen": "old"})
    assert response.status_code == 409
    assert "Nothing was merged Something changed" in words(response)


@pytest.mark.parametrize("scheme", ["charity", "company"])
def test_two_numbers_of_a_register_are_two_bodies(world, scheme):
    kept, second = second_entry(world, "Southwark A"), second_entry(world, "Southwark B")
    for organisation, value in ((kept, "12345678"), (second, "87654321")):
        OrganisationIdentifier.objects.create(organisation=organisation, scheme=scheme, value=value)
    with pytest.raises(Already, match="They are two bodies"):
        merge(kept=kept, merged=second, by=SYSTEM)


def test_an_entry_that_stands_for_a_local_authority_is_the_one_to_keep(world):
    council, other = Organisation.objects.get(name="Southwark Council"), second_entry(world, "Southwark Borough")
    with pytest.raises(Already, match="Keep that entry"):
        merge(kept=other, merged=council, by=SYSTEM)
    Organisation.objects.filter(pk=other.pk).update(authority=Authority.objects.get(name="Hackney"))
    with pytest.raises(Already, match="two local authorities"):
        merge(kept=other, merged=council, by=SYSTEM)
    Organisation.objects.filter(pk=other.pk).update(authority=None)
    merge(kept=council, merged=other, by=SYSTEM)


def test_two_sectors_are_a_warning(world):
    kept, second = second_entry(world, "Southwark A"), second_entry(world, "Southwark B")
    Organisation.objects.filter(pk=second.pk).update(sector=Sector.objects.get(code="business"))
    second.refresh_from_db()
    shown = preview(kept, second, SYSTEM)
    assert "of different sectors" in shown.warnings[0] and not shown.obstacles


def test_the_seconds_numbers_of_the_past_are_kept_with_their_days(world):
    kept, second = second_entry(world, "Southwark A"), second_entry(world, "Southwark B")
    old = {"scheme": "charity", "starts_on": BEGAN_ON, "ends_on": datetime.date(2006, 1, 1)}
    OrganisationIdentifier.objects.create(organisation=second, value="1000001", **old)
    merge(kept=kept, merged=second, by=SYSTEM)
    assert numbers_of(kept) == {("charity", "1000001", datetime.date(2006, 1, 1))}


def test_if_one_row_cannot_move_none_does(world, pair, monkeypatch):
    kept, second = pair
    monkeypatch.setattr("partnerships.queries.merging.steps._united", lambda *given: iter(()))
    with pytest.raises(Overtaken, match="entered meanwhile stands in the way"):
        merge(kept=kept, merged=second, by=SYSTEM)
    assert Membership.objects.filter(organisation=second).count() == 2
    with acting(world.southwark.pk):
        assert Deed.objects.latest("number").verb != "partnerships.merged"


def test_postgresql_refuses_a_merge_with_itself_and_a_second_one(world, pair):
    kept, second = pair
    merge(kept=kept, merged=second, by=SYSTEM)
    for wrong in ({"kept": kept, "merged": kept}, {"kept": kept, "merged": second}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OrganisationMerge.objects.create(**wrong, journal={})
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=kept.pk).update(merged_into=kept)


def test_every_rule_about_organisations_is_one_that_a_merge_knows():
    """A later app that names organisations is found by itself; a new kind of rule has to be thought about first."""
    for relation in relations():
        for constraint in relation.model._meta.constraints:
            if isinstance(constraint, ExclusionConstraint):
                assert relation.period_of is None or hasattr(relation.model, "ends_on"), constraint
            elif isinstance(constraint, models.UniqueConstraint):
                assert constraint.fields and constraint.nulls_distinct is not False, constraint
        if relation.tenant is None:
            assert relation.model is OrganisationIdentifier, relation.model


def test_the_command_merges_for_whoever_runs_the_service(world, pair):
    kept, second = pair
    told = StringIO()
    call_command("merge_organisations", kept.name, str(second.pk), "--dry-run", stdout=told)
    assert "hackney: 1 membership" in told.getvalue()
    assert not OrganisationMerge.objects.exists()
    call_command("merge_organisations", kept.name, str(second.pk), stdout=told)
    assert OrganisationMerge.objects.get().kept == kept
    with pytest.raises(CommandError, match="was merged into"):
        call_command("merge_organisations", kept.name, second.name)
    with pytest.raises(CommandError, match="There is no organisation"):
        call_command("merge_organisations", kept.name, "Nobody")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_at_once_one_does(world):
    first, second = second_entry(world, "Southwark A"), second_entry(world, "Southwark B")
    start, officer = threading.Barrier(2), world.access("officer")

    def press(way):
        try:
            with acting(world.southwark.pk, by=world.officer.pk):
                start.wait(timeout=10)
                return merge(kept=way[0], merged=way[1], by=officer)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, [(first, second), (second, first)]))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Already", "OrganisationMerge"]
    assert OrganisationMerge.objects.count() == 1
