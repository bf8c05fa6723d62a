"""The reviewer's own work: judgements of sections, the log of the dialogue, and showing it to the partnership."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import today
from core.refusals import Conflict, Gap, Incomplete
from partnerships import deeds
from partnerships.tenancy.access import Access
from reviews.actions.rules import held_for, required
from reviews.kinds import kind_of
from reviews.models import Case, DialogueEntry, Judgement
from reviews.queries import content_of, last_submission


@transaction.atomic
def judge(*, case: Case, section: str, judgement: str, comment: str, version: int, by: Access) -> Judgement:
    """Say what one thinks of a section. `version` is the one that was read, 0 where there was none.

    Raises NotPermitted, Interested, WrongState, NotTheReviewer; Incomplete for a section or a judgement that there is
    not, and where nothing is said; Conflict with both texts if it was saved meanwhile.
    """
    held = held_for("judge", case, by)
    _check_it_exists(held, section, judgement)
    row = _locked(held, section) or Judgement(partnership_id=held.partnership_id, case=held, section=section, version=0)
    mine, theirs = (judgement, comment.strip()), (row.judgement, row.comment)
    if not row.version and not any(mine):
        raise Incomplete([Gap(_("Choose a judgement, or write a comment"), anchor="id_judgement")])
    if mine == theirs:
        return row  # also for whoever sends the same a second time
    if row.version != version:
        raise Conflict(_texts(*mine), _texts(*theirs), row.saved_by_name, row.saved_at, row.version)
    row.judgement, row.comment = mine
    row.version += 1
    row.saved_by_id = by.person_id
    row.save()
    deeds.record("reviews.judged", held, by=by, changes={"section": [None, section]})
    return row


def _check_it_exists(case: Case, section: str, judgement: str) -> None:
    gaps = []
    if content_of(last_submission(case)).section(section) is None:
        gaps.append(Gap(_("Choose a section of what was submitted"), anchor="id_section"))
    if judgement and judgement not in {choice.code for choice in kind_of(case).scale(case)}:
        gaps.append(Gap(_("Choose a judgement of the scale"), anchor="id_judgement"))
    if gaps:
        raise Incomplete(gaps)


def _locked(case: Case, section: str) -> Judgement | None:
    rows = Judgement.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(partnership=case.partnership_id, case=case, section=section).first()


def _texts(judgement: str, comment: str) -> dict[str, str]:
    return {"judgement": judgement, "comment": comment}


@transaction.atomic
def log_dialogue(
    *,
    case: Case,
    on: datetime.date,
    way: str,
    with_whom: str,
    role: str,
    words: str,
    confidential: bool,
    corrects: DialogueEntry | None = None,
    by: Access,
) -> DialogueEntry:
    """Record a conversation with a stakeholder. It stays; a later entry may correct it (`corrects`).

    The log says that one was recorded, to the Government Office alone, and nothing of what was said or with whom.
    Raises NotPermitted, Interested, WrongState, NotTheReviewer, Incomplete.
    """
    held = held_for("log_dialogue", case, by)
    required(
        with_whom=(with_whom, _("Enter with whom you spoke")),
        role=(role, _("Enter what their role is")),
        words=(words, _("Enter what was said")),
    )
    if on > today():
        raise Incomplete([Gap(_("The date must not be after today"), anchor="id_on")])
    if way not in DialogueEntry.Way.values:
        raise Incomplete([Gap(_("Choose how you spoke"), anchor="id_way")])
    if corrects is not None and corrects.case_id != held.pk:
        raise ValueError("an entry corrects one of the same case")
    entry = DialogueEntry.objects.create(
        partnership_id=held.partnership_id,
        case=held,
        on=on,
        way=way,
        with_whom=with_whom.strip(),
        role=role.strip(),
        words=words.strip(),
        confidential=confidential,
        corrects=corrects,
        recorded_by_id=by.person_id,
    )
    deeds.record("reviews.dialogue_logged", held, by=by)
    return entry


@transaction.atomic
def share(*, case: Case, shared: bool, by: Access) -> Case:
    """Show the partnership judgements, comments and the open entries of the dialogue, or show them no longer.

    What is confidential is never shown. Raises NotPermitted, Interested, WrongState, NotTheReviewer.
    """
    held = held_for("share", case, by)
    if (held.shared_at is not None) == shared:
        return held
    held.shared_at = timezone.now() if shared else None
    held.save(update_fields=["shared_at"])
    deeds.record("reviews.shared" if shared else "reviews.hidden", held, by=by)
    return held
