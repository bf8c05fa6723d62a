"""Founding a partnership: its areas, its groups, who may see it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.refusals import Already, NotPermitted
from partnerships.actions.partnerships import found
from partnerships.models import (
    Authority,
    Deed,
    Partnership,
    PartnershipArea,
    PartnershipGroupPermission,
    RoleGroup,
)
from partnerships.permissions import PERMISSIONS, OfficeRole, Perm, Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests.partnerships.conftest import enter
from tests.world import SYSTEM


def test_a_partnership_stands_with_area_region_fund_and_deed(world):
    derby = enter("Derby", founded_on=datetime.date(2002, 1, 7))
    assert (derby.region.name, derby.receives_nrf) == ("East Midlands", True)
    assert list(PartnershipArea.objects.filter(partnership=derby).values_list("authority__name", flat=True)) == [
        "Derby"
    ]
    with acting(derby.pk):
        deed = Deed.objects.get()
    assert (deed.number, deed.verb, deed.by_name) == (1, "partnerships.founded", "Test")


def test_a_partnership_may_work_for_several_areas(world):
    areas = list(Authority.objects.filter(name__in=["Rugby", "Warwick"]).exclude(kind="county").order_by("name"))
    both = found(name="Rugby and Warwick", short_name="Rugby", slug="both", areas=areas, by=SYSTEM)
    assert both.areas.count() == 2
    assert not both.receives_nrf


def test_every_role_has_a_group_with_exactly_its_permissions(world):
    derby = enter("Derby")
    for role in Role:
        group = RoleGroup.objects.get(partnership=derby, role=role).group
        held = PartnershipGroupPermission.objects.filter(group=group).values_list("permission__codename", flat=True)
        assert set(held) == PERMISSIONS[role]
        assert not PartnershipGroupPermission.objects.filter(group=group).exclude(content_object=derby).exists()


def test_the_government_office_of_its_region_reaches_it_at_once_and_no_other(world):
    lewisham = enter("Lewisham")
    assert world.access("reviewer").can(Perm.VIEW_INTERNAL, lewisham)
    assert world.access("manager").can(Perm.VIEW_ACTIVITY, lewisham)
    assert not world.access("other_reviewer").reaches(lewisham)
    assert RoleGroup.objects.filter(office__region=lewisham.region, role=OfficeRole.REVIEWER).count() == 1


@pytest.mark.parametrize("name", ["officer", "manager", "national", "stranger", "administrator"])
def test_only_the_systems_own_commands_found_partnerships(world, name):
    area = Authority.objects.get(name="Derby")
    with pytest.raises(NotPermitted, match="Whoever runs the system can"):
        found(name="Mine", short_name="Mine", slug="mine", areas=[area], by=Access.of(world.people[name]))
    assert not Partnership.objects.filter(slug="mine").exists()


@pytest.mark.parametrize(
    ("same", "why"),
    [
        ({"slug": "southwark"}, "There is a partnership at this address already: southwark"),
        ({"name": "Southwark Local Strategic Partnership"}, "There is a partnership of this name already: Southwark"),
    ],
)
def test_a_name_and_an_address_are_given_once_and_nothing_stays(world, same, why):
    before = RoleGroup.objects.count()
    with pytest.raises(Already, match=why):
        enter("Derby", **same)
    whole = {"slug": "derby", "name": "Derby", "short_name": "Derby", "region": world.leeds.region}
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(**{**whole, **same})
    assert RoleGroup.objects.count() == before
    assert Partnership.objects.count() == 3


@pytest.mark.parametrize(
    "half",
    [
        {"region": None},
        {"name": None},
        {"founded_on": datetime.date(2006, 1, 1), "ended_on": datetime.date(2005, 1, 1)},
    ],
)
def test_postgresql_refuses_a_half_written_partnership(world, half):
    whole = {"slug": "half", "name": "Half", "short_name": "Half", "region": world.leeds.region}
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(**{**whole, **half})


def test_an_area_is_entered_once(world):
    area = PartnershipArea.objects.get(partnership=world.southwark)
    refused = pytest.raises(IntegrityError, match="an_area_once_at_a_time")
    with acting(world.southwark.pk), refused, transaction.atomic():
        PartnershipArea.objects.create(partnership=world.southwark, authority_id=area.authority_id)
