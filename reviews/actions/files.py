"""Keeping the papers of a case: one of a kind and number, whatever dies when and however many workers make it."""

from collections.abc import Mapping

from django.db import transaction

from documents import storage
from documents.engine import Pdf
from jobs import actions as jobs
from jobs.models import Job
from reviews.actions.letters import tell_decision
from reviews.actions.rules import hold
from reviews.models import Case, CaseFile, Decision
from reviews.queries import files_of


@transaction.atomic
def keep(*, job: Job, case: Case, kind: str, number: int, pdf: Pdf) -> CaseFile:
    """Store a paper and enter it; one that is there already is kept as it is. Raises Superseded.

    The case is held while the file is written, so the row tells the hash of what lies in storage.
    """
    held = hold(case)
    jobs.hold(job)
    present = files_of(held, number).get(kind)
    if present is not None:
        return present
    stored = storage.keep(f"cases/{held.pk}/{kind}-{number}.pdf", pdf.content)
    return CaseFile.objects.create(
        partnership_id=held.partnership_id,
        case=held,
        kind=kind,
        number=number,
        name=f"{held.partnership.slug}-{kind}-{held.pk:06d}-{number}.pdf",
        key=stored.key,
        size=stored.size,
        sha256=stored.sha256,
        pages=pdf.pages,
    )


@transaction.atomic
def keep_papers(*, job: Job, decision: Decision, papers: Mapping[str, Pdf]) -> None:
    """Keep the papers of a decision and have them sent, all or nothing. Raises Superseded."""
    for kind, pdf in papers.items():
        keep(job=job, case=decision.case, kind=kind, number=decision.number, pdf=pdf)
    tell_decision(decision)
