"""One partner scores one criterion alone; what others think shows afterwards."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation import actions, queries
from accreditation.forms import ScoreForm
from accreditation.models import Criterion, SelfAssessment
from accreditation.queries import PartnersScore
from accreditation.views.finding import find_assessment, find_criterion
from accreditation.views.saving import attempt
from accreditation.workflow import SELF_ASSESSMENT
from core.drafts import draft_of
from partnerships.models import Organisation, Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.pages import FORM, partnership_page


@partnership_page(Perm.TAKE_PART, FORM)
def score(request: HttpRequest, partnership: Partnership, pk: int, code: str) -> HttpResponse:
    """Rating and why, beside what is written so far."""
    access: Access = request.access  # type: ignore[attr-defined]
    found = find_assessment(partnership, pk)
    asked = find_criterion(found, code)
    scores = queries.scores_of(found, asked, access)
    own = next((each for each in scores if each.own), None)
    organisations = list(queries.speaks_for(partnership, access.person_id))
    form = ScoreForm(
        request.POST or None,
        initial=_initial(own, organisations),
        ratings=list(found.round.scheme.ratings.order_by("order")),
        organisations=organisations,
    )
    tried = attempt(
        request,
        form,
        lambda form: actions.score(assessment=found, criterion=asked, **form.values(), by=access),
    )
    if tried.done:
        messages.success(request, _("Your score is noted."), extra_tags=draft_of(request))
        return redirect("accreditation:score", partnership.slug, pk, code)
    context = {
        "assessment": found,
        "criterion": asked,
        "scores": scores,
        "own": own,
        "may_score": found.state in SELF_ASSESSMENT["score"].from_states or request.method == "POST",
        "section": queries.content_of(found).section(code),
        "count": found.round.scheme.criteria.count(),
        "next": _next(found, access, asked),
    }
    return tried.page(request, "accreditation/score.html", context)


def _initial(own: PartnersScore | None, organisations: list[Organisation]) -> dict[str, object]:
    """One's own score; before there is one, the organisation whose seat one holds."""
    if own is None:
        return {"organisation": str(organisations[0].pk) if organisations else ""}
    given = own.score
    return {"rating": given.rating.code, "comment": given.comment, "organisation": str(given.organisation_id or "")}


def _next(found: SelfAssessment, access: Access, asked: Criterion) -> tuple[Criterion, str] | None:
    """The first criterion, after this one or from the beginning, that this person has not scored."""
    scored = {pk for pk, scores in queries.scores_in(found, access).items() if any(each.own for each in scores)}
    criteria = list(queries.criteria_of(found))
    ahead = [each for each in criteria if each.order > asked.order] + [
        each for each in criteria if each.order < asked.order
    ]
    for each in ahead:
        if each.pk not in scored:
            return each, reverse("accreditation:score", args=[found.partnership.slug, found.pk, each.code])
    return None
