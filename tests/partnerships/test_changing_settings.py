"""The settings page: what a partnership is, who may change what, and the forms that do."""

import pytest
from django.urls import reverse

from core.dates import today
from core.refusals import Already, NotPermitted
from partnerships.actions.partnerships import change_details
from partnerships.models import Authority, Membership, Organisation, Partnership, PartnershipArea
from partnerships.queries.settings import last_deed_to, tiers
from partnerships.tenancy.context import acting, reading
from tests.pages.conftest import queries_of
from tests.partnerships.conftest import enter
from tests.partnerships.ended import REASON, ended
from tests.world import BEGAN_ON


def url(name, slug="southwark"):
    return reverse(f"partnerships:{name}", args=[slug])


def change(world, name="officer", **values):
    partnership = Partnership.objects.get(slug="southwark")
    with acting(partnership.pk, by=world.people[name].pk):
        given = {
            "name": partnership.name,
            "short_name": partnership.short_name,
            "accountable_body": partnership.accountable_body,
            "version": last_deed_to(partnership),
            **values,
        }
        return change_details(partnership=partnership, **given, by=world.access(name))


def typed(partnership, **values):
    with reading([partnership.pk]):
        version = last_deed_to(partnership)
    return {
        "name": partnership.name,
        "short_name": partnership.short_name,
        "accountable_body": partnership.accountable_body_id,
        "version": version,
        **values,
    }


def test_names_and_body_change_and_the_log_says_from_what_to_what(world, log):
    change(world, name="officer", short_name="Southwark Alliance", accountable_body=None)
    southwark = Partnership.objects.get(slug="southwark")
    assert (southwark.short_name, southwark.accountable_body) == ("Southwark Alliance", None)
    deed = log()[-1]
    assert deed.verb == "partnerships.details_changed"
    assert deed.changes == {
        "short_name": ["Southwark", "Southwark Alliance"],
        "accountable_body": ["Southwark Council", ""],
    }


def test_the_same_once_more_changes_nothing(world, log):
    change(world, short_name="Alliance")
    before = log()
    change(world, short_name="Alliance", version=0)
    assert log() == before


def test_of_two_who_change_it_the_second_is_told(world, log):
    version = typed(world.southwark)["version"]
    change(world, short_name="First")
    with pytest.raises(Already, match="Somebody changed this"):
        change(world, short_name="Second", version=version)
    assert Partnership.objects.get(slug="southwark").short_name == "First"


@pytest.mark.parametrize("name", ["chair", "rep", "manager", "national", "stranger"])
def test_nobody_but_the_officer_can(world, name):
    with pytest.raises(NotPermitted):
        change(world, name=name, short_name="Mine")


def test_the_form_saves_and_a_taken_name_is_refused_with_what_was_typed(world, sign_in):
    client = sign_in("officer")
    response = client.post(url("details"), typed(world.southwark, short_name="Alliance"))
    assert (response.status_code, response["Location"]) == (302, url("settings"))
    southwark = Partnership.objects.get(slug="southwark")
    response = client.post(url("details"), typed(southwark, name=world.leeds.name))
    page = response.content.decode()
    assert response.status_code == 409
    assert "There is a partnership of this name already" in page and f'value="{world.leeds.name}"' in page
    stale = client.post(url("details"), typed(southwark, short_name="Other", version=1))
    assert stale.status_code == 409 and "Somebody changed this" in stale.content.decode()


def test_a_body_that_is_no_member_is_refused(world, sign_in):
    foreign = Organisation.objects.get(name="Leeds Council")
    page = sign_in("officer").post(url("details"), typed(world.southwark, accountable_body=foreign.pk)).content.decode()
    assert "govuk-error-summary" in page
    assert Partnership.objects.get(slug="southwark").accountable_body.name == "Southwark Council"


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("officer", {"details"}),
        ("manager", {"new_area", "ending", "merging"}),
        ("rep", set()),
        ("reviewer", set()),
        ("national", set()),
    ],
)
def test_everybody_inside_reads_it_and_sees_the_links_they_may_follow(world, sign_in, name, links):
    page = sign_in(name).get(url("settings")).content.decode()
    for each in ("details", "new_area", "ending", "merging"):
        assert (f'href="{url(each)}"' in page) == (each in links), each
    assert "Change the areas of the partnership, end or merge it" in page and "Manager" in page
    assert ("What happened" in page) == (name not in {"rep", "reviewer"})


def test_the_manager_ends_it_and_opens_it_again_in_the_browser(world, sign_in):
    client = sign_in("manager")
    client.post("/accounts/reauthenticate/", {"password": "one-table-many-seats"})
    day = today()
    wrong = client.post(url("ending"), {"on_0": "1", "on_1": "1", "on_2": "2006", "reason": REASON})
    assert "The day must be today or later" in wrong.content.decode()
    data = {"on_0": day.day, "on_1": day.month, "on_2": day.year, "reason": REASON}
    response = client.post(url("ending"), data, follow=True)
    page = response.content.decode()
    assert "Southwark Local Strategic Partnership ended on" in page and "Open it again" in page
    assert "Add an area" not in page
    assert client.post(url("ending"), data).status_code == 409
    response = client.post(url("reopening"), {"reason": "A mistake"}, follow=True)
    assert "The partnership is open again" in response.content.decode()
    assert Partnership.objects.get(slug="southwark").ended_on is None


