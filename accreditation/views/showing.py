"""What several pages show of a self-assessment."""

from dataclasses import replace

from django.urls import reverse

from accreditation import queries
from accreditation.models import Criterion, Evidence, SelfAssessment
from accreditation.queries import PartnersScore
from partnerships.permissions import Perm
from partnerships.tenancy.access import Access
from reviews.content import Content

S = SelfAssessment.State


def evidence_urls(found: SelfAssessment) -> dict[int, str]:
    """The address of each file by the number of its upload, also of those that were taken out since."""
    rows = Evidence.objects.filter(assessment=found, partnership=found.partnership_id).exclude(upload=None)
    slug = found.partnership.slug
    return {
        upload: reverse("accreditation:evidence_file", args=[slug, found.pk, pk])
        for pk, upload in rows.values_list("pk", "upload_id")
        if upload is not None
    }


def unscored(found: SelfAssessment, access: Access) -> list[Criterion]:
    """The criteria of which somebody does not see yet what partners think: they have not said what they think."""
    if found.state != S.DRAFT or access.can(Perm.EDIT_ASSESSMENT, found.partnership):
        return []
    scores = queries.scores_in(found, access)
    return [each for each in queries.criteria_of(found) if not _has_own(scores.get(each.pk, []))]


def without_scores(content: Content, criteria: list[Criterion]) -> Content:
    """The same without what partners think of these criteria."""
    codes = {each.code for each in criteria}
    return replace(
        content,
        sections=tuple(replace(each, tables=()) if each.key in codes else each for each in content.sections),
    )


def _has_own(scores: list[PartnersScore]) -> bool:
    return any(each.own for each in scores)
