"""What can be done with a seat: add it, change it, fill it, replace who sits there, name who stands in, end it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import long_date, today
from core.refusals import Conflict, Incomplete, Refusal, WrongState
from partnerships import handover, queries
from partnerships.actions import seats as seat_actions
from partnerships.actions import sittings as actions
from partnerships.actions.overtaking import seal_of
from partnerships.forms.seats import EndSeatForm, FillForm, NewSeatForm, ReplacementForm, SeatForm, SubstituteForm
from partnerships.models import Partnership, Seat, Sitting
from partnerships.models.periods import overlapping
from partnerships.permissions import Perm, Role
from partnerships.queries.composition import current_groups
from partnerships.queries.sittings import appointments_from, known_people, sits_from, sittings_of
from partnerships.tenancy.pages import FORM, partnership_page
from partnerships.views.seats import find_seat

Do = Callable[[], str]


def form_of_a_deed(
    request: HttpRequest, form: forms.Form, do: Do, *, heading: str, seat: Seat | None = None, **context: Any
) -> HttpResponse:
    """A form that does one thing; `do` does it and says so. A refusal stands above the form, which keeps all of it."""
    refusal: Refusal | None = None
    partnership = request.partnership  # type: ignore[attr-defined]
    back = reverse("partnerships:seat", args=[partnership.slug, seat.pk]) if seat else _register(partnership)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, do())
            return redirect(back)
        except seat_actions.NoMember as refused:
            form.add_error("starts_on", refused.sentence())
        except (WrongState, Incomplete) as refused:
            refusal = refused
        except Conflict as refused:
            refusal = refused
            seen_both(form, refused)
    shown = {"form": form, "heading": heading, "seat": seat, "back": back, "refusal": refusal, **context}
    status = refusal.status if refusal else 200
    return TemplateResponse(request, "partnerships/seats/form.html", shown, status=status)


def seen_both(form: forms.Form, conflict: Conflict) -> None:
    """Keep what was typed, now against what the page shows beside it: saving again is a decision."""
    typed: Any = form.data.copy()  # type: ignore[attr-defined]
    typed["seen"] = seal_of(conflict.theirs)  # type: ignore[arg-type]
    form.data = typed


def _register(partnership: Partnership) -> str:
    return reverse("partnerships:seat_register", args=[partnership.slug])


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def new(request: HttpRequest, partnership: Partnership) -> HttpResponse:
    """Put a seat to a table."""
    form = NewSeatForm(
        request.POST or None,
        members=queries.members_of(partnership),
        groups=current_groups(partnership),
        initial={"starts_on": today(), **{name: request.GET.get(name) for name in ("layer", "organisation", "sector")}},
    )

    def add() -> str:
        seat = seat_actions.add_seat(partnership=partnership, by=request.access, **form.cleaned_data)  # type: ignore[attr-defined]
        return _("The seat “%(seat)s” is added. Nobody holds it yet.") % {"seat": seat}

    return form_of_a_deed(request, form, add, heading=_("Add a seat"), kind="new")


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def change(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Another name for the position, other groups it speaks for."""
    seat = find_seat(partnership, pk)
    spoken = seat_actions.groups_of(seat)
    form = SeatForm(
        request.POST or None,
        groups=current_groups(partnership, also=[group.pk for group in spoken]),
        initial={
            "position": seat.position,
            "speaks_for": [group.pk for group in spoken],
            "seen": seal_of(seat_actions.values_of(seat)),
        },
    )

    def save() -> str:
        seat_actions.change_seat(
            seat=seat,
            position=form.cleaned_data["position"],
            speaks_for=form.cleaned_data.get("speaks_for", spoken),
            seen=form.cleaned_data["seen"],
            by=request.access,  # type: ignore[attr-defined]
        )
        return _("The seat is saved.")

    return form_of_a_deed(request, form, save, heading=_("Change the seat"), seat=seat, kind="change")


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def fill(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Somebody takes an open seat."""
    seat = find_seat(partnership, pk)
    actions.refuse_ended(seat)
    last = overlapping(sittings_of(seat), today()).first()
    day = last.ends_on if last and last.ends_on else today()
    form = FillForm(request.POST or None, people=known_people(partnership), initial={"starts_on": day})

    def take() -> str:
        sitting = seat_actions.take_seat(
            seat=seat,
            person=form.somebody,
            starts_on=form.cleaned_data["starts_on"],
            by=request.access,  # type: ignore[attr-defined]
        )
        return _("%(name)s holds the seat from %(day)s.") % _told(sitting)

    return form_of_a_deed(request, form, take, heading=_("Fill the seat"), seat=seat, kind="fill")


def _ends_roles(request: HttpRequest) -> bool:
    return request.method == "POST" and "ending" in request.POST


@partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=_ends_roles)
def substitute(request: HttpRequest, partnership: Partnership, pk: int, sitting: int) -> HttpResponse:
    """Who stands in for the holder."""
    seat = find_seat(partnership, pk)
    row = _find_sitting(seat, sitting)
    actions.refuse_left(row)
    before = row.substitute
    form = SubstituteForm(
        request.POST or None,
        sitting=row,
        appointments=appointments_from(partnership, before, today()) if before else [],
        people=known_people(partnership).exclude(pk=row.person_id),
    )

    def name() -> str:
        saved = actions.set_substitute(
            sitting=row,
            substitute=None if form.is_nobody else form.somebody,
            ending=[int(pk) for pk in form.cleaned_data.get("ending", ())],
            by=request.access,  # type: ignore[attr-defined]
        )
        stands_in, holds = saved.substitute, saved.person.name
        if stands_in is None:
            return _("Nobody stands in for %(name)s now.") % {"name": holds}
        return _("%(substitute)s stands in for %(name)s now.") % {"substitute": stands_in.name, "name": holds}

    return form_of_a_deed(request, form, name, heading=_("Who stands in?"), seat=seat, sitting=row, kind="substitute")


@partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=True)
def replacement(request: HttpRequest, partnership: Partnership, pk: int, sitting: int) -> HttpResponse:
    """Somebody leaves a seat; another follows, or it stays open."""
    seat = find_seat(partnership, pk)
    row = _find_sitting(seat, sitting)
    actions.refuse_left(row)
    tasks = handover.tasks_of(partnership, row.person)
    form = ReplacementForm(
        request.POST or None,
        sitting=row,
        appointments=_other_roles(partnership, row),
        tasks=tasks,
        people=known_people(partnership).exclude(pk=row.person_id),
        initial={"on": max(today(), row.starts_on)},
    )

    def leave() -> str:
        deed = {"sitting": row, "on": form.cleaned_data["on"], "reason": form.cleaned_data["reason"]}
        deed |= {"ending": form.ending, "by": request.access}  # type: ignore[attr-defined]
        if form.is_nobody:
            heirs = {key: heir for key, heir in form.heirs.items() if heir is not None}
            left = actions.vacate(**deed, heirs=heirs)
            return _("%(name)s leaves the seat on %(day)s. It is open from then on.") % _told(left, left.ends_on)
        taken = actions.replace(**deed, successor=form.somebody, heirs=form.heirs)
        return _("%(name)s holds the seat from %(day)s.") % _told(taken)

    context = {**_what_follows(partnership, row), "kind": "replacement"}
    heading = _("Replace %(name)s") % {"name": row.person.name}
    return form_of_a_deed(request, form, leave, heading=heading, seat=seat, **context)


@partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=True)
def end(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """There is no such seat any more."""
    seat = find_seat(partnership, pk)
    actions.refuse_ended(seat)
    row = overlapping(sittings_of(seat), today()).order_by("starts_on").first()
    form = EndSeatForm(
        request.POST or None,
        sitting=row,
        since=max([seat.starts_on, *(left.ends_on for left in sittings_of(seat) if left.ends_on and left != row)]),
        appointments=_other_roles(partnership, row) if row else [],
        tasks=handover.tasks_of(partnership, row.person) if row else [],
        people=known_people(partnership),
        initial={"on": today()},
    )

    def finish() -> str:
        ended = actions.end_seat(
            seat=seat,
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
            ending=form.ending,
            heirs={key: heir for key, heir in form.heirs.items() if heir is not None},
            by=request.access,  # type: ignore[attr-defined]
        )
        return _("There is no seat “%(seat)s” from %(day)s on.") % {
            "seat": ended,
            "day": long_date(form.cleaned_data["on"]),
        }

    context = {**(_what_follows(partnership, row) if row else {}), "kind": "end"}
    return form_of_a_deed(request, form, finish, heading=_("End the seat"), seat=seat, **context)


def _find_sitting(seat: Seat, pk: int) -> Sitting:
    row = sittings_of(seat).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _what_follows(partnership: Partnership, row: Sitting) -> dict[str, Any]:
    """What a page says about somebody who leaves: whether they have access to lose, and what keeps it for them."""
    elsewhere = sits_from(partnership, row.person, today()).exclude(pk=row.pk)
    member = appointments_from(partnership, row.person, today()).filter(role=Role.MEMBER)
    return {
        "sitting": row,
        "is_member": member.exists(),
        "elsewhere": list(elsewhere.select_related("seat__layer").order_by("seat__layer", "seat__position")),
    }


def _other_roles(partnership: Partnership, row: Sitting) -> Any:
    """The roles of whoever sits here that do not end with the seat by themselves."""
    return appointments_from(partnership, row.person, today()).exclude(role=Role.MEMBER)


def _told(sitting: Sitting, day: Any = None) -> dict[str, str]:
    return {"name": sitting.person.name, "day": long_date(day or sitting.starts_on)}
