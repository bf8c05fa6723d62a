"""What a submission, a letter and a certificate say, and that each is a PDF for everybody (PDF/UA-1)."""

import datetime
import io
from typing import Any

import page
import pypdf
import pytest
from django.utils import timezone

from core.dates import LONDON, long_date
from core.working_days import working_days_after
from documents import engine
from reviews import actions, documents
from reviews.actions import Condition
from reviews.content import Content, Evidence, Fact, Section, Table, Text
from reviews.models import CaseFile, Decision
from tests.documents.test_hostile_texts import ALL, SHORT
from tests.reviewing import Office, days

pytestmark = pytest.mark.django_db

SHA = "0123456789abcdef" * 4


def read(html: str) -> pypdf.PdfReader:
    """The page as a PDF that passes PDF/UA-1."""
    pdf = engine.render(html)
    report = page.validate_pdf_bytes(pdf.content, profile="ua1")
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.is_compliant
    return pypdf.PdfReader(io.BytesIO(pdf.content))


def words(pdf: pypdf.PdfReader) -> str:
    """Its text, in one line."""
    return " ".join(" ".join(leaf.extract_text() for leaf in pdf.pages).split())


def bookmarks(pdf: pypdf.PdfReader) -> list[str]:
    def flat(level: list[Any]) -> list[str]:
        return [name for each in level for name in (flat(each) if isinstance(each, list) else [str(each.title)])]

    return flat(pdf.outline)


def decided(office: Office, **values: Any) -> Decision:
    """A decision on a new case of Southwark, whose reviewer recommended these values."""
    case = office.submit()
    office.claim(case)
    office.recommend(case, **values)
    return office.decide(case)


FULL = Content(
    "Self-assessment, 2005–06",
    (
        Section(
            "strategic",
            "1. Strategic",
            facts=(Fact("Agreed rating", "Strong"), Fact("Why", "Two say strong, one says adequate. " * 3)),
            texts=(Text("Narrative", "One plan **replaces** five.\n\n# What we would do otherwise\n\nFewer targets."),),
            tables=(Table("What each partner thinks", ("Partner", "Rating"), (("Police", "Strong"), ("Health", ""))),),
            evidence=(
                Evidence("Minutes", upload_id=3, file_name="minutes.pdf", sha256=SHA),
                Evidence("The plan", url="https://plan.example.org/a"),
            ),
        ),
        Section("plan", "Action plan"),
    ),
)


def test_the_pdf_of_a_submission_holds_everything_that_was_submitted(office: Office) -> None:
    submission = office.submit(content=FULL, declaration="We agree, **all** of us.").submissions.get()
    pdf = read(documents.submission_page(submission))
    text = words(pdf)
    assert pdf.metadata and pdf.metadata.title == f"Self-assessment, 2005–06, Southwark: {submission.reference}"
    assert pdf.metadata.author == "Southwark Local Strategic Partnership"
    assert bookmarks(pdf) == [
        "Self-assessment, 2005–06",
        "Declaration",
        "Contents",
        "1. Strategic",
        "Why",
        "Narrative",
        "What we would do otherwise",
        "Evidence",
        "Action plan",
    ]
    for said in (
        "We agree, all of us.",
        f"Receipt {submission.reference}",
        f"SHA-256 of this submission: {submission.sha256}",
        "Agreed rating: Strong",
        "Health Not given",
        "Minutes minutes.pdf, SHA-256 0123456789ab…",
        "The plan (https://plan.example.org/a)",
        "by Chair, chair",
        long_date(submission.case.due_on),
    ):
        assert said in text
    assert "SHA-256 0123456789abc" not in text, "the beginning is enough to compare"


def test_a_running_head_names_the_chapter_of_its_page(office: Office) -> None:
    long = Content("Paper", tuple(Section(f"s{n}", f"Part {n}", texts=(Text("T", "x\n\n" * 60),)) for n in (1, 2)))
    pdf = read(documents.submission_page(office.submit(content=long).submissions.get()))
    last = " ".join(pdf.pages[-1].extract_text().split())
    assert "Part 2" in last and "LSP-" in last and str(len(pdf.pages)) in last
    heads = [" ".join(leaf.extract_text().split()).count("Paper") for leaf in pdf.pages]
    assert heads[0] == 1 and min(heads[1:]) == 1, "the first page has its title, the others a running head"


