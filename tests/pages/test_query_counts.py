"""However many partnerships, seats and editions there are, a page asks the database as often."""

import pytest
from django.utils import timezone

from accounts.models import GroupMembership
from partnerships.models import (
    GovernanceLayer,
    Partnership,
    PartnershipArea,
    PartnershipGroupPermission,
    RoleGroup,
    Seat,
    Sector,
    Sitting,
)
from partnerships.permissions import Perm, Role
from partnerships.tenancy.context import acting
from strategies import actions
from strategies.models import Edition, EditionFile, Strategy
from tests.conftest import as_owner
from tests.pages.conftest import queries_of
from tests.world import BEGAN_ON
from tests.writing import write_strategy

ALL = 354  # as many as there were areas in 2004


@pytest.fixture
def published(world):
    """Southwark has published an edition, and its PDF is made."""
    strategy = write_strategy(world.southwark, world.officer)
    with acting(world.southwark.pk, by=world.officer.pk):
        edition, _job = actions.publish(strategy=strategy, by=world.access("officer"))
        add_file(edition)
    return edition


def add_file(edition):
    """A file that nobody will open."""
    values = {"name": "a.pdf", "key": f"a/{edition.pk}", "size": 1, "sha256": "0" * 64, "pages": 1}
    EditionFile.objects.create(partnership_id=edition.partnership_id, edition=edition, **values)


def fill(world):
    """Partnerships until there are 354, each with an area, a seat that is held, an edition; all of them the dual's."""
    region, group = world.southwark.region, RoleGroup.objects.get(partnership=world.southwark, role=Role.MEMBER).group
    template = Edition.objects.values().get()
    area = PartnershipArea.objects.first().authority
    common = {"layer": GovernanceLayer.objects.get(code="strategic"), "sector": Sector.objects.get(code="public")}
    with as_owner():
        made = Partnership.objects.bulk_create(
            Partnership(slug=f"p{number}", name=f"P {number}", short_name=f"P {number}", region=region)
            for number in range(ALL - Partnership.objects.count())
        )
        PartnershipArea.objects.bulk_create(PartnershipArea(partnership=row, authority=area) for row in made)
        seats = Seat.objects.bulk_create(
            Seat(partnership=row, position="Council", starts_on=BEGAN_ON, **common) for row in made
        )
        Sitting.objects.bulk_create(
            Sitting(partnership_id=seat.partnership_id, seat=seat, person=world.rep, starts_on=BEGAN_ON)
            for seat in seats
        )
        permission = PartnershipGroupPermission.objects.filter(permission__codename=Perm.VIEW_INTERNAL).first()
        PartnershipGroupPermission.objects.bulk_create(
            PartnershipGroupPermission(group=group, content_object=row, permission_id=permission.permission_id)
            for row in made
        )
        for row in made[:10]:
            strategy = Strategy.objects.create(
                partnership=row, title="T", subtitle="S", period_from=BEGAN_ON, period_until="2016-01-01"
            )
            own = {"id": None, "partnership_id": row.pk, "strategy_id": strategy.pk, "published_at": timezone.now()}
            add_file(Edition.objects.create(**{**template, **own}))
    assert Partnership.objects.count() == ALL
    assert GroupMembership.objects.filter(person=world.rep, group=group).exists()


PAGES = [
    (None, "/", 5),
    (None, "/partnerships/", 5),
    (None, "/partnerships/?region=london&letter=S&q=south&nrf=on", 6),
    (None, "/partnerships/?format=csv", 3),
    (None, "/regions/", 1),
    (None, "/p/southwark/", 10),
    (None, "/p/southwark/seats/", 4),
    (None, "/p/southwark/strategy/", 3),
    (None, "/p/southwark/strategy/1/", 5),
    ("rep", "/mine/", 5),
    ("rep", "/accounts/", 5),
    ("rep", "/p/southwark/manage/", 25),
    ("rep", "/p/southwark/manage/members/", 15),
]


@pytest.mark.parametrize(("name", "address", "most"), PAGES, ids=[address for _name, address, _most in PAGES])
def test_a_page_asks_as_often_with_354_partnerships_as_with_three(world, published, sign_in, name, address, most):
    browser = sign_in(name)
    few = queries_of(browser, address)
    fill(world)
    many = queries_of(browser, address)
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= most, "\n".join(many)


def test_a_page_asks_as_often_for_one_partnership_as_for_354(world, published, sign_in):
    fill(world)
    officer, rep = (sign_in(name).get("/mine/").context_data for name in ("officer", "rep"))
    assert (len(officer["own"]), len(officer["reviewed"])) == (1, 0)
    assert (len(rep["own"]), len(rep["reviewed"])) == (1, ALL - 3)  # all but Hackney and Leeds
    one, every = (len(queries_of(sign_in(name), "/mine/")) for name in ("officer", "rep"))
    assert one == every
    one, every = (len(queries_of(sign_in(None), f"/partnerships/{query}")) for query in ("?q=southwark", ""))
    assert one == every


def test_a_table_of_thirty_seats_costs_as_much_as_one_of_three(world, published, sign_in):
    addresses = [("/p/southwark/", None), ("/p/southwark/seats/", None), ("/p/southwark/manage/members/", "rep")]
    before = [len(queries_of(sign_in(name), address)) for address, name in addresses]
    common = {"layer": GovernanceLayer.objects.get(code="strategic"), "starts_on": BEGAN_ON}
    with acting(world.southwark.pk):
        for number, sector in enumerate(list(Sector.objects.all()) * 6):
            seat = Seat.objects.create(partnership=world.southwark, sector=sector, position=f"Seat {number}", **common)
            Sitting.objects.create(partnership=world.southwark, seat=seat, person=world.rep, starts_on=BEGAN_ON)
    assert [len(queries_of(sign_in(name), address)) for address, name in addresses] == before
