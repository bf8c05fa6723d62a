"""How to get involved: the public page, and the forms behind it."""

import re

import pytest

from partnerships.models import ContactPoint
from partnerships.queries.contacts import first_contact
from partnerships.tenancy.context import acting
from tests.pages.conftest import words
from tests.places import CONTACT, enter_neighbourhood, name_contact
from tests.world import email

INSIDE = "/p/southwark/manage/contact/"
PUBLIC = "/p/southwark/contact/"
TYPED = {name: text for name, text in CONTACT.items() if text}


def form_of(client, address):
    """What the form shows, as a browser would send it back."""
    form = client.get(address).context_data["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_before_anybody_is_named_the_page_says_whom_to_ask_until_then(world, client):
    text = words(client.get(PUBLIC))
    assert "The partnership has not said yet whom to turn to. Until then, ask Southwark Council." in text
    assert "The partnership has entered no neighbourhoods yet." in text
    assert "The partnership has not said yet whom to turn to." in words(client.get("/p/southwark/"))


def test_it_says_whom_to_ask_how_to_join_which_seats_are_open_and_what_is_near(world, client):
    peckham = enter_neighbourhood(world.southwark, world.officer)
    enter_neighbourhood(world.southwark, world.officer, name="Walworth", codes=[])
    name_contact(world.southwark, world.officer)
    name_contact(world.southwark, world.officer, neighbourhood=peckham, name="Peckham office", email="p@example.org")
    answer = client.get(PUBLIC)
    text, page = words(answer), answer.content.decode()
    assert "Ask for Partnership office" in text
    assert 'href="mailto:office@example.org"' in page
    assert 'href="tel:02079460000"' in page
    assert "Come to a meeting ." in text
    assert "<strong>meeting</strong>" in page
    assert "Resident Residents" in text  # the seat that is open, and for whom
    assert "Seat of Southwark Council" not in text  # which is held
    assert "Peckham Peckham office , p@example.org" in text
    assert "Walworth the first point of contact above" in text


def test_the_partnerships_own_page_leads_there(world, client):
    name_contact(world.southwark, world.officer)
    answer = client.get("/p/southwark/")
    assert "Ask for Partnership office" in words(answer)
    assert f'href="{PUBLIC}"' in answer.content.decode()
    assert 'href="/p/southwark/neighbourhoods/"' in answer.content.decode()


def test_who_stands_behind_it_is_for_members_alone(world, client, sign_in):
    peckham = enter_neighbourhood(world.southwark, world.officer)
    name_contact(world.southwark, world.officer, person=world.rep)
    name_contact(world.southwark, world.officer, neighbourhood=peckham, person=world.rep)
    for page in (PUBLIC, "/p/southwark/", "/p/southwark/neighbourhoods/", f"/p/southwark/neighbourhoods/{peckham.pk}/"):
        shown = client.get(page).content.decode()
        assert world.rep.name not in words(client.get(page))
        assert email("rep") not in shown
    assert "Rep stands behind it" in words(sign_in("cvs").get(f"/p/southwark/manage/neighbourhoods/{peckham.pk}/"))


def test_the_form_never_offers_the_address_of_an_account(world, sign_in):
    name_contact(world.southwark, world.officer, email="", person=world.officer)
    assert email("officer") not in sign_in("officer").get(INSIDE).content.decode()


def test_the_form_offers_whoever_has_a_role_or_a_seat_here(world, sign_in):
    page = sign_in("officer").get(INSIDE).content.decode()
    names = set(re.findall(r"<option[^>]*>([^<]*)</option>", page))
    assert {"Officer", "Rep", "Dual", "Member, Southwark Council"} <= names
    assert not {"Lapsed", "Future", "Hackney officer", "Stranger", "Reviewer"} & names


def test_somebody_named_who_has_left_still_stands_in_the_form(world, sign_in):
    point = name_contact(world.southwark, world.officer)
    with acting(world.southwark.pk):
        ContactPoint.objects.filter(pk=point.pk).update(person=world.lapsed)
    client = sign_in("officer")
    typed = form_of(client, INSIDE)
    assert typed["person"] == world.lapsed.pk
    assert client.post(INSIDE, {**typed, "name": "Office"}).status_code == 302
    assert first_contact(world.southwark).person == world.lapsed


def test_it_is_saved_and_everyone_sees_it(world, sign_in, client):
    answer = sign_in("officer").post(INSIDE, {**TYPED, "seen": ""}, follow=True)
    assert "The point of contact is saved. Everyone can see it." in words(answer)
    assert "Partnership office" in words(client.get(PUBLIC))


BAD = [
    ("telephone", "call me", "Enter a telephone number of figures"),
    ("telephone", "+", "Enter a telephone number of figures"),
    ("telephone", "020 7946 0000 extra", "Enter a telephone number of figures"),
    ("email", "nobody", "Enter a valid email address"),
    ("name", "م" * 201, "must be 200 characters or fewer. You have written 201."),
    ("name", "", "Enter whom to ask for"),
]


@pytest.mark.parametrize(("field", "text", "said"), BAD)
def test_bad_input_is_refused_and_kept(world, sign_in, field, text, said):
    answer = sign_in("officer").post(INSIDE, {**TYPED, field: text})
    assert said in words(answer)
    assert answer.context_data["form"][field].value() == text
    assert answer.context_data["form"]["address"].value() == TYPED["address"]
    assert first_contact(world.southwark) is None


def test_without_any_way_to_reach_them_it_says_so_at_the_first(world, sign_in):
    answer = sign_in("officer").post(INSIDE, {"name": "Office"})
    assert answer.context_data["form"].errors == {
        "email": ["Enter an e-mail address, a telephone number or an address"]
    }


def test_somebody_of_elsewhere_cannot_be_chosen(world, sign_in):
    answer = sign_in("officer").post(INSIDE, {**TYPED, "person": world.hackney_officer.pk})
    assert "person" in answer.context_data["form"].errors
    assert "Hackney officer" not in words(answer)


def test_scripts_and_frames_are_shown_and_not_run(world, sign_in, client):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3))"
    sign_in("officer").post(INSIDE, {**dict.fromkeys(TYPED, hostile), "email": "a@example.org", "telephone": ""})
    for page in (PUBLIC, "/p/southwark/"):
        shown = client.get(page).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert 'href="javascript' not in shown


