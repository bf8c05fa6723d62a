"""The areas of a partnership come and go; each of them from one day to another."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from core.dates import today
from core.refusals import Already, NotPermitted, WrongState
from partnerships.actions.areas import LastArea, add_area, end_area
from partnerships.models import Authority, PartnershipArea
from partnerships.queries import areas_of, areas_on
from partnerships.tenancy.context import acting
from tests.partnerships.ended import TOMORROW

DAY = datetime.date(2006, 4, 1)


def add(world, area="Lambeth", starts_on=DAY, by="manager"):
    with acting(world.southwark.pk, by=world.people[by].pk):
        authority = Authority.objects.filter(name=area).exclude(kind="county").get()
        return add_area(partnership=world.southwark, authority=authority, starts_on=starts_on, by=world.access(by))


def end(world, area, on, by="manager"):
    with acting(world.southwark.pk, by=world.people[by].pk):
        row = PartnershipArea.objects.select_related("partnership").get(
            partnership=world.southwark, authority__name=area, ends_on=None
        )
        return end_area(area=row, on=on, reason="The boundary moved", by=world.access(by))


def on(day, world):
    return {row.authority.name for row in areas_on(day).filter(partnership=world.southwark).select_related("authority")}


def test_an_area_is_added_from_a_day_on(world, log):
    add(world)
    assert areas_of(world.southwark) == ["Lambeth", "Southwark"]
    assert on(DAY - TOMORROW, world) == {"Southwark"}
    deed = log()[-1]
    assert (deed.verb, deed.subject_label, deed.by_id) == ("partnerships.area_added", "Lambeth", world.manager.pk)
    assert deed.changes == {"starts_on": [None, "2006-04-01"]}


def test_one_area_may_belong_to_two_partnerships_at_once(world):
    add(world, "Hackney")
    assert PartnershipArea.objects.filter(authority__name="Hackney").count() == 2


def test_adding_it_twice_changes_nothing(world, log):
    add(world)
    before = log()
    with pytest.raises(Already, match="Lambeth is one of the areas already"):
        add(world, starts_on=today())
    assert log() == before


def test_it_leaves_and_may_come_back(world, log):
    add(world)
    end(world, "Lambeth", datetime.date(2007, 4, 1))
    deed = log()[-1]
    assert (deed.verb, deed.reason, deed.changes) == (
        "partnerships.area_ended",
        "The boundary moved",
        {"ends_on": [None, "2007-04-01"]},
    )
    assert on(datetime.date(2007, 3, 31), world) == {"Lambeth", "Southwark"}
    assert on(datetime.date(2007, 4, 1), world) == {"Southwark"}
    add(world, starts_on=datetime.date(2008, 4, 1))
    assert areas_of(world.southwark) == ["Lambeth", "Southwark"]


def test_ending_it_twice_changes_nothing(world, log):
    area = add(world)
    with acting(world.southwark.pk, by=world.manager.pk):
        for again in (False, True):
            if again:
                before = log()
                with pytest.raises(Already, match="no longer an area from 1 April 2007 on"):
                    end_area(area=area, on=datetime.date(2007, 4, 1), reason="", by=world.access("manager"))
                assert log() == before
            else:
                end_area(area=area, on=datetime.date(2007, 4, 1), reason="", by=world.access("manager"))


def test_the_last_area_stays(world, log):
    before = log()
    with pytest.raises(LastArea, match="no other area on that day"):
        end(world, "Southwark", today())
    add(world, starts_on=today() + 10 * TOMORROW)
    with pytest.raises(LastArea):
        end(world, "Southwark", today())
    assert end(world, "Southwark", today() + 10 * TOMORROW).ends_on == today() + 10 * TOMORROW
    assert len(log()) == len(before) + 2


@pytest.mark.parametrize(("area", "starts_on"), [("Leeds", DAY), ("County Durham", DAY)])
def test_an_area_of_another_region_or_another_time_is_refused(world, area, starts_on):
    with pytest.raises(WrongState):
        add(world, area, starts_on)
    assert areas_of(world.southwark) == ["Southwark"]


@pytest.mark.parametrize("name", ["officer", "chair", "reviewer", "national", "other_reviewer", "stranger"])
def test_nobody_but_the_manager_can(world, name):
    for deed in (lambda: add(world, by=name), lambda: end(world, "Southwark", today(), by=name)):
        with pytest.raises(NotPermitted, match="Manager can"):
            deed()


def test_the_forms_add_and_end_and_say_what_is_wrong(world, sign_in):
    client, lambeth = sign_in("manager"), Authority.objects.get(name="Lambeth")
    address = "/p/southwark/manage/settings/areas/"
    page = client.get(address).content.decode()
    assert "Lambeth (London borough)" in page and "Leeds" not in page.partition("<main")[2]
    wrong = client.post(
        address, {"authority": lambeth.pk, "starts_on_0": "31", "starts_on_1": "2", "starts_on_2": "2006"}
    )
    assert "31 February 2006 does not exist" in wrong.content.decode()
    data = {"authority": lambeth.pk, "starts_on_0": "1", "starts_on_1": "4", "starts_on_2": "2006"}
    assert (
        "Lambeth is an area of the partnership from 1 April 2006"
        in client.post(address, data, follow=True).content.decode()
    )
    twice = client.post(address, data)
    assert twice.status_code == 409 and "Lambeth is one of the areas already" in twice.content.decode()
    row = PartnershipArea.objects.get(partnership=world.southwark, authority=lambeth)
    ending = {"on_0": "1", "on_1": "4", "on_2": "2007", "reason": "Moved"}
    page = client.post(f"{address}{row.pk}/", ending, follow=True).content.decode()
    assert "Lambeth is no longer an area from 1 April 2007 on" in page
    foreign = PartnershipArea.objects.get(partnership=world.hackney)
    assert client.get(f"{address}{foreign.pk}/").status_code == 404


def test_postgresql_refuses_an_area_that_ends_before_it_begins(world):
    values = {"partnership": world.southwark, "authority": Authority.objects.get(name="Lambeth"), "starts_on": DAY}
    with acting(world.southwark.pk), pytest.raises(IntegrityError, match="area_ends"), transaction.atomic():
        PartnershipArea.objects.create(**values, ends_on=DAY - TOMORROW)
