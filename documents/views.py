"""The documents of a partnership, for its own people."""

import logging

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.listing import listing
from documents.models import Document
from documents.storage import hand_out
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import partnership_page

logger = logging.getLogger(__name__)


@partnership_page(Perm.VIEW_INTERNAL)
def document_list(request: HttpRequest, partnership: Partnership) -> HttpResponseBase:
    """What workers made, the latest first."""
    rows = Document.objects.filter(partnership=partnership).select_related("asked_by")
    shown = listing(rows, {"made": "made_at", "title": "title", "pages": "pages"}, request.GET, default="-made")
    return TemplateResponse(request, "documents/list.html", {"listing": shown})


@partnership_page(Perm.VIEW_INTERNAL)
def download(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponseBase:
    """The file itself."""
    document = Document.objects.filter(pk=pk, partnership=partnership).first()
    if document is None:
        raise Http404
    try:
        response = hand_out(document.key, name=document.name, content_type=document.content_type)
    except FileNotFoundError as error:
        logger.exception("The file of a document is not in storage: %s", document.key)
        raise Http404(_("The file is not in storage any more.")) from error
    response["Cache-Control"] = "private, no-store"
    return response