def test_an_address_of_mail_cannot_add_headers_to_the_letter(world, client):
    name_contact(world.southwark, world.officer, email='"a?bcc=x"@example.org')
    assert "mailto:%22a%3Fbcc%3Dx%22@example.org" in client.get(PUBLIC).content.decode()


def test_two_officers_at_once_get_both_and_decide(world, sign_in):
    client = sign_in("officer")
    client.post(INSIDE, TYPED)
    typed = form_of(client, INSIDE)
    client.post(INSIDE, {**typed, "name": "The first", "person": world.rep.pk})
    answer = client.post(INSIDE, {**typed, "name": "The second"})
    assert answer.status_code == 409
    text = words(answer)
    assert "Saved by Officer The first" in text
    assert "Typed by you, not saved The second" in text
    assert "Who of the partnership stands behind it Saved by Officer Rep" in text
    form = answer.context_data["form"]
    assert client.post(INSIDE, {name: form[name].value() or "" for name in form.fields}).status_code == 302
    assert first_contact(world.southwark).name == "The second"


def test_it_is_taken_off_by_whoever_has_seen_what_stands_there(world, sign_in):
    client = sign_in("officer")
    name_contact(world.southwark, world.officer)
    answer = client.post(f"{INSIDE}removal/", {"seen": "worn out"}, follow=True)
    assert "after you opened it" in words(answer)
    assert first_contact(world.southwark)
    seal = client.get(INSIDE).context_data["seal"]
    answer = client.post(f"{INSIDE}removal/", {"seen": seal}, follow=True)
    assert "The point of contact is off the public pages." in words(answer)
    assert first_contact(world.southwark) is None


def test_that_of_a_neighbourhood_is_shown_and_taken_off_there(world, sign_in, client):
    peckham = enter_neighbourhood(world.southwark, world.officer)
    officer, address = sign_in("officer"), f"/p/southwark/manage/neighbourhoods/{peckham.pk}/contact/"
    officer.post(address, {**TYPED, "name": "Peckham office"})
    assert "Peckham office" in words(client.get(f"/p/southwark/neighbourhoods/{peckham.pk}/"))
    officer.post(f"{address}removal/", {"seen": officer.get(address).context_data["seal"]})
    name_contact(world.southwark, world.officer)
    text = words(client.get(f"/p/southwark/neighbourhoods/{peckham.pk}/"))
    assert "Peckham office" not in text
    assert "Ask for Partnership office" in text  # the whole partnership's, while it has none of its own
