"""The page of one job: how far it is, and its result."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from jobs import actions, queries
from jobs.models import Job
from jobs.registry import kind
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import DEED, partnership_page

RENEW_EVERY = 3  # seconds


@partnership_page(Perm.VIEW_INTERNAL)
def job(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Renews itself by a response header until the job is over, unless the reader has stopped it (`?stay`)."""
    found = _find(partnership, pk)
    wanted = kind(found.kind)
    renewing = not found.is_over and "stay" not in request.GET
    place = queries.place_in_queue(found)
    context = {
        "job": found,
        "title": found.title,
        "kind": wanted,
        "result_url": wanted.result_url(found) if found.state == Job.State.DONE else "",
        "working_words": _("Step %(done)d of %(all)d") % {"done": found.done_steps + 1, "all": found.all_steps or 1},
        "waiting_words": _("Number %(place)d in the queue") % {"place": place},
        "renewing": renewing,
        "access_ended": found.error == Job.ACCESS_ENDED,
        "may_try_again": wanted.permission is not None and request.access.can(wanted.permission, partnership),  # type: ignore[attr-defined]
        "seconds": RENEW_EVERY,
    }
    response = TemplateResponse(request, "jobs/job.html", context)
    if renewing:
        response["Refresh"] = str(RENEW_EVERY)
    return response


@partnership_page(Perm.VIEW_INTERNAL, DEED)  # the kind of job names the permission that it wants besides
def attempt(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Try a job once more that was given up."""
    found = _find(partnership, pk)
    actions.again(found, by=request.access)  # type: ignore[attr-defined]
    return redirect("jobs:job", partnership.slug, found.pk)


def _find(partnership: Partnership, pk: int) -> Job:
    """A document's job of this partnership; letters have no page. Raises Http404."""
    jobs = Job.objects.filter(pk=pk, partnership=partnership).exclude(kind=actions.LETTER)
    found = jobs.select_related("asked_by").first()
    if found is None:
        raise Http404
    return found
