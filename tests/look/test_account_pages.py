"""Signing in and its neighbours, in the product's look, with the forms of `accounts`."""

import pytest
from allauth.account import app_settings
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.utils import get_form_class

from tests.look import samples
from tests.look.samples import ANONYMOUS, OFFICER
from tests.nu import page_complaints

CAST = [
    {
        "heading": "Southwark Local Strategic Partnership",
        "people": [
            {
                "name": "Officer, Southwark",
                "about": "writes and publishes",
                "email": "officer@southwark.example",
            }
        ],
    }
]
WITH_FORM = {
    "login": ("login", LoginForm, ANONYMOUS),
    "password_reset": ("reset_password", ResetPasswordForm, ANONYMOUS),
    "password_reset_from_key": (
        "reset_password_from_key",
        ResetPasswordKeyForm,
        ANONYMOUS,
    ),
    "password_change": ("change_password", ChangePasswordForm, OFFICER),
    "password_set": ("set_password", SetPasswordForm, OFFICER),
}
WITHOUT = (
    "password_reset_done",
    "password_reset_from_key_done",
    "account_inactive",
    "signup_closed",
    "logout",
)


def form_of(template, data=None):
    kind, default, context = WITH_FORM[template]
    form_class = get_form_class(app_settings.FORMS, kind, default)
    return {**context, "csrf_token": "token", "form": form_class(data=data)}


def draw(template, **context):
    return samples.draw(f"account/{template}.html", context)


@pytest.fixture(scope="module")
def pages():
    made = {template: draw(template, **form_of(template)) for template in WITH_FORM}
    made |= {f"{template}-empty": draw(template, **form_of(template, {})) for template in WITH_FORM}
    made |= {template: draw(template, **OFFICER) for template in WITHOUT}
    made["expired"] = draw("password_reset_from_key", **ANONYMOUS, token_fail=True)
    shown = {"demonstration_cast": CAST, "demonstration_password": "table-with-seats"}
    made["demonstration"] = draw("login", **form_of("login"), **shown)
    return made


def test_account_pages_are_valid_html(pages, tmp_path):
    assert page_complaints(tmp_path, pages) == []


@pytest.mark.parametrize("template", WITH_FORM)
def test_errors_stand_on_top_and_in_the_title(pages, template):
    page = pages[f"{template}-empty"]
    assert "<title>Error: " in page
    assert page.index("govuk-error-summary") < page.index("<h1")
    assert "govuk-error-summary" not in pages[template]


def test_only_a_demonstration_names_accounts(pages):
    assert "table-with-seats" in pages["demonstration"]
    assert 'name="login" value="officer@southwark.example"' in pages["demonstration"]
    assert "<h1" in pages["login"] and "Enter" not in pages["login"]


def test_an_expired_link_offers_a_new_one(pages):
    assert "no longer works" in pages["expired"] and 'href="/accounts/password/reset/"' in pages["expired"]
    assert "<form" not in pages["expired"].split("<main")[1]


LETTERS = {
    "password_reset_key": {"password_reset_url": "https://lsp.example/reset/?a=1&b=2"},
    "unknown_account": {"email": "o'brien@example.org"},
    "password_changed": {
        "timestamp": "today",
        "ip": "192.0.2.1",
        "user_agent": "A & B",
    },
    "password_set": {"timestamp": "today", "ip": "192.0.2.1", "user_agent": "A & B"},
    "password_reset": {"timestamp": "today", "ip": "192.0.2.1", "user_agent": "A & B"},
}


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_has_one_line_of_subject_and_says_what_it_must(letter):
    context = LETTERS[letter]
    assert len(samples.draw(f"account/email/{letter}_subject.txt", context).strip().splitlines()) == 1
    text = samples.draw(f"account/email/{letter}_message.txt", context)
    for value in context.values():
        assert value in text  # as it is: a letter is plain text, nothing is escaped
    assert not any(word in text.lower() for word in ("please", "successfully", "!"))
