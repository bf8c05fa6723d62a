"""What every write has in common: the case and the self-assessment kept still, the state, the section, the version."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models import SelfAssessment
from accreditation.queries import open_case_of, unlocked
from accreditation.workflow import SELF_ASSESSMENT
from core.refusals import Text, WrongState
from core.workflow import Move
from partnerships import deeds
from partnerships.actions import versions
from partnerships.models.versions import Versioned
from partnerships.tenancy.access import Access
from reviews import actions as reviews

Row = TypeVar("Row", bound=Versioned)
S = SelfAssessment.State

INSTEAD: Mapping[str, Text] = {
    S.SUBMITTED: gettext_lazy("The reviewer can send it back for changes, and the chair can withdraw it."),
    S.SENT_BACK: gettext_lazy("It is submitted again with the changes that were asked for."),
    S.DEFERRED: gettext_lazy("It can be written and submitted again for its review."),
    S.DECIDED: gettext_lazy("What was decided stays; the progress of its actions can be noted."),
}


class NotNow(WrongState):
    """The state does not allow it; the sentence says what is possible instead, and who could change that."""

    def __init__(self, move: Move, assessment: SelfAssessment) -> None:
        super().__init__(move.label, SELF_ASSESSMENT.state_label(assessment.state))
        self.instead = INSTEAD.get(assessment.state, "")

    def sentence(self) -> str:
        return f"{super().sentence()} {self.instead}".rstrip()


class SectionLocked(WrongState):
    """The Government Office has asked for changes, but not of this section."""

    def sentence(self) -> str:
        return _("The Government Office has not asked for changes of this part, so it stays as it was submitted.")


def held(assessment: SelfAssessment) -> SelfAssessment:
    """The self-assessment as it is now, kept still until the transaction ends.

    Its open case comes first: whoever reviews holds that one, and tells the self-assessment of it.
    """
    case = open_case_of(assessment)
    if case is not None:
        reviews.hold(case)
    rows = SelfAssessment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("partnership", "round__scheme", "outcome", "saved_by").get(pk=assessment.pk)


def check(name: str, assessment: SelfAssessment, by: Access) -> Move:
    """The move, if this person may make it now. Raises NotPermitted before NotNow."""
    try:
        return SELF_ASSESSMENT.check(name, assessment, by)
    except WrongState:
        raise NotNow(SELF_ASSESSMENT[name], assessment) from None


def writing(assessment: SelfAssessment, section: str, by: Access) -> SelfAssessment:
    """The self-assessment, held, if this person may write a section of it now. Raises as `check`, and SectionLocked."""
    current = held(assessment)
    check("write", current, by)
    keys = unlocked(current)
    if keys is not None and section not in keys:
        raise SectionLocked
    return current


def save(row: Row, values: Mapping[str, Any], *, verb: str, version: int, by: Access) -> Row:
    """Store new values in a row that is locked; what is so already changes nothing. Raises Conflict with both texts."""
    changes = versions.save_version(row, values, version=version, by=by)
    if changes:
        deeds.record(verb, row, by=by, changes=changes)
    return row
