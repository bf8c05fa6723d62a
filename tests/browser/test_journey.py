"""From signing in to what the public reads: an officer changes an objective and publishes; a worker makes the PDF."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter

import page as page_validation
import pypdf
import pytest
from playwright.sync_api import Page, expect

from lsp.demonstration.cast import PASSWORD
from partnerships.tenancy.context import acting
from strategies.models import Edition, Objective

A_JOB_TAKES = 60_000  # milliseconds, on a machine that does other things too
FIRST_CHANGE = "Every stairwell is lit and swept by March 2007"
SECOND_CHANGE = "Every stairwell and every courtyard is lit by March 2008"

# Without the drawings, whose figures stand in tables as well.
WORDS = """article => {
    const walk = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const words = [];
    while (walk.nextNode()) if (!walk.currentNode.parentElement.closest("svg")) words.push(walk.currentNode.data);
    return words;
}"""

pytestmark = pytest.mark.usefixtures("worker")


def sign_in(tab: Page, email: str) -> None:
    tab.goto("/")
    tab.get_by_role("link", name="Sign in").click()
    form = tab.get_by_role("region", name="Your own account")
    form.get_by_label("E-mail address").fill(email)
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Sign in", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("My partnerships")


def change_objective(tab: Page, before: str, after: str) -> None:
    """From the overview to the objective, and back with its new title."""
    tab.get_by_role("link", name="Southwark Local Strategic Partnership").first.click()
    tab.get_by_role("navigation", name="Southwark Local").get_by_role("link", name="Strategy").first.click()
    tab.get_by_role("main").locator("tbody").first.get_by_role("link").first.click()
    tab.get_by_role("link", name="Priorities, objectives and actions").click()
    tab.get_by_role("main").get_by_role("link", name=before, exact=True).click()
    tab.get_by_label("Title").fill(after)
    tab.get_by_role("button", name="Save").click()
    expect(tab.get_by_role("alert")).to_contain_text(f"“{after}” is saved.")


def publish(tab: Page, number: int) -> None:
    """Through the page that asks first, to the end of the job that makes the PDF."""
    tab.locator(".govuk-back-link").click()
    tab.get_by_role("main").get_by_role("button", name="Publish an edition").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(f"Publish edition {number}?")
    tab.get_by_role("button", name=f"Publish edition {number}").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(f"Edition {number} is published")
    tab.get_by_role("link", name="Follow it").click()
    # Nobody touches the page from here on: it renews itself.
    expect(tab.get_by_role("button", name="Open the PDF")).to_be_visible(timeout=A_JOB_TAKES)


def read(tab: Page, number: int) -> tuple[str, bytes]:
    """The words of an edition's article, and its PDF."""
    tab.goto(f"/p/southwark/strategy/{number}/")
    expect(tab.get_by_text(f"Edition {number}, published")).to_be_visible()
    words = "\n".join(tab.locator("article").evaluate(WORDS))
    link = tab.get_by_role("main").get_by_role("link", name=re.compile("^PDF, .* pages")).get_attribute("href")
    answer = tab.request.get(link or "")
    assert answer.headers["content-type"] == "application/pdf"
    return words, answer.body()


def bare(text: str) -> str:
    """Letters and digits alone: how words are spaced, hyphenated or joined depends on the medium."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).casefold()


def test_an_officer_publishes_and_the_public_reads(stage, visitor, live_server):
    southwark = stage.partnerships["southwark"]
    with acting(southwark.pk):
        title = Objective.objects.filter(partnership=southwark).order_by("pk").first().title
    officer, public = visitor(), visitor()

    sign_in(officer, "officer.southwark@example.org")
    assert officer.request.get("/p/hackney/manage/").status == 404
    assert officer.request.get("/p/hackney/manage/strategy/").status == 404

    change_objective(officer, title, FIRST_CHANGE)
    publish(officer, 2)
    words, pdf = read(public, 2)
    assert FIRST_CHANGE in words
    assert title not in words
    assert bare(FIRST_CHANGE) in bare(text_of(pdf))
    check_publication(pdf, words)
    first_edition = read(public, 1)
    assert title in first_edition[0]

    officer.goto("/mine/")
    change_objective(officer, FIRST_CHANGE, SECOND_CHANGE)
    publish(officer, 3)
    later_words, later_pdf = read(public, 3)
    assert SECOND_CHANGE in later_words
    assert bare(SECOND_CHANGE) in bare(text_of(later_pdf))
    assert later_pdf != pdf
    assert read(public, 2) == (words, pdf)
    assert read(public, 1) == first_edition


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def check_publication(pdf: bytes, words: str) -> None:
    """A tagged PDF of the same words, with a cover, contents that lead to the right pages, and bookmarks."""
    report = page_validation.validate_pdf_bytes(pdf, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.is_compliant

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    edition = Edition.objects.get(partnership__slug="southwark", number=2)
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata.title.startswith(edition.title)
    assert reader.metadata.author == edition.partnership_name
    assert edition.title in reader.pages[0].extract_text()

    pages = [page.extract_text() for page in reader.pages]
    bookmarks = {bare(entry.title): reader.get_destination_page_number(entry) for entry in flat(reader.outline)}
    starts = [bookmarks[bare(f"{chapter['number']}{chapter['title']}")] for chapter in edition.contents]
    assert [int(line) for line in pages[1].splitlines() if line.isdigit()] == [start + 1 for start in starts]
    for chapter, start in zip(edition.contents, starts, strict=True):
        assert bare(chapter["title"]) in bare(pages[start])
        assert pages[start].split()[-1] == str(start + 1), "the number in the foot of the page"

    missing = counted(words) - counted("\n".join(pages))
    assert not missing


def counted(text: str) -> Counter[str]:
    """How often each word occurs: their order on a page is that of the tags, which `page_validation` has judged."""
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text)))


def flat(outline: list) -> list:
    return [one for entry in outline for one in (flat(entry) if isinstance(entry, list) else [entry])]
