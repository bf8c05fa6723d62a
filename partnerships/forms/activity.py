"""The filter of the log of deeds."""

import datetime
from typing import Any, ClassVar

import django_filters
from crispy_forms.helper import FormHelper
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.dates import LONDON
from core.forms import DateField, Form
from partnerships.models import Deed
from partnerships.queries import LoggedDeeds


class ActivityForm(Form):
    """The panel beside the log: sent by GET, so that the address can be passed on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        """The days stand in order."""
        typed = super().clean() or self.cleaned_data
        since, until = typed.get("since"), typed.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must be the same as the first or later"))
        return typed


class DayFilter(django_filters.Filter):
    """A day typed into three boxes."""

    field_class = DateField


class ActivityFilter(django_filters.FilterSet):
    """Deeds by who did them, whom and what they are about, by words, and from day to day (London)."""

    q = django_filters.CharFilter(
        label=_("Words"), help_text=_("In what was done, to what or whom, or why"), method="search", max_length=100
    )
    who = django_filters.ChoiceFilter(
        label=_("Who did it"), field_name="by", empty_label=_("Anybody"), null_label=_("The service itself")
    )
    about = django_filters.ChoiceFilter(label=_("About a person"), field_name="about", empty_label=_("Anybody"))
    kind = django_filters.ChoiceFilter(label=_("Kind of thing"), field_name="subject", empty_label=_("Any"))
    deed = django_filters.ChoiceFilter(label=_("Deed"), field_name="verb", empty_label=_("Any"))
    since = DayFilter(label=_("First day"), method="from_day")
    until = DayFilter(label=_("Last day"), method="to_day")

    class Meta:
        model = Deed
        form = ActivityForm
        fields: ClassVar = ["q", "who", "about", "kind", "deed", "since", "until"]

    def __init__(self, *args: Any, logged: LoggedDeeds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logged = logged
        choices = {"who": logged.doers, "about": logged.people, "kind": logged.kinds, "deed": logged.verbs}
        for name, values in choices.items():
            self.filters[name].extra["choices"] = values
            self.filters[name].extra["error_messages"] = {"invalid_choice": _("Choose one of the list")}

    def search(self, deeds: QuerySet[Deed], name: str, value: str) -> QuerySet[Deed]:
        """In the thing, the reason, the words for the deed, and the names people have now."""
        verbs = [verb for verb, words in self.logged.verbs if value.casefold() in words.casefold()]
        return deeds.filter(
            Q(subject_label__icontains=value)
            | Q(reason__icontains=value)
            | Q(about__name__icontains=value)
            | Q(verb__in=verbs)
        )

    def from_day(self, deeds: QuerySet[Deed], name: str, value: datetime.date) -> QuerySet[Deed]:
        """On that day or later."""
        return deeds.filter(at__gte=_begin(value))

    def to_day(self, deeds: QuerySet[Deed], name: str, value: datetime.date) -> QuerySet[Deed]:
        """On that day or earlier."""
        return deeds.filter(at__lt=_begin(value + datetime.timedelta(days=1)))


def _begin(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=LONDON)
