"""The tasks of a self-assessment as one reader sees them: where each leads, how far it is, and a word about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation import queries
from accreditation.models import CriterionAnswer, SelfAssessment
from accreditation.queries import PartnersScore
from accreditation.views.steps import Scene
from core.refusals import Gap
from partnerships.permissions import Perm

S = SelfAssessment.State
Task = dict[str, Any]


@dataclass(frozen=True)
class Tasks:
    """The tasks as this reader sees them."""

    scene: Scene
    writes: frozenset[str]
    answers: Sequence[CriterionAnswer]
    pieces: Counter[int]

    def criteria(self) -> list[Task]:
        """What has changed, where the path is the streamlined one, and the criteria in their order."""
        first = [self._changes()] if self.scene.assessment.streamlined else []
        return [*first, *(self._criterion(answer) for answer in self.answers)]

    def after(self, actions: int, signed: int, lapsed: int) -> list[Task]:
        """The plan, checking, signing off (by how many, and how many sign-offs no longer count), the declaration."""
        return [self._plan(actions), self._check(), self._signing(signed, lapsed), self._declaration()]

    def _criterion(self, answer: CriterionAnswer) -> Task:
        found, scores = answer.criterion, self.scene.scores.get(answer.criterion_id, [])
        gaps = [gap for gap in self.scene.gaps if gap.kwargs.get("code") == found.code]
        started = bool(answer.rating or answer.narrative or answer.starting_point)
        return {
            "title": f"{found.order}. {found.name}",
            "href": self._place(found.code),
            "hint": self._hint(answer, scores),
            **self._status(found.code, gaps, started, own=next((each for each in scores if each.own), None)),
        }

    def _changes(self) -> Task:
        gaps = [gap for gap in self.scene.gaps if gap.url_name == "accreditation:changes"]
        writes = queries.CHANGES in self.writes
        return {
            "title": _("What has changed since the last round"),
            "href": self.scene.at("changes") if writes else self.scene.at("check") + "#section-changes",
            "hint": _("The partnership is on the streamlined path: this takes the place of the narratives"),
            **self._status(queries.CHANGES, gaps, started=False),
        }

    def _place(self, code: str) -> str:
        """Where this reader does something about a criterion, or reads it."""
        if self.scene.can(Perm.EDIT_ASSESSMENT):
            return self.scene.at("criterion", code)
        if self.scene.can(Perm.TAKE_PART):
            return self.scene.at("score", code)
        return f"{self.scene.at('check')}#section-{code}"

    def _hint(self, answer: CriterionAnswer, scores: Sequence[PartnersScore]) -> str:
        sees = self.scene.can(Perm.EDIT_ASSESSMENT) or any(each.own for each in scores)
        given = Counter(each.score.rating.label.lower() for each in scores)
        parts = [_("Rated %(rating)s") % {"rating": answer.rating.label.lower()}] if answer.rating else []
        if len(given) > 1 and (sees or self.scene.assessment.state != S.DRAFT):
            said = ", ".join(_says(*each) for each in given.most_common())
            return " · ".join([*parts, _("Scores differ: %(scores)s") % {"scores": said}])
        if count := self.pieces[answer.criterion_id]:
            words = ngettext("%(count)d piece of evidence", "%(count)d pieces of evidence", count)
            parts.append(words % {"count": count})
        if answer.rating and not answer.narrative and not self.scene.assessment.streamlined:
            parts = [_("Narrative is missing")]
        return " · ".join(parts)

    def _status(self, key: str, gaps: Sequence[Gap], started: bool, own: PartnersScore | None = None) -> Task:
        state = self.scene.assessment.state
        if state in (S.SUBMITTED, S.DECIDED):
            return {"status": _("Submitted")}
        if state == S.SENT_BACK and key not in self._unlocked():
            return {"status": _("As submitted")}
        if self._scores() and key != queries.CHANGES:
            return (
                {"status": _("You: %(rating)s") % {"rating": own.score.rating.label}}
                if own
                else {
                    "status": _("Not scored by you"),
                    "look": "draft",
                }
            )
        if gaps and started:
            words = ngettext("%(count)d to put right", "%(count)d to put right", len(gaps))
            return {"status": words % {"count": len(gaps)}, "look": "slightly-off"}
        if gaps:
            return {"status": _("Not started"), "look": "draft"}
        return self._nothing_missing(key)

    def _nothing_missing(self, key: str) -> Task:
        if key in self.scene.unanswered:
            return {"status": _("Changes asked for"), "look": "sent-back"}
        return {"status": _("Changed") if self.scene.assessment.state == S.SENT_BACK else _("Done")}

    def _scores(self) -> bool:
        """Whether this reader is here to score, and may now."""
        return (
            self.scene.assessment.state in (S.DRAFT, S.DEFERRED)
            and self.scene.can(Perm.TAKE_PART)
            and not self.scene.can(Perm.EDIT_ASSESSMENT)
        )

    def _unlocked(self) -> frozenset[str]:
        request = self.scene.cases[-1].request if self.scene.cases else None
        return frozenset(request.sections) if request else frozenset()

    def _plan(self, actions: int) -> Task:
        gaps = [gap for gap in self.scene.gaps if gap.url_name in ("accreditation:action", "accreditation:new_action")]
        hint = _("What the partnership will do to become stronger")
        if actions and not gaps:
            words = ngettext(
                "%(count)d action, with a lead and dates", "%(count)d actions, each with a lead and dates", actions
            )
            hint = words % {"count": actions}
        elif actions:
            hint = ngettext("%(count)d action", "%(count)d actions", actions) % {"count": actions}
        status = self._status(queries.PLAN, gaps, started=bool(actions))
        if "Not scored" in str(status["status"]) or self._scores():
            status = {"status": _("In progress"), "look": "submitted"} if gaps else {"status": _("Done")}
        return {"title": _("Action plan"), "href": self.scene.at("plan"), "hint": hint, **status}

    def _check(self) -> Task:
        count = len(self.scene.content_gaps)
        task = {"title": _("Check your answers"), "href": self.scene.at("check")}
        if self.scene.assessment.state in (S.SUBMITTED, S.DECIDED):
            return {**task, "title": _("Read it as a whole"), "status": ""}
        if count:
            words = ngettext("%(count)d to put right", "%(count)d to put right", count) % {"count": count}
            return {**task, "hint": _("Everything as it would be submitted"), "status": words, "look": "slightly-off"}
        return {**task, "hint": _("Everything as it would be submitted"), "status": _("Nothing is missing")}

    def _signing(self, signed: int, lapsed: int) -> Task:
        state, wanted = self.scene.assessment.state, self.scene.assessment.round.scheme.sign_offs
        task = {"title": _("Sign-off by members")}
        if state == S.SENT_BACK:
            hint = _("Changes that were asked for go with the declaration of the chair")
            return {**task, "hint": hint, "status": _("Not asked for again")}
        if state not in (S.DRAFT, S.DEFERRED):
            return {**task, "status": _("Done")}
        words = ngettext(
            "%(signed)d member has signed what is written now, of %(wanted)d who are needed",
            "%(signed)d members have signed what is written now, of %(wanted)d who are needed",
            signed,
        )
        hint = words % {"signed": signed, "wanted": wanted}
        if lapsed:
            words = ngettext(
                "%(lapsed)d who signed before the last change is asked again",
                "%(lapsed)d who signed before the last change are asked again",
                lapsed,
            )
            hint = f"{hint}. {words % {'lapsed': lapsed}}"
        if self.scene.content_gaps:
            return {**task, "hint": hint, "status": _("Cannot start yet")}
        mine = self.scene.access.person_id in self.scene.signed_by
        place = "sign_off" if self.scene.can(Perm.TAKE_PART) and not mine else "check"
        task |= {"href": self.scene.at(place) + ("#sign-offs" if place == "check" else ""), "hint": hint}
        return (
            {**task, "status": _("Done")}
            if signed >= wanted
            else {**task, "status": _("In progress"), "look": "submitted"}
        )

    def _declaration(self) -> Task:
        task: Task = {"title": _("Declaration by the chair")}
        if self.scene.assessment.state in (S.SUBMITTED, S.DECIDED):
            return {**task, "status": _("Done")}
        if self.scene.gaps or (self.scene.assessment.state == S.DRAFT and self.scene.assessment.round.is_over):
            return {**task, "status": _("Cannot start yet")}
        href = self.scene.at("submission") if self.scene.can(Perm.SIGN_OFF) else ""
        hint = _("The chair can submit it now")
        if self.scene.unanswered:
            hint = _("The chair can submit it, though not all that was asked for has changed")
        return {
            **task,
            "href": href,
            "hint": hint,
            "status": _("Ready"),
            "look": "submitted",
        }


def _says(rating: str, count: int) -> str:
    """“two say strong”, “one says adequate”."""
    words = ngettext("%(count)s says %(rating)s", "%(count)s say %(rating)s", count)
    return words % {"count": apnumber(count), "rating": rating}
