"""What the end of a partnership leaves where it is."""

from django.utils.translation import ngettext

from accreditation.models import SelfAssessment
from partnerships.models import Partnership


def kept_for_reading(partnership: Partnership) -> str | None:
    """What stays with a partnership that is merged: it was judged for what it was."""
    count = SelfAssessment.objects.filter(partnership=partnership).count()
    words = ngettext("%(count)d self-assessment", "%(count)d self-assessments", count)
    return words % {"count": count} if count else None