def test_a_letter_says_what_was_decided_why_and_what_can_be_done_about_it(office: Office) -> None:
    decision = decided(
        office,
        reasons="It works.\n\n- One plan\n- One board",
        concerns="Papers come too late.",
        conditions=[Condition("Send papers earlier", days(90)), Condition("Publish them", None)],
    )
    pdf = read(documents.letter_page(decision))
    text = words(pdf)
    until = working_days_after(timezone.localtime(decision.decided_at, LONDON).date(), 20)
    assert pdf.metadata and pdf.metadata.title == f"Decision {decision.reference}: Paper 2005–06, Southwark"
    assert pdf.metadata.author == "Government Office for London"
    assert text.startswith("Government Office for London")
    for said in (
        "The Chair Southwark Local Strategic Partnership",
        f"Reference {decision.reference}",
        f"Date {long_date(decision.decided_at)}",
        "Outcome Green",
        "It works.",
        "One board",
        "What follows It is accredited.",
        "Areas of concern Papers come too late.",
        f"1 Send papers earlier {long_date(days(90))}",
        "2 Publish them No date set",
        f"until {long_date(until)}, that day included",
        "/p/southwark/manage/paper/",
        "Manager, for the Government Office for London",
        f"SHA-256 of this decision: {decision.sha256}",
    ):
        assert said in text
    assert bookmarks(pdf) == [
        "Paper 2005–06",
        "Reasons",
        "What follows",
        "Areas of concern",
        "Conditions",
        "If you disagree",
    ]
    assert "Next review" not in text


def test_a_deferral_names_the_day_of_the_next_review(office: Office) -> None:
    decision = decided(office, outcome="red", next_review_on=days(120), conditions=[Condition("Meet", days(30))])
    text = words(read(documents.letter_page(decision)))
    assert f"Outcome Red Next review {long_date(days(120))}" in text
    assert f"is reviewed again on {long_date(days(120))}" in text
    assert f"1 Meet {long_date(days(30))}" in text
    assert set(documents.papers(decision)) == {CaseFile.Kind.LETTER}


def test_a_short_letter_is_one_page(office: Office) -> None:
    decision = decided(office, outcome="red", next_review_on=days(120), conditions=[])
    assert len(read(documents.letter_page(decision)).pages) == 1


def test_a_decision_on_appeal_comes_from_the_national_team_and_is_the_last_word(office: Office) -> None:
    first = decided(office, outcome="red", next_review_on=days(120), conditions=[])
    before = documents.letter_page(first)
    second = office.uphold(office.appeal(first.case))
    text = words(read(documents.letter_page(second)))
    assert text.startswith("National team")
    assert f"appealed against decision {first.reference} of {long_date(first.decided_at)} (Red)" in text
    assert "There is no further appeal" in text and "can appeal" not in text
    assert "for the national team" in text and "Manager" not in text
    assert documents.letter_page(first) == before, "the letter of the first decision stays what it was"


def test_nothing_that_was_said_in_confidence_is_on_paper(office: Office) -> None:
    case = office.submit()
    office.claim(case)
    secret = "zebra crossing at midnight"
    actions.log_dialogue(
        case=case,
        on=days(0),
        way="visit",
        with_whom=secret,
        role=secret,
        words=secret,
        confidential=True,
        by=office.by("reviewer"),
    )
    actions.judge(case=case, section="strategic", judgement="weak", comment=secret, version=0, by=office.by("reviewer"))
    office.recommend(case)
    decision = office.decide(case)
    pages = [*documents.papers(decision).values(), documents.submission_page(decision.submission)]
    assert len(pages) == 3
    assert not [html for html in pages if "zebra" in html]


def test_a_certificate_is_one_page_with_the_seats_of_its_partnership(office: Office) -> None:
    decision = decided(office)
    pdf = read(documents.certificate_page(decision))
    (leaf,) = pdf.pages
    text = words(pdf)
    assert leaf.mediabox.width > leaf.mediabox.height
    for said in (
        "Government Office for London",
        "Southwark Local Strategic Partnership",
        "Paper 2005–06",
        "Outcome Green",
        f"Decided {long_date(decision.decided_at)}",
        f"Reference {decision.reference}",
        f"SHA-256 {decision.sha256}",
        "2 seats are held at this table.",
    ):
        assert said in text
    assert bookmarks(pdf) == ["Southwark Local Strategic Partnership"]


