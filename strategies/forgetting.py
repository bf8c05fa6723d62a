"""What strategies hold about people."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from partnerships.actions.forgetting import STAYS
from partnerships.forgetting import Holding, Rows, holds
from partnerships.models import Deed
from partnerships.models.versions import Versioned
from strategies.models import Action, Edition, Issue, Objective, Priority, Strategy, Text


def _published(person: Person) -> Rows:
    """Editions say who published them by name, as on paper; by whom it was, the log knows by number."""
    deeds = Deed.objects.filter(by=person.pk, verb="strategies.published")
    return Edition.objects.filter(pk__in=deeds.values("subject_id"))


def _saved(model: type[Versioned]) -> Holding:
    return Holding(
        f"saved_{model._meta.model_name}",
        format_lazy(_("Last saved: {kind}"), kind=model._meta.verbose_name_plural),
        lambda person: model._default_manager.filter(saved_by=person.pk),
        {"saved": "saved_at"},
        STAYS,
    )


holds(
    Holding(
        "editions",
        _("Editions published"),
        _published,
        {"title": "title", "number": "number", "published": "published_at", "published_by": "published_by_name"},
        _("Stays with the name, as on paper: an edition never changes"),
    ),
    *(_saved(model) for model in (Strategy, Text, Issue, Priority, Objective, Action)),
)
