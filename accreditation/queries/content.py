"""A self-assessment as it is submitted: what the queue freezes, shows, compares and prints."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accreditation.models import CriterionAnswer, SelfAssessment
from accreditation.queries.assessments import (
    PartnersScore,
    Signed,
    actions_of,
    answers_of,
    evidence_of,
    scores_in,
    signed,
)
from accreditation.queries.cases import CHANGES, PLAN, open_case_of
from core.dates import long_date
from core.seals import sealed
from reviews import queries as reviews
from reviews.content import Content, Evidence, Fact, Section, Table, Text


def content_of(assessment: SelfAssessment) -> Content:
    """What would be submitted now. Sections that were not asked for stay as they were submitted, word for word."""
    written = tuple(_sections(assessment))
    if assessment.state == SelfAssessment.State.SENT_BACK:
        written = _with_locked(assessment, written)
    return Content(title=title_of(assessment), sections=written)


def seal_of(assessment: SelfAssessment) -> str:
    """What is written now, as one value that changes with every word of it."""
    return sealed(content_of(assessment).as_json())


def sign_offs_of(assessment: SelfAssessment) -> list[Signed]:
    """Who has signed off, each with whether it holds of what is written now."""
    return signed(assessment, seal_of(assessment))


def title_of(assessment: SelfAssessment) -> str:
    """What the queue calls it."""
    return _("Self-assessment, %(round)s") % {"round": assessment.round.name}


def _sections(assessment: SelfAssessment) -> Iterator[Section]:
    scores = scores_in(assessment)
    evidence: dict[int, list[Evidence]] = {}
    for row in evidence_of(assessment):
        evidence.setdefault(row.criterion_id, []).append(_evidence(row))
    if assessment.streamlined:
        texts = _texts((_("What has changed since the last round"), assessment.changes_since))
        yield Section(key=CHANGES, title=_("What has changed since the last round"), texts=texts)
    for answer in answers_of(assessment):
        yield _criterion(answer, scores.get(answer.criterion_id, []), evidence.get(answer.criterion_id, []))
    yield _plan(actions_of(assessment))


def _criterion(answer: CriterionAnswer, scores: Sequence[PartnersScore], evidence: Sequence[Evidence]) -> Section:
    facts = [Fact(_("Agreed rating"), answer.rating.label if answer.rating else _("Not rated"))]
    if answer.agreed_because:
        facts.append(Fact(_("Why this rating"), answer.agreed_because))
    rows = tuple((each.partner, each.score.rating.label, each.score.comment) for each in scores)
    table = Table(_("What each partner thinks"), (_("Partner"), _("Rating"), _("Why")), rows)
    return Section(
        key=answer.criterion.code,
        title=f"{answer.criterion.order}. {answer.criterion.name}",
        facts=tuple(facts),
        texts=_texts(
            (_("Local conditions and starting point"), answer.starting_point),
            (_("How the partnership meets it"), answer.narrative),
        ),
        tables=(table,) if rows else (),
        evidence=tuple(evidence),
    )


def _texts(*parts: tuple[str, str]) -> tuple[Text, ...]:
    return tuple(Text(label, words) for label, words in parts if words)


def _evidence(row: Any) -> Evidence:
    if row.upload is None:
        return Evidence(title=row.title, url=row.url)
    return Evidence(row.title, upload_id=row.upload.pk, file_name=row.upload.name, sha256=row.upload.sha256)


def _plan(actions: Any) -> Section:
    columns = (_("Criterion"), _("Action"), _("Lead"), _("When"), _("How it is measured"), _("Progress"))
    rows = tuple(_action(action) for action in actions)
    table = Table(_("Actions to strengthen the partnership"), columns, rows)
    return Section(key=PLAN, title=_("Action plan"), tables=(table,) if rows else ())


def _action(action: Any) -> tuple[str, ...]:
    last = next(iter(action.progress_noted), None)
    progress = f"{last.get_state_display()}: {last.words}" if last else _("Not begun")
    lead = action.lead.name if action.lead else _("Nobody yet")
    return (action.criterion.name, action.title, lead, _period(action), action.measure, progress)


def _period(action: Any) -> str:
    days = [long_date(day) if day else _("not said") for day in (action.starts_on, action.ends_on)]
    return _("%(first)s to %(last)s") % {"first": days[0], "last": days[1]}


def _with_locked(assessment: SelfAssessment, written: tuple[Section, ...]) -> tuple[Section, ...]:
    """Those that were not asked for as they were frozen: an organisation may bear another name since."""
    case = open_case_of(assessment)
    keys = reviews.unlocked_sections(case) if case is not None else None
    if case is None or keys is None:
        return written
    frozen: Mapping[str, Section] = {
        section.key: section for section in reviews.content_of(reviews.last_submission(case)).sections
    }
    return tuple(section if section.key in keys else frozen.get(section.key, section) for section in written)
