"""The preview is what would be published."""

import re

from strategies.models import Edition
from tests.strategies.conftest import REFUSED
from tests.writing import press_publish


def article(response):
    """The article of a page, as it is drawn."""
    return re.search(r'<article class="lsp-prose"[^>]*>(.*?)</article>', response.content.decode(), re.DOTALL)[1]


def test_what_is_previewed_is_what_is_published(written, sign_in, client):
    preview = article(sign_in("officer").get(written.page("preview")))
    press_publish(sign_in("officer"), written.page("publication"))
    edition = Edition.objects.get()
    assert preview == edition.body == article(client.get(edition.get_absolute_url()))


def test_the_preview_shows_every_part_in_its_place(written, sign_in):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article(sign_in("rep").get(written.page("preview")))))
    places = [
        text.index(words)
        for words in (
            "The words of Foreword.",
            "The words of Vision.",
            "The words of The area in figures.",
            "It must fall.",
            "The police lead.",
            "By a quarter.",
            "New locks for 400 homes",
            "The words of How we report progress.",
        )
    ]
    assert places == sorted(places)
    assert "Southwark Council for Voluntary Service" in text
    assert "Locks fitted a quarter" in text


def test_the_preview_says_that_it_is_one_and_counts_what_is_missing(written, sign_in):
    officer = sign_in("officer")
    assert "thing is missing" not in officer.get(written.page("preview")).content.decode()
    officer.post(written.page("text", kind="vision"), {"body": "", "version": 2})
    page = officer.get(written.page("preview")).content.decode()
    assert "This is what the public would read if it were published now. 1 thing is missing." in page


def test_members_and_reviewers_may_preview_and_nobody_else(written, sign_in):
    for name, status in REFUSED.items():
        expected = 200 if status == 403 else 404
        assert sign_in(name).get(written.page("preview")).status_code == expected, name
    assert sign_in(None).get(written.page("preview")).status_code == 302
