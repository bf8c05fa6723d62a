"""Self-assessments for tests, brought from stage to stage by the actions of the people who do it.

Each stage goes on from the one before: `started`, `written`, `ready`, `submitted`, `sent_back`, `decided`.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from accreditation import actions, queries
from accreditation.models import PlannedAction, Rating, Round, Scheme, SelfAssessment
from core.dates import today
from partnerships.models import Organisation, Partnership
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from reviews import actions as reviews
from reviews.models import Case, Decision, Submission
from tests.world import World

DECLARATION = "The partnership has agreed on this self-assessment."
SCORERS = {"chair": "strong", "rep": "adequate", "cvs": "adequate"}
SIGNERS = ("rep", "cvs")


def a_round(name: str = "2005–06", *, scheme: str = "2005-06", closes_in: int = 90, opens_in: int = 0) -> Round:
    """A round of this name, entered if there is none; nobody is told of it. Days are counted from today."""
    found: Round = Round.objects.get_or_create(
        name=name,
        defaults={
            "scheme": Scheme.objects.get(code=scheme),
            "opens_on": today() + datetime.timedelta(days=min(opens_in, closes_in)),
            "closes_on": today() + datetime.timedelta(days=closes_in),
        },
    )[0]
    return found


def fresh(assessment: SelfAssessment) -> SelfAssessment:
    """As it is stored now, with what pages load of it. Its partnership is open."""
    found = queries.assessment(assessment.partnership, assessment.pk)
    assert found is not None
    return found


def started(
    world: World, round: Round | None = None, *, partnership: Partnership | None = None, officer: str = "officer"
) -> SelfAssessment:
    """The draft of Southwark (or another), empty."""
    where = partnership or world.southwark
    with acting(where.pk, by=world.people[officer].pk):
        made = actions.start(partnership=where, round=round or a_round(), by=world.access(officer))
        return fresh(made)


def written(
    world: World, round: Round | None = None, *, partnership: Partnership | None = None, officer: str = "officer"
) -> SelfAssessment:
    """The same with every answer, a link as evidence and an action; nobody has scored or signed."""
    assessment = started(world, round, partnership=partnership, officer=officer)
    where, by = assessment.partnership, world.access(officer)
    with acting(where.pk, by=by.person_id):
        write_answers(assessment, by)
        first = queries.criteria_of(assessment)[0]
        actions.add_link(
            assessment=assessment,
            criterion=first,
            title="Community Strategy 2006 to 2016",
            url="https://southwark.example.org/strategy",
            by=by,
        )
        plan_action(assessment, by)
        return fresh(assessment)


def write_answers(assessment: SelfAssessment, by: Access, *, rating: str = "adequate", words: str = "") -> None:
    """Every criterion answered. `words` end each narrative."""
    agreed = Rating.objects.get(scheme=assessment.round.scheme_id, code=rating)
    for answer in queries.answers_of(assessment):
        actions.save_answer(
            answer=answer,
            rating=agreed,
            agreed_because=f"What partners agreed on about “{answer.criterion.name}”.",
            starting_point="Half of the area is among the poorest tenth of the country.",
            narrative=" ".join(filter(None, [f"How the partnership is {answer.criterion.name.lower()}.", words])),
            version=answer.version,
            by=by,
        )


def plan_action(assessment: SelfAssessment, by: Access, **values: Any) -> PlannedAction:
    """One action of the plan, whole unless values are given."""
    whole = {
        "criterion": queries.criteria_of(assessment)[3],
        "title": "One set of measures for all partners",
        "lead": Organisation.objects.get(name=f"{assessment.partnership.short_name} Council"),
        "starts_on": datetime.date(2006, 4, 1),
        "ends_on": datetime.date(2007, 3, 31),
        "measure": "Partners that report on the same measures",
    }
    return actions.add_action(assessment=assessment, **{**whole, **values}, by=by)


def scored(world: World, assessment: SelfAssessment, scorers: dict[str, str] | None = None) -> None:
    """Partners score every criterion: name → rating."""
    for name, code in (scorers or SCORERS).items():
        rating = Rating.objects.get(scheme=assessment.round.scheme_id, code=code)
        with acting(assessment.partnership_id, by=world.people[name].pk):
            for criterion in queries.criteria_of(assessment):
                actions.score(
                    assessment=assessment,
                    criterion=criterion,
                    rating=rating,
                    comment=f"As {name} sees it",
                    by=world.access(name),
                )


def signed(world: World, assessment: SelfAssessment, signers: Iterable[str] = SIGNERS) -> None:
    """Members sign off what is written now."""
    for name in signers:
        with acting(assessment.partnership_id, by=world.people[name].pk):
            current = fresh(assessment)
            actions.sign_off(assessment=current, seal=queries.seal_of(current), by=world.access(name))


def ready(world: World, round: Round | None = None) -> SelfAssessment:
    """Southwark's, written, scored and signed off: the chair can submit it."""
    assessment = written(world, round)
    scored(world, assessment)
    signed(world, assessment)
    with acting(assessment.partnership_id):
        return fresh(assessment)


