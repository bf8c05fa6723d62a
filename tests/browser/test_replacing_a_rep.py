"""An officer replaces a representative while they are signed in: the pages close to them in that moment."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from core.dates import long_date, today
from lsp.demonstration.cast import PASSWORD
from partnerships.actions.seats import add_seat, take_seat
from partnerships.models import ContactPoint, GovernanceLayer, Organisation, Sector
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests.browser.conftest import Visitor
from tests.browser.stage import Stage

LEAVER = "Member, Jobcentre Plus"
SUCCESSOR = "عائشة بنت عبد الله"


@pytest.fixture
def seat(stage: Stage) -> str:
    """The address of a second seat of Jobcentre Plus; whoever holds it is the partnership's point of contact."""
    southwark = stage.partnerships["southwark"]
    officer, member = Access.of(stage.person("officer.southwark")), stage.person("member.jobcentre")
    with acting(southwark.pk, by=officer.person_id):
        row = add_seat(
            partnership=southwark,
            layer=GovernanceLayer.objects.get(code="strategic"),
            sector=Sector.objects.get(code="public"),
            organisation=Organisation.objects.get(name="Jobcentre Plus, Southwark"),
            position="Work and training",
            starts_on=today().replace(year=2006),
            by=officer,
        )
        take_seat(seat=row, person=member, starts_on=row.starts_on, by=officer)
        ContactPoint.objects.filter(partnership=southwark, neighbourhood=None).update(person=member)
    return f"/p/southwark/manage/seats/{row.pk}/"


def test_an_officer_replaces_a_representative(seat, visitor: Visitor, stage: Stage) -> None:
    rep, officer, public = visitor("member.jobcentre"), visitor("officer.southwark"), visitor()
    rep.goto(seat)
    expect(rep.get_by_role("heading", level=1)).to_have_text("Work and training")
    expect(rep.get_by_role("button", name="Replace them")).to_have_count(0)

    officer.goto("/p/southwark/manage/seats/")
    officer.get_by_label("Position, organisation or person").fill("training")
    officer.get_by_role("button", name="Show", exact=True).click()
    officer.get_by_role("link", name="Work and training").click()
    officer.get_by_role("button", name="Replace them").click()
    officer.get_by_label("Your password", exact=True).fill(PASSWORD)
    officer.get_by_role("button", name="Go on").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text(f"Replace {LEAVER}")

    # A slip of the finger first: everything that was typed stays.
    officer.get_by_label("Who follows?").select_option(label="Somebody new: fill in below")
    officer.get_by_label("Full name").fill(SUCCESSOR)
    officer.get_by_label("E-mail address").fill("AISHA@EXAMPLE.ORG")
    officer.get_by_label("Day").fill("32")
    officer.get_by_label("Why").fill("Moved to another district")
    officer.get_by_role("button", name="Replace", exact=True).click()
    expect(officer.get_by_role("alert")).to_contain_text("Day must be a number from 1 to 31")
    expect(officer.get_by_label("Full name")).to_have_value(SUCCESSOR)
    officer.get_by_label("Day").fill(str(today().day))
    expect(officer.get_by_label("First point of contact")).to_have_value("successor")
    officer.get_by_role("button", name="Replace", exact=True).click()

    expect(officer.get_by_role("alert")).to_contain_text(f"{SUCCESSOR} holds the seat from {long_date(today())}")
    past = officer.get_by_role("table", name="Holders of this seat, the latest first")
    expect(past).to_contain_text(LEAVER)
    expect(officer.get_by_role("region", name="What happened")).to_contain_text("Moved to another district")
    with acting(stage.partnerships["southwark"].pk):
        point = ContactPoint.objects.get(partnership=stage.partnerships["southwark"], neighbourhood=None)
        assert point.person is not None and point.person.email == "aisha@example.org"

    # The next page that the leaver opens is not there for them; their other partnerships are.
    assert answer(rep, seat) == 404
    assert answer(rep, "/p/hackney/manage/") == 200
    # The past still shows them, and the public sees that the seat is held, and nobody's name.
    officer.goto("/p/southwark/manage/seats/?on=2007-05-03&q=training")
    expect(officer.get_by_role("heading", level=1)).to_have_text("Who sat on 3 May 2007")
    expect(officer.get_by_role("row", name=re.compile("Work and training"))).to_contain_text(LEAVER)
    public.goto("/p/southwark/seats/")
    expect(public.get_by_role("row", name=re.compile("Work and training"))).to_contain_text("held")
    assert SUCCESSOR not in public.content()


def answer(tab: Page, address: str) -> int:
    """The status with which a page answers."""
    response = tab.goto(address)
    assert response is not None
    return response.status
