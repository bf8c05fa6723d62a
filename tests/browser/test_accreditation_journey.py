"""The whole story of an accreditation, by four people in four browsers; a worker sends the letters and makes the PDFs.

Partners score, the chair submits, a reviewer asks for more about criterion 4, the next submission shows the difference,
a manager defers with a review date, and the re-review accredits. The officer, who wrote the text, looks in once.
"""

from __future__ import annotations

import datetime
import email
import email.policy
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import page as page_validation
import pypdf
import pytest
from playwright.sync_api import Page, expect

from accreditation import actions, queries
from accreditation.models import Rating, Round, Scheme, SelfAssessment
from core.dates import long_date, today
from lsp.demonstration.cast import PASSWORD
from partnerships.models import Organisation
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from tests.browser.looking import faults

MANAGE = "/p/southwark/manage"
FOURTH = "performance-managed"
BEFORE = "Partners report on measures of their own, each to a body of its own."
AFTER = "Since April partners report on one set of measures, and the board reads it every quarter."
SECRET = "The director doubts that the figures are right"
A_JOB_TAKES = 60_000  # milliseconds, on a machine that does other things too


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the worker puts its letters."""
    folder = tmp_path / "mail"
    folder.mkdir()
    monkeypatch.setenv("EMAIL_URL", f"file:///{folder}")
    return folder


@pytest.fixture
def assessment(stage) -> SelfAssessment:
    """What the officer has written about Southwark in a round of 2002: all but why partners' scores differ."""
    round = Round.objects.create(
        scheme=Scheme.objects.get(code="2002"),
        name="2002",
        opens_on=today(),
        closes_on=today() + datetime.timedelta(days=30),
    )
    southwark, by = stage.partnerships["southwark"], Access.of(stage.person("officer.southwark"))
    with acting(southwark.pk, by=by.person_id):
        started = actions.start(partnership=southwark, round=round, by=by)
        for answer in queries.answers_of(started):
            actions.save_answer(
                answer=answer,
                rating=Rating.objects.get(scheme=round.scheme, code="adequate"),
                agreed_because="",
                starting_point="A third of the small areas stand in England’s most deprived tenth.",
                narrative=BEFORE if answer.criterion.code == FOURTH else "It does, and there are minutes to show it.",
                version=answer.version,
                by=by,
            )
        actions.add_action(
            assessment=started,
            criterion=queries.criteria_of(started)[3],
            title="One set of measures for all partners",
            lead=Organisation.objects.get(name="Southwark Council"),
            starts_on=today(),
            ends_on=today() + datetime.timedelta(days=200),
            measure="Partners that report on it",
            by=by,
        )
    return started


def press(tab: Page, name: str) -> None:
    tab.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(tab: Page, name: str | re.Pattern[str]) -> None:
    """A link, or one that looks like a button."""
    tab.get_by_role("main").locator("a").filter(has_text=name).first.click()


def heading(tab: Page, words: str) -> None:
    expect(tab.get_by_role("heading", level=1)).to_have_text(words)


def prove(tab: Page) -> None:
    """Give the password once more, where a deed that matters asks for it."""
    box = tab.get_by_label("Your password")
    if box.count():
        box.fill(PASSWORD)
        tab.get_by_role("button", name="Go on").click()


def fill_date(tab: Page, name: str, day: datetime.date) -> None:
    group = tab.get_by_role("group", name=name)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(number))


