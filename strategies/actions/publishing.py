"""Publishing: what is written now becomes a numbered edition that nobody can change."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Already, Incomplete
from core.seals import sealed
from jobs import actions as jobs
from jobs.models import Job
from jobs.queries import latest
from partnerships import deeds
from partnerships.models import Partnership
from partnerships.tenancy.access import Access
from strategies import documents
from strategies.actions.rules import check_may_edit, held
from strategies.models import Edition, Strategy
from strategies.queries import gaps, next_number
from strategies.workflow import STRATEGY


@transaction.atomic
def publish(*, strategy: Strategy, seen: str | None = None, by: Access) -> tuple[Edition, Job]:
    """Freeze the strategy as the partnership's next edition, and have its PDF made.

    `seen` is the seal of the draft that the publisher was shown (`draft_seal`); a command that shows none has None.
    Raises NotPermitted, WrongState when nothing has changed since the last edition, Incomplete with every gap, and
    Already when a part was saved after the publisher looked.
    """
    # One number at a time; but foreign keys may refer to it, or we and a save of this moment would wait for each other.
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=strategy.partnership_id)
    current = held(strategy)
    move = STRATEGY.check("publish", current, by)
    missing = gaps(current)
    if missing:
        raise Incomplete(missing)
    if seen is not None and seen != draft_seal(current):
        raise Already(_("A part was saved after you opened this page. Read it again, then publish."))
    edition = _freeze(current, by)
    before, current.state = current.state, move.to_state
    current.save(update_fields=["state"])
    deeds.record(
        "strategies.published",
        edition,
        by=by,
        changes={"state": [before, current.state], "sha256": [None, edition.sha256]},
    )
    job = jobs.queue("strategies.edition_pdf", partnership=current.partnership_id, subject_id=edition.pk, by=by)
    return edition, job


@transaction.atomic
def request_draft_pdf(*, strategy: Strategy, by: Access) -> Job:
    """Have the draft made into a PDF for the partnership's own people, once for all who ask before it is begun.

    Raises NotPermitted.
    """
    check_may_edit(strategy.partnership, by)
    held(strategy)  # whoever asks at the same moment waits, and finds the job of the first
    asked = latest("strategies.draft_pdf", strategy.partnership_id, strategy.pk)
    if asked is not None and asked.state == Job.State.QUEUED:
        return asked
    deeds.record("strategies.draft_pdf_asked", strategy, by=by)
    return jobs.queue("strategies.draft_pdf", partnership=strategy.partnership_id, subject_id=strategy.pk, by=by)


def _freeze(strategy: Strategy, by: Access) -> Edition:
    article = documents.article(strategy)
    return Edition.objects.create(
        partnership_id=strategy.partnership_id,
        strategy=strategy,
        number=next_number(strategy.partnership),
        title=strategy.title,
        subtitle=strategy.subtitle,
        partnership_name=strategy.partnership.name,
        published_at=timezone.now(),
        published_by_name=by.name,
        demonstration=settings.DEMONSTRATION,
        seats=article.seats,
        contents=article.contents,
        content=article.content,
        body=article.body,
        sha256=sealed(article.content, article.body),
    )


def draft_seal(strategy: Strategy) -> str:
    """What stands in a strategy now, as one value that changes with every save of a part."""
    return sealed(documents.snapshot(strategy), "")
