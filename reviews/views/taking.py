"""Who works on a case: take it, give it to somebody, hand it back, stand aside."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person
from core.refusals import Text
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.pages import FORM, partnership_page
from reviews import actions, queries
from reviews.forms.deeds import AssignmentForm, ClaimForm, ReasonForm
from reviews.models import Case
from reviews.views.finding import find_case
from reviews.views.saving import deed_page


@partnership_page(Perm.REVIEW, FORM, inside=False)
def claim(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """One question before somebody takes a case: that they have no interest in it. Whoever has one stands aside."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    form = ClaimForm(request.POST or None, name=partnership.name)

    def do() -> str:
        actions.claim(case=found, no_interest=form.cleaned_data["no_interest"], by=by)
        return _("You have taken the case.")

    context = {"heading": _("Take this case?")}
    return deed_page(request, found, "claim", form, do, template="reviews/claim.html", context=context)


@partnership_page(Perm.COUNTERSIGN, FORM, inside=False)
def assignment(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """A manager chooses who reviews: among those who hold the permission and have no interest, each with their load."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    people = queries.impartial(queries.people_with(Perm.REVIEW, found), found)
    choices = _with_their_load(people, found)
    form = AssignmentForm(request.POST or None, people=choices, initial={"to": found.reviewer_id})

    def do() -> str:
        chosen = next(person for person in people if person.pk == form.cleaned_data["to"])
        actions.assign(case=found, to=chosen, by=by)
        return _("%(name)s reviews it.") % {"name": chosen.name}

    context = {"heading": _("Who reviews this case?"), "nobody": not people}
    return deed_page(request, found, "assign", form, do, template="reviews/assignment.html", context=context)


def _with_their_load(people: list[Person], case: Case) -> list[tuple[Person, Text]]:
    loads = {load.person.pk: load for load in queries.workload(case.partnership.region) if load.person}
    return [(person, _load_in_words(loads.get(person.pk), person.pk == case.reviewer_id)) for person in people]


def _load_in_words(load: queries.Load | None, has_it: bool) -> str:
    words = _("Has no open case")
    if load and load.open:
        words = ngettext("%(count)d open case", "%(count)d open cases", load.open) % {"count": load.open}
        if load.late:
            words += _(", %(count)d of them late") % {"count": load.late}
    return _("Has taken it now. %(load)s.") % {"load": words} if has_it else words


@partnership_page(Perm.REVIEW, FORM, inside=False)
def release(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Hand a case back into the queue."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    form = ReasonForm(request.POST or None, submit=_("Hand the case back"), hint=_("Whoever takes it next reads this"))

    def do() -> str:
        actions.release(case=found, reason=form.cleaned_data["reason"], by=by)
        return _("The case waits in the queue again. What you judged and recorded stays with it.")

    context = {
        "heading": _("Hand this case back?"),
        "follows": [
            _("It waits in the queue for somebody else. The day to decide by stays."),
            _("Your judgements and the dialogue stay with the case."),
        ],
    }
    done = _queue(found)
    return deed_page(request, found, "release", form, do, template="reviews/deed.html", context=context, done=done)


@partnership_page(Perm.REVIEW, FORM, inside=False)
def recusal(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Stand aside, because of an interest. For good."""
    found, by = find_case(partnership, pk), request.access  # type: ignore[attr-defined]
    hint = _("Say what your interest is, in a sentence. Whoever can see the case can read it.")
    form = ReasonForm(request.POST or None, submit=_("Stand aside"), hint=hint, grave=True)

    def do() -> str:
        actions.recuse(case=found, reason=form.cleaned_data["reason"], by=by)
        return _("You have stood aside from this case.")

    context = {
        "heading": _("Stand aside from this case?"),
        "follows": [
            _("You take no part in this case any more. This cannot be taken back."),
            _("If you have taken it, it goes back into the queue."),
        ],
    }
    done = _queue(found)
    return deed_page(request, found, "recuse", form, do, template="reviews/deed.html", context=context, done=done)


def _queue(case: Case) -> str:
    return reverse("reviews:queue", args=[case.partnership.region.slug])
