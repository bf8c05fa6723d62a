"""The entry of a member in the directory: changing it, its numbers, merging a second entry into it, undoing that."""

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.refusals import Already, NotPermitted
from partnerships.actions import merging, organisations
from partnerships.forms.organisations import EntryForm, NumbersForm
from partnerships.models import Membership, Organisation, OrganisationMerge, Partnership
from partnerships.permissions import Perm
from partnerships.queries.merging import preview
from partnerships.tenancy.pages import FORM, partnership_page
from partnerships.views.joining import facts, looked_up
from partnerships.views.member_deeds import deed_page
from partnerships.views.members import find_membership


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def entry(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """What the directory says of it."""
    membership = find_membership(partnership, pk)
    organisations.check_may_change(membership, request.access)  # type: ignore[attr-defined]
    form = EntryForm(request.POST or None, initial=EntryForm.initial_of(membership.organisation))

    def save(form: EntryForm) -> str:
        organisations.change_entry(membership=membership, **form.cleaned_data, by=request.access)  # type: ignore[attr-defined]
        return _("The entry is changed.")

    context = {
        "heading": _("Change the entry in the directory"),
        "intro": _("One directory serves all partnerships: each that has this member sees the change."),
    }
    return deed_page(request, membership, form, save, context)


@partnership_page(Perm.MANAGE_MEMBERS, FORM)
def number(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Another number of a register."""
    membership = find_membership(partnership, pk)
    organisations.check_may_change(membership, request.access)  # type: ignore[attr-defined]
    form = NumbersForm(request.POST or None)

    def save(form: NumbersForm) -> str:
        organisations.change_number(membership=membership, **form.cleaned_data, by=request.access)  # type: ignore[attr-defined]
        return _("The number is saved.")

    context = {
        "heading": _("Change a number"),
        "intro": _("The number it had ends on the day on which the new one begins. The page of the member keeps both."),
        "numbers": membership.organisation.identifiers.filter(ends_on=None).order_by("scheme"),
    }
    return deed_page(request, membership, form, save, context)


@partnership_page(Perm.MANAGE_MEMBERS)
def duplicates(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Which other entry of the directory is the same body?"""
    membership = find_membership(partnership, pk)
    choice = request.GET.get("choice", "")
    if choice.isdecimal():
        return redirect("partnerships:merge", partnership.slug, pk, int(choice))
    context = {"membership": membership, **looked_up(request.GET, partnership, but_not=membership.organisation_id)}
    return TemplateResponse(request, "partnerships/organisations/duplicates.html", context)


@partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=True)
def merge(request: HttpRequest, partnership: Partnership, pk: int, other: int) -> HttpResponse:
    """Two entries side by side, what would move, and the deed. `?keep=` says which of the two stays."""
    membership = find_membership(partnership, pk)
    mine = membership.organisation
    second = Organisation.objects.select_related("sector", "authority", "kept_by").filter(pk=other).first()
    if second is None or second == mine or second.merged_into_id or mine.merged_into_id:
        raise Http404
    kept, merged = (second, mine) if request.GET.get("keep") == str(second.pk) else (mine, second)
    access = request.access  # type: ignore[attr-defined]
    refused: Already | NotPermitted | None = None
    if request.method == "POST":
        try:
            merging.merge(kept=kept, merged=merged, seen=request.POST.get("seen", ""), by=access)
        except (Already, NotPermitted) as error:
            refused = error
        else:
            words = {"merged": merged.name, "kept": kept.name}
            messages.success(request, _("“%(merged)s” is merged into “%(kept)s”.") % words)
            return redirect("partnerships:member", partnership.slug, _membership_of(partnership, kept, membership).pk)
    shown = preview(kept, merged, access)
    context = {
        "membership": membership,
        "kept": kept,
        "merged": merged,
        "both": [(kept, facts(kept)), (merged, facts(merged))],
        "preview": shown,
        "lines": shown.lines(access),
        "refused": refused,
    }
    return TemplateResponse(
        request, "partnerships/organisations/merge.html", context, status=refused.status if refused else 200
    )


@partnership_page(Perm.MANAGE_MEMBERS, FORM, sensitive=True)
def undo_merge(request: HttpRequest, partnership: Partnership, pk: int, merge: int) -> HttpResponse:
    """Ask, then take a merge back."""
    membership = find_membership(partnership, pk)
    done = OrganisationMerge.objects.filter(pk=merge, kept=membership.organisation_id).select_related("merged").first()
    if done is None:
        raise Http404
    refused: Already | NotPermitted | None = None
    if request.method == "POST":
        try:
            merging.undo(merge=done, by=request.access)  # type: ignore[attr-defined]
        except (Already, NotPermitted) as error:
            refused = error
        else:
            messages.success(request, _("“%(name)s” is an entry of its own again.") % {"name": done.merged.name})
            return redirect("partnerships:member", partnership.slug, pk)
    context = {"membership": membership, "merge": done, "refused": refused}
    return TemplateResponse(
        request, "partnerships/organisations/undo.html", context, status=refused.status if refused else 200
    )


def _membership_of(partnership: Partnership, kept: Organisation, before: Membership) -> Membership:
    """Where to go on: the membership of the entry that was kept, the latest; else the one that one came from."""
    own = Membership.objects.filter(partnership=partnership, organisation=kept)
    return own.exclude(ends_on=F("starts_on")).order_by("-starts_on").first() or before
