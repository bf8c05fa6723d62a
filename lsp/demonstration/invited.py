"""The demonstration's invitations, all in Southwark: one that is open, one that was accepted."""

from accounts.models import Person
from invitations.actions import accept, invite
from invitations.queries import holders_without_account
from partnerships.models import Invitation, Partnership
from partnerships.permissions import Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting


def invite_some() -> list[str]:
    """Have the officer invite somebody who sits on a seat, and an officer of the CVS to a further role, which they
    accept. Returns the names of whoever was invited; nobody where there are invitations.
    """
    partnership = Partnership.objects.get(slug="southwark")
    officer = Person.objects.get(email="officer.southwark@example.org")
    cvs = Person.objects.get(email="cvs.southwark@example.org")
    by = Access.of(officer)
    with acting(partnership.pk, by=officer.pk):
        holder = holders_without_account(partnership).first()
        if holder is None or Invitation.objects.filter(partnership=partnership).exists():
            return []
        invite(partnership=partnership, email=holder.email, name=holder.name, role=Role.MEMBER, by=by)
        invitation = invite(partnership=partnership, email=cvs.email, name=cvs.name, role=Role.GROUP_CHAIR, by=by)
    with acting(partnership.pk, by=cvs.pk):
        accept(invitation=invitation, nonce=invitation.nonce, person=cvs)
    return [holder.name, cvs.name]
