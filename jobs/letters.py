"""The letter to somebody who asked for something that took long."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from jobs.models import Job


def job_is_over(job: Job) -> EmailMessage:
    """To whoever asked: it is there, or it could not be made. Bears no words of the partnership but its name."""
    if job.asked_by is None:
        raise ValueError("nobody asked for this job")
    context = {
        "job": job,
        "done": job.state == Job.State.DONE,
        "access_ended": job.error == Job.ACCESS_ENDED,
        "url": settings.SITE_URL + reverse("jobs:job", args=[job.partnership.slug, job.pk]),
    }
    return EmailMessage(
        subject=" ".join(render_to_string("jobs/over_subject.txt", context).split()),
        body=render_to_string("jobs/over.txt", context),
        to=[job.asked_by.email],
    )
