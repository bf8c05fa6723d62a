"""Celery's entry points of this app: the two kinds of PDF. No rule lives here; nothing is open while a PDF is made."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import dates
from documents import engine
from documents.actions import keep
from jobs.actions import Progress
from jobs.models import Job
from jobs.registry import handles
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.context import acting
from strategies import documents
from strategies.actions.files import attach_file
from strategies.models import Edition, Strategy

OPENS = _("Open the PDF")
ABOUT = _("A PDF with cover, contents and bookmarks, tagged for screen readers. It has the same words as the web page.")


def _edition_url(job: Job) -> str:
    edition = Edition.objects.select_related("partnership").get(pk=job.subject_id)
    return reverse("strategies:edition_pdf", args=[edition.partnership.slug, edition.number])


def _document_url(job: Job) -> str:
    return reverse("documents:download", args=[Partnership.objects.get(pk=job.partnership_id).slug, job.result_id])


@handles(
    "strategies.edition_pdf",
    queue=Job.Queue.REPORTS,
    title=_("PDF of the edition"),
    result_url=_edition_url,
    permission=Perm.EDIT_STRATEGY,
    for_asker=False,  # what is published is published, whoever has left since
    opens=OPENS,
    about=ABOUT,
)
def edition_pdf(job: Job, progress: Progress) -> int:
    """Make the PDF of an edition, once: a second run finds the file and makes none.

    What was published has its PDF, though the partnership may have ended since.
    """
    with acting(job.partnership_id, by=job.asked_by_id, even_if_over=True):
        edition = Edition.objects.get(pk=job.subject_id)
        present = edition.files.first()
        page = documents.edition_page(edition)
    if present is not None:
        return present.pk
    pdf = engine.render(page, progress=progress)
    with acting(job.partnership_id, by=job.asked_by_id, even_if_over=True):
        return attach_file(edition=edition, pdf=pdf, job=job).pk


@handles(
    "strategies.draft_pdf",
    queue=Job.Queue.REPORTS,
    title=_("PDF of the draft"),
    result_url=_document_url,
    permission=Perm.EDIT_STRATEGY,
    for_asker=True,
    opens=OPENS,
    about=ABOUT,
)
def draft_pdf(job: Job, progress: Progress) -> int:
    """Make the PDF of a draft, for the partnership's own people."""
    with acting(job.partnership_id, by=job.asked_by_id):
        strategy = Strategy.objects.select_related("partnership__region").get(pk=job.subject_id)
        made = documents.article(strategy)
        page = documents.draft_page(strategy, made, demonstration=settings.DEMONSTRATION)
    pdf = engine.render(page, progress=progress)
    with acting(job.partnership_id, by=job.asked_by_id):
        title = _("Draft of %(title)s, %(at)s") % {"title": strategy.title, "at": dates.date_time(job.asked_at)}
        name = f"{strategy.partnership.slug}-draft-{timezone.localtime(job.asked_at):%Y-%m-%d-%H%M}.pdf"
        return keep(job=job, pdf=pdf, title=title, name=name).pk
