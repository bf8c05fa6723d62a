"""Members sign off what is written, before the chair submits it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accreditation.actions import rules
from accreditation.actions.scores import check_voice
from accreditation.models import SelfAssessment, SignOff
from accreditation.queries import seal_of
from core.refusals import Already
from partnerships import deeds
from partnerships.models import Organisation
from partnerships.tenancy.access import Access


@transaction.atomic
def sign_off(*, assessment: SelfAssessment, seal: str, organisation: Organisation | None = None, by: Access) -> SignOff:
    """Sign off what one has read, for an organisation whose seat one holds or in one's own role.

    `seal` is that of the text that was shown. Twice is once. Raises NotPermitted, NotNow, Already when something was
    saved since it was read.
    """
    current = rules.held(assessment)
    rules.check("sign", current, by)
    check_voice(current, organisation, by)
    refuse_unread(current, seal)
    key = {"partnership": current.partnership, "assessment": current, "person_id": by.person_id, "seal": seal}
    signed, is_new = SignOff.objects.get_or_create(**key, defaults={"organisation": organisation})
    if is_new:
        deeds.record("accreditation.signed_off", signed, by=by, changes={"seal": [None, seal]})
    return signed


def refuse_unread(assessment: SelfAssessment, seal: str) -> None:
    """Raises Already unless `seal` is that of what is written now."""
    if seal != seal_of(assessment):
        raise Already(_("Something was saved after you opened this page. Read it again, then go on."))
