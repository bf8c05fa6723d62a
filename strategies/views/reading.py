"""What the public reads: the editions of a partnership, one edition, its PDF."""

import logging

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _

from documents.storage import hand_out
from partnerships.models import Partnership
from partnerships.tenancy.pages import public_partnership_page
from strategies import queries
from strategies.models import EditionFile

logger = logging.getLogger(__name__)


@public_partnership_page
def editions(request: HttpRequest, partnership: Partnership) -> HttpResponseBase:
    """Every edition there was."""
    context = {"partnership_shown": partnership, "editions": list(queries.editions_of(partnership))}
    return TemplateResponse(request, "strategies/editions.html", context)


@public_partnership_page
def edition(request: HttpRequest, partnership: Partnership, number: int) -> HttpResponseBase:
    """One edition as a web page. It never changes."""
    found = queries.edition(partnership, number)
    if found is None:
        raise Http404
    same = [each for each in queries.editions_of(partnership) if each.strategy_id == found.strategy_id]
    context = {
        "partnership_shown": partnership,
        "edition": found,
        "file": queries.file_of(found),
        "others": [each for each in same if each.number != number],
        "latest": same[0] if same[0].number > number else None,
    }
    return TemplateResponse(request, "strategies/edition.html", context)


@public_partnership_page
def edition_pdf(request: HttpRequest, partnership: Partnership, number: int) -> HttpResponseBase:
    """The same edition as a tagged PDF; a page that says to come back while it is being made."""
    found = queries.edition(partnership, number)
    if found is None:
        raise Http404
    file = queries.file_of(found)
    if file is None:
        context = {"partnership_shown": partnership, "edition": found}
        return TemplateResponse(
            request, "strategies/pdf_waiting.html", context, status=503, headers={"Retry-After": "30", "Refresh": "10"}
        )
    etag, made = f'"{file.sha256}"', int(file.made_at.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=made) or _pdf(partnership, file)
    response["ETag"], response["Last-Modified"] = etag, http_date(made)
    response["Cache-Control"] = "public, no-cache"  # may be kept, but is asked for again: 304 as long as it is there
    return response


def _pdf(partnership: Partnership, file: EditionFile) -> HttpResponseBase:
    try:
        return hand_out(file.key, name=f"{partnership.slug}-{file.name}", content_type=file.content_type, inline=True)
    except FileNotFoundError as error:
        logger.exception("The file of an edition is not in storage: %s", file.key)
        raise Http404(_("The file is not in storage.")) from error
