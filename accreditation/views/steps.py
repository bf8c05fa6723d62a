"""What comes next for a self-assessment, for whoever looks: one sentence, one button, and who else can act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation import queries
from accreditation.models import Criterion, SelfAssessment
from accreditation.queries import Due, PartnersScore, PastCase
from core.dates import long_date, relative_day
from core.refusals import Gap, Text
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews.workflow import CASE

S = SelfAssessment.State


@dataclass(frozen=True)
class Step:
    """`words` is what is next, `follows` what it leads to or who else can; `url` and `deed` the one button."""

    words: Text
    follows: Text = ""
    url: str = ""
    deed: Text = ""
    also: Sequence[tuple[str, Text]] = ()
    late: bool = False


@dataclass(frozen=True)
class Scene:
    """Everything that the next step depends on."""

    assessment: SelfAssessment
    access: Access
    criteria: Sequence[Criterion]
    gaps: Sequence[Gap]
    scores: dict[int, list[PartnersScore]]
    signed_by: frozenset[int]
    due: Due
    cases: Sequence[PastCase]
    unanswered: frozenset[str] = frozenset()  # sections that were asked for, and are as they were submitted

    def at(self, name: str, *more: object) -> str:
        """A page of this self-assessment."""
        return reverse(f"accreditation:{name}", args=[self.assessment.partnership.slug, self.assessment.pk, *more])

    def can(self, permission: Perm) -> bool:
        """Whether the reader holds it."""
        return self.access.can(permission, self.assessment.partnership)

    def part(self, key: str) -> str:
        """Where a section is written, by its key."""
        own = {queries.PLAN: "plan", queries.CHANGES: "changes"}
        return self.at(own[key]) if key in own else self.at("criterion", key)

    @property
    def content_gaps(self) -> list[Gap]:
        """Those that are put right by writing; not those of sign-offs."""
        return queries.gaps_in_writing(self.gaps)

    @property
    def unscored(self) -> list[Criterion]:
        """What the reader has not scored."""
        own = {pk for pk, scores in self.scores.items() if any(each.own for each in scores)}
        return [each for each in self.criteria if each.pk not in own]


def next_step(scene: Scene) -> Step:
    """The one thing to do now."""
    state = scene.assessment.state
    if state == S.SUBMITTED:
        return _with_the_office(scene)
    if state == S.DECIDED:
        return _decided(scene)
    if state == S.DRAFT and scene.assessment.round.is_over:
        return _too_late(scene)
    return _to_write(scene) if scene.content_gaps or scene.unanswered else _to_sign_or_submit(scene)


def _to_write(scene: Scene) -> Step:
    """Something is missing in what is written."""
    places = _places(scene)
    words = _("Next: put right %(parts)s, then members sign off and the chair submits.")
    if scene.assessment.state == S.SENT_BACK:
        words = _("Next: %(parts)s as asked, then the chair submits again.")
    words = words % {"parts": _listed([label for label, _url in places])}
    also = [(scene.at("check"), _("Read it as a whole"))]
    late = scene.due.days_late > 0
    if scene.can(Perm.EDIT_ASSESSMENT):
        label, url = places[0]
        return Step(words, "", url, _("Carry on with %(part)s") % {"part": label}, also, late)
    if scene.can(Perm.TAKE_PART) and scene.unscored and scene.assessment.state != S.SENT_BACK:
        return _to_score(scene, also, late=late)
    return Step(words, _("The co-ordinating officer writes it."), also=also, late=late)


def _to_score(scene: Scene, also: Sequence[tuple[str, Text]], *, late: bool) -> Step:
    first = scene.unscored[0]
    count = len(scene.unscored)
    words = ngettext("Next for you: score %(count)d criterion.", "Next for you: score %(count)d criteria.", count) % {
        "count": count
    }
    follows = _("Each partner scores alone; you see what others think once you have scored.")
    deed = _("Score %(criterion)s") % {"criterion": f"{first.order}. {first.name}"}
    return Step(words, follows, scene.at("score", first.code), deed, also, late)


def _to_sign_or_submit(scene: Scene) -> Step:
    """All of it is written."""
    also = [(scene.at("check"), _("Check your answers"))]
    late = scene.due.days_late > 0
    submit = _("Submit again") if scene.assessment.state == S.SENT_BACK else _("Submit to the Government Office")
    if not scene.gaps:
        words = _("Nothing is missing. Next: the chair submits it.")
        follows = _("It goes to the Government Office as a frozen copy; you can keep reading it.")
        if scene.can(Perm.SIGN_OFF):
            return Step(words, follows, scene.at("submission"), submit, also, late)
        return Step(words, follows, also=also, late=late)
    may_sign = scene.can(Perm.TAKE_PART) and scene.access.person_id not in scene.signed_by
    if may_sign and scene.unscored and scene.assessment.state == S.DRAFT:
        return _to_score(scene, also, late=late)
    words = _("Everything is written. Next: members read it and sign it off, then the chair submits.")
    if scene.assessment.state == S.DEFERRED:
        words = _("Next: write what has changed since the decision; then members sign it off and the chair submits.")
    if may_sign:
        return Step(
            words, str(scene.gaps[0].message) + ".", scene.at("sign_off"), _("Read it and sign it off"), also, late
        )
    return Step(
        words, str(scene.gaps[0].message) + ".", scene.at("check") + "#sign-offs", _("See who has signed"), late=late
    )


def _too_late(scene: Scene) -> Step:
    day = scene.assessment.round.closes_on
    words = _("The last day to submit was %(day)s, %(ago)s.") % {"day": long_date(day), "ago": relative_day(day)}
    follows = _("What is written stays here. Ask the national team whether there will be another round.")
    return Step(words, follows, also=[(scene.at("check"), _("Read what was written"))], late=True)


def _with_the_office(scene: Scene) -> Step:
    past = scene.cases[-1]
    day = past.case.due_on
    words = _("It is with the Government Office, which decides by %(day)s, %(when)s.") % {
        "day": long_date(day),
        "when": relative_day(day),
    }
    opened = _("It has not been opened there yet.")
    if past.case.seen_at is not None:
        opened = _("It was first opened there on %(day)s.") % {"day": long_date(past.case.seen_at)}
    slug = scene.assessment.partnership.slug
    also: list[tuple[str, Text]] = []
    if past.last is not None:
        also.append((reverse("accreditation:submitted", args=[slug, past.case.pk, past.last.number]), _("Read it")))
    if scene.can(Perm.SIGN_OFF) and past.case.state in CASE["withdraw"].from_states:
        also.append((reverse("accreditation:withdrawal", args=[slug, past.case.pk]), CASE["withdraw"].label))
    return Step(words, opened, also=also, late=past.case.days_late > 0)


def _decided(scene: Scene) -> Step:
    outcome, day = scene.assessment.outcome, scene.assessment.next_review_on
    words = _("Decided: %(outcome)s.") % {"outcome": outcome.label if outcome else ""}
    follows = _("The next review is on %(day)s.") % {"day": long_date(day)} if day else _("No next review is set.")
    plan = _("Say how far the actions are") if scene.can(Perm.EDIT_ASSESSMENT) else _("See how far the actions are")
    return Step(words, follows, scene.at("plan"), plan)


def _places(scene: Scene) -> list[tuple[str, str]]:
    """The parts in which something is to be done, each with the address of the first thing in it."""
    names = {each.code: f"{each.order}. {each.name}" for each in scene.criteria}
    names |= {queries.PLAN: _("the action plan"), queries.CHANGES: _("what has changed")}
    found: dict[str, str] = {}
    for gap in scene.content_gaps:
        plan_or_changes = queries.CHANGES if gap.url_name == "accreditation:changes" else queries.PLAN
        found.setdefault(str(gap.kwargs.get("code", plan_or_changes)), gap.url)
    for key in scene.unanswered:
        found.setdefault(key, scene.part(key))
    return [(names[key], found[key]) for key in names if key in found]


def _listed(parts: list[str]) -> str:
    """“1. Strategic, 5. Efficient and the action plan”; of many only the first."""
    if len(parts) > 3:
        return _("%(first)s and %(count)d other parts") % {"first": parts[0], "count": len(parts) - 1}
    return _(" and ").join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def writes(assessment: SelfAssessment, access: Access) -> frozenset[str]:
    """The sections that this person may write now, by their keys."""
    keys = [*(each.code for each in queries.criteria_of(assessment)), queries.PLAN, queries.CHANGES]
    unlocked = queries.unlocked(assessment)
    if not queries.may_write(assessment, next(iter(unlocked or keys)), access):
        return frozenset()
    return frozenset(keys if unlocked is None else unlocked)
