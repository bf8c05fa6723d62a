"""What a person may do where: loaded in one query, by the dates of their appointments."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.core import ObjectPermissionChecker

import partnerships.tenancy.access
from partnerships.permissions import PERMISSIONS, OfficeRole, Perm, Role
from partnerships.tenancy.access import Access
from tests.world import MEMBERS, OFFICES, STRANGERS, email

CAST = [*MEMBERS, *OFFICES, *STRANGERS]

# Whom guardian, which knows no dates, would let in although nothing holds today; and a superuser, to whom Django gives
# everything, and this product nothing.
NOT_TODAY = {"lapsed", "future"}
SUPERUSER = {"administrator"}


def expected(world, name, partnership):
    """The permissions by the cast's own table of roles."""
    held = set()
    if name not in NOT_TODAY:
        for slug, role in MEMBERS.get(name, []):
            held |= PERMISSIONS[role] if slug == partnership.slug else set()
    if name in OFFICES:
        region, role = OFFICES[name]
        held |= PERMISSIONS[role] if region in {"", partnership.region.slug} else set()
    return held


@pytest.mark.parametrize("name", CAST)
def test_it_is_loaded_in_one_query(world, name, django_assert_num_queries):
    with django_assert_num_queries(1):
        access = Access.of(world.people[name])
        for partnership in world.partnerships.values():
            for permission in Perm:
                access.can(permission, partnership)
            access.reaches(partnership.pk), access.belongs_to(partnership)


@pytest.mark.parametrize("name", CAST)
def test_everybody_may_what_their_roles_say_and_nothing_else(world, name):
    access = world.access(name)
    for partnership in world.partnerships.values():
        held = {permission for permission in Perm if access.can(permission, partnership)}
        assert held == expected(world, name, partnership), partnership.slug
        assert access.reaches(partnership) is bool(held)


@pytest.mark.parametrize("name", CAST)
def test_guardian_says_the_same_of_everybody_whose_roles_hold_today(world, name):
    """guardian's own code over guardian's own rows: whoever it knows nothing of, `Access` lets nowhere."""
    access, checker = world.access(name), ObjectPermissionChecker(world.people[name])
    for partnership in world.partnerships.values():
        for permission in Perm:
            by_guardian = checker.has_perm(permission.value, partnership)
            by_access = access.can(permission, partnership) and permission not in access.everywhere
            if name in NOT_TODAY | SUPERUSER:
                assert not by_access
            else:
                assert by_guardian is by_access, (partnership.slug, permission)


@pytest.mark.parametrize("name", [name for name in CAST if name not in SUPERUSER])
def test_has_perm_of_django_says_the_same_of_everybody(world, name):
    person, access = world.people[name], world.access(name)
    for partnership in world.partnerships.values():
        for permission in Perm:
            asked = person.has_perm(f"partnerships.{permission.value}", partnership)
            assert asked is access.can(permission, partnership), (partnership.slug, permission)


@pytest.mark.parametrize("permission", ["partnerships.unheard_of", "auth.view_internal", "view_internal", ""])
def test_has_perm_knows_no_other_permission(world, permission):
    assert not world.officer.has_perm(permission, world.southwark)
    assert not world.officer.has_perm("partnerships.view_internal", world.officer)
    assert not world.officer.has_perm("partnerships.view_internal")


def test_who_is_not_signed_in_or_not_active_may_nothing_and_costs_no_query(world, django_assert_num_queries):
    world.officer.is_active = False
    with django_assert_num_queries(0):
        for person in (AnonymousUser(), world.officer):
            access = Access.of(person)
            assert (access.person_id, access.by_partnership, access.everywhere) == (None, {}, frozenset())


def test_the_date_is_londons(world, monkeypatch):
    """Half past eleven in the evening of 31 August, Greenwich time, is 1 September in London."""
    late = datetime.datetime(2105, 8, 31, 23, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    assert partnerships.tenancy.access.today() == datetime.date(2105, 9, 1)


def test_where_lists_the_partnerships_of_a_role_and_not_of_the_whole_country(world):
    assert set(world.access("reviewer").where(Perm.VIEW_INTERNAL)) == {world.southwark.pk, world.hackney.pk}
    assert set(world.access("dual").where(Perm.VIEW_INTERNAL)) == {world.southwark.pk, world.hackney.pk}
    assert list(world.access("dual").where(Perm.EDIT_STRATEGY)) == []
    assert list(world.access("national").where(Perm.VIEW_INTERNAL)) == []


def test_the_systems_own_commands_may_everything_under_their_name(world):
    system = Access.of_system("Test")
    assert system.can(Perm.MANAGE_MEMBERS, world.leeds) and system.belongs_to(world.leeds)
    assert (system.name, system.person_id) == ("Test", None)


def test_every_role_may_see_the_internal_pages_and_only_officers_manage_members():
    for role in (*Role, *OfficeRole):
        assert Perm.VIEW_INTERNAL in PERMISSIONS[role]
        assert (Perm.MANAGE_MEMBERS in PERMISSIONS[role]) is (role == Role.OFFICER)
    for role in OfficeRole:  # reviewers look, they never write
        assert not PERMISSIONS[role] & {Perm.EDIT_STRATEGY, Perm.PUBLISH_STRATEGY, Perm.MANAGE_MEMBERS}


def test_a_page_asks_once_however_often_it_looks(world, sign_in):
    browser = sign_in("officer")
    with CaptureQueriesContext(connection) as queries:
        assert browser.get("/p/southwark/manage/").status_code == 200
    asked = [query["sql"] for query in queries if "partnerships_partnershipgrouppermission" in query["sql"]]
    assert len(asked) == 1


def test_the_cast_is_whole(world):
    assert {email(name) for name in CAST} == {person.email for person in world.people.values()}
