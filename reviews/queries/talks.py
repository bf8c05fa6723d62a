"""What reviewers have heard and think of a case."""

from django.db.models import QuerySet

from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews.models import Case, DialogueEntry, Judgement


def dialogue_of(case: Case, by: Access) -> QuerySet[DialogueEntry]:
    """The conversations about a case, the latest first; what is confidential only for the Government Office's people.

    Whether the partnership may see any of it yet says `case.shared_at`.
    """
    entries = DialogueEntry.objects.filter(partnership=case.partnership_id, case=case)
    if not by.holds(Perm.VIEW_CASES, case.partnership_id):
        entries = entries.filter(confidential=False)
    return entries.select_related("recorded_by", "corrects").order_by("-on", "-pk")


def judgements_of(case: Case) -> dict[str, Judgement]:
    """What the reviewer thinks of each section, by its key."""
    rows = Judgement.objects.filter(partnership=case.partnership_id, case=case).select_related("saved_by")
    return {row.section: row for row in rows}
