"""Celery's entry points of the queue. No rules here; nothing is open while a letter is sent or a PDF is made."""

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from documents import engine
from jobs.actions import Progress
from jobs.models import Job
from jobs.registry import handles
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from reviews import letters
from reviews.actions import clock
from reviews.actions.letters import mark_sent, route, tell_decision
from reviews.models import CaseFile, Decision, Letter, Submission


@handles(
    "reviews.route",
    queue=Job.Queue.REVIEWS,
    title=_("Telling the Government Office"),
    result_url=lambda job: "",
    permission=None,
    for_asker=False,
)
def route_submission(job: Job, progress: Progress) -> int:
    """Tell everybody whom it concerns what has been submitted (the job's subject). Gives the case."""
    with acting(job.partnership_id, even_if_over=True):
        submission = Submission.objects.select_related("case__partnership").get(pk=job.subject_id)
        route(submission)
        return submission.case_id


@handles(
    "reviews.letter",
    queue=Job.Queue.MAIL,
    title=_("Letter about a case"),
    result_url=lambda job: "",
    permission=None,
    for_asker=False,
)
def send_letter(job: Job, progress: Progress) -> None:
    """Send one letter, unless it has gone, or its reader may not open the partnership any more."""
    with acting(job.partnership_id, even_if_over=True):
        rows = Letter.objects.select_related("case__partnership__region", "to")
        letter = rows.get(pk=job.subject_id)
        if letter.sent_at is not None or not Access.of(letter.to).reaches(letter.case.partnership):
            return
        message = letters.email(letter)
    message.send()
    with acting(job.partnership_id, even_if_over=True):
        mark_sent(letter)


@handles(
    "reviews.submission_pdf",
    queue=Job.Queue.REPORTS,
    title=_("PDF of the submission"),
    result_url=lambda job: "",
    permission=None,
    for_asker=False,
)
def submission_pdf(job: Job, progress: Progress) -> int:
    """Make the PDF of a submission (the job's subject), once."""
    from reviews import documents
    from reviews.actions import files

    with acting(job.partnership_id, even_if_over=True):
        submission = Submission.objects.select_related("case__partnership__region").get(pk=job.subject_id)
        page = documents.submission_page(submission)
    pdf = engine.render(page, progress=progress)
    with acting(job.partnership_id, even_if_over=True):
        return files.keep(
            job=job, case=submission.case, kind=CaseFile.Kind.SUBMISSION, number=submission.number, pdf=pdf
        ).pk


@handles(
    "reviews.decision_files",
    queue=Job.Queue.REPORTS,
    title=_("Letter and certificate"),
    result_url=lambda job: "",
    permission=None,
    for_asker=False,
)
def decision_files(job: Job, progress: Progress) -> None:
    """Make the letter of a decision (the job's subject) and its certificate, once, then have them sent."""
    from reviews import documents
    from reviews.actions import files

    with acting(job.partnership_id, even_if_over=True):
        decision = Decision.objects.select_related("case__partnership__region").get(pk=job.subject_id)
        pages = {CaseFile.Kind.LETTER: documents.letter_page(decision)}
        if decision.certifies:
            pages[CaseFile.Kind.CERTIFICATE] = documents.certificate_page(decision)
    for kind, page in pages.items():
        pdf = engine.render(page, progress=progress)
        with acting(job.partnership_id, even_if_over=True):
            files.keep(job=job, case=decision.case, kind=kind, number=decision.number, pdf=pdf)
    with acting(job.partnership_id, even_if_over=True):
        tell_decision(decision)


@shared_task(name="reviews.remind")
def remind() -> None:
    """Tell whom it concerns which days are near and which have passed."""
    clock.remind()


@shared_task(name="reviews.return_claims")
def return_claims() -> None:
    """Give the queue back what reviewers had taken who have left."""
    clock.return_claims()
