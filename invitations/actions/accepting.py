"""Accepting an invitation: the role begins, and with it the seat, if it is open still."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from core.dates import long_date, today
from core.refusals import Already, NotPermitted, WrongState
from invitations.actions.sending import refuse_if_answered
from partnerships import deeds
from partnerships.actions.roles import appoint
from partnerships.actions.seats import take_seat
from partnerships.models import Appointment, Invitation, Partnership
from partnerships.permissions import Perm, Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting


@dataclass(frozen=True)
class Acceptance:
    """What came of it. `seated` is None where the invitation named no seat, False where somebody else had taken it."""

    person: Person
    appointment: Appointment
    seated: bool | None = None


class ForSomebodyElse(NotPermitted):
    """Whoever is signed in has another address than the one the letter went to."""

    def sentence(self) -> str:
        return _("This invitation went to another e-mail address than the one you sign in with.")


@transaction.atomic
def accept(*, invitation: Invitation, nonce: str, person: Person) -> Acceptance:
    """Take the role that an invitation offers, by the letter that bears this nonce.

    Nobody but the person with its address may. Raises ForSomebodyElse, WrongState if it has expired or a newer letter
    was sent, Already if it is accepted or withdrawn, or if they hold the role.
    """
    return _accept(_open(invitation, nonce), person)


@transaction.atomic
def accept_anew(*, invitation: Invitation, nonce: str, name: str, password: str) -> Acceptance:
    """The same for somebody without an account, or without a password: the letter has proved the address.

    Who was entered already keeps their name. Raises as `accept` does, and Already if there is an account by now.
    """
    locked = _open(invitation, nonce)
    person = Person.objects.select_for_update(no_key=True).filter(email=locked.email).first()
    if person is None:
        person = _new_person(locked.email, name, password)
    elif person.has_usable_password():
        raise _account_made_meanwhile()
    else:
        person.set_password(password)
        person.save(update_fields=["password"])
    with acting(locked.partnership_id, by=person.pk):
        return _accept(locked, person)


def _accept(invitation: Invitation, person: Person) -> Acceptance:
    if person.email != invitation.email:
        raise ForSomebodyElse
    partnership, role = invitation.partnership, Role(invitation.role)
    # What they may not do themselves whoever invited them has decided: for these deeds alone.
    lent = Access(
        person_id=person.pk,
        name=person.name,
        by_partnership={partnership.pk: frozenset({Perm.MANAGE_MEMBERS})},
    )
    appointment = appoint(
        partnership=partnership, person=person, role=role, starts_on=today(), invitation=invitation, by=lent
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    deeds.record("invitations.accepted", invitation, by=lent, about=person)
    return Acceptance(person, appointment, _take_seat(invitation, person, lent))


def _take_seat(invitation: Invitation, person: Person, lent: Access) -> bool | None:
    """The role does not wait for the seat: if somebody sits there by now, or it has ended, the officer sees to it."""
    if invitation.seat is None:
        return None
    try:
        take_seat(seat=invitation.seat, person=person, starts_on=today(), by=lent)
    except WrongState:
        return False
    return True


def _open(invitation: Invitation, nonce: str) -> Invitation:
    """The row, after the partnership's: so that of two tabs one is told."""
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=invitation.partnership_id)
    rows = Invitation.objects.select_related("partnership", "seat__partnership", "invited_by")
    locked = rows.select_for_update(of=("self",), no_key=True).get(pk=invitation.pk)
    refuse_if_answered(locked)
    if locked.nonce != nonce:
        raise WrongState(_("accept by this letter"), _("a newer letter was sent"))
    if not locked.is_open:
        raise WrongState(_("accept"), _("expired on %(day)s") % {"day": long_date(locked.expires_at)})
    return locked


def _new_person(email: str, name: str, password: str) -> Person:
    try:
        with transaction.atomic():
            return Person.objects.create_user(email, name, password)
    except IntegrityError as error:  # another partnership's invitation was accepted in this moment
        raise _account_made_meanwhile() from error


def _account_made_meanwhile() -> Already:
    return Already(_("An account with this address was made meanwhile. Sign in with it, then accept."))
