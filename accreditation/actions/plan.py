"""The action plan: what will be done, and how far it is."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accreditation.actions import rules
from accreditation.models import ActionProgress, Criterion, PlannedAction, SelfAssessment
from accreditation.queries import PLAN
from core.refusals import Removed
from partnerships import deeds
from partnerships.actions.versions import locked, refuse_overtaken_version
from partnerships.models import Organisation
from partnerships.queries.deeds import last_deed_of
from partnerships.tenancy.access import Access

REMOVED = "accreditation.action_removed"


@transaction.atomic
def add_action(
    *,
    assessment: SelfAssessment,
    criterion: Criterion,
    title: str,
    lead: Organisation | None,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    measure: str,
    by: Access,
) -> PlannedAction:
    """A further action; what is not known yet may be missing until it is submitted.

    Raises NotPermitted, NotNow, SectionLocked.
    """
    current = rules.writing(assessment, PLAN, by)
    added = PlannedAction.objects.create(
        partnership=current.partnership,
        assessment=current,
        criterion=criterion,
        title=title,
        lead=lead,
        starts_on=starts_on,
        ends_on=ends_on,
        measure=measure,
        saved_by_id=by.person_id,
    )
    deeds.record("accreditation.action_added", added, by=by)
    return added


@transaction.atomic
def save_action(
    *,
    action: PlannedAction,
    criterion: Criterion,
    title: str,
    lead: Organisation | None,
    starts_on: datetime.date | None,
    ends_on: datetime.date | None,
    measure: str,
    version: int,
    by: Access,
) -> PlannedAction:
    """Raises NotPermitted, NotNow, SectionLocked, Removed, Conflict."""
    rules.writing(action.assessment, PLAN, by)
    values: dict[str, Any] = {
        "criterion": criterion,
        "title": title,
        "lead": lead,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "measure": measure,
    }
    return rules.save(_locked(action), values, verb="accreditation.action_saved", version=version, by=by)


@transaction.atomic
def remove_action(*, action: PlannedAction, version: int, by: Access) -> PlannedAction:
    """Take it out of the plan. Raises NotPermitted, NotNow, SectionLocked, Removed, Conflict."""
    rules.writing(action.assessment, PLAN, by)
    current = _locked(action)
    refuse_overtaken_version(current, "", str(current), version)
    current.removed_at = timezone.now()
    current.save(update_fields=["removed_at"])
    deeds.record(REMOVED, current, by=by)
    return current


@transaction.atomic
def note_progress(*, action: PlannedAction, state: str, words: str, by: Access) -> ActionProgress:
    """How far an action is, once the plan is submitted. The same said once more adds nothing.

    Raises NotPermitted, NotNow, Removed.
    """
    rules.check("note_progress", rules.held(action.assessment), by)
    current = _locked(action)
    last = ActionProgress.objects.filter(partnership=current.partnership_id, action=current).order_by("-pk").first()
    if last is not None and (last.state, last.words) == (state, words):
        return last
    noted = ActionProgress.objects.create(
        partnership_id=current.partnership_id, action=current, state=state, words=words, noted_by_id=by.person_id
    )
    changes = {"state": [last.state if last else None, state]}
    deeds.record("accreditation.progress_noted", noted, by=by, changes=changes)
    return noted


def _locked(action: PlannedAction) -> PlannedAction:
    """The action as it is now. Raises Removed, saying by whom and when."""
    current = locked(action)
    if current is None or current.removed_at is not None:
        deed = last_deed_of(action, REMOVED)
        raise Removed(deed.who, deed.at)
    return current
