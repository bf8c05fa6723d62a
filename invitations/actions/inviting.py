"""Inviting somebody to a role, perhaps with a seat."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import long_date, today
from core.refusals import Already
from invitations import queries
from invitations.actions.sending import send
from invitations.keys import new_nonce
from partnerships import deeds
from partnerships.models import Appointment, Invitation, Partnership, Seat
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm, Role
from partnerships.tenancy.access import Access


class StillOpen(Already):
    """The address has an invitation to this role already; another letter can be sent about it."""

    def __init__(self, invitation: Invitation) -> None:
        self.invitation = invitation
        words = {"who": _invited_by(invitation), "day": long_date(invitation.invited_at)}
        if invitation.is_open:
            super().__init__(_("%(who)s invited this address to this role on %(day)s; it has not answered.") % words)
        else:
            super().__init__(_("%(who)s invited this address to this role on %(day)s; that has expired.") % words)


@transaction.atomic
def invite(
    *, partnership: Partnership, email: str, name: str, role: Role, seat: Seat | None = None, by: Access
) -> Invitation:
    """Ask somebody by e-mail to take a role, and a seat that is open. The letter goes out after the commit.

    Raises NotPermitted, StillOpen if the address is invited to the role, Already if it holds the role, or if the seat
    is held or offered to somebody.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    email = email.strip().lower()
    _refuse_held(partnership, email, role)
    _refuse_invited(partnership, email, role)
    if seat is not None and not queries.open_seats(partnership).filter(pk=seat.pk).exists():
        raise Already(_("Somebody holds this seat, or is invited to it: %(seat)s.") % {"seat": seat.position})
    invitation = Invitation.objects.create(
        partnership=partnership,
        email=email,
        name=name.strip(),
        role=role,
        seat=seat,
        nonce=new_nonce(),
        invited_by_id=by.person_id,
        expires_at=queries.open_until(),
    )
    changes = {"role": [None, role]} | ({"seat": [None, seat.position]} if seat else {})
    deeds.record("invitations.invited", invitation, by=by, changes=changes)
    send(invitation)
    return invitation


@transaction.atomic
def invite_holders(*, partnership: Partnership, people: Sequence[int], by: Access) -> list[Invitation]:
    """Invite those of these people who sit on a seat and have no account, as member representatives.

    Who has got an account or an invitation since the list was shown is left out.
    Raises NotPermitted, Already if nobody is left.
    """
    by.require(Perm.MANAGE_MEMBERS, partnership)
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
    holders: list[Person] = list(queries.holders_without_account(partnership).filter(pk__in=people))
    if not holders:
        raise Already(_("All of them are invited already, or have an account."))
    return [
        invite(partnership=partnership, email=holder.email, name=holder.name, role=Role.MEMBER, by=by)
        for holder in holders
    ]


def _refuse_held(partnership: Partnership, email: str, role: Role) -> None:
    held = Appointment.objects.filter(partnership=partnership, person__email=email, role=role)
    appointment = overlapping(held, today()).select_related("person").first()
    if appointment is not None:
        words = {"name": appointment.person.name, "role": role.label}
        raise Already(_("%(name)s holds this role already: %(role)s.") % words)


def _refuse_invited(partnership: Partnership, email: str, role: Role) -> None:
    rows = Invitation.objects.filter(partnership=partnership, email=email, role=role)
    invitation = rows.filter(accepted_at=None, revoked_at=None).select_related("invited_by").first()
    if invitation is not None:
        raise StillOpen(invitation)


def _invited_by(invitation: Invitation) -> str:
    return invitation.invited_by.name if invitation.invited_by else _("Whoever runs this service")
