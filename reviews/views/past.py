"""The past of a case as its page tells it: who did what when, and why; and what the letters were about."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from core.refusals import Text
from partnerships.models import Deed
from partnerships.queries import deeds_of
from partnerships.tenancy.access import Access
from reviews import queries
from reviews.models import Case, Return

LETTERS: Mapping[str, Text] = {
    "submitted": _("submitted"),
    "answered": _("submitted again"),
    "receipt": _("receipt"),
    "assigned": _("assigned to you"),
    "changes_asked": _("changes are asked"),
    "recommended": _("waits for a countersign"),
    "returned": _("recommendation returned"),
    "decision": _("decision"),
    "withdrawn": _("withdrawn"),
    "appealed": _("appealed"),
    "appeal_dismissed": _("answer to the appeal"),
    "due_soon": _("to be decided soon"),
    "late": _("late"),
    "escalated": _("more than a week late"),
    "answer_due": _("to be answered soon"),
    "answer_late": _("answer is late"),
    "review_due": _("next review is near"),
    "review_due_office": _("next review is near"),
}


def events_of(case: Case, by: Access) -> list[tuple[Deed, str]]:
    """The deeds done to a case, the latest first, each with the words that were written with it.

    The log says that somebody stood aside or asked for changes, and the rows say why; each deed has made one row, so
    that the first belongs to the first.
    """
    deeds = deeds_of(case.partnership, by).filter(subject=Case._meta.label_lower, subject_id=case.pk).order_by("number")
    words = _words(case)
    titles = {section.key: section.title for section in queries.content_of(queries.last_submission(case)).sections}
    told = [(deed, deed.reason or _section(deed, titles) or next(words.get(deed.verb, iter(())), "")) for deed in deeds]
    return told[::-1]


def _section(deed: Deed, titles: Mapping[str, str]) -> str:
    """Which section was judged."""
    judged = deed.verb == "reviews.judged"
    return titles.get(deed.changes["section"][1], "") if judged and "section" in deed.changes else ""


def _words(case: Case) -> dict[str, Iterator[str]]:
    recommended = [row.outcome_label for row in reversed(queries.recommendations_of(case))]
    returned = Return.objects.filter(partnership=case.partnership_id, recommendation__case=case).order_by("pk")
    decided = (f"{row.outcome_label}. {row.reasons}" for row in queries.decisions_of(case))
    return {
        "reviews.recused": iter(case.recusals.order_by("pk").values_list("reason", flat=True)),
        "reviews.changes_asked": iter(case.change_requests.order_by("pk").values_list("words", flat=True)),
        "reviews.recommended": iter(recommended),
        "reviews.recommendation_returned": iter(returned.values_list("reason", flat=True)),
        "reviews.decided": decided,
        "reviews.appealed": iter(case.appeals.order_by("pk").values_list("grounds", flat=True)),
        "reviews.appeal_dismissed": iter(case.appeals.order_by("pk").values_list("answer", flat=True)),
    }
