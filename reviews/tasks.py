"""Celery's entry points of the queue. No rules here; nothing is open while a letter is sent or a PDF is made."""

from celery import shared_task
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents import engine
from jobs.actions import Progress
from jobs.models import Job
from jobs.registry import handles
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from reviews import documents, letters
from reviews.actions import clock, files
from reviews.actions.letters import mark_sent, route
from reviews.kinds import kind_of
from reviews.models import CaseFile, Decision, Letter, Submission
from reviews.queries import files_of


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


def _page_of_partnership(job: Job) -> str:
    case = Submission.objects.select_related("case__partnership").get(pk=job.subject_id).case
    return kind_of(case).page(case)


def _page_of_office(job: Job) -> str:
    case = Decision.objects.select_related("case__partnership").get(pk=job.subject_id).case
    return reverse("reviews:case", args=[case.partnership.slug, case.pk])


@handles(
    "reviews.submission_pdf",
    queue=Job.Queue.REPORTS,
    title=_("PDF of the submission"),
    result_url=_page_of_partnership,
    permission=Perm.SIGN_OFF,
    for_asker=False,  # what was submitted is on record, whoever has left since
    opens=_("Open the submission"),
    about=_("A PDF of everything that was submitted, tagged for screen readers."),
)
def submission_pdf(job: Job, progress: Progress) -> int:
    """Make the PDF of a submission (the job's subject), once."""
    with acting(job.partnership_id, even_if_over=True):
        submission = Submission.objects.select_related("case__partnership__region__office").get(pk=job.subject_id)
        present = files_of(submission.case, submission.number).get(CaseFile.Kind.SUBMISSION)
        page = documents.submission_page(submission)
    if present is not None:
        return present.pk
    pdf = engine.render(page, progress=progress)
    with acting(job.partnership_id, even_if_over=True):
        kept = files.keep(
            job=job, case=submission.case, kind=CaseFile.Kind.SUBMISSION, number=submission.number, pdf=pdf
        )
        return kept.pk


@handles(
    "reviews.decision_files",
    queue=Job.Queue.REPORTS,
    title=_("Letter and certificate"),
    result_url=_page_of_office,
    permission=Perm.COUNTERSIGN,
    for_asker=False,  # the partnership waits for them, whoever has left since
    opens=_("Open the case"),
    about=_("The letter about the decision and, where the outcome comes with one, the certificate, as PDFs."),
)
def decision_files(job: Job, progress: Progress) -> int:
    """Make the papers of a decision (the job's subject), once, then have them sent. Gives the decision."""
    with acting(job.partnership_id, even_if_over=True):
        decision = Decision.objects.select_related("case__partnership__region__office").get(pk=job.subject_id)
        present = files_of(decision.case, decision.number)
        pages = {kind: page for kind, page in documents.papers(decision).items() if kind not in present}
    made = {
        kind: engine.render(page, progress=_part(progress, place, len(pages)))
        for place, (kind, page) in enumerate(pages.items())
    }
    with acting(job.partnership_id, even_if_over=True):
        files.keep_papers(job=job, decision=decision, papers=made)
    return decision.pk


def _part(progress: Progress, place: int, parts: int) -> Progress:
    """The progress of one paper, as part of all that are made."""
    return lambda done, total: progress(place * total + done, parts * total)


@shared_task(name="reviews.remind")
def remind() -> None:
    """Tell whom it concerns which days are near and which have passed."""
    clock.remind()


@shared_task(name="reviews.return_claims")
def return_claims() -> None:
    """Give the queue back what reviewers had taken who have left."""
    clock.return_claims()
