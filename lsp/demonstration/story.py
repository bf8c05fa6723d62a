"""One partnership's way through a round, told by its people and by those of its Government Office, through the actions.

What is told stands in a dictionary of the form that `assessments/README.md` describes. Every step looks first whether
it is done, so a story that was interrupted goes on where it stopped.
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from accounts.models import Person
from accreditation import actions
from accreditation.models import (
    Criterion,
    CriterionAnswer,
    Outcome,
    PlannedAction,
    Rating,
    Round,
    SelfAssessment,
)
from accreditation.queries import KIND, answers_of, assessment, seal_of
from core.dates import today
from core.working_days import working_days_after
from partnerships.models import Organisation, Partnership, Sitting
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from reviews import actions as reviews
from reviews.models import Case, DialogueEntry
from reviews.queries import judgements_of, last_submission, latest_case, recommendation_of

Words = dict[str, Any]


def in_weeks(weeks: int) -> datetime.date:
    """A working day of the future, so many weeks on: nothing that is told pretends to have happened before."""
    return working_days_after(today() + datetime.timedelta(weeks=weeks, days=-1), 1)


class Story:
    """Tells it step by step. `officer` and `chair` are e-mail addresses, as are all whom `words` name."""

    def __init__(self, partnership: Partnership, round: Round, words: Words, officer: str, chair: str) -> None:
        self.partnership, self.round, self.words = partnership, round, words
        self.officer, self.chair = officer, chair
        self.criteria = {each.code: each for each in Criterion.objects.filter(scheme=round.scheme_id)}
        self.ratings = {each.order: each for each in Rating.objects.filter(scheme=round.scheme_id)}
        self.outcomes = {each.order: each for each in Outcome.objects.filter(scheme=round.scheme_id)}

    @property
    def steps(self) -> list[Callable[[], None]]:
        """All of them, in order."""
        told = [self.write, self.score, self.sign, self.submit, self.claim, self.review]
        return [*told, self.send_back, self.recommend, self.decide]

    def tell(self) -> None:
        """The whole of it, as far as the words go."""
        for step in self.steps:
            step()

    @contextmanager
    def _as(self, email: str) -> Iterator[Access]:
        """The partnership open to somebody."""
        by = Access.of(Person.objects.get(email=email))
        with acting(self.partnership.pk, by=by.person_id):
            yield by

    def begun(self) -> bool:
        """Whether anything has been written in this round."""
        with acting(self.partnership.pk):
            answers = CriterionAnswer.objects.filter(partnership=self.partnership, assessment__round=self.round)
            return answers.filter(version__gt=1).exists()

    def _assessment(self) -> SelfAssessment:
        """As it is now, in the partnership that is open."""
        found = SelfAssessment.objects.get(partnership=self.partnership, round=self.round)
        return assessment(self.partnership, found.pk) or found

    def _case(self) -> Case | None:
        return latest_case(KIND, self._assessment().pk, self.partnership)

    def write(self) -> None:
        """The officer writes the answers, gives evidence and plans actions."""
        with self._as(self.officer) as by:
            found = actions.start(partnership=self.partnership, round=self.round, by=by)
            if found.state != SelfAssessment.State.DRAFT:
                return
            for answer in answers_of(found):
                if answer.version == 1 and (words := self.words["answers"].get(answer.criterion.code)):
                    self._answer(answer, words, by)
            if not PlannedAction.objects.filter(partnership=self.partnership, assessment=found).exists():
                for words in self.words.get("actions", []):
                    self._plan(found, words, by)

    def _answer(self, answer: CriterionAnswer, words: Words, by: Access) -> None:
        texts = {name: words[name].strip() for name in ("agreed_because", "starting_point", "narrative")}
        actions.save_answer(answer=answer, rating=self.ratings[words["rating"]], **texts, version=1, by=by)
        for each in words.get("evidence", []):
            actions.add_link(assessment=answer.assessment, criterion=answer.criterion, **each, by=by)

    def _plan(self, found: SelfAssessment, words: Words, by: Access) -> None:
        actions.add_action(
            assessment=found,
            criterion=self.criteria[words["criterion"]],
            title=words["title"],
            lead=Organisation.objects.get(name=words["lead"]) if "lead" in words else None,
            starts_on=in_weeks(words["starts"]) if "starts" in words else None,
            ends_on=in_weeks(words["ends"]) if "ends" in words else None,
            measure=words["measure"],
            by=by,
        )

    def score(self) -> None:
        """Each partner gives their own scores, for the organisation whose seat they hold, if they hold one."""
        by_partner: dict[str, list[tuple[str, Words]]] = {}
        for code, answer in self.words["answers"].items():
            for words in answer.get("scores", []):
                by_partner.setdefault(words["who"], []).append((code, words))
        for who, given in by_partner.items():
            with self._as(who) as by:
                found = self._assessment()
                if found.state != SelfAssessment.State.DRAFT:
                    return
                for code, words in given:
                    actions.score(
                        assessment=found,
                        criterion=self.criteria[code],
                        rating=self.ratings[words["rating"]],
                        comment=words["comment"],
                        organisation=self._organisation(by),
                        by=by,
                    )

    def _organisation(self, by: Access) -> Organisation | None:
        seats = Sitting.objects.filter(partnership=self.partnership, person=by.person_id, ends_on=None)
        sitting = seats.select_related("seat__organisation").order_by("pk").first()
        return sitting.seat.organisation if sitting else None

    def sign(self) -> None:
        """Members sign off what is written."""
        for who in self.words.get("signed", []):
            with self._as(who) as by:
                found = self._assessment()
                if found.state == SelfAssessment.State.DRAFT:
                    organisation = self._organisation(by)
                    actions.sign_off(assessment=found, seal=seal_of(found), organisation=organisation, by=by)

    def submit(self) -> None:
        """The chair submits it, if there is a declaration."""
        if "declaration" not in self.words:
            return
        with self._as(self.chair) as by:
            found = self._assessment()
            if found.state == SelfAssessment.State.DRAFT:
                words = self.words["declaration"]
                actions.submit(assessment=found, declaration=words, seal=seal_of(found), by=by)

    @contextmanager
    def _reviewing(self, name: str, *states: Case.State) -> Iterator[tuple[Case, Access] | None]:
        """The case, open to the reviewer, or to who countersigns, if it is in one of these states; else None."""
        review = self.words.get("review")
        if review is None:
            yield None
            return
        who = review["reviewer"] if name == "reviewer" else review["recommendation"][name]
        with self._as(who) as by:
            case = self._case()
            yield (case, by) if case is not None and case.state in states else None

    def claim(self) -> None:
        """A reviewer takes the case."""
        with self._reviewing("reviewer", Case.State.QUEUED) as open_to:
            if open_to:
                case, by = open_to
                reviews.claim(case=case, no_interest=True, by=by)
                reviews.see(case=case, by=by)

    def review(self) -> None:
        """The reviewer talks with people and judges the sections."""
        with self._reviewing("reviewer", Case.State.CLAIMED) as open_to:
            if not open_to:
                return
            case, by = open_to
            if not DialogueEntry.objects.filter(partnership=self.partnership, case=case).exists():
                for words in self.words["review"].get("dialogue", []):
                    reviews.log_dialogue(case=case, on=today(), **words, by=by)
            judged = judgements_of(case)
            for words in self.words["review"].get("judgements", []):
                if words["section"] not in judged:
                    judgement = self.ratings[words["rating"]].code
                    reviews.judge(
                        case=case,
                        section=words["section"],
                        judgement=judgement,
                        comment=words["comment"],
                        version=0,
                        by=by,
                    )

    def send_back(self) -> None:
        """The reviewer asks for changes, and shows the partnership what is thought so far."""
        request = self.words.get("review", {}).get("request")
        if request is None:
            return
        with self._reviewing("reviewer", Case.State.CLAIMED) as open_to:
            if open_to:
                case, by = open_to
                reviews.share(case=case, shared=True, by=by)
                words = request["words"].strip()
                reviews.ask_changes(case=case, sections=request["sections"], words=words, answer_by=in_weeks(2), by=by)

    def recommend(self) -> None:
        """The reviewer recommends an outcome."""
        words = self.words.get("review", {}).get("recommendation")
        if words is None:
            return
        with self._reviewing("reviewer", Case.State.CLAIMED) as open_to:
            if open_to:
                case, by = open_to
                conditions = [
                    reviews.Condition(each["words"], in_weeks(each["due"])) for each in words.get("conditions", [])
                ]
                reviews.recommend(
                    case=case,
                    outcome=self.outcomes[words["outcome"]].code,
                    reasons=words["reasons"].strip(),
                    concerns=words.get("concerns", "").strip(),
                    conditions=conditions,
                    next_review_on=in_weeks(words["next_review"]) if "next_review" in words else None,
                    submission=last_submission(case).number,
                    by=by,
                )

    def decide(self) -> None:
        """A manager countersigns."""
        if "recommendation" not in self.words.get("review", {}):
            return
        with self._reviewing("decided_by", Case.State.RECOMMENDED) as open_to:
            if open_to:
                case, by = open_to
                recommendation = recommendation_of(case)
                assert recommendation is not None  # noqa: S101  (a case in this state has one)
                reviews.decide(case=case, recommendation=recommendation.number, by=by)
