"""Rounds: opened by the national team, announced to every partnership that its scheme asks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accreditation import queries as accreditation
from accreditation.actions import open_round
from accreditation.models import Scheme
from core.refusals import Refusal
from lsp import queries
from lsp.forms import RoundForm
from lsp.views.national import may, tabs
from partnerships.permissions import Perm
from partnerships.tenancy.pages import FORM, national_page

RENEW_EVERY = 3  # seconds
NOT_FIELDS = {"csrfmiddlewaretoken", "next", "open", "change"}  # what is sent with the form besides what was typed


@national_page(Perm.VIEW_CASES)
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round that was opened."""
    context = {
        "rounds": list(accreditation.rounds()),
        "may_open": may(request, Perm.OPEN_ROUNDS),
        "tabs": tabs(request, "national_rounds"),
    }
    return TemplateResponse(request, "lsp/national/rounds.html", context)


@national_page(Perm.OPEN_ROUNDS, FORM, sensitive=True)
def new_round(request: HttpRequest) -> HttpResponse:
    """Say which scheme, and from when until when; see how many are asked; open it."""
    form = RoundForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(request, "lsp/national/new_round.html", context)
    if "change" in request.POST:
        context["form"] = RoundForm(initial=form.cleaned_data)
        return TemplateResponse(request, "lsp/national/new_round.html", context)
    scheme: Scheme = form.cleaned_data["scheme"]
    if "open" in request.POST:
        try:
            round = open_round(**form.cleaned_data, by=request.access)  # type: ignore[attr-defined]
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            messages.success(request, _("The round %(name)s is open.") % {"name": round.name})
            return redirect("national_round", round.pk)
    context |= {
        "scheme": scheme,
        "asked": accreditation.partnerships_of(scheme).count(),
        "values": form.cleaned_data,
        "typed": [(name, text) for name, text in request.POST.items() if name not in NOT_FIELDS],
    }
    return TemplateResponse(request, "lsp/national/round_check.html", context)


@national_page(Perm.VIEW_CASES)
def round(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the announcing has come, and who has not begun. Renews itself while letters are being written."""
    found = accreditation.rounds().filter(pk=pk).first()
    if found is None:
        raise Http404
    rows = [row for row in queries.stands(found) if row.asked]
    news = accreditation.told(found)
    renewing = news.waiting > 0 and "stay" not in request.GET
    context = {
        "round": found,
        "asked": len(rows),
        "news": news,
        "news_words": _("%(told)d of %(all)d partnerships are told") % {"told": news.started, "all": news.partnerships},
        "not_begun": [row for row in rows if row.key == queries.Step.NOT_BEGUN],
        "renewing": renewing,
        "seconds": RENEW_EVERY,
    }
    response = TemplateResponse(request, "lsp/national/round.html", context)
    if renewing:
        response["Refresh"] = str(RENEW_EVERY)
    return response
