"""What the queue says to the end of a partnership."""

from django.utils.translation import ngettext

from core.refusals import Text
from partnerships.models import Partnership
from reviews.models import Case


def open_with_the_office(partnership: Partnership) -> Text | None:
    """What is said to whoever wants to end a partnership of which something is still to be decided."""
    undecided = [*Case.OPEN, Case.State.APPEALED]
    count = Case.objects.filter(partnership=partnership, state__in=undecided).count()
    words = ngettext(
        "Of %(name)s %(count)d case is still to be decided. It can end once that is done.",
        "Of %(name)s %(count)d cases are still to be decided. It can end once that is done.",
        count,
    )
    return words % {"name": partnership.name, "count": count} if count else None


def kept_for_reading(partnership: Partnership) -> Text | None:
    """What stays with a partnership that is merged: nobody takes over what was decided about it."""
    count = Case.objects.filter(partnership=partnership).count()
    return ngettext("%(count)d case", "%(count)d cases", count) % {"count": count} if count else None
