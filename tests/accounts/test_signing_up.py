"""Accounts are by invitation: nobody signs up."""

from accounts.models import Person
from tests.accounts.conftest import NEW, heading

URL = "/accounts/signup/"


def test_the_page_says_so_and_the_form_does_nothing(world, client):
    before = Person.objects.count()
    sent = {"email": "new@example.org", "password1": NEW, "password2": NEW}
    for response in (client.get(URL), client.post(URL, sent)):
        assert heading(response) == "Accounts are by invitation"
        assert "The co-ordinating officer of a partnership invites its members by e-mail" in response.content.decode()
    assert Person.objects.count() == before


def test_no_other_page_of_allauth_is_there(world, client, sign_in):
    for address in ("email/", "confirm-email/", "3rdparty/", "social/login/error/", "login/code/", "2fa/"):
        for browser in (client, sign_in("officer")):
            assert browser.get(f"/accounts/{address}").status_code == 404, address
