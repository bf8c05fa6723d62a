"""Another letter, a reminder to everybody, and taking an invitation back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_time, long_date
from core.refusals import Already
from invitations import queries
from invitations.keys import new_nonce
from jobs.actions import queue
from partnerships import deeds
from partnerships.models import Invitation, Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access

LETTER = "invitations.letter"


def send(invitation: Invitation) -> None:
    """Have the letter written after the commit. The system asks for it: nobody wants a letter about a letter."""
    queue(LETTER, partnership=invitation.partnership_id, subject_id=invitation.pk, by=Access.of_system("Invitations"))


@transaction.atomic
def resend(*, invitation: Invitation, letters: int, by: Access) -> Invitation:
    """Send another letter, with a new link and a new last day; the links of earlier letters open nothing any more.

    `letters` is how many there were when the page was opened: of two who press at once one sends.
    Raises NotPermitted, Already if it is accepted, withdrawn, or another letter was asked for meanwhile.
    """
    by.require(Perm.MANAGE_MEMBERS, invitation.partnership)
    locked = _locked(invitation)
    if locked.letters != letters:
        raise Already(_("Somebody else has just asked for another letter. It is on its way."))
    _renew([locked], by)
    return locked


@transaction.atomic
def remind(*, partnership: Partnership, by: Access) -> list[Invitation]:
    """Send another letter to everybody who has not answered, unless one was asked for today.

    Raises NotPermitted, Already if there is nobody.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    late = list(queries.to_remind(partnership).select_for_update(of=("self",), no_key=True))
    if not late:
        raise Already(_("Everybody who has not answered has been sent a letter today."))
    _renew(late, by)
    return late


@transaction.atomic
def revoke(*, invitation: Invitation, by: Access) -> Invitation:
    """Take an invitation back: its link opens nothing from now on.

    Raises NotPermitted, Already if it is accepted or withdrawn.
    """
    by.require(Perm.MANAGE_MEMBERS, invitation.partnership)
    locked = _locked(invitation)
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    deeds.record("invitations.revoked", locked, by=by)
    return locked


def refuse_if_answered(invitation: Invitation) -> None:
    """Raises Already, saying when, if it is accepted or withdrawn."""
    if invitation.accepted_at is not None:
        raise Already(_("This invitation was accepted on %(at)s.") % {"at": date_time(invitation.accepted_at)})
    if invitation.revoked_at is not None:
        raise Already(_("This invitation was withdrawn on %(day)s.") % {"day": long_date(invitation.revoked_at)})


def _locked(invitation: Invitation) -> Invitation:
    """The row, after the partnership's: whoever accepts locks them in this order too."""
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=invitation.partnership_id)
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True).filter(partnership=invitation.partnership_id)
    locked = rows.get(pk=invitation.pk)
    refuse_if_answered(locked)
    return locked


def _renew(invitations: list[Invitation], by: Access) -> None:
    for invitation in invitations:
        invitation.nonce, invitation.expires_at = new_nonce(), queries.open_until()
        invitation.letters, invitation.sent_at = invitation.letters + 1, None
        send(invitation)
    Invitation.objects.bulk_update(invitations, ["nonce", "expires_at", "letters", "sent_at"])
    deeds.record_all("invitations.resent", [(invitation, None) for invitation in invitations], by=by)
