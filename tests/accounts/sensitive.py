"""The product's addresses, and a page that wants to be sure who does it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from lsp import urls
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import DEED, FORM, partnership_page

done: list[dict[str, str]] = []


def _page(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    if request.method == "POST":
        done.append(request.POST.dict())
    return HttpResponse("the page")


urlpatterns = [
    *urls.urlpatterns,
    path("p/<slug:slug>/manage/form/", partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=True)(_page)),
    path("p/<slug:slug>/manage/deed/", partnership_page(Perm.MANAGE_MEMBERS, DEED, sensitive=True)(_page)),
]
handler403 = urls.handler403