def renewed(tab: Page, name: str | re.Pattern[str]) -> None:
    """Load the page again until a worker has made what the link leads to."""
    link = tab.get_by_role("main").locator("a").filter(has_text=name).first
    for _second in range(A_JOB_TAKES // 1000):
        if link.count():
            return
        tab.wait_for_timeout(1000)
        tab.reload()
    expect(link).to_be_visible()


def pdf(tab: Page, name: str | re.Pattern[str]) -> str:
    """Download a PDF, which must be PDF/UA-1. Returns its words."""
    renewed(tab, name)
    with tab.expect_download() as download:
        follow(tab, name)
    content = Path(download.value.path()).read_bytes()
    report = page_validation.validate_pdf_bytes(content, profile="ua1")
    assert report.is_compliant, report
    return " ".join(part.extract_text() for part in pypdf.PdfReader(io.BytesIO(content)).pages)


def letters(folder: Path) -> Iterator[EmailMessage]:
    for file in folder.iterdir():
        for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
            if part.strip():
                yield email.message_from_bytes(part, policy=email.policy.default)  # type: ignore[misc]


def score(tab: Page, page: str, rating: str, why: str) -> None:
    tab.goto(f"{page}criteria/{FOURTH}/score/")
    tab.get_by_label(rating, exact=True).check()
    tab.get_by_label("Why?").fill(why)
    press(tab, "Score it")


def sign(tab: Page, page: str) -> None:
    tab.goto(f"{page}sign-off/")
    expect(tab.get_by_role("main")).to_contain_text(BEFORE[:30])
    if (whole := tab.get_by_role("main").get_by_role("link", name="Read it all without scoring")).count():
        whole.click()
    tab.get_by_label("I have read it").check()
    press(tab, "Sign it off")
    expect(tab.get_by_role("alert")).to_contain_text("Your sign-off is noted.")


def submit(tab: Page, page: str, button: str) -> None:
    tab.goto(f"{page}submission/")
    prove(tab)
    press(tab, button)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("It is submitted")


def write_fourth(tab: Page, page: str, *, because: str = "", narrative: str = "") -> None:
    tab.goto(f"{page}criteria/{FOURTH}/")
    if because:
        tab.get_by_label("Why did you agree on this rating?").fill(because)
    if narrative:
        tab.get_by_label("How does the partnership meet it?").fill(narrative)
    press(tab, "Save and go to the list")


def take(tab: Page) -> None:
    """The longest wait of the queue of London."""
    tab.goto("/office/london/queue/")
    tab.get_by_role("main").get_by_role("button", name=re.compile("^Take Southwark")).click()
    tab.get_by_label("I have no interest").check()
    press(tab, "Take the case")
    expect(tab.get_by_role("main")).to_contain_text("you")


def recommend(
    tab: Page, outcome: str, reasons: str, *, concerns: str = "", review: datetime.date | None = None
) -> None:
    follow(tab, "Recommend an outcome")
    tab.get_by_label(outcome, exact=True).check()
    tab.get_by_label("Reasons").fill(reasons)
    tab.get_by_label("Areas of concern").fill(concerns)
    if review:
        fill_date(tab, "Next review", review)
    press(tab, "Read it once more")
    press(tab, "Recommend it")


def decide(tab: Page) -> None:
    tab.goto("/office/london/queue/?state=recommended")
    tab.get_by_role("main").locator("tbody").get_by_role("link").first.click()
    follow(tab, "Countersign and decide")
    prove(tab)
    tab.get_by_label("I have read the submission").check()
    press(tab, "Countersign and decide")
    expect(tab.get_by_role("alert")).to_be_visible()


def test_the_whole_story_by_four_people(stage, assessment, post, worker, visitor):
    page = f"{MANAGE}/accreditation/{assessment.pk}/"
    partner, chair = visitor("member.jobcentre"), visitor("chair.southwark")
    reviewer, manager = visitor("reviewer.london"), visitor("manager.london")
    officer = visitor("officer.southwark")
    review_on = today() + datetime.timedelta(days=60)

    # partners score each on their own, and the difference stands side by side
    score(partner, page, "Weak", "Two bodies get the same figures")
    score(chair, page, "Adequate", "It has begun")
    officer.goto(f"{page}criteria/{FOURTH}/")
    for words in ("Weak", "Two bodies get the same figures", "It has begun"):
        expect(officer.get_by_role("complementary", name="To help you answer")).to_contain_text(words)
    write_fourth(officer, page, because="The board weighed both.")

    # members sign, the chair submits
    sign(partner, page)
    sign(chair, page)
    submit(chair, page, "Submit to the Government Office")
    expect(chair.get_by_role("main")).to_contain_text(re.compile(r"LSP-\d{6}-1"))
    assert faults(chair) == []

    # the reviewer takes it, talks in confidence, sends criterion 4 back
    take(reviewer)
    case = reviewer.url
    follow(reviewer, re.compile("^Dialogue"))
    fill_date(reviewer, "Date", today())
    reviewer.get_by_label("Visit").check()
    reviewer.get_by_label("With whom?").fill("Director")
    reviewer.get_by_label("Their role").fill("CVS")
    reviewer.get_by_label("What was said").fill(SECRET)
    reviewer.get_by_label("Confidential to the Government Office").check()
    press(reviewer, "Record it")
    expect(reviewer.get_by_role("main")).to_contain_text(SECRET)
    reviewer.goto(case)
    follow(reviewer, "Ask for changes")
    reviewer.get_by_label("4. Performance managed").check()
    reviewer.get_by_label("What do you ask for?").fill("What has changed since the measures were agreed?")
    press(reviewer, "Send back for changes")
    expect(reviewer.get_by_role("main")).to_contain_text("Sent back")

    # only that criterion is open; the resubmission shows what has changed
    officer.goto(f"{page}criteria/strategic/")
    expect(officer.get_by_role("main")).to_contain_text("has not asked for changes of this part")
    write_fourth(officer, page, narrative=AFTER)
    submit(chair, page, "Submit again")
    reviewer.goto(case)
    follow(reviewer, re.compile("^Changes"))
    expect(reviewer.locator("main ins").last).to_contain_text("the board reads it every quarter")
    expect(reviewer.locator("main del").last).to_contain_text("each to a body of its own")
    assert faults(reviewer) == []

    # deferred, with a day for the review, in a letter
    reviewer.goto(case)
    recommend(
        reviewer,
        "Deferred",
        "The board does not yet act on what it measures.",
        concerns="Figures come late.",
        review=review_on,
    )
    decide(manager)
    chair.goto(f"{MANAGE}/accreditation/")
    words = pdf(chair, re.compile("letter", re.IGNORECASE))
    assert "Deferred" in words and long_date(review_on) in words and "Figures come late." in words
    assert SECRET not in words

    # the plan goes on, the partnership submits for its review, and is accredited
    write_fourth(officer, page, narrative=f"{BEFORE} {AFTER} In June it moved money because of it.")
    sign(partner, page)
    sign(chair, page)
    submit(chair, page, "Submit to the Government Office")
    take(reviewer)
    recommend(reviewer, "Accredited", "The board acts on what it measures.")
    decide(manager)
    chair.goto(f"{MANAGE}/accreditation/")
    words = pdf(chair, re.compile("certificate", re.IGNORECASE))
    assert "Accredited" in words and "Southwark" in words
    for outcome in ("Accredited", "Deferred"):  # the first decision stays to be seen
        expect(chair.get_by_role("main")).to_contain_text(outcome)
    assert faults(chair) == []

    # everybody was written to once, and nobody in confidence
    sent = list(letters(post))
    marks = [letter["Message-ID"] for letter in sent]
    assert len(marks) == len(set(marks)) > 6
    assert {"chair.southwark@example.org", "reviewer.london@example.org"} <= {str(letter["To"]) for letter in sent}
    assert not [letter for letter in sent if SECRET in letter.as_string()]
    names = {part.get_filename() for letter in sent for part in letter.iter_attachments()}
    assert any("certificate" in str(name).lower() for name in names)
