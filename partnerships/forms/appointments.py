"""Forms of people and their roles. They parse and explain; the actions save."""

import datetime
from typing import Any, ClassVar

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.dates import today
from core.forms import DateField, Form, Radios, TextField
from partnerships.forms.filtering import FilterForm
from partnerships.models import Appointment, Partnership
from partnerships.models.periods import holding, overlapping
from partnerships.permissions import Role

WHEN = [
    ("now", _("Today")),
    ("ahead", _("Today or later")),
    ("before", _("Earlier, and no longer")),
    ("ever", _("At any time")),
]


class PeopleFilter(django_filters.FilterSet):
    """People by name, by when they have or had a role or a seat (today, unless one asks otherwise), and by role."""

    q = django_filters.CharFilter(label=_("Name"), field_name="name", lookup_expr="icontains", max_length=200)
    when = django_filters.ChoiceFilter(
        label=_("With a role or a seat"),
        method="at_the_time",
        choices=WHEN,
        empty_label=None,
        error_messages={"invalid_choice": _("Choose a time from the list")},
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        method="in_role",
        choices=Role.choices,
        empty_label=_("Any"),
        error_messages={"invalid_choice": _("Choose a role from the list")},
    )

    class Meta:
        model = Person
        form = FilterForm
        fields: ClassVar = ["q", "when", "role"]

    def __init__(self, data: Any, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        asked = data.copy()
        asked.setdefault("when", "now")
        super().__init__(asked, *args, **kwargs)
        self.partnership = partnership

    def at_the_time(self, people: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the marks of `people_of`."""
        wanted = {"now": {"is_now": True}, "ahead": {"is_ahead": True}, "before": {"is_ahead": False}}
        return people.filter(**wanted.get(value, {}))

    def in_role(self, people: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """In this role at that time."""
        held = Appointment.objects.filter(partnership=self.partnership, person=OuterRef("pk"), role=value)
        if self.data["when"] == "now":
            held = holding(held, today())
        elif self.data["when"] == "ahead":
            held = overlapping(held, today())
        return people.filter(Exists(held))


class AppointForm(Form):
    """A further role for somebody who is known here."""

    role = forms.ChoiceField(label=_("Role"), choices=Role, widget=Radios())
    starts_on = DateField(label=_("First day"), help_text=_("For example, 1 4 2006. Access begins on that day"))
    ends_on = DateField(
        label=_("Last day"), required=False, help_text=_("Leave it empty where no end is agreed. Access ends after it")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", _("Appoint")))

    def clean_role(self) -> Role:
        """As the role it is."""
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day must not be before the first day"))
        return data

    def values(self) -> dict[str, Any]:
        """Role and days as the action takes them: it wants the first day without."""
        last = self.cleaned_data["ends_on"]
        return {**self.cleaned_data, "ends_on": last + datetime.timedelta(days=1) if last else None}


class EndForm(Form):
    """Why and when an appointment ends."""

    reason = TextField(label=_("Why it ends"), rows=3, max_length=1000, help_text=_("For the log of this partnership"))
    on = DateField(label=_("First day without it"), help_text=_("Today ends access in the moment you press the button"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        button = Submit("save", _("End the appointment"), css_class="govuk-button--warning")
        self.helper.layout = Layout(*self.fields, button)