def test_the_manager_merges_in_the_browser_and_sees_what_would_be_done(world, sign_in):
    client = sign_in("manager")
    client.post("/accounts/reauthenticate/", {"password": "one-table-many-seats"})
    page = client.get(url("merging")).content.decode()
    assert "Hackney" in page and "Leeds" not in page.partition("<main")[2]
    incomplete = client.get(url("merging"), {"other": world.hackney.pk, "into": "new"}).content.decode()
    assert "Enter the name of the new one" in incomplete and "Enter its address" in incomplete
    taken = {"other": world.hackney.pk, "into": "new", "name": "N", "short_name": "N", "slug": "leeds"}
    assert "A partnership has this already" in client.get(url("merging"), taken).content.decode()
    asked = f"{url('merging')}?other={world.hackney.pk}&into=this"
    shown = client.get(asked)
    page = shown.content.decode()
    assert "Merge into Southwark Local Strategic Partnership?" in page
    assert "Dual, Member representative" in page  # who holds the same role in both
    areas = [area.pk for area in Authority.objects.filter(name__in=["Southwark", "Hackney"])]
    stale = client.post(asked, {"areas": areas, "reason": REASON, "seen": "0" * 64})
    assert stale.status_code == 409 and "Something has changed" in stale.content.decode()
    assert not Partnership.objects.filter(ended_on__isnull=False).exists()
    data = {"areas": areas, "reason": REASON, "seen": shown.context_data["plan"].seal}
    done = client.post(asked, data, follow=True)
    assert "has taken over from Hackney" in done.content.decode()
    assert Partnership.objects.get(slug="hackney").successor == world.southwark
    again = client.post(asked, data)
    assert again.status_code == 409 and "has ended, or will" in again.content.decode()


def test_what_matters_asks_who_it_is(world, sign_in):
    client = sign_in("manager")
    session = client.session
    session.pop("account_authentication_methods", None)
    session.save()
    for name in ("ending", "reopening", "merging"):
        response = client.get(url(name))
        assert response.status_code == 302 and "/reauthenticate/" in response["Location"], name


@pytest.fixture
def kent(world):
    """A county's partnership and two of its districts'; three organisations, of which two sit on both."""
    county = enter("Derby", name="Kent Partnership", short_name="Kent", slug="kent")
    authority = Authority.objects.get(name="Kent", kind="county")
    with acting(county.pk):
        PartnershipArea.objects.filter(partnership=county).update(authority=authority)
    made = [county, enter("Dover"), enter("Thanet")]
    names = ["Kent Council", "Kent Police", "Dover Council"]
    sector = world.southwark.accountable_body.sector
    bodies = [Organisation.objects.create(name=name, sector=sector) for name in names]
    for partnership, members in zip(made, (bodies[:2], bodies, []), strict=True):
        with acting(partnership.pk):
            for organisation in members:
                Membership.objects.create(partnership=partnership, organisation=organisation, starts_on=BEGAN_ON)
    return made


def test_county_and_district_name_each_other_and_who_sits_on_both(kent, client):
    county, dover, thanet = kent
    assert [(row.partnership, row.shared) for row in tiers(county).districts] == [
        (dover, ["Kent Council", "Kent Police"]),
        (thanet, []),
    ]
    assert tiers(county).counties == [] and tiers(dover).districts == []
    assert [(row.partnership, row.shared) for row in tiers(dover).counties] == [
        (county, ["Kent Council", "Kent Police"])
    ]
    page = client.get("/p/dover/").content.decode()
    assert "County partnership" in page and 'href="/p/kent/"' in page and "2 organisations sit on both" in page
    assert "No organisation sits on both" in client.get("/p/thanet/").content.decode()


def test_of_several_areas_each_counts_and_what_is_past_does_not(kent):
    county, dover, thanet = kent
    with acting(dover.pk):
        PartnershipArea.objects.create(partnership=dover, authority=Authority.objects.get(name="Lewes"))
    sussex = enter("Lincoln", name="East Sussex Partnership", short_name="East Sussex", slug="east-sussex")
    with acting(sussex.pk):
        PartnershipArea.objects.filter(partnership=sussex).update(
            authority=Authority.objects.get(name="East Sussex", kind="county")
        )
    assert [row.partnership for row in tiers(dover).counties] == [sussex, county]
    ended(thanet)
    assert [row.partnership for row in tiers(county).districts] == [dover]
    assert tiers(Partnership.objects.get(pk=thanet.pk)).counties == []
    with acting(dover.pk):
        PartnershipArea.objects.filter(authority__name="Lewes").update(ends_on=today())
    assert [row.partnership for row in tiers(dover).counties] == [county]


def test_however_many_districts_there_are_the_page_asks_as_often(kent, sign_in, client):
    few = queries_of(client, "/p/kent/")
    for name in ("Ashford", "Canterbury", "Maidstone"):
        enter(name)
    assert len(queries_of(client, "/p/kent/")) == len(few)
