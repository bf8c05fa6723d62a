"""A second factor: an app, its codes on paper, and signing in with them. Keys are in tests/browser."""

import re

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.test import Client

from accounts import secrets
from tests.accounts.conftest import LOGIN, code_of, errors, heading
from tests.conftest import confirm
from tests.pages.conftest import words

INDEX = "/accounts/second-factor/"
APP = f"{INDEX}app/"
CODES = f"{INDEX}codes/"
SIGN_IN = f"{INDEX}sign-in/"
BY_KEY = f"{INDEX}keys/sign-in/"
WRONG = ["This is not the code now, or it was used already"]


@pytest.fixture
def sure(world, sign_in):
    """The officer's browser, who has just given their password once more."""
    return confirm(sign_in("officer"), world.officer)


def set_up(browser) -> str:
    """Set up an app as somebody would; gives its secret."""
    page = browser.get(APP).content.decode()
    secret = re.search(r"<strong>([A-Z2-7 ]+)<", page)[1].replace(" ", "")
    assert browser.post(APP, {"code": code_of(secret)})["Location"] == CODES
    return secret


def codes_on(page) -> list[str]:
    return re.findall(r"<li><strong>(\d{8})</strong></li>", page.content.decode())


def test_an_app_is_set_up_and_asked_for_at_sign_in(world, sure, client, enter, mailoutbox, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda deed: deed())  # a test never commits
    secret = set_up(sure)
    assert [letter.subject for letter in mailoutbox] == ["An app was set up as your second factor"]
    assert enter(client)["Location"] == SIGN_IN
    assert client.get("/mine/").status_code == 302  # the password alone does not let in
    assert errors(client.post(SIGN_IN, {"code": "000000"})) == WRONG
    assert client.post(SIGN_IN, {"code": code_of(secret, steps=1)})["Location"] == "/mine/"
    assert client.get("/mine/").context["user"] == world.officer


def test_the_square_is_an_image_that_the_security_policy_lets_through(sure):
    response = sure.get(APP)
    assert 'src="data:image/svg+xml;base64,' in response.content.decode()
    assert "img-src 'self' data:" in response.headers["Content-Security-Policy"]


def test_who_wanted_a_page_gets_there_after_the_code(client, enter, with_app):
    secret = with_app("officer")
    enter(client, next="/p/southwark/manage/members/")
    assert client.post(SIGN_IN, {"code": code_of(secret)})["Location"] == "/p/southwark/manage/members/"


def test_a_wrong_code_sets_up_nothing(sure):
    sure.get(APP)
    assert errors(sure.post(APP, {"code": "000000"})) == WRONG
    assert errors(sure.post(APP, {"code": ""})) == ["Enter the six figures that your app shows"]
    assert not Authenticator.objects.exists()


def test_a_code_opens_once_as_long_as_it_holds(client, enter, with_app, settings, monkeypatch):
    secret = with_app("officer")
    code = code_of(secret, steps=1)
    enter(client)
    assert client.post(SIGN_IN, {"code": code}).status_code == 302
    # allauth forgets it after half a minute; by then it still holds
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP._mark_code_used", lambda self, code: True)
    other = Client()
    enter(other)
    assert errors(other.post(SIGN_IN, {"code": f"{code[:3]} {code[3:]}"})) == WRONG


def test_five_wrong_codes_lock_the_account(client, enter, with_app):
    secret = with_app("officer")
    enter(client)
    for _try in range(5):
        assert errors(client.post(SIGN_IN, {"code": "000000"})) == WRONG
    (locked,) = errors(client.post(SIGN_IN, {"code": code_of(secret)}))
    assert "locked for fifteen minutes" in locked


def test_a_code_on_paper_opens_once_and_is_crossed_out(world, client, enter, with_app, sign_in):
    with_app("officer")
    codes = codes_on(confirm(sign_in("officer"), world.officer).get(CODES))
    assert len(codes) == len(set(codes)) == 10
    enter(client)
    assert client.post(SIGN_IN, {"code": codes[3]}).status_code == 302
    other = Client()
    enter(other)
    assert errors(other.post(SIGN_IN, {"code": codes[3]})) == WRONG
    left = codes_on(confirm(client, world.officer).get(CODES))
    assert left == [*codes[:3], *codes[4:]]


