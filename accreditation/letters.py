"""The letter about a round."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accreditation.models import SelfAssessment
from reviews.queries import chair_and_officers


def round_opened(assessment: SelfAssessment) -> EmailMessage | None:
    """To the officers and the chair: which round is open, until when, and where their draft is.

    None where nobody holds either role. Its number is that of the self-assessment, so that a mail server knows a second
    copy for what it is.
    """
    people = chair_and_officers(assessment.partnership)
    if not people:
        return None
    partnership = assessment.partnership
    page = reverse("accreditation:assessment", args=[partnership.slug, assessment.pk])
    context = {"assessment": assessment, "partnership": partnership, "url": settings.SITE_URL + page}
    host = urlsplit(settings.SITE_URL).hostname
    return EmailMessage(
        subject=" ".join(render_to_string("accreditation/letters/round_opened_subject.txt", context).split()),
        body=render_to_string("accreditation/letters/round_opened.txt", context),
        to=[person.email for person in people],
        headers={"Message-ID": f"<round-opened-{assessment.pk}@{host}>"},
    )
