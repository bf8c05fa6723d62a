"""Why a link in a letter leads no further, and what to do instead."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import date_time, long_date
from core.refusals import Text
from invitations.keys import Key
from partnerships.models import Invitation, Partnership


@dataclass(frozen=True)
class Closed:
    """What the page says, with its status. `inside`: a way into the partnership helps; `sign_out`: signing out does."""

    heading: Text
    text: Text
    status: int = 410
    inside: bool = False
    sign_out: bool = False


def why_closed(invitation: Invitation, key: Key, person: Person | None) -> Closed | None:
    """Why this letter opens nothing for whoever is signed in (or nobody); None if it does."""
    return _over(invitation, person) or _late(invitation, key) or _not_theirs(invitation, person)


def unknown(partnership: Partnership) -> Closed:
    """A link that we did not write, or half of one."""
    whole = _(
        "Mail programs break long links. Copy the whole of it from the letter into the address line of your browser."
    )
    ask = _("If that does not help, ask %(name)s for another letter.") % {"name": partnership.name}
    return Closed(_("This link is not complete"), f"{whole} {ask}", status=404)


def _over(invitation: Invitation, person: Person | None) -> Closed | None:
    """Answered, withdrawn, or of a partnership that has ended."""
    if invitation.accepted_at is not None:
        at = {"at": date_time(invitation.accepted_at)}
        if person is not None and person.pk == invitation.accepted_by_id:
            return Closed(_("You have accepted this invitation"), _("That was on %(at)s.") % at, 200, inside=True)
        text = _("It was accepted on %(at)s, and a link opens only once. If that was you, sign in.") % at
        return Closed(_("This invitation has been used"), text, inside=True)
    if invitation.partnership.is_over:
        return Closed(_("This partnership has ended"), _("Nobody takes a role in it any more."))
    if invitation.revoked_at is not None:
        return Closed(_("This invitation was withdrawn"), _ask_again(invitation))
    return None


def _late(invitation: Invitation, key: Key) -> Closed | None:
    """Overtaken by a newer letter, or by time."""
    if invitation.nonce != key.nonce:
        text = _("Since this one, another letter was sent to the same address. Open the link in the newest one.")
        return Closed(_("There is a newer letter"), text)
    if not invitation.is_open:
        day = {"day": long_date(invitation.expires_at)}
        text = _("It was open until %(day)s.") % day
        return Closed(_("This invitation has expired"), f"{text} {_ask_again(invitation)}")
    return None


def _not_theirs(invitation: Invitation, person: Person | None) -> Closed | None:
    if person is None or person.email == invitation.email:
        return None
    who = {"name": person.name, "email": person.email}
    text = _("You are signed in as %(name)s (%(email)s). The letter went to another address.") % who
    return Closed(_("This invitation is for another account"), text, 403, sign_out=True)


def _ask_again(invitation: Invitation) -> str:
    name = {"name": invitation.partnership.name}
    return _("If you still want to take part, ask %(name)s for another invitation.") % name
