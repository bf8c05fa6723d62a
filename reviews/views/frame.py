"""What stands above every page of a case: where one is, its state, its five pages, what can be done now."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import long_date
from partnerships.tenancy.access import Access
from reviews import queries
from reviews.content import Content
from reviews.content.comparison import differences
from reviews.models import Case, Submission
from reviews.views.steps import steps_of
from reviews.views.waiting import days, days_waiting, look_of, state_of


def frame(request: HttpRequest, case: Case, here: str, *, submission: Submission | None = None) -> dict[str, Any]:
    """The context of a page of a case. `here` is the name of its tab, `submission` the one that is shown."""
    by: Access = request.access  # type: ignore[attr-defined]
    last = queries.last_submission(case)
    shown = submission or last
    content = queries.content_of(shown)
    return {
        "case": case,
        "by": by,
        "content": content,
        "submission": shown,
        "last": last,
        "look": look_of(case),
        "state": state_of(case),
        "facts": _facts(case, shown, by),
        "steps": steps_of(case, by),
        "tabs": _tabs(case, last, content, here),
        "queue": reverse("reviews:queue", args=[case.partnership.region.slug]),
    }


def _facts(case: Case, shown: Submission, by: Access) -> list[str]:
    """One line under the title."""
    words = {"number": shown.number, "day": long_date(shown.submitted_at)}
    facts = [_("Submission %(number)d of %(day)s, frozen") % words]
    if case.is_open:
        words = {"days": days(days_waiting(case)), "day": long_date(case.due_on)}
        facts.append(_("Waiting %(days)s, decide by %(day)s") % words)
        if case.days_late:
            facts.append(str(case.get_state_display()))
    facts.append(taken_by(case, by))
    if case.streamlined:
        facts.append(_("Streamlined"))
    return facts


def taken_by(case: Case, by: Access) -> str:
    """Who reviews it."""
    if case.reviewer is None:
        return _("Taken by nobody") if case.is_open else _("Nobody had taken it")
    if case.reviewer_id == by.person_id:
        return _("Taken by you")
    return _("Taken by %(name)s") % {"name": case.reviewer.name}


def _tabs(case: Case, last: Submission, content: Content, here: str) -> list[dict[str, Any]]:
    documents = sum(len(section.evidence) for section in content.sections)
    labels = [
        ("case", _("Submission")),
        ("evidence", _("Evidence (%(count)d)") % {"count": documents}),
        ("dialogue", _("Dialogue (%(count)d)") % {"count": case.dialogue.count()}),
    ]
    if before := queries.submission_before(last):
        labels.append(("changes", _changes(case, before, last)))
    labels.append(("history", _("History")))
    slug = case.partnership.slug
    return [
        {"href": reverse(f"reviews:{name}", args=[slug, case.pk]), "label": label, "current": name == here}
        for name, label in labels
    ]


def _changes(case: Case, before: Submission, last: Submission) -> str:
    changed = differences(queries.content_of(before), queries.content_of(last))
    count = sum(difference.changed for difference in changed)
    if before.case_id != case.pk:
        return _("Changes since the last review (%(count)d)") % {"count": count}
    return _("Changes since submission %(number)d (%(count)d)") % {"number": before.number, "count": count}
