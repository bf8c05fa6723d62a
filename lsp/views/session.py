"""The session one is in: how long it lasts, and what is kept in it until somebody sends it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.kept import forget, kept
from partnerships.tenancy.pages import signed_in_form, typed


@signed_in_form
def session(request: HttpRequest) -> HttpResponse:
    """Seconds until this session ends: if nothing more is done, and in any case. A POST counts as doing something."""
    limits = request.limits  # type: ignore[attr-defined]
    response = JsonResponse({"idle": limits.idle, "whole": limits.whole})
    response["Cache-Control"] = "no-store"
    return response


# A page that asks from time to time whether somebody is still there must not be taken for them.
session.looks_only = True  # type: ignore[attr-defined]


@signed_in_form
def kept_form(request: HttpRequest) -> HttpResponse:
    """What one had typed when one was asked who one is, with a button that sends it and one that throws it away."""
    found = kept(request)
    if found is None:
        return redirect("mine")
    if request.method == "POST":
        forget(request)
        messages.success(request, _("What you had typed is thrown away."))
        return redirect("mine")
    context: dict[str, Any] = {"kept": found, "typed": typed(found.fields)}
    return TemplateResponse(request, "lsp/kept.html", context)
