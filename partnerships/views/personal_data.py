"""What is held about a person: for themselves, handed out by an officer, and forgotten."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import Person
from core.refusals import Incomplete, NotPermitted
from partnerships.actions.personal_data import anonymise, check_may_anonymise, hand_out_data
from partnerships.forms.personal_data import AnonymiseForm, RemovalForm
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.queries.people import people_of
from partnerships.queries.personal_data import held, hindrances, partnerships_with, personal_data
from partnerships.tenancy.context import reading_everywhere
from partnerships.tenancy.pages import FORM, partnership_page, signed_in_form, signed_in_page


@signed_in_page
def my_data(request: HttpRequest) -> HttpResponse:
    """What the whole system holds about whoever is signed in."""
    with reading_everywhere(by=request.user.pk):
        rows = held(request.user)  # type: ignore[arg-type]
    return TemplateResponse(request, "partnerships/data_mine.html", {"held": rows})


@signed_in_page
@reauthentication_required  # type: ignore[untyped-decorator]
def my_data_file(request: HttpRequest) -> HttpResponse:
    """The same with every row, as JSON."""
    with reading_everywhere(by=request.user.pk):
        told = personal_data(request.user)  # type: ignore[arg-type]
    return _file(told, "my-data")


@signed_in_form
@reauthentication_required  # type: ignore[untyped-decorator]
def my_removal(request: HttpRequest) -> HttpResponse:
    """Take one's own name out of the system, once one holds nothing any more; otherwise, whom to ask."""
    person: Person = request.user  # type: ignore[assignment]
    access = request.access  # type: ignore[attr-defined]
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            anonymise(person=person, reason=_("At their own wish"), by=access)
        except Incomplete as refusal:
            form.refuse(refusal)
        else:
            logout(request)
            messages.success(request, _("Your account is removed. Nobody can sign in with it any more."))
            return redirect("home")
    with reading_everywhere(by=person.pk):
        rows = held(person)
    context = {"form": form, "held": rows, "hindrances": hindrances(person, by=access)}
    return TemplateResponse(request, "partnerships/data_removal.html", context)


@partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=True)
def person_data(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """What this partnership holds about one of its people; sent, it is handed out as JSON, and the log says so."""
    person = _person_of(partnership, pk)
    if request.method == "POST":
        told = hand_out_data(partnership=partnership, person=person, by=request.access)  # type: ignore[attr-defined]
        return _file(told, f"{partnership.slug}-{person.pk}")
    context = {"person": person, "held": held(person, partnership)}
    return TemplateResponse(request, "partnerships/data_person.html", context)


@partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=True)
def anonymisation(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """What goes and what stays when one of its people is anonymised; sent, it is done."""
    person, access = _person_of(partnership, pk), request.access  # type: ignore[attr-defined]
    form = AnonymiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = anonymise(person=person, reason=form.cleaned_data["reason"], by=access)
        except Incomplete as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("The person is anonymised, and called %(name)s from now on.") % {"name": done.name}
            )
            return redirect("partnerships:anonymisation", slug=partnership.slug, pk=pk)
    context = {"person": person, "form": form, **_preview(person, access)}
    return TemplateResponse(request, "partnerships/data_anonymisation.html", context)


def _preview(person: Person, access: Any) -> dict[str, Any]:
    """What would become of everything; or only who could do it, where others hold something about them too."""
    concerned = partnerships_with(person)
    try:
        check_may_anonymise(person, concerned, access)
    except NotPermitted as refusal:
        return {"refusal": refusal}
    with reading_everywhere(by=access.person_id):
        rows = held(person)
    return {"held": rows, "hindrances": hindrances(person, by=access), "concerned": concerned}


def _person_of(partnership: Partnership, pk: int) -> Person:
    person: Person | None = people_of(partnership).prefetch_related(None).filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def _file(told: dict[str, Any], name: str) -> HttpResponse:
    response = JsonResponse(told, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.json"'
    response["Cache-Control"] = "private, no-store"
    return response
