"""One self-assessment as a list of tasks, with what happened so far and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accreditation import queries
from accreditation.models import SelfAssessment
from accreditation.queries import PastCase, Signed
from accreditation.views.finding import find_assessment
from accreditation.views.history import events, last_time
from accreditation.views.steps import Scene, next_step, writes
from accreditation.views.task_list import Tasks
from partnerships.models import Partnership
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from partnerships.tenancy.pages import partnership_page
from reviews import queries as reviews
from reviews.workflow import CASE

S = SelfAssessment.State


@partnership_page(Perm.VIEW_ASSESSMENT)
def assessment(request: HttpRequest, partnership: Partnership, pk: int) -> HttpResponse:
    """Tasks, next step, timeline, what was decided last time."""
    access: Access = request.access  # type: ignore[attr-defined]
    found = find_assessment(partnership, pk)
    cases = queries.past_cases(partnership, [found])[found.pk]
    scores = queries.scores_in(found, access)
    signed = queries.sign_offs_of(found)
    gaps = queries.gaps(found) if found.state in (S.DRAFT, S.DEFERRED, S.SENT_BACK) else []
    scene = Scene(
        assessment=found,
        access=access,
        criteria=list(queries.criteria_of(found)),
        gaps=gaps,
        scores=scores,
        signed_by=frozenset(each.sign_off.person_id for each in signed if each.holds),
        due=queries.due(found, cases),
        cases=cases,
        unanswered=_unanswered(found, cases),
    )
    answers = list(queries.answers_of(found))
    pieces = Counter(row.criterion_id for row in queries.evidence_of(found))
    tasks = Tasks(scene, writes(found, access), answers, pieces)
    context = {
        "assessment": found,
        "due": scene.due,
        "cases": cases,
        "last": cases[-1] if cases else None,
        "decisions": _decisions(scene),
        "step": next_step(scene),
        "criteria": tasks.criteria(),
        "actions": tasks.after(len(queries.actions_of(found)), len(scene.signed_by), len(_lapsed(signed))),
        "scorers": len({each.score.person_id for given in scores.values() for each in given}),
        "asked": _asked(found, scene),
        "events": events(found, cases, signed, answers),
        "last_time": last_time(found),
        "office": partnership.region.office,
    }
    return TemplateResponse(request, "accreditation/assessment.html", context)


def _lapsed(signed: Sequence[Signed]) -> set[int]:
    """Who signed what has been changed since, and has not signed it anew."""
    holding = {each.sign_off.person_id for each in signed if each.holds}
    return {each.sign_off.person_id for each in signed} - holding


def _decisions(scene: Scene) -> list[dict[str, Any]]:
    """Every decision, the latest first; those before it stay to be seen."""
    made = [decided for past in scene.cases for decided in past.decided]
    last = scene.cases[-1].case if scene.cases else None
    return [
        {
            "decided": decided,
            "replaced": number > 0,
            "may_be_appealed": number == 0
            and decided.case == last
            and decided.case.state in CASE["appeal"].from_states
            and decided.appeal is None
            and scene.can(Perm.SIGN_OFF),
            "last_day_to_appeal": reviews.last_day_to_appeal(decided.case, decided.decision) if number == 0 else None,
        }
        for number, decided in enumerate(reversed(made))
    ]


def _asked(found: SelfAssessment, scene: Scene) -> dict[str, Any] | None:
    """What the Government Office has asked for, and of which parts."""
    request = scene.cases[-1].request if scene.cases and found.state == S.SENT_BACK else None
    if request is None:
        return None
    names = {each.code: f"{each.order}. {each.name}" for each in scene.criteria}
    names |= {queries.PLAN: _("Action plan"), queries.CHANGES: _("What has changed since the last round")}
    parts = [{"name": names.get(key, key), "href": _part(scene, key)} for key in names if key in request.sections]
    return {"request": request, "parts": parts}


def _part(scene: Scene, key: str) -> str:
    """Where this reader writes a part that was asked for, or reads it."""
    if scene.can(Perm.EDIT_ASSESSMENT) or key == queries.PLAN:
        return scene.part(key)
    return f"{scene.at('check')}#section-{key}"


def _unanswered(found: SelfAssessment, cases: Sequence[PastCase]) -> frozenset[str]:
    """What was asked for and is still as it was submitted."""
    request = cases[-1].request if cases and found.state == S.SENT_BACK else None
    if request is None:
        return frozenset()
    frozen = reviews.content_of(reviews.last_submission(cases[-1].case))
    written = queries.content_of(found)
    return frozenset(key for key in request.sections if frozen.section(key) == written.section(key))
