"""The letter of invitation."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from invitations.keys import key_of
from partnerships.models import Invitation
from partnerships.permissions import PROTECTED_ROLES


def invitation_letter(invitation: Invitation) -> EmailMessage:
    """To whoever is invited: by whom, to what, until when, and the link. Nothing else of the partnership's."""
    partnership = invitation.partnership
    context = {
        "invitation": invitation,
        "partnership": partnership,
        "protected": invitation.role in PROTECTED_ROLES,
        "url": settings.SITE_URL + reverse("invitations:answer", args=[partnership.slug, key_of(invitation)]),
    }
    return EmailMessage(
        subject=" ".join(render_to_string("invitations/letter_subject.txt", context).split()),
        body=render_to_string("invitations/letter.txt", context),
        to=[invitation.email],
    )
