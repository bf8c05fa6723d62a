"""What imports hold about people."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from imports.models import MemberImport
from partnerships.forgetting import STAYS, Holding, Rows, holds

S = MemberImport.State


def _naming(person: Person) -> Rows:
    """Those that are not over and in whose rows the person stands, by address or by name."""
    pending = MemberImport.objects.exclude(state__in=[S.DONE, S.DISCARDED])
    texts = pending.annotate(
        text=Cast("rows", TextField()), wrong=Cast("errors", TextField()), noted=Cast("notes", TextField())
    )
    found = Q()
    for words in (person.email, person.name):
        found |= Q(text__icontains=words) | Q(wrong__icontains=words) | Q(noted__icontains=words)
    return texts.filter(found)


def _discard(rows: Rows, person: Person) -> None:
    """As a whole: what is left of a table without one of its rows is not what somebody looked at."""
    pks = list(rows.values_list("pk", flat=True))
    MemberImport.objects.filter(pk__in=pks).update(state=S.DISCARDED, rows=[], errors=[], notes=[])


holds(
    Holding(
        "imports",
        _("Tables uploaded"),
        lambda person: MemberImport.objects.filter(uploaded_by=person.pk),
        {"uploaded": "uploaded_at", "state": "state"},
        STAYS,
    ),
    Holding(
        "imports_naming_them",
        _("Uploaded tables with the name, not imported yet"),
        _naming,
        {"uploaded": "uploaded_at", "state": "state"},
        _("Are discarded"),
        _discard,
    ),
)
