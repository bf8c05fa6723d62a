"""The register of members with its filters, for ten members and for ten thousand, through the whole stack.

`python -m lsp.embedded run -- python -m bench.members`
"""

import datetime
import os
from collections.abc import Callable
from typing import Any

import psycopg

from bench.ground import median_of, prepare

TIMES = 50
TABLES = {"hackney": 10, "southwark": 10_000}
LISTS = {
    "all": "members/",
    "words in the name": "members/?q=trust+0012",
    "a sector": "members/?sector=faith",
    "named partners": "members/?named=yes",
    "as it was on a day": "members/?on_0=3&on_1=5&on_2=2006",
    "sorted by seats held": "members/?sort=-held",
    "the last page": "members/?page=200",
    "suggestions for two words": "organisations/suggestions/?q=trust+0012",
}


def main(analyse: Callable[[], object]) -> None:
    """One line a list: the partnership of ten thousand members against that of ten."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for slug, count in TABLES.items():
        fill(slug, count)
    analyse()
    browsers = {slug: signed_in(slug) for slug in TABLES}
    for name, address in LISTS.items():
        seconds = []
        for slug, browser in browsers.items():

            def page(slug: str = slug, browser: Any = browser, address: str = address) -> None:
                assert browser.get(f"/p/{slug}/manage/{address}").status_code == 200

            seconds.append(median_of(page, times=TIMES))
            with CaptureQueriesContext(connection) as captured:
                page()
        few, many = (each * 1000 for each in seconds)
        print(f"{name}: {many:.1f} ms, of ten {few:.1f} ms, ratio {many / few:.2f}, {len(captured)} statements")


def fill(slug: str, count: int) -> None:
    """Members in every sector, each with a number and a seat; four of five seats are held, one of ten is named."""
    from accounts.models import Person
    from partnerships import models
    from partnerships.tenancy.context import acting

    partnership = models.Partnership.objects.get(slug=slug)
    sectors = list(models.Sector.objects.order_by("order"))
    entries = models.Organisation.objects.bulk_create(
        models.Organisation(name=f"Trust {number:05}, {slug}", sector=sectors[number % len(sectors)])
        for number in range(count - models.Membership.objects.filter(partnership=partnership).count())
    )
    models.OrganisationIdentifier.objects.bulk_create(
        models.OrganisationIdentifier(organisation=row, scheme="charity", value=f"{row.pk:07}") for row in entries
    )
    own = {"partnership": partnership, "starts_on": datetime.date(2005, 4, 1)}
    layer, duty = models.GovernanceLayer.objects.get(code="strategic"), models.DutyPartner.objects.all()[0]
    holder = Person.objects.all()[0]
    with acting(partnership.pk):
        models.Membership.objects.bulk_create(models.Membership(**own, organisation=row) for row in entries)
        seats = models.Seat.objects.bulk_create(
            models.Seat(**own, organisation=row, sector_id=row.sector_id, layer=layer, position=f"Seat of {row}")
            for row in entries
        )
        models.Sitting.objects.bulk_create(
            models.Sitting(**own, seat=seat, person=holder) for number, seat in enumerate(seats) if number % 5
        )
        models.NamedPartner.objects.bulk_create(
            models.NamedPartner(**own, organisation=row, duty=duty, agreement="2006 to 2009") for row in entries[::10]
        )


def signed_in(slug: str) -> Any:
    """A browser of a partnership's officer."""
    from django.test import Client

    from accounts.models import Person

    browser = Client(headers={"host": "127.0.0.1"})
    officer = Person.objects.get(email=f"officer.{slug}@example.org")
    browser.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def as_autovacuum(owner: str) -> None:
    """What PostgreSQL does by itself some minutes after so many rows were added."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("ANALYZE")


if __name__ == "__main__":
    owner = os.environ.get("DATABASE_OWNER_URL", "")
    prepare()
    main(lambda: as_autovacuum(owner))
