"""The reviewer's pages: reading, judging, talking, showing, asking for changes."""

import datetime

import pytest

from core.dates import today
from core.working_days import working_days_after
from documents.models import Upload
from documents.storage import keep
from partnerships.models import Deed
from reviews.content import Content, Evidence, Section
from reviews.models import ChangeRequest, DialogueEntry, Judgement
from tests.pages.conftest import words
from tests.reviewing import KEYS, days, keep_a_file
from tests.reviews.pages.conftest import page

DEEDS = ["judgement", "entry", "sharing", "request", "recommendation"]


def parts(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def at(case, name):
    return page(case, name, KEYS[0]) if name == "judgement" else page(case, name)


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("who", ["stranger", "other_reviewer", "hackney_officer"])
def test_a_deed_does_not_exist_for_others(made, sign_in, name, who):
    assert sign_in(who).post(at(made("claimed"), name), {}).status_code == 404


@pytest.mark.parametrize("name", DEEDS)
def test_of_the_reviewers_only_whoever_has_taken_the_case(made, sign_in, name):
    case = made("claimed")
    response = sign_in("colleague").post(at(case, name), {})
    assert response.status_code == 403
    assert "Reviewer took this case on" in words(response)
    assert sign_in("officer").post(at(case, name), {}).status_code == 403


@pytest.mark.parametrize("name", ["case", "evidence", "dialogue", "history"])
def test_members_do_not_read_the_pages_of_the_office(made, sign_in, name):
    case = made("claimed")
    assert sign_in("officer").get(page(case, name)).status_code == 403
    assert sign_in("other_reviewer").get(page(case, name)).status_code == 404


def test_a_case_of_another_partnership_is_not_found_by_changing_the_address(made, sign_in):
    case = made("claimed")
    assert sign_in("reviewer").get(page(case).replace("/southwark/", "/hackney/")).status_code == 404
    assert sign_in("reviewer").get(page(case).replace("/southwark/", "/leeds/")).status_code == 404


# when it was first opened


def test_the_first_reading_by_the_office_is_written_down_once(made, now, sign_in, office):
    case = made("queued")
    sign_in("colleague").get(page(case))
    seen = now(case).seen_at
    assert seen is not None
    sign_in("reviewer").get(page(case))
    assert now(case).seen_at == seen
    with office.acting():
        assert Deed.objects.filter(verb="reviews.seen").count() == 1


def test_a_look_that_is_none_is_not_written_down(made, now, sign_in):
    case = made("queued")
    sign_in("national").get(page(case))
    sign_in("national_team").get(page(case))
    sign_in("reviewer").head(page(case))
    sign_in("reviewer").get(page(case), headers={"Sec-Purpose": "prefetch;prerender"})
    for name in ("evidence", "dialogue", "history"):
        sign_in("reviewer").get(page(case, name))
    assert now(case).seen_at is None


# reading


def test_what_was_submitted_stands_beside_the_review(made, sign_in):
    said = words(sign_in("reviewer").get(page(made("claimed"))))
    assert "What we do to be strategic." in said
    assert said.count("Save the judgement") == len(KEYS)
    assert "Submission 1 of" in said
    assert "0 of 7 sections judged" in said
    assert "Taken by you" in said


def test_whoever_does_not_review_it_reads_the_judgements(made, sign_in):
    case = made("claimed")
    sign_in("reviewer").post(at(case, "judgement"), {"judgement": "weak", "comment": "It is new.", "version": 0})
    said = words(sign_in("national").get(page(case)))
    assert "Weak It is new. Saved by Reviewer on" in said
    assert "Save the judgement" not in said


def test_what_was_submitted_before_stays_to_be_read(made, office, sign_in):
    case = made("sent_back")
    with office.acting():
        office.answer(case)
    said = words(sign_in("reviewer").get(f"{page(case)}?submission=1"))
    assert "It was replaced by a later one." in said
    assert "What we do to be performance managed." in said
    assert "Save the judgement" not in said
    now = words(sign_in("reviewer").get(page(case)))
    assert "Quarterly." in now
    assert "Changed since the last submission" in now
    for number in ("0", "3", "x", "9" * 30):
        assert sign_in("reviewer").get(f"{page(case)}?submission={number}").status_code == 404


def test_what_has_changed_has_a_page(made, office, sign_in):
    case = made("sent_back")
    assert sign_in("reviewer").get(page(case, "changes")).status_code == 404
    with office.acting():
        office.answer(case)
    said = words(sign_in("reviewer").get(page(case, "changes")))
    assert "Changes since submission 1 (1)" in said
    assert "Say how it is measured." in said
    assert "Quarterly." in said


def test_the_past_says_who_when_and_why(made, office, sign_in):
    case = made("sent_back")
    with office.acting():
        office.answer(case)
        office.recommend(case, submission=2)
        office.decide(case)
    said = words(sign_in("national").get(page(case, "history")))
    for part in (
        "Was sent back for changes Say how it is measured.",
        "Was decided Green. It works.",
        "Submission 2",
        "Manager",
    ):
        assert part in said
    letters = words(sign_in("national").get(page(case, "history"))).partition("Letters by e-mail")[2]
    assert "Chair : changes are asked not sent yet" in letters


def test_everything_a_partnership_submitted_is_listed(made, sign_in):
    made("decided", 1)
    made("queued", 2)
    said = words(sign_in("reviewer").get("/p/southwark/manage/cases/"))
    assert "Decided Green" in said
    assert "Take" in said


# files


@pytest.fixture
def private(settings, tmp_path):
    """Storage of this test's own."""
    storages = {**settings.STORAGES}
    private = {**storages["private"], "OPTIONS": {**storages["private"]["OPTIONS"], "location": tmp_path}}
    settings.STORAGES = {**storages, "private": private}


def with_files(office, *uploads):
    """A case whose submission names these files."""
    documents = tuple(Evidence(f"File {row.pk}", upload_id=row.pk, file_name=row.name) for row in uploads)
    return office.submit(content=Content("Paper", (Section(KEYS[0], "Strategic", evidence=documents),)))


def uploaded(office, state, key):
    checked = {} if state == "checking" else {"checked_at": datetime.datetime.now(datetime.UTC)}
    keep(key, b"<script>alert(1)</script>")
    values = {"name": "report.txt", "content_type": "text/plain", "size": 25, "sha256": "0" * 64}
    return Upload.objects.create(partnership=office.world.southwark, key=key, state=state, **values, **checked)


def test_files_that_a_submission_names_are_handed_out_once_checked(office, sign_in, private):
    with office.acting():
        passed, waits = uploaded(office, "passed", "a"), uploaded(office, "checking", "b")
        unnamed = uploaded(office, "passed", "c")
        case = with_files(office, passed, waits)
    browser = sign_in("national")
    response = browser.get(page(case, "case_evidence", passed.pk))
    assert b"".join(response).startswith(b"<script>")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert browser.get(page(case, "case_evidence", waits.pk)).status_code == 404
    assert browser.get(page(case, "case_evidence", unnamed.pk)).status_code == 404
    assert sign_in("officer").get(page(case, "case_evidence", passed.pk)).status_code == 403
    said = words(browser.get(page(case, "evidence")))
    assert "Evidence (2)" in said
    assert "Being checked: report.txt" in said


def test_an_address_that_runs_something_is_no_link(office, sign_in):
    with office.acting():
        bad = (Evidence("Run", url="javascript:alert(1)"), Evidence("Read", url="https://example.org/a"))
        case = office.submit(content=Content("Paper", (Section(KEYS[0], "Strategic", evidence=bad),)))
    for name in ("case", "evidence"):
        html = sign_in("reviewer").get(page(case, name)).content.decode()
        assert 'href="https://example.org/a"' in html
        assert "javascript:" not in html


def test_a_pdf_of_the_case_is_handed_out(made, office, sign_in, private):
    case, other = made("decided", 1), made("decided", 2)
    with office.acting():
        keep("letter", b"%PDF-1.7\n%%EOF\n")
        file, missing = keep_a_file(case, "letter", "letter"), keep_a_file(case, "submission", "nowhere")
    browser = sign_in("reviewer")
    response = browser.get(page(case, "case_file", file.pk))
    assert b"".join(response).startswith(b"%PDF")
    assert response.headers["Content-Type"] == "application/pdf"
    assert browser.get(page(other, "case_file", file.pk)).status_code == 404
    assert browser.get(page(case, "case_file", missing.pk)).status_code == 404
    assert "Decision letter (PDF)" in words(browser.get(page(case)))


# judging


def test_a_section_is_judged(made, office, sign_in):
    case, browser = made("claimed"), sign_in("reviewer")
    typed = {"judgement": "strong", "comment": "Borne out.", "version": 0}
    response = browser.post(at(case, "judgement"), typed)
    assert response.headers["Location"].endswith(f"#section-{KEYS[0]}")
    with office.acting():
        assert Judgement.objects.get().comment == "Borne out."
    assert "1 of 7 sections judged" in words(browser.get(page(case)))


def test_a_judgement_that_is_not_of_the_scale_comes_back(made, sign_in):
    typed = {"judgement": "brilliant", "comment": "Borne out.", "version": 0}
    response = sign_in("reviewer").post(at(made("claimed"), "judgement"), typed)
    assert "Choose one of the list" in words(response)
    assert "Borne out." in response.content.decode()


def test_in_two_tabs_both_texts_are_shown_and_the_second_decides(made, office, sign_in):
    case, browser = made("claimed"), sign_in("reviewer")
    browser.post(at(case, "judgement"), {"judgement": "strong", "comment": "First.", "version": 0})
    typed = {"judgement": "weak", "comment": "Second.", "version": 0}
    response = browser.post(at(case, "judgement"), typed)
    assert response.status_code == 409
    said = words(response)
    assert "Saved by Reviewer Strong" in said
    assert "Typed by you, not saved Weak" in said
    assert 'name="version" value="1"' in response.content.decode()
    browser.post(at(case, "judgement"), {**typed, "version": 1})
    with office.acting():
        assert Judgement.objects.get().comment == "Second."


def test_a_section_that_was_not_submitted_is_not_judged(made, sign_in):
    assert sign_in("reviewer").get(page(made("claimed"), "judgement", "unheard-of")).status_code == 404


def test_a_judgement_typed_while_a_manager_gave_the_case_away_comes_back(made, sign_in, office, world):
    case = made("claimed")
    with office.acting("manager"):
        office.recommend(case)
    typed = {"judgement": "weak", "comment": "Too late", "version": 0}
    response = sign_in("reviewer").post(at(case, "judgement"), typed)
    assert response.status_code == 409
    assert "Reviewer recommended on" in words(response)
    assert "Too late" in response.content.decode()


# talking

SAID = {"way": "visit", "with_whom": "The director", "role": "director of the CVS", "words": "Papers come late."}


def test_a_conversation_is_recorded(made, office, sign_in):
    case, browser = made("claimed"), sign_in("reviewer")
    typed = {**SAID, **parts("on", today()), "confidential": "on"}
    response = browser.post(page(case, "entry"), typed, follow=True)
    said = words(response)
    assert "It is recorded." in said
    assert "The director , director of the CVS Confidential to the Government Office Papers come late." in said
    assert "Recorded by you" in said
    assert "Dialogue (1)" in said
    assert "Recorded by Reviewer" in words(sign_in("manager").get(page(case, "dialogue")))


def test_a_conversation_to_come_or_without_words_comes_back(made, office, sign_in):
    typed = {**SAID, **parts("on", days(1)), "words": ""}
    response = sign_in("reviewer").post(page(made("claimed"), "entry"), typed)
    said = words(response)
    assert "The date must not be after today" in said
    assert "Enter what was said" in said
    assert "director of the CVS" in response.content.decode()
    with office.acting():
        assert not DialogueEntry.objects.exists()


def test_an_entry_is_put_right_by_another(made, office, sign_in):
    case, browser = made("claimed"), sign_in("reviewer")
    with office.acting():
        wrong = office.talk(case)
        other = office.talk(office.claim(office.submit(2)))
    assert "Papers come late." in words(browser.get(page(case, "correction", wrong.pk)))
    typed = {**SAID, **parts("on", today()), "words": "Papers come five days before."}
    browser.post(page(case, "correction", wrong.pk), typed)
    said = words(browser.get(page(case, "dialogue")))
    assert "Papers come five days before." in said
    assert "Papers come late." in said
    assert "Put right by a later entry" in said
    assert browser.get(page(case, "correction", other.pk)).status_code == 404


# showing


def test_the_review_is_shown_and_hidden_again(made, now, sign_in):
    case, browser = made("claimed"), sign_in("reviewer")
    assert "What is confidential it never sees." in words(browser.get(page(case, "sharing")))
    browser.post(page(case, "sharing"), {"shared": "yes"})
    assert now(case).shared_at is not None
    browser.post(page(case, "sharing"), {"shared": "yes"})  # a second tab that had the same button
    assert now(case).shared_at is not None
    assert "Hide the review from the partnership" in words(browser.get(page(case)))
    browser.post(page(case, "sharing"), {"shared": "no"})
    assert now(case).shared_at is None


# asking for changes

ASKED = {"sections": [KEYS[3]], "words": "Say how it is measured."}


def test_changes_of_one_section_are_asked(made, now, office, sign_in):
    case, browser = made("claimed"), sign_in("reviewer")
    usual = working_days_after(today(), 10)
    form = browser.get(page(case, "request")).context_data["form"]
    assert form.initial["answer_by"] == usual
    response = browser.post(page(case, "request"), {**ASKED, **parts("answer_by", usual)}, follow=True)
    assert now(case).state == "sent_back"
    with office.acting():
        assert ChangeRequest.objects.get().sections == [KEYS[3]]
    said = words(response)
    assert "Asked of the partnership Say how it is measured. Performance managed" in said


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"sections": []}, "Choose at least one section"),
        ({"sections": ["unheard-of"]}, "Choose sections of the list"),
        ({"words": ""}, "Enter what do you ask for"),
        (parts("answer_by", today()), "The day must be after today"),
        (parts("answer_by", days(6 * 366)), "The day must be within the next five years"),
        ({"answer_by_0": "32"}, "Day must be a number from 1 to 31"),
    ],
)
def test_what_is_wrong_with_a_request_stands_beside_the_field(made, now, sign_in, typed, message):
    case = made("claimed")
    response = sign_in("reviewer").post(page(case, "request"), {**ASKED, **parts("answer_by", days(14)), **typed})
    assert message in words(response).replace("Answer the question: What", "Enter what")
    assert now(case).state == "claimed"
