"""The frame of every page: valid HTML with all its furniture and with none, in every mode."""

import datetime

import pytest
from django.template.loader import get_template

from tests.look.samples import (
    ANONYMOUS,
    INSIDE,
    OFFICER,
    TEMPLATES,
    draw,
    messages,
)
from tests.nu import page_complaints

ERRORS = ("400", "403", "404", "409", "429", "500", "503")
PAGES = ("accessibility", "cookies", "help", "privacy")
MOMENT = datetime.datetime(2006, 1, 12, 14, 2, tzinfo=datetime.UTC)


def drawn_pages():
    """Every page of the frame once, by name."""
    made = {f"bare-{code}": draw(f"{code}.html", {}) for code in ERRORS}
    made |= {page: draw(f"pages/{page}.html", ANONYMOUS) for page in PAGES}
    told = {
        **INSIDE,
        "messages": messages(("success", "Saved."), ("info", "A PDF is made."), ("error", "No file.")),
    }
    made["inside"] = draw("internal.html", told)
    made["print"] = draw("internal.html", INSIDE, "/p/southwark/manage/?page=2&view=print")
    first = {
        "what": "published edition 2",
        "by": "Chair, Southwark",
        "at": MOMENT,
        "url": "/p/southwark/",
    }
    made["conflict"] = draw("409.html", {**INSIDE, **first})
    made["refused"] = draw("403.html", {**OFFICER, "reason": "Only the chair publishes.", "who": "Chair"})
    made["again"] = draw("429.html", {**ANONYMOUS, "retry_at": MOMENT})
    return made


@pytest.fixture(scope="module")
def pages():
    return drawn_pages()


def test_every_template_compiles():
    names = [
        path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"}
    ]
    assert len(names) > 60
    for name in names:
        get_template(name)


def test_the_frame_is_valid_html(pages, tmp_path):
    assert page_complaints(tmp_path, pages) == []


@pytest.mark.parametrize("code", ["500", "503"])
def test_the_last_errors_rely_on_nothing(code):
    page = draw(f"{code}.html", {})
    assert "<h1" in page and 'href="/static/vendor/lsp.css"' in page
    assert "<script" not in page and "<form" not in page


def test_a_conflict_says_who_what_and_when(pages):
    assert "<strong>Chair, Southwark</strong> published edition 2 on 12 January 2006, 2:02pm." in pages["conflict"]
    assert 'href="/p/southwark/"' in pages["conflict"]


def test_a_refusal_says_why_and_who_can(pages):
    assert "Only the chair publishes." in pages["refused"] and "Who can: Chair." in pages["refused"]


def test_too_many_tries_says_until_when(pages):
    assert "Try again after 2:02pm." in pages["again"]


def test_signing_out_is_a_form_and_shown_only_to_whom_is_in(pages):
    assert '<form method="post" action="/accounts/logout/" data-lsp-forgets-drafts>' in pages["inside"]
    assert "/accounts/logout/" not in pages["help"]


def test_a_message_is_announced_by_its_level(pages):
    banners = pages["inside"].split('<div class="govuk-notification-banner')[1:]
    starts = [banner for banner in banners if banner.startswith((" ", '"'))]
    assert ["alert" in start.split(">")[0] for start in starts] == [True, False, True]


def test_the_print_view_has_a_way_back(pages):
    assert "lsp-print-view" in pages["print"]
    assert '<a class="govuk-link" href="?page=2">Back to the page</a>' in pages["print"]
    plain = draw("internal.html", INSIDE, "/p/southwark/manage/?view=print")
    assert 'href="?">Back to the page</a>' in plain  # an empty address would keep the query
    assert "lsp-print-view" not in pages["inside"]
