"""Letters about cases: sent once, known by their Message-ID, with facts and a link and nothing confidential."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from core.dates import long_date, today
from documents import storage
from jobs.models import Job
from partnerships.actions.offices import end_office_appointment
from partnerships.models import OfficeAppointment
from reviews import actions, letters, queries
from reviews.actions import clock
from reviews.actions import letters as writing
from reviews.models import CaseFile, Letter, Notice
from tests.reviewing import days
from tests.world import SYSTEM

SECRET = "Quillon-7731"  # stands in everything that reviewers write


def written(case, kind, number=1, to="chair", office=None):
    (letter,) = writing.write(case, kind, number, [office.world.people[to]])
    return Letter.objects.select_related("case__partnership__region", "to").get(pk=letter.pk)


def test_a_receipt_says_reference_and_day_and_leads_to_the_partnerships_own_page(office, run):
    case = office.submit()
    run("reviews.route")
    run("reviews.letter")
    (receipt,) = [one for one in mail.outbox if one.to == ["chair@example.org"]]
    assert receipt.subject == f"Southwark: receipt LSP-{case.pk:06d}-1"
    assert f"to decide by {long_date(case.due_on)}." in receipt.body
    assert "/p/southwark/manage/paper/" in receipt.body
    assert Letter.objects.filter(sent_at=None).count() == 0


def test_the_offices_letters_lead_to_the_case(office, run):
    case = office.submit()
    run("reviews.route")
    run("reviews.letter")
    (letter,) = [one for one in mail.outbox if one.to == ["reviewer@example.org"]]
    assert letter.subject == "Southwark: Paper 2005–06 waits in the queue"
    assert f"/p/southwark/manage/cases/{case.pk}/" in letter.body


def test_a_job_that_runs_twice_sends_once(office, run):
    written(office.submit(), "receipt", office=office)
    run("reviews.letter")
    Job.objects.filter(kind="reviews.letter").update(state="queued", finished_at=None)
    run("reviews.letter")
    assert len(mail.outbox) == 1


def test_a_worker_that_died_after_sending_sends_the_same_message_again(office, run):
    letter = written(office.submit(), "receipt", office=office)
    run("reviews.letter")
    Letter.objects.update(sent_at=None)  # the worker was killed before it could note it
    Job.objects.filter(kind="reviews.letter").update(state="queued", finished_at=None)
    run("reviews.letter")
    ids = [one.extra_headers["Message-ID"] for one in mail.outbox]
    assert ids == [f"<{letter.message_id}@127.0.0.1>"] * 2


def test_what_is_asked_for_twice_is_one_letter(office):
    case = office.submit()
    written(case, "receipt", office=office)
    assert writing.write(case, "receipt", 1, [office.world.chair]) == []
    assert [letter.to for letter in writing.write(case, "receipt", 1, [office.world.chair, office.world.officer])] == [
        office.world.officer
    ]


def test_whoever_has_left_meanwhile_gets_none(office, run):
    written(office.submit(), "submitted", to="colleague", office=office)
    appointment = OfficeAppointment.objects.get(person=office.world.colleague)
    end_office_appointment(appointment=appointment, on=today(), by=SYSTEM)
    (job,) = run("reviews.letter")
    assert (job.state, mail.outbox) == ("done", [])
    assert Letter.objects.get().sent_at is None


def test_nobody_is_written_to_whose_account_is_closed(office):
    case, person = office.submit(), office.world.chair
    person.is_active = False
    assert writing.write(case, "receipt", 1, [person]) == []


def test_a_decision_goes_with_its_papers(office, run):
    case = office.made("decided")
    decision = queries.decision_of(case)
    for kind in (CaseFile.Kind.CERTIFICATE, CaseFile.Kind.LETTER):
        stored = storage.keep(f"tests/{kind}.pdf", f"%PDF of the {kind}".encode())
        CaseFile.objects.create(
            partnership=office.world.southwark,
            case=case,
            kind=kind,
            number=1,
            key=stored.key,
            name=f"{kind}.pdf",
            size=stored.size,
            pages=1,
            sha256=stored.sha256,
        )
    writing.tell_decision(decision)
    assert writing.tell_decision(decision) == []
    run("reviews.letter")
    letter = next(one for one in mail.outbox if one.to == ["chair@example.org"] and "decision" in one.subject)
    assert [(name, content, kind) for name, content, kind in letter.attachments] == [
        ("letter.pdf", b"%PDF of the letter", "application/pdf"),
        ("certificate.pdf", b"%PDF of the certificate", "application/pdf"),
    ]


@pytest.mark.parametrize("kind", letters.KINDS)
def test_every_kind_of_letter_has_its_words(office, kind):
    case = office.made("appealed")
    number = {
        "answer_due": lambda: _notice(case, Notice.Kind.ANSWER_DUE),
        "answer_late": lambda: _notice(case, Notice.Kind.ANSWER_LATE),
        "review_due": lambda: _notice(case, Notice.Kind.REVIEW_DUE),
        "review_due_office": lambda: _notice(case, Notice.Kind.REVIEW_DUE),
        "changes_asked": lambda: _request(office, case),
    }.get(kind, lambda: 1)()
    message = letters.email(written(case, kind, number, office=office))
    assert "%(" not in message.subject + message.body
    assert re.search(r"http://\S+/p/southwark/\S+", message.body)
    assert "Southwark" in message.subject


def _notice(case, kind):
    return Notice.objects.create(partnership=case.partnership, case=case, kind=kind, day=days(3)).pk


def _request(office, case):
    other = office.made("sent_back", subject_id=2)
    request = queries.open_request(other)
    request.pk, request.case = None, case
    request.save(force_insert=True)
    return request.pk


def test_no_letter_bears_what_reviewers_and_managers_write(office, run):
    case = office.submit()
    run("reviews.route")
    office.claim(case)
    by, manager = office.by("reviewer"), office.by("manager")
    actions.log_dialogue(
        case=case, on=today(), way="visit", with_whom=SECRET, role="Chair", words=SECRET, confidential=True, by=by
    )
    actions.judge(case=case, section="plan", judgement="weak", comment=SECRET, version=0, by=by)
    actions.ask_changes(case=case, sections=["plan"], words=SECRET, answer_by=days(2), by=by)
    clock.remind()
    office.answer(case, plan="The police")
    run("reviews.route")
    office.recommend(case, submission=2, reasons=SECRET, concerns=SECRET, conditions=[])
    actions.return_recommendation(case=case, recommendation=1, reason=SECRET, by=manager)
    office.recommend(case, submission=2, reasons=SECRET, concerns=SECRET, conditions=[])
    actions.recuse(case=case, reason=SECRET, by=office.by("colleague"))
    office.decide(case, recommendation=2)
    office.uphold(office.appeal(case), reasons=SECRET)
    run("reviews.letter")
    kinds = set(Letter.objects.values_list("kind", flat=True))
    assert {"receipt", "submitted", "answered", "changes_asked", "recommended", "returned", "appealed"} <= kinds
    assert len(mail.outbox) == Letter.objects.count()
    assert SECRET not in " ".join(one.subject + one.body for one in mail.outbox)


def test_postgresql_refuses_a_second_letter_of_a_kind_to_the_same_person(office):
    letter = written(office.submit(), "receipt", office=office)
    letter.pk = None
    with pytest.raises(IntegrityError, match="one_letter_to_each"), transaction.atomic():
        letter.save(force_insert=True)
