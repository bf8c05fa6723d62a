"""The deeds about roles: appoint somebody who is known here, end an appointment."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.dates import long_date, today
from core.refusals import Refusal
from partnerships.actions.roles import LastOfficer, appoint, end_appointment, leaves_an_officer
from partnerships.forms.appointments import AppointForm, EndForm
from partnerships.models import Appointment, Partnership
from partnerships.models.periods import overlapping
from partnerships.permissions import PROTECTED_ROLES, Perm, Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.pages import FORM, partnership_page
from partnerships.views.people import find_person


@partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=True)
def new_appointment(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """A further role for somebody who is known here; others are invited."""
    found = find_person(partnership, pk)
    form = AppointForm(request.POST or None, initial={"starts_on": today()})
    refusal, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            appointed = appoint(partnership=partnership, person=found, by=request.access, **form.values())  # type: ignore[attr-defined]
        except Refusal as refused:
            refusal, status = refused, refused.status
        else:
            messages.success(request, _appointed(appointed))
            return redirect("partnerships:person", partnership.slug, found.pk)
    context = {"person": found, "form": form, "refusal": refusal}
    return TemplateResponse(request, "partnerships/new_appointment.html", context, status=status)


def _appointed(appointment: Appointment) -> str:
    words = {
        "name": appointment.person.name,
        "role": appointment.get_role_display(),
        "day": long_date(appointment.starts_on),
    }
    said = _("%(name)s is appointed from %(day)s on: %(role)s.") % words
    if appointment.role in PROTECTED_ROLES:
        said += " " + _("They are asked to set up a second factor.")
    return said


@partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=True)
def end(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Why, when, and then it is over. That the last officer stays is said before anything is typed."""
    found = _find(partnership, pk)
    form = EndForm(request.POST or None, initial={"on": today()})
    is_last = found.role == Role.OFFICER and not leaves_an_officer(found, today())
    refusal, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            ended = end_appointment(appointment=found, by=request.access, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refusal as refused:
            refusal, status = refused, refused.status
        else:
            return _ended(request, ended)
    context = {
        "appointment": found,
        "form": form,
        "refusal": refusal,
        "notice": LastOfficer() if is_last and refusal is None else None,
        "own": found.person_id == request.access.person_id,  # type: ignore[attr-defined]
        "shut_out": not is_last and _is_only_way_in(found),
    }
    return TemplateResponse(request, "partnerships/end_appointment.html", context, status=status)


def _ended(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """Back to the person, or, who has just put themselves out, to the partnerships that they have left."""
    words = {"name": appointment.person.name, "role": appointment.get_role_display()}
    if appointment.ends_on is not None and appointment.ends_on <= today():
        messages.success(request, _("%(name)s is no longer: %(role)s. Access by this role has ended.") % words)
    else:
        words["day"] = long_date(appointment.ends_on) if appointment.ends_on else ""
        messages.success(request, _("%(name)s will not be from %(day)s on: %(role)s.") % words)
    partnership = appointment.partnership
    if not Access.of(request.user).can(Perm.VIEW_INTERNAL, partnership):
        return redirect("mine")
    return redirect("partnerships:person", partnership.slug, appointment.person_id)


def _is_only_way_in(appointment: Appointment) -> bool:
    """Whether somebody who holds a role gets into the partnership by it alone."""
    others = Appointment.objects.filter(partnership=appointment.partnership, person=appointment.person_id)
    return not overlapping(others.exclude(pk=appointment.pk), today()).exists()


def _find(partnership: Partnership, pk: int) -> Appointment:
    rows = Appointment.objects.select_related("person", "partnership")
    found = rows.filter(partnership=partnership, pk=pk).first()
    if found is None:
        raise Http404
    return found
