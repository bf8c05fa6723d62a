"""An organisation is added as a member: one that the directory has, or a new one."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from core.refusals import Already, NotPermitted
from partnerships.actions.members import join, join_as_new, save_contact
from partnerships.actions.organisations import InDirectory
from partnerships.models import Deed, MemberContact, Membership, Organisation, OrganisationIdentifier, Sector
from partnerships.tenancy.context import acting, reading_everywhere
from tests.members import CONTACT, second_entry
from tests.pages.conftest import words
from tests.world import BEGAN_ON

DAY = datetime.date(2006, 1, 9)
NEW = "/p/southwark/manage/members/new/"


@pytest.fixture
def faith(world):
    return Sector.objects.get(code="faith")


@pytest.fixture
def add(world, faith):
    """Enter a new organisation in Southwark, as its officer."""

    def added(name="Southwark Faiths", numbers=(), by="officer", **values):
        access = world.access(by)
        given = {"sector": faith, "numbers": dict(numbers), "starts_on": DAY, **values}
        with acting(world.southwark.pk, by=access.person_id):
            return join_as_new(partnership=world.southwark, name=name, by=access, **given)

    return added


def typed(**values):
    """A form of a new organisation."""
    sector = Sector.objects.get(code="faith").pk
    return {
        "name": "Southwark Faiths",
        "sector": sector,
        "starts_on_0": 9,
        "starts_on_1": 1,
        "starts_on_2": 2006,
    } | values


def test_a_new_organisation_goes_into_the_directory_and_the_partnership_keeps_it(world, add, log):
    joined = add(numbers={"charity": "1052183"}, contact=CONTACT, kind="Forum", website="https://faiths.example")
    entry = Organisation.objects.get(name="Southwark Faiths")
    assert (entry.kept_by, entry.kind, entry.website) == (world.southwark, "Forum", "https://faiths.example")
    assert [str(row) for row in entry.identifiers.all()] == ["Charity number 1052183"]
    assert (joined.organisation, joined.starts_on, joined.ends_on) == (entry, DAY, None)
    with acting(world.southwark.pk):
        assert MemberContact.objects.get(membership=joined).email == CONTACT["email"]
    assert [deed.verb for deed in log()[-2:]] == ["partnerships.joined", "partnerships.contact_noted"]


def test_the_log_names_nobody_who_can_be_asked(world, add, log):
    add(contact=CONTACT)
    said = str([(deed.subject_label, deed.changes, deed.reason) for deed in log()])
    assert not [text for text in CONTACT.values() if text in said]


@pytest.mark.parametrize("name", ["Southwark Faiths", "southwark faiths", "SOUTHWARK-FAITHS", "Southwark: Faiths."])
def test_a_name_that_stands_is_refused_with_the_entry_to_take(add, name):
    first = add()
    with pytest.raises(InDirectory) as refused:
        add(name)
    assert refused.value.organisation == first.organisation
    assert Organisation.objects.filter(name__icontains="faiths").count() == 1


def test_a_number_that_stands_is_refused_whatever_the_name(add):
    first = add(numbers={"charity": "1052183"})
    with pytest.raises(InDirectory) as refused:
        add("Another name", {"charity": "1052183"})
    assert refused.value.organisation == first.organisation
    add("A third", {"company": "01052183"})


def test_the_entry_to_take_is_the_one_a_duplicate_was_merged_into(world, add):
    kept = second_entry(world, "Southwark Kept")
    gone = add().organisation
    Organisation.objects.filter(pk=gone.pk).update(merged_into=kept)
    with pytest.raises(InDirectory) as refused:
        add()
    assert refused.value.organisation == kept
    gone.refresh_from_db()
    with acting(world.southwark.pk), pytest.raises(Already, match="was merged into Southwark Kept: take that entry"):
        join(partnership=world.southwark, organisation=gone, starts_on=DAY, by=world.access("officer"))


@pytest.mark.parametrize("name", ["rep", "chair", "finance", "cvs", "hackney_officer", "reviewer", "stranger"])
def test_nobody_else_can(world, add, name):
    with pytest.raises(NotPermitted):
        add(by=name)
    assert not Organisation.objects.filter(name="Southwark Faiths").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_the_same_at_once_one_is_told_to_take_it(world, add):
    start = threading.Barrier(2)

    def press(number):
        try:
            start.wait(timeout=10)
            return add(numbers={"charity": "1052183"})
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, range(2)))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["InDirectory", "Membership"]


def test_postgresql_refuses_half_an_entry_and_a_number_twice(world, faith, add):
    first = add(numbers={"charity": "1052183"}).organisation
    other = second_entry(world, "Southwark Other")
    for wrong in ({"name": first.name, "sector": faith}, {"name": "Half"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.create(**wrong)
    for wrong in (
        {"organisation": other, "scheme": "charity", "value": "1052183"},
        {"organisation": first, "scheme": "charity", "value": "1052184"},
        {"organisation": other, "scheme": "charity", "value": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            OrganisationIdentifier.objects.create(**wrong)


def test_a_contact_is_saved_once_changed_and_taken_out(world, add, log):
    joined, by = add(), world.access("officer")
    nobody = dict.fromkeys(CONTACT, "")

    def save(contact):
        with acting(world.southwark.pk, by=by.person_id):
            save_contact(membership=joined, **contact, by=by)
            return [(row.name, row.email) for row in MemberContact.objects.filter(membership=joined)]

    before = len(log())
    assert save(nobody) == []
    assert save(CONTACT) == save(CONTACT) == [(CONTACT["name"], CONTACT["email"])]
    assert save({**CONTACT, "name": "Somebody else"}) == [("Somebody else", CONTACT["email"])]
    assert save(nobody) == []
    assert [deed.verb.split(".")[1] for deed in log()[before:]] == [
        "contact_noted",
        "contact_changed",
        "contact_removed",
    ]


# As a user, without a script


def test_it_is_one_of_these_or_a_new_one(world, sign_in):
    browser = sign_in("officer")
    page = browser.get(NEW, {"q": "southwark council"})
    council = Organisation.objects.get(name="Southwark Council")
    assert [row["organisation"].name for row in page.context_data["found"]] == [
        "Southwark Council",
        "Southwark Council for Voluntary Service",
    ]
    assert "It is a new one: southwark council" in words(page)
    assert browser.get(NEW, {"q": "x", "choice": str(council.pk)})["Location"] == f"{NEW}{council.pk}/"
    there = browser.get(NEW, {"q": "Age & Care", "choice": "new"})
    assert there["Location"] == f"{NEW}organisation/?name=Age+%26+Care"
    assert 'value="Age &amp; Care"' in browser.get(there["Location"]).content.decode()


def test_too_few_letters_and_nothing_found_are_said(world, sign_in):
    browser = sign_in("officer")
    short = words(browser.get(NEW, {"q": "BT"}))
    assert "Enter three letters or more" in short and "Enter an organisation whose name is that short" in short
    page = browser.get(NEW, {"q": "Atlantis"})
    assert "The directory has nothing like “Atlantis”." in words(page)
    assert f'href="{NEW}organisation/?name=Atlantis"' in page.content.decode()


def test_the_officer_adds_a_new_one(world, sign_in):
    form = typed(charity=" 1052183 ", company="2714875", ons="e09000028", contact_email="A@Example.ORG")
    response = sign_in("officer").post(f"{NEW}organisation/", form, follow=True)
    assert "Southwark Faiths is a member." in words(response)
    assert "Charity number 1052183" in words(response) and "a@example.org" in words(response)
    numbers = OrganisationIdentifier.objects.filter(organisation__name="Southwark Faiths").order_by("scheme")
    assert [row.value for row in numbers] == ["1052183", "02714875", "E09000028"]


def test_the_officer_takes_one_that_stands(world, sign_in):
    police = Organisation.objects.create(name="Metropolitan Police", sector=Sector.objects.get(code="public"))
    form = {"starts_on_0": "1", "starts_on_1": "April", "starts_on_2": "2006", "contact_name": "Desk"}
    response = sign_in("officer").post(f"{NEW}{police.pk}/", form, follow=True)
    assert "Member since 1 April 2006" in words(response) and "Desk" in words(response)
    page = words(sign_in("officer").get(NEW, {"q": "Metropolitan"}))
    assert "a member already · Public agency" in page
    again = sign_in("officer").post(f"{NEW}{police.pk}/", form, follow=True)
    assert again.redirect_chain == [(response.redirect_chain[0][0], 302)]
    assert "Metropolitan Police is a member already." in words(again)


def test_what_stands_already_is_refused_with_a_link_and_what_was_typed_stays(world, sign_in):
    cvs = Organisation.objects.get(name="Southwark Council for Voluntary Service")
    page = sign_in("officer").post(f"{NEW}organisation/", typed(name=" southwark  Council (for voluntary service)"))
    assert "The directory has this already: Southwark Council for Voluntary Service." in words(page)
    assert f'href="{NEW}{cvs.pk}/"' in page.content.decode()
    assert 'value=" southwark  Council (for voluntary service)"' in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Enter name"),
        ("name", "x" * 201, "must be 200 characters or fewer"),
        ("sector", "999", "Select a valid choice"),
        ("charity", "12345", "A charity number has 6 to 8 figures"),
        ("charity", "1052183-", "A charity number has 6 to 8 figures"),
        ("company", "SC12", "A company number has 8 characters"),
        ("ons", "E0900002", "An ONS code is like E09000028"),
        ("ons", "X09000028", "An ONS code is like E09000028"),
        ("website", "javascript:alert(1)", "Enter a valid URL"),
        ("contact_email", "nobody", "Enter a valid email address"),
        ("starts_on_0", "31", "31 February 2006 does not exist"),
        ("starts_on_2", "206", "Year must have four figures"),
        ("starts_on_2", "1206", "The year must be between 1990 and 2100"),
    ],
)
def test_bad_input_is_explained_and_nothing_is_entered(world, sign_in, field, value, said):
    form = typed(**({"starts_on_1": 2} if said.startswith("31 February") else {}), **{field: value})
    page = sign_in("officer").post(f"{NEW}organisation/", form)
    assert page.status_code == 200
    assert said in words(page)
    assert not Organisation.objects.filter(sector__code="faith").exists()


@pytest.mark.parametrize("number", ["123456", "1052183", "1052183-1", "12345678"])
def test_numbers_of_charities_have_six_to_eight_figures_and_perhaps_a_suffix(world, sign_in, number):
    sign_in("officer").post(f"{NEW}organisation/", typed(charity=number))
    assert OrganisationIdentifier.objects.get(scheme="charity").value == number


def test_a_name_in_arabic_of_two_hundred_characters_is_a_name(world, sign_in):
    name = ("جمعية " * 40).strip()[:200].strip()
    response = sign_in("officer").post(f"{NEW}organisation/", typed(name=name), follow=True)
    assert f"{name} is a member." in words(response)
    assert Organisation.objects.get(name=name).sector.code == "faith"


def test_an_organisation_there_is_not_is_not_found_and_a_merged_one_leads_on(world, sign_in):
    browser = sign_in("officer")
    assert browser.get(f"{NEW}0/").status_code == 404
    kept, gone = second_entry(world, "Southwark Kept"), second_entry(world, "Southwark Gone")
    Organisation.objects.filter(pk=gone.pk).update(merged_into=kept)
    assert browser.get(f"{NEW}{gone.pk}/")["Location"] == f"{NEW}{kept.pk}/"


def test_what_one_partnership_notes_another_never_sees(world, add, sign_in):
    police = Organisation.objects.create(name="Metropolitan Police", sector=Sector.objects.get(code="public"))
    rows = {}
    for slug, name in (("southwark", "officer"), ("hackney", "hackney_officer")):
        by = world.access(name)
        with acting(world.partnerships[slug].pk, by=by.person_id):
            contact = {"name": f"Desk of {slug}", "email": "", "telephone": ""}
            rows[slug] = join(
                partnership=world.partnerships[slug], organisation=police, starts_on=BEGAN_ON, contact=contact, by=by
            )
    page = words(sign_in("officer").get(f"/p/southwark/manage/members/{rows['southwark'].pk}/"))
    assert "Desk of southwark" in page and "hackney" not in page.lower()
    assert sign_in("officer").get(f"/p/southwark/manage/members/{rows['hackney'].pk}/").status_code == 404
    assert "Desk" not in words(sign_in("rep").get(f"/p/southwark/manage/members/{rows['southwark'].pk}/"))
    with reading_everywhere():
        assert Membership.objects.filter(organisation=police).count() == 2
        assert Deed.objects.filter(verb="partnerships.contact_noted").count() == 2
