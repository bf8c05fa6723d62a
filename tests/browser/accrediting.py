"""Self-assessments for the pages of the tests in a browser: one at every stage, in the partnerships of the stage."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accreditation import actions, queries
from accreditation.models import ActionProgress, Evidence, PlannedAction, Rating, SelfAssessment
from core.dates import today
from documents.models import Upload
from partnerships.models import Partnership
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting
from reviews import actions as reviews
from reviews.models import Case, DialogueEntry
from tests import assessing

if TYPE_CHECKING:
    from tests.browser.stage import Stage

NARRATIVES = {
    "strategic": "The **Community Strategy** is the plan that the council, the primary care trust and the police work "
    "to. Since 2003 each of them has changed a budget because of it.\n\n- The primary care trust opened two clinics on "
    "the Aylesbury estate\n- The police moved a team to Peckham",
    "inclusive": "Residents hold six of the board’s seats. The community forum meets before each board and sends its "
    "questions ahead.",
    "action-focused": "Of the forty actions of the last plan thirty-one are done. What is late is named at each board, "
    "with who answers for it.",
    "performance-managed": "The board looks at twelve measures four times a year. Partners do not share all of their "
    "figures yet.",
}
STARTING_POINT = (
    "Forty-one of the borough’s small areas are among the most deprived tenth of England. The partnership began in "
    "2001 out of a regeneration board."
)
SCORES = {
    "chair.southwark": ["strong", "strong", "strong", "adequate", "weak"],
    "cvs.southwark": ["strong", "adequate", "strong", "weak"],
    "member.jobcentre": ["strong", "strong"],
}
ASKED = "Say which measures the **board** looks at, and what was changed because of one."


@dataclass
class Accrediting:
    """The self-assessments by stage, and rows whose numbers stand in addresses."""

    draft: SelfAssessment
    decided: SelfAssessment
    submitted: SelfAssessment
    sent_back: SelfAssessment
    deferred: SelfAssessment
    cases: dict[str, Case]
    evidence: Evidence
    refused: Evidence
    action: PlannedAction
    noted: PlannedAction


def furnish_accreditation(stage: Stage) -> Accrediting:
    """Southwark decided two rounds ago, drafting, and submitted; Hackney sent back; Lewisham deferred."""
    actions.load_reference()
    first = assessing.a_round("2004–05", closes_in=60)
    second = assessing.a_round("2005–06", closes_in=90)
    third = assessing.a_round("Review 2006", closes_in=120)
    southwark = stage.partnerships["southwark"]
    decided = _whole(stage, southwark, first)
    cases = {"decided": _decide(stage, decided, "amber-red", "green")}
    submitted = _whole(stage, southwark, third)
    cases["submitted"] = _review(stage, submitted)
    sent_back = _whole(stage, stage.partnerships["hackney"], second)
    cases["sent_back"] = _send_back(stage, sent_back)
    deferred = _whole(stage, stage.partnerships["lewisham"], second)
    cases["deferred"] = _decide(stage, deferred, "amber-red")
    draft = _draft(stage, southwark, second)
    with acting(southwark.pk):
        rows = list(queries.evidence_of(draft))
        return Accrediting(
            draft=draft,
            decided=decided,
            submitted=submitted,
            sent_back=sent_back,
            deferred=deferred,
            cases=cases,
            evidence=rows[0],
            refused=next(row for row in rows if row.upload and row.upload.state == Upload.State.REFUSED),
            action=queries.actions_of(draft)[0],
            noted=queries.actions_of(decided)[0],
        )


def _draft(stage: Stage, partnership: Partnership, round: Any) -> SelfAssessment:
    """Four criteria written, one begun, one empty; partners differ; one action lacks its lead."""
    by = Access.of(stage.person("officer.southwark"))
    with acting(partnership.pk, by=by.person_id):
        draft = assessing.fresh(actions.start(partnership=partnership, round=round, by=by))
        scale = {each.code: each for each in Rating.objects.filter(scheme=round.scheme_id)}
        agreed = ["strong", "strong", "strong", "adequate", "weak"]
        for answer, rating in zip(queries.answers_of(draft), agreed, strict=False):
            actions.save_answer(
                answer=answer,
                rating=scale[rating],
                agreed_because="Partners from the community see less of it than those who sit on the board.",
                starting_point=STARTING_POINT,
                narrative=NARRATIVES.get(answer.criterion.code, ""),
                version=answer.version,
                by=by,
            )
        _plan(draft, by)
        _support(draft, by)
    _score(stage, draft, scale)
    with acting(partnership.pk):
        return assessing.fresh(draft)


def _plan(draft: SelfAssessment, by: Access) -> None:
    where = draft.partnership
    assessing.plan_action(draft, by, lead=where.accountable_body)
    assessing.plan_action(
        draft,
        by,
        criterion=queries.criteria_of(draft)[4],
        title="Join the three forums of the north of the borough",
        lead=None,
        measure="",
    )


def _support(draft: SelfAssessment, by: Access) -> None:
    """An address, a file that has passed, one that was refused, one that is being checked."""
    first, second = queries.criteria_of(draft)[:2]
    where = draft.partnership
    actions.add_link(
        assessment=draft, criterion=first, title="Community Strategy", url="https://example.org/strategy", by=by
    )
    for number, state in enumerate(Upload.State):
        upload = Upload.objects.create(
            partnership=where,
            key=f"uploads/{number}",
            name=f"minutes-{number}.pdf",
            content_type="application/pdf",
            size=182_000,
            sha256="0" * 64,
            state=state,
            finding="It has a script in it" if state == Upload.State.REFUSED else "",
            checked_at=None if state == Upload.State.CHECKING else "2006-01-31T14:02:00+00:00",
        )
        title = f"Minutes of the board, {state.label.lower()}"
        actions.add_file(assessment=draft, criterion=first, title=title, upload=upload, by=by)
    actions.add_link(
        assessment=draft, criterion=second, title="Who sits on the forum", url="https://example.org/forum", by=by
    )


def _score(stage: Stage, draft: SelfAssessment, scale: dict[str, Rating]) -> None:
    for name, ratings in SCORES.items():
        by = Access.of(stage.person(name))
        with acting(draft.partnership_id, by=by.person_id):
            for criterion, rating in zip(queries.criteria_of(draft), ratings, strict=False):
                actions.score(
                    assessment=draft,
                    criterion=criterion,
                    rating=scale[rating],
                    comment="As we see it from the front desk." if rating != "strong" else "",
                    by=by,
                )


def _whole(stage: Stage, partnership: Partnership, round: Any) -> SelfAssessment:
    """Written, signed off and submitted."""
    by = _anybody(stage, "chair.southwark")
    with acting(partnership.pk, by=by.person_id):
        made = assessing.fresh(actions.start(partnership=partnership, round=round, by=by))
        assessing.write_answers(made, by)
        assessing.plan_action(made, by, lead=partnership.accountable_body)
    _submit(stage, made)
    with acting(partnership.pk):
        return assessing.fresh(made)


def _submit(stage: Stage, made: SelfAssessment) -> None:
    with acting(made.partnership_id):
        current = assessing.fresh(made)
        seal = queries.seal_of(current)
        for name in ("chair.southwark", "member.jobcentre"):
            actions.sign_off(assessment=current, seal=seal, by=_anybody(stage, name))
        by = _anybody(stage, "chair.southwark")
        actions.submit(assessment=current, declaration=assessing.DECLARATION, seal=seal, by=by)


def _anybody(stage: Stage, name: str) -> Access:
    """Somebody who may do here what their role allows only elsewhere."""
    person = stage.person(name)
    return Access(person_id=person.pk, name=person.name, is_system=True)


def _claim(stage: Stage, made: SelfAssessment) -> tuple[Case, Access]:
    reviewer = Access.of(stage.person("reviewer.london"))
    with acting(made.partnership_id, by=reviewer.person_id):
        case = queries.case_of(assessing.fresh(made))
        assert case is not None
        reviews.see(case=case, by=reviewer)
        return reviews.claim(case=case, no_interest=True, by=reviewer), reviewer


def _review(stage: Stage, made: SelfAssessment) -> Case:
    """In review, and shown to the partnership."""
    case, by = _claim(stage, made)
    with acting(made.partnership_id, by=by.person_id):
        reviews.judge(
            case=case, section="strategic", judgement="strong", comment="Partners **quote** it.", version=0, by=by
        )
        reviews.log_dialogue(
            case=case,
            on=today(),
            way=DialogueEntry.Way.VISIT,
            with_whom="Chair of the tenants’ council",
            role="Residents",
            words="They see the board’s papers in time, and are heard.",
            confidential=False,
            by=by,
        )
        return reviews.share(case=case, shared=True, by=by)


def _send_back(stage: Stage, made: SelfAssessment) -> Case:
    """Changes of one criterion and of the plan are asked for."""
    case, by = _claim(stage, made)
    with acting(made.partnership_id, by=by.person_id):
        reviews.ask_changes(
            case=case,
            sections=["performance-managed", "plan"],
            words=ASKED,
            answer_by=today() + datetime.timedelta(days=14),
            by=by,
        )
    return case


def _decide(stage: Stage, made: SelfAssessment, *outcomes: str) -> Case:
    """Decided, and after a deferral reviewed and decided again."""
    for number, outcome in enumerate(outcomes):
        if number:
            _submit(stage, made)
        case, by = _claim(stage, made)
        wants_review = made.round.scheme.outcomes.get(code=outcome).wants_review
        with acting(made.partnership_id, by=by.person_id):
            recommended = reviews.recommend(
                case=case,
                outcome=outcome,
                reasons="The partnership knows its area well.\n\nIts measures are not brought together yet.",
                concerns="Performance figures are not shared between partners.",
                conditions=[reviews.Condition("One set of measures", today() + datetime.timedelta(days=50))],
                next_review_on=today() + datetime.timedelta(days=60 if wants_review else 365),
                submission=case.submissions.latest("number").number,
                by=by,
            )
        manager = Access.of(stage.person("manager.london"))
        with acting(made.partnership_id, by=manager.person_id):
            reviews.decide(case=case, recommendation=recommended.number, by=manager)
            action = queries.actions_of(made)[0]
            actions.note_progress(
                action=action,
                state=ActionProgress.State.UNDER_WAY,
                words="Six partners report on it.",
                by=_anybody(stage, "officer.southwark"),
            )
    return case
