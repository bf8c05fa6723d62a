"""Forms of seats. They parse and explain; the actions save."""

import datetime
from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core.dates import long_date
from core.forms import Checkboxes, DateField, Form
from partnerships.forms.people import NOBODY, WhoForm, people_choices
from partnerships.handover import Task
from partnerships.models import (
    Appointment,
    GovernanceLayer,
    Organisation,
    Sector,
    Sitting,
    UnderrepresentedGroup,
)

SUCCESSOR, STAYS = "successor", "stays"


def reason_field() -> forms.CharField:
    """Why, for the log."""
    return forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=gettext_lazy("It stands in the log, for those who come after you"),
    )


class NewSeatForm(Form):
    """A seat: of which body, for which side of the table, for whom, and what its holder is there for."""

    layer = forms.ModelChoiceField(
        label=gettext_lazy("Body"), queryset=GovernanceLayer.objects.order_by("pk"), empty_label=None
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("None: a resident, in their own right"),
        help_text=gettext_lazy("A member of the partnership"),
    )
    sector = forms.ModelChoiceField(
        label=gettext_lazy("Sector"),
        queryset=Sector.objects.order_by("order"),
        required=False,
        empty_label=gettext_lazy("Choose a sector"),
        help_text=gettext_lazy("Left open, it is the organisation’s"),
    )
    position = forms.CharField(
        label=gettext_lazy("Position"),
        max_length=200,
        widget=forms.TextInput({"dir": "auto"}),
        help_text=gettext_lazy("What the seat is for, such as Police, or Resident, Peckham"),
    )
    starts_on = DateField(label=gettext_lazy("First day of the seat"), help_text=gettext_lazy("For example, 1 4 2006"))
    speaks_for = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Speaks for"),
        queryset=UnderrepresentedGroup.objects.none(),
        required=False,
        widget=Checkboxes(attrs={"class": "govuk-checkboxes--small"}),
        help_text=gettext_lazy("What the seat is for. It says nothing about the person who sits on it."),
    )

    def __init__(self, *args: Any, members: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = members  # type: ignore[attr-defined]
        _offer_groups(self, groups)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", _("Add the seat")))

    def clean(self) -> dict[str, Any]:
        """An organisation sits for its own sector unless another is chosen; without one, the sector has to be said."""
        data = super().clean() or {}
        if data.get("sector") is None and not {"organisation", "sector"} & self.errors.keys():
            data["sector"] = getattr(data.get("organisation"), "sector", None)
            if data["sector"] is None:
                self.add_error("sector", _("Choose a sector"))
        return data


class SeatForm(Form):
    """Another name for the position, other groups the seat speaks for."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=64)
    position = forms.CharField(label=gettext_lazy("Position"), max_length=200, widget=forms.TextInput({"dir": "auto"}))
    speaks_for = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Speaks for"),
        queryset=UnderrepresentedGroup.objects.none(),
        required=False,
        widget=Checkboxes(attrs={"class": "govuk-checkboxes--small"}),
        help_text=gettext_lazy("What the seat is for. It says nothing about the person who sits on it."),
    )

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_groups(self, groups)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", _("Save the seat")))


def _offer_groups(form: Form, groups: Any) -> None:
    if groups.exists():
        form.fields["speaks_for"].queryset = groups  # type: ignore[attr-defined]
    else:
        del form.fields["speaks_for"]


class FillForm(WhoForm):
    """Who sits on an open seat, from when on."""

    starts_on = DateField(label=gettext_lazy("From which day?"), help_text=gettext_lazy("For example, 3 5 2006"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, question=_("Who takes the seat?"), **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.asks_who, "starts_on", Submit("save", _("Fill the seat")))


class SubstituteForm(WhoForm):
    """Who stands in for the holder of a seat; whether whoever did so before keeps their roles."""

    def __init__(self, *args: Any, sitting: Sitting, appointments: Iterable[Appointment], **kwargs: Any) -> None:
        nobody = _("Nobody") if sitting.substitute else ""
        super().__init__(*args, question=_("Who stands in?"), nobody=nobody, **kwargs)
        self.ends = add_ending(self, sitting.substitute, appointments)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.asks_who, *self.ends, Submit("save", _("Save the substitute")))


class LeavingForm(Form):
    """What has to be said when somebody leaves a seat: since when, why, which roles end, who takes over what."""

    on = DateField(label=gettext_lazy("From which day?"))
    reason = reason_field()

    def ask(
        self,
        leaver: Person | None,
        *,
        since: datetime.date,
        appointments: Iterable[Appointment],
        tasks: Iterable[Task],
        people: Any,
        successor: str = "",
    ) -> list[str | Fieldset]:
        """Add the questions about a leaver, if there is one. Returns them as they stand on the page, behind why."""
        self.since, self.heirs_among = since, people
        self.tasks = {f"task_{task.key}": task for task in tasks}
        for name, task in self.tasks.items():
            self.fields[name] = _heir_field(task, leaver, people, successor)
        questions: list[str | Fieldset] = [*add_ending(self, leaver, appointments)]
        return [*questions, Fieldset(_("What is handed over, now"), *self.tasks)] if self.tasks else questions

    def clean_on(self) -> datetime.date:
        """Not before it began, nor where the past knows better."""
        day: datetime.date = self.cleaned_data["on"]
        if day < self.since:
            raise ValidationError(_("It cannot be before %(day)s") % {"day": long_date(self.since)})
        return day

    @property
    def ending(self) -> list[int]:
        """The numbers of the appointments that end, too."""
        return [int(pk) for pk in self.cleaned_data.get("ending", ())]

    @property
    def heirs(self) -> dict[str, Person | None]:
        """Who takes over, by the key of the task; None is the successor. What stays is left out."""
        answers = {task.key: self.cleaned_data[name] for name, task in self.tasks.items()}
        people = self.heirs_among.in_bulk([int(answer) for answer in answers.values() if answer.isdigit()])
        return {
            key: None if answer == SUCCESSOR else people[int(answer)]
            for key, answer in answers.items()
            if answer != STAYS
        }


class ReplacementForm(LeavingForm, WhoForm):
    """Who follows on a seat, or that it stays open for now."""

    def __init__(
        self,
        *args: Any,
        sitting: Sitting,
        appointments: Iterable[Appointment],
        tasks: Iterable[Task],
        people: Any,
        **kwargs: Any,
    ) -> None:
        nobody = _("Nobody yet: the seat is open")
        super().__init__(*args, people=people, question=_("Who follows?"), nobody=nobody, **kwargs)
        words = _("%(name)s holds the seat until the day before.")
        self.fields["on"].help_text = words % {"name": sitting.person.name}
        asked = self.ask(
            sitting.person,
            since=sitting.starts_on,
            appointments=appointments,
            tasks=tasks,
            people=people,
            successor=_("Whoever follows"),
        )
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.asks_who, "on", "reason", *asked, Submit("save", _("Replace")))

    def clean(self) -> dict[str, Any]:
        """Nobody cannot take over what the leaver looked after."""
        data = super().clean()
        if data.get("who") == NOBODY:
            for name in self.tasks:
                if data.get(name) == SUCCESSOR:
                    self.add_error(name, _("Nobody follows: choose somebody who takes this over"))
        return data


class EndSeatForm(LeavingForm):
    """From when on there is no such seat, and why."""

    def __init__(
        self,
        *args: Any,
        sitting: Sitting | None,
        since: datetime.date,
        appointments: Iterable[Appointment],
        tasks: Iterable[Task],
        people: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        holds = _("From this day on there is no such seat. %(name)s holds it until the day before.")
        alone = _("From this day on there is no such seat.")
        self.fields["on"].help_text = holds % {"name": sitting.person.name} if sitting else alone
        leaver = sitting.person if sitting else None
        asked = self.ask(leaver, since=since, appointments=appointments, tasks=tasks, people=people)
        self.helper = FormHelper()
        self.helper.layout = Layout("on", "reason", *asked, Submit("save", _("End the seat")))


def add_ending(form: Form, person: Person | None, appointments: Iterable[Appointment]) -> list[str]:
    """Ask which other roles of a person end as well: all of them, unless somebody unticks one."""
    held = list(appointments)
    if person is None or not held:
        return []
    form.fields["ending"] = forms.MultipleChoiceField(
        label=_("Which roles of %(name)s end as well?") % {"name": person.name},
        required=False,
        choices=[(str(row.pk), row.get_role_display()) for row in held],
        initial=[str(row.pk) for row in held],
        widget=Checkboxes(attrs={"class": "govuk-checkboxes--small"}),
        help_text=_("With a role ends what it lets somebody see and do"),
    )
    return ["ending"]


def _heir_field(task: Task, leaver: Person | None, people: Any, successor: str) -> forms.ChoiceField:
    name = leaver.name if leaver else ""
    choices = [(SUCCESSOR, successor)] if successor else [("", _("Choose a person"))]
    choices += people_choices(person for person in people if person != leaver)
    choices.append((STAYS, _("It stays with %(name)s, who keeps a role or a seat here") % {"name": name}))
    return forms.ChoiceField(
        label=str(task),
        choices=choices,
        error_messages={"required": _("Choose who takes this over: %(task)s") % {"task": task}},
    )