@pytest.mark.parametrize("letters", [1, 2, 12])
def test_a_long_name_stays_on_the_certificate(office: Office, letters: int) -> None:
    decision = decided(office)
    decision.case.partnership.name = "Southwark and its Neighbours " * (letters - 1) + "Partnership"
    decision.case.title = "Self-assessment of everybody, " * 6
    decision.outcome_label = "Accredited with conditions that are many and that are long to be named"
    assert len(read(documents.certificate_page(decision)).pages) == 1


@pytest.mark.parametrize("demonstration", [True, False])
def test_what_a_demonstration_makes_says_that_it_is_an_example(
    office: Office, settings: Any, demonstration: bool
) -> None:
    settings.DEMONSTRATION = demonstration
    decision = decided(office)
    pages = [*documents.papers(decision).values(), documents.submission_page(decision.submission)]
    assert [("Example" in html, "demonstration" in html) for html in pages] == [(demonstration, demonstration)] * 3


def test_a_decision_that_the_service_made_itself_has_no_name(office: Office) -> None:
    decision = decided(office)
    decision.decided_by = None
    assert "Yours sincerely For the Government Office for London" in words(read(documents.letter_page(decision)))


@pytest.mark.parametrize("name", SHORT)
def test_texts_of_every_kind_are_printed(office: Office, name: str) -> None:
    hostile = SHORT[name]
    decision = decided(office)
    decision.case.title = decision.outcome_label = hostile
    decision.reasons = decision.concerns = decision.consequence = hostile
    decision.conditions = [{"words": hostile, "due_on": "2006-01-31"}]
    decision.case.partnership.name = decision.decided_by.name = hostile
    for html in documents.papers(decision).values():
        read(html)
        assert "<script>alert" not in html and "<img" not in html


def test_a_submission_of_hostile_texts_is_printed_whole(office: Office) -> None:
    values = tuple(SHORT.values())
    section = Section(
        "a",
        SHORT["mixed"],
        facts=tuple(Fact(each, each) for each in values),
        texts=(Text(SHORT["html"], ALL),),
        tables=(Table(SHORT["arabic"], values[:8], (values[:8], values[7:])),),
        evidence=tuple(Evidence(each, file_name=each, upload_id=1, sha256=SHA) for each in values),
    )
    submission = office.submit(
        content=Content(SHORT["long word"], (section, Section("b", "The end"))), declaration=ALL
    ).submissions.get()
    pdf = read(documents.submission_page(submission))
    assert "The end of a text." in words(pdf), "nothing before it has swallowed it"
    assert bookmarks(pdf)[-1] == "The end"


def test_twenty_conditions_and_long_reasons_fill_pages_with_heads(office: Office) -> None:
    decision = decided(
        office,
        reasons="Because it works, and will work. " * 300,
        conditions=[
            Condition(f"Condition {n}: meet earlier and send papers before. " * 4, days(n)) for n in range(1, 21)
        ],
    )
    pdf = read(documents.letter_page(decision))
    count = len(pdf.pages)
    assert count > 3
    for number, leaf in enumerate(pdf.pages, 1):
        text = " ".join(leaf.extract_text().split())
        assert f"{number} / {count}" in text
        assert decision.reference in text
    text = words(pdf)
    assert "20 Condition 20:" in text
    assert text.count("Number Condition By") >= 2, "the head of the table is on each of its pages"


def test_a_narrative_of_sixty_thousand_letters_is_printed_to_its_end(office: Office) -> None:
    narrative = "\n\n".join(f"Paragraph {n}. " + "We did what we said we would do. " * 12 for n in range(146))
    assert len(narrative) > 60_000
    content = Content("Paper", (Section("a", "A", texts=(Text("Narrative", narrative),)),))
    text = words(read(documents.submission_page(office.submit(content=content).submissions.get())))
    assert "Paragraph 145." in text


def test_dates_are_those_of_london(office: Office) -> None:
    decision = decided(office)
    decision.decided_at = datetime.datetime(2006, 6, 30, 23, 30, tzinfo=datetime.UTC)  # half past midnight in London
    assert "Date 1 July 2006" in words(read(documents.letter_page(decision)))


def test_a_name_is_that_of_the_day_the_paper_is_made(office: Office) -> None:
    decision = decided(office)
    manager = decision.decided_by
    assert manager is not None
    manager.name = "Another Name"
    manager.save()
    assert "Another Name" in documents.letter_page(Decision.objects.get(pk=decision.pk))
