"""Preview, the draft's PDF, and publishing an edition."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.refusals import Already, Incomplete, WrongState
from jobs.queries import latest
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import DEED, FORM, partnership_page
from strategies import actions, documents, queries
from strategies.views.finding import find_strategy


@partnership_page(Perm.VIEW_INTERNAL)
def preview(request: HttpRequest, partnership: Partnership, strategy: int) -> HttpResponse:
    """The article as it would be published now."""
    found = find_strategy(partnership, strategy)
    context = {"strategy": found, "article": documents.article(found), "gaps": queries.gaps(found)}
    return TemplateResponse(request, "strategies/preview.html", context)


@partnership_page(Perm.EDIT_STRATEGY, DEED)
def draft_pdf(request: HttpRequest, partnership: Partnership, strategy: int) -> HttpResponse:
    """Have the draft made into a PDF."""
    job = actions.request_draft_pdf(strategy=find_strategy(partnership, strategy), by=request.access)  # type: ignore[attr-defined]
    return redirect("jobs:job", partnership.slug, job.pk)


@partnership_page(Perm.PUBLISH_STRATEGY, FORM)
def publication(request: HttpRequest, partnership: Partnership, strategy: int) -> HttpResponse:
    """Ask before the thing that cannot be undone; then publish."""
    found = find_strategy(partnership, strategy)
    context = {
        "strategy": found,
        "number": queries.next_number(partnership),
        "gaps": queries.gaps(found),
        "unchanged": found.state == found.State.PUBLISHED,
        "editions": list(queries.editions_of(partnership)[:1]),
    }
    if request.method != "POST":
        context["seen"] = actions.draft_seal(found)
        return TemplateResponse(request, "strategies/publication.html", context)
    try:
        seen = request.POST.get("seen", "")
        edition, _job = actions.publish(strategy=found, seen=seen, by=request.access)  # type: ignore[attr-defined]
    except Already as refused:
        context |= {"overtaken": refused, "seen": actions.draft_seal(found)}
        return TemplateResponse(request, "strategies/publication.html", context, status=refused.status)
    except Incomplete as refused:
        context["gaps"] = refused.gaps
        return TemplateResponse(request, "strategies/publication.html", context, status=refused.status)
    except WrongState as refused:
        context |= {"unchanged": True, "editions": list(queries.editions_of(partnership)[:1])}  # read anew
        return TemplateResponse(request, "strategies/publication.html", context, status=refused.status)
    return redirect("strategies:published", partnership.slug, edition.number)


@partnership_page(Perm.VIEW_INTERNAL)
def published(request: HttpRequest, partnership: Partnership, number: int) -> HttpResponse:
    """It is published: its number, its seal, where it stands, and how far its PDF is."""
    edition = queries.edition(partnership, number)
    if edition is None:
        raise Http404
    context = {
        "edition": edition,
        "file": queries.file_of(edition),
        "job": latest("strategies.edition_pdf", partnership.pk, edition.pk),
    }
    return TemplateResponse(request, "strategies/published.html", context)