def test_codes_on_paper_can_be_saved_and_made_anew(world, with_app, sign_in):
    with_app("officer")
    browser = confirm(sign_in("officer"), world.officer)
    before = codes_on(browser.get(CODES))
    file = browser.get(f"{CODES}file/")
    assert file["Content-Type"].startswith("text/plain")
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert re.findall(r"^\d{8}$", file.content.decode(), re.MULTILINE) == before
    assert browser.post(f"{CODES}new/")["Location"] == CODES
    assert not set(codes_on(browser.get(CODES))) & set(before)


@pytest.mark.parametrize("address", [APP, f"{APP}remove/", CODES, f"{CODES}file/", f"{CODES}new/", f"{INDEX}keys/new/"])
def test_nothing_of_it_is_shown_or_changed_before_the_password(sign_in, with_app, address):
    if address != APP:  # where there is an app none can be set up
        with_app("officer")
    before = list(Authenticator.objects.values_list("data", flat=True))
    for response in (sign_in("officer").get(address), sign_in("officer").post(address, {"code": "1"})):
        assert response.status_code in (302, 405)
        if response.status_code == 302:
            assert response["Location"].startswith("/accounts/reauthenticate/?next=")
    assert list(Authenticator.objects.values_list("data", flat=True)) == before


def test_an_app_is_removed_and_its_codes_with_it(world, with_app, sign_in, mailoutbox, client, enter):
    with_app("officer")
    browser = confirm(sign_in("officer"), world.officer)
    assert heading(browser.get(f"{APP}remove/")) == "Remove the app?"
    assert browser.post(f"{APP}remove/")["Location"] == INDEX
    assert not Authenticator.objects.exists()
    assert [letter.subject for letter in mailoutbox] == ["The app was removed from your account"]
    assert enter(client)["Location"] == "/mine/"


def test_the_database_holds_no_secret_that_opens_anything(with_app, settings):
    secret = with_app("officer")
    app, codes = (Authenticator.objects.get(type=kind) for kind in ("totp", "recovery_codes"))
    assert secret not in str(app.data) and secrets.decrypt(app.data["secret"]) == secret
    seed = secrets.decrypt(codes.data["seed"])
    assert seed not in str(codes.data) and len(seed) == 80
    assert not any(code in str(codes.data) for code in codes.wrap().generate_codes())


def test_what_was_encrypted_with_the_key_of_before_is_still_read(settings):
    sealed = secrets.encrypt("JBSWY3DP")
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another-" * 8
    with pytest.raises(InvalidToken):
        secrets.decrypt(sealed)
    settings.SECRET_KEY_FALLBACKS = [before]
    assert secrets.decrypt(sealed) == "JBSWY3DP"


def test_the_sign_in_page_offers_a_key(client):
    page = client.get(f"{LOGIN}?next=/p/southwark/manage/").content.decode()
    form = re.search(r'<form method="post" action="/accounts/second-factor/keys/sign-in/".*?</form>', page, re.DOTALL)[
        0
    ]
    assert 'name="next" value="/p/southwark/manage/"' in form
    options = client.get("/accounts/second-factor/keys/sign-in/", headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"


@pytest.mark.parametrize("answer", ["", "{}", "[]", '"x"', '{"id": "a", "rawId": "a", "response": {}, "type": "x"}'])
def test_an_answer_that_no_key_gave_opens_nothing(world, client, answer):
    client.get(BY_KEY, headers={"Accept": "application/json"})
    response = client.post(BY_KEY, {"credential": answer})
    assert response["Location"] == LOGIN
    assert client.get("/mine/").status_code == 302


def test_after_the_password_too_and_it_is_said(client, enter, with_app):
    with_app("officer")
    enter(client)
    client.get(SIGN_IN)
    page = client.post(SIGN_IN, {"credential": '{"id": "AA", "rawId": "AA", "response": {}, "type": "public-key"}'})
    assert "This key does not open your account. Use another way." in words(page)
    assert client.get("/mine/").status_code == 302


def test_a_key_of_somebody_else_is_neither_renamed_nor_removed(world, sign_in):
    credential = {"type": "public-key", "id": "AA", "rawId": "AA", "response": {}}
    key = Authenticator.objects.create(
        user=world.chair, type="webauthn", data={"name": "Blue", "credential": credential}
    )
    browser = confirm(sign_in("officer"), world.officer)
    for deed in ("name", "remove"):
        for response in (browser.get(f"{INDEX}keys/{key.pk}/{deed}/"), browser.post(f"{INDEX}keys/{key.pk}/{deed}/")):
            assert response.status_code == 404
    assert Authenticator.objects.get() == key