def submit(world: World, assessment: SelfAssessment) -> Submission:
    """The chair submits what is written now: for the first time, for its review, or with the changes asked for."""
    with acting(assessment.partnership_id, by=world.chair.pk):
        current = fresh(assessment)
        deed = actions.resubmit if current.state == SelfAssessment.State.SENT_BACK else actions.submit
        seal = queries.seal_of(current)
        return deed(assessment=current, declaration=DECLARATION, seal=seal, by=world.access("chair"))


def submitted(world: World, round: Round | None = None) -> SelfAssessment:
    """Southwark's, with the Government Office."""
    assessment = ready(world, round)
    submit(world, assessment)
    with acting(assessment.partnership_id):
        return fresh(assessment)


def claimed(world: World, assessment: SelfAssessment, reviewer: str = "reviewer") -> Case:
    """The case of what was submitted, taken by a reviewer."""
    with acting(assessment.partnership_id, by=world.people[reviewer].pk):
        case = queries.case_of(assessment)
        assert case is not None
        return reviews.claim(case=case, no_interest=True, by=world.access(reviewer))


def send_back(world: World, assessment: SelfAssessment, sections: Iterable[str] = ("performance-managed",)) -> Case:
    """A reviewer takes the case, and asks for changes of some sections."""
    case = claimed(world, assessment)
    with acting(assessment.partnership_id, by=world.reviewer.pk):
        reviews.ask_changes(
            case=case,
            sections=list(sections),
            words="Say which measures the board looks at.",
            answer_by=today() + datetime.timedelta(days=14),
            by=world.access("reviewer"),
        )
    return case


def sent_back(world: World, sections: Iterable[str] = ("performance-managed",)) -> SelfAssessment:
    """Southwark's, sent back for changes of some sections."""
    assessment = submitted(world)
    send_back(world, assessment, sections)
    with acting(assessment.partnership_id):
        return fresh(assessment)


def decide(world: World, assessment: SelfAssessment, outcome: str) -> Decision:
    """A reviewer takes what was submitted and recommends an outcome; a manager countersigns it."""
    case = claimed(world, assessment)
    wants_review = assessment.round.scheme.outcomes.get(code=outcome).wants_review
    with acting(assessment.partnership_id, by=world.reviewer.pk):
        recommendation = reviews.recommend(
            case=case,
            outcome=outcome,
            reasons="The measures of partners are not brought together.",
            concerns="Performance management",
            conditions=[],
            next_review_on=today() + datetime.timedelta(days=60) if wants_review else None,
            submission=case.submissions.latest("number").number,
            by=world.access("reviewer"),
        )
    with acting(assessment.partnership_id, by=world.manager.pk):
        return reviews.decide(case=case, recommendation=recommendation.number, by=world.access("manager"))


def decided(world: World, outcome: str = "green", round: Round | None = None) -> SelfAssessment:
    """Southwark's, decided; with an outcome that wants a review, it is deferred."""
    assessment = submitted(world, round)
    decide(world, assessment, outcome)
    with acting(assessment.partnership_id):
        return fresh(assessment)


def deferred(world: World, round: Round | None = None) -> SelfAssessment:
    """Southwark's, to be reviewed again."""
    return decided(world, "amber-red", round)
