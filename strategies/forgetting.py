"""What strategies hold about people."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from partnerships.forgetting import Holding, Rows, holds, last_saved
from partnerships.models import Deed
from strategies.models import Action, Edition, Issue, Objective, Priority, Strategy, Text


def _published(person: Person) -> Rows:
    """Editions say who published them by name, as on paper; by whom it was, the log knows by number."""
    deeds = Deed.objects.filter(by=person.pk, verb="strategies.published")
    return Edition.objects.filter(pk__in=deeds.values("subject_id"))


holds(
    Holding(
        "editions",
        _("Editions published"),
        _published,
        {"title": "title", "number": "number", "published": "published_at", "published_by": "published_by_name"},
        _("Stays with the name, as on paper: an edition never changes"),
    ),
    *(last_saved(model) for model in (Strategy, Text, Issue, Priority, Objective, Action)),
)
