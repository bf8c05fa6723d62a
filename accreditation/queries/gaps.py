"""What must be put right before a self-assessment can be submitted, each with the input to do it in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.models import CriterionAnswer, SelfAssessment
from accreditation.queries.assessments import PartnersScore, actions_of, answers_of, evidence_of, scores_in
from accreditation.queries.cases import CHANGES, PLAN, unlocked
from accreditation.queries.content import sign_offs_of
from core.refusals import Gap
from documents.models import Upload

S = SelfAssessment.State


@dataclass(frozen=True)
class _Place:
    """Where gaps of one section are put right."""

    assessment: SelfAssessment
    section: str

    def lacks(self, message: str, page: str, anchor: str, **where: object) -> tuple[str, Gap]:
        kwargs = {"slug": self.assessment.partnership.slug, "pk": self.assessment.pk, **where}
        return self.section, Gap(message, f"accreditation:{page}", kwargs, anchor)


def gaps(assessment: SelfAssessment) -> list[Gap]:
    """Everything that is missing: in what may be written now, in its evidence, and in who has signed it off."""
    keys = unlocked(assessment)
    found = [gap for section, gap in _written(assessment) if keys is None or section in keys]
    return found + (_unsigned(assessment) if assessment.state in {S.DRAFT, S.DEFERRED} else [])


def gaps_in_writing(found: Sequence[Gap]) -> list[Gap]:
    """Those of them that are put right by writing; not those of sign-offs."""
    return [gap for gap in found if gap.url_name != "accreditation:check"]


def _written(assessment: SelfAssessment) -> Iterator[tuple[str, Gap]]:
    scores = scores_in(assessment)
    evidence: dict[int, list[Any]] = {}
    for row in evidence_of(assessment):
        evidence.setdefault(row.criterion_id, []).append(row)
    if assessment.streamlined and not assessment.changes_since.strip():
        place = _Place(assessment, CHANGES)
        yield place.lacks(_("What has changed since the last round is empty"), "changes", "id_changes_since")
    for answer in answers_of(assessment):
        yield from _in_answer(assessment, answer, scores.get(answer.criterion_id, []))
        yield from _in_evidence(assessment, answer, evidence.get(answer.criterion_id, []))
    yield from _in_plan(assessment)


def _in_answer(
    assessment: SelfAssessment, answer: CriterionAnswer, scores: Sequence[PartnersScore]
) -> Iterator[tuple[str, Gap]]:
    code, name = answer.criterion.code, {"criterion": f"{answer.criterion.order}. {answer.criterion.name}"}
    place = _Place(assessment, code)
    if answer.rating is None:
        yield place.lacks(_("%(criterion)s has no agreed rating") % name, "criterion", "id_rating_0", code=code)
    if not answer.agreed_because.strip() and _differ(answer, scores):
        words = _("%(criterion)s does not say why this rating was agreed, though partners’ scores differ")
        yield place.lacks(words % name, "criterion", "id_agreed_because", code=code)
    if not answer.starting_point.strip():
        words = _("%(criterion)s does not say what the local conditions and the starting point are")
        yield place.lacks(words % name, "criterion", "id_starting_point", code=code)
    if not answer.narrative.strip() and not assessment.streamlined:
        yield place.lacks(_("%(criterion)s has no narrative") % name, "criterion", "id_narrative", code=code)


def _differ(answer: CriterionAnswer, scores: Sequence[PartnersScore]) -> bool:
    """Whether partners think differently, or agreed on something else than they think."""
    given = {each.score.rating_id for each in scores}
    return len(given | {answer.rating_id} if answer.rating_id and given else given) > 1


def _in_evidence(assessment: SelfAssessment, answer: CriterionAnswer, rows: Sequence[Any]) -> Iterator[tuple[str, Gap]]:
    says = {
        Upload.State.CHECKING: _("The file “%(title)s” is still being checked"),
        Upload.State.REFUSED: _("The file “%(title)s” was refused. Take it out, or add another"),
    }
    code = answer.criterion.code
    for row in rows:
        words = says.get(row.upload.state) if row.upload else None
        if words:
            place = _Place(assessment, code)
            yield place.lacks(words % {"title": row.title}, "criterion", f"evidence-{row.pk}", code=code)


def _in_plan(assessment: SelfAssessment) -> Iterator[tuple[str, Gap]]:
    place = _Place(assessment, PLAN)
    actions = list(actions_of(assessment))
    if not actions and not assessment.streamlined:
        yield place.lacks(_("The action plan has no action"), "new_action", "id_title")
    for action in actions:
        missing = {
            "id_lead": (action.lead_id, _("The action “%(title)s” has no lead organisation")),
            "id_starts_on_0": (action.starts_on, _("The action “%(title)s” does not say when it starts")),
            "id_ends_on_0": (action.ends_on, _("The action “%(title)s” does not say when it ends")),
            "id_measure": (action.measure.strip(), _("The action “%(title)s” does not say how it is measured")),
        }
        for anchor, (value, words) in missing.items():
            if not value:
                yield place.lacks(words % {"title": action.title}, "action", anchor, action=action.pk)


def _unsigned(assessment: SelfAssessment) -> list[Gap]:
    wanted = assessment.round.scheme.sign_offs
    signed = sum(each.holds for each in sign_offs_of(assessment))
    if signed >= wanted:
        return []
    words = ngettext(
        "%(wanted)d member signs off what is written now before it is submitted; %(signed)d has",
        "%(wanted)d members sign off what is written now before it is submitted; %(signed)d have",
        wanted,
    )
    place = _Place(assessment, "")
    return [place.lacks(words % {"wanted": wanted, "signed": signed}, "check", "sign-offs")[1]]
