"""The Government Office asks the partnership for changes of some sections."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import today
from core.refusals import Gap, Incomplete
from partnerships import deeds
from partnerships.tenancy.access import Access
from reviews.actions import letters
from reviews.actions.rules import held_for, move_to
from reviews.kinds import kind_of
from reviews.models import Case, ChangeRequest
from reviews.queries import chair_and_officers, content_of, last_submission


@transaction.atomic
def ask_changes(
    *, case: Case, sections: Sequence[str], words: str, answer_by: datetime.date, by: Access
) -> ChangeRequest:
    """Send a case back to the partnership, which can change these sections and no other, and submits again.

    The day by which the case is to be decided stays.
    Raises NotPermitted, Interested, WrongState, NotTheReviewer, Incomplete.
    """
    held = held_for("ask_changes", case, by)
    submission = last_submission(held)
    known = [section.key for section in content_of(submission).sections]
    gaps = []
    if not sections or not set(sections) <= set(known):
        gaps.append(Gap(_("Choose the sections that may be changed"), anchor="id_sections"))
    if not words.strip():
        gaps.append(Gap(_("Say what you ask for"), anchor="id_words"))
    if answer_by <= today():
        gaps.append(Gap(_("The day to answer by must be after today"), anchor="id_answer_by"))
    if gaps:
        raise Incomplete(gaps)
    request = ChangeRequest.objects.create(
        partnership_id=held.partnership_id,
        case=held,
        submission=submission,
        sections=[key for key in known if key in sections],
        words=words.strip(),
        answer_by=answer_by,
        asked_by_id=by.person_id,
        asked_at=timezone.now(),
    )
    moved = move_to(held, Case.State.SENT_BACK)
    kind_of(held).changes_asked(held, request, by)
    changes = {"sections": [None, ", ".join(request.sections)], "answer_by": [None, answer_by.isoformat()]}
    deeds.record("reviews.changes_asked", held, by=by, changes=moved | changes)
    letters.write(held, "changes_asked", request.pk, chair_and_officers(held.partnership))
    return request
