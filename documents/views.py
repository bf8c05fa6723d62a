"""The documents of a partnership, for its own people; and handing out uploads, for the pages of other apps."""

import logging

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.listing import listing
from documents.models import Document, Upload
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


RENEW_EVERY = 5  # seconds


def hand_out_upload(request: HttpRequest, upload: Upload, *, back: str) -> HttpResponseBase:
    """The file as a download, once it has passed; before that, and if it was refused, a page that says so.

    For a page of another app, which has found the upload through what the reader may see, and declares the permission:

        @partnership_page(Perm.VIEW_ASSESSMENT)
        def evidence_file(request, partnership, pk, evidence_pk):
            found = …  # 404 unless it is this partnership's and this reader's
            return hand_out_upload(request, found.upload, back=reverse("accreditation:evidence", …))

    `back` is the address of the page that lists it. Status 200 with the file, 202 while it is being checked (the page
    renews itself), 410 when it was refused. Raises Http404 if the file is gone from storage.
    """
    if upload.state != Upload.State.PASSED:
        context = {"upload": upload, "back": back, "refused": upload.state == Upload.State.REFUSED}
        status = 410 if context["refused"] else 202
        page = TemplateResponse(request, "documents/upload.html", context, status=status)
        if status == 202:
            page["Refresh"] = str(RENEW_EVERY)
        return page
    try:
        response = hand_out(upload.key, name=upload.name, content_type=upload.content_type)
    except FileNotFoundError as error:
        logger.exception("The file of an upload is not in storage: %s", upload.key)
        raise Http404(_("The file is not in storage any more.")) from error
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"  # opened in a browser it does nothing
    return response
