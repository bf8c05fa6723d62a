"""Forms of a self-assessment. They parse and explain; the actions save."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.models import ActionProgress, Criterion, CriterionAnswer, PlannedAction, Rating, SelfAssessment
from core.forms import DateField, Form, Radios, TextField
from core.layout import Sized
from core.refusals import Text
from documents.fields import EvidenceField
from partnerships.models import Organisation

LONGEST_TEXT, LONG_TEXT, SHORT_TEXT = 20_000, 10_000, 4_000
FORM_ID = "answer"  # by which the browser finds what it keeps of it


class PlainForm(Form):
    """What the forms share: large questions, a button that names the deed, an id."""

    submit: Text = _("Save")
    large: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_id = FORM_ID
        self.helper.layout = self.questions()
        if self.submit:
            self.helper.layout.append(Submit("save", self.submit))

    def questions(self) -> Layout:
        """The fields in their order, the large ones larger."""
        return Layout(*(Sized(name) if name in self.large else name for name in self.fields))

    def values(self) -> dict[str, Any]:
        """What was typed, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class VersionedForm(PlainForm):
    """A form of something that several people edit: it bears the version that the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    @property
    def seen(self) -> int:
        """That version; a form without one was never shown, and loses against any."""
        return self.cleaned_data.get("version") or 0


class RatingField(forms.TypedChoiceField):
    """One step of the scheme's scale, with what it means. The value is the rating."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=Radios(), empty_value=None, **kwargs)

    def offer(self, ratings: Iterable[Rating]) -> None:
        """The scale that may be chosen from."""
        by_code: Mapping[str, Rating] = {rating.code: rating for rating in ratings}
        self.choices = [(code, rating.label) for code, rating in by_code.items()]
        self.widget.hints = {code: rating.hint for code, rating in by_code.items()}
        self.coerce = by_code.__getitem__


class AnswerForm(VersionedForm):
    """What the partners agreed on about one criterion. What is not known yet may stay empty until it is submitted."""

    rating = RatingField(label=_("How do you rate the partnership?"), required=False)
    agreed_because = TextField(
        label=_("Why did you agree on this rating?"),
        required=False,
        max_length=SHORT_TEXT,
        rows=4,
        help_text=_("Needed where partners score it differently, or agreed on something else than they think"),
    )
    starting_point = TextField(
        label=_("Local conditions and starting point"),
        required=False,
        max_length=LONG_TEXT,
        rows=5,
        help_text=_("What the area is like, and where the partnership stood when it began"),
    )
    narrative = TextField(
        label=_("How does the partnership meet it?"),
        required=False,
        max_length=LONGEST_TEXT,
        rows=12,
        help_text=_(
            "Say what changed, and who would notice. An empty line begins a paragraph, **two stars** make bold, - at "
            "the start of a line a list."
        ),
    )
    submit = ""  # the page has buttons of its own: to the next criterion, to the list, to the evidence
    large = ("rating", "agreed_because", "starting_point", "narrative")

    def __init__(self, *args: Any, ratings: Iterable[Rating], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].offer(ratings)  # type: ignore[attr-defined]
        self.helper.form_tag = False

    @staticmethod
    def initial_of(answer: CriterionAnswer) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        names = ("agreed_because", "starting_point", "narrative", "version")
        rating = answer.rating.code if answer.rating else None
        return {"rating": rating, **{name: getattr(answer, name) for name in names}}


class ChangesForm(VersionedForm):
    """What a partnership on the streamlined path says in place of narratives."""

    changes_since = TextField(
        label=_("What has changed since the last round?"),
        required=False,
        max_length=LONGEST_TEXT,
        rows=12,
        help_text=_("In the area, in the partnership, and in how it works. What has not changed needs no words."),
    )
    large = ("changes_since",)

    @staticmethod
    def initial_of(assessment: SelfAssessment) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        return {"changes_since": assessment.changes_since, "version": assessment.version}


class OnBehalfForm(PlainForm):
    """Somebody speaks for an organisation whose seat they hold, or in their own role."""

    organisation = forms.ModelChoiceField(
        label=_("For whom do you speak?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=None,
        widget=Radios(),
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[each.pk for each in organisations]).order_by("name")
        field.choices = [*((str(each.pk), each.name) for each in organisations), ("", _("Nobody but myself"))]
        if not organisations:
            del self.fields["organisation"]
            self.helper.layout = self.questions()
            self.helper.layout.append(Submit("save", self.submit))


class ScoreForm(OnBehalfForm):
    """What one partner thinks of a criterion."""

    rating = RatingField(label=_("How do you rate the partnership?"))
    comment = TextField(
        label=_("Why?"),
        required=False,
        max_length=SHORT_TEXT,
        rows=5,
        help_text=_("Partners see it once they have scored too, and it goes into what is submitted"),
    )
    field_order = ("rating", "comment", "organisation")
    submit = _("Score it")
    large = ("rating", "comment", "organisation")

    def __init__(self, *args: Any, ratings: Iterable[Rating], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rating"].offer(ratings)  # type: ignore[attr-defined]


class SignOffForm(OnBehalfForm):
    """A member agrees with what they have read; `seal` is that of the text they were shown."""

    seal = forms.CharField(widget=forms.HiddenInput(), required=False)
    agree = forms.BooleanField(label=_("I have read it and agree that it is what the partners think"))
    field_order = ("seal", "organisation", "agree")
    submit = _("Sign it off")


class DeclarationForm(PlainForm):
    """The chair's declaration; `seal` as with a sign-off."""

    seal = forms.CharField(widget=forms.HiddenInput(), required=False)
    declaration = TextField(
        label=_("Your declaration"),
        max_length=SHORT_TEXT,
        rows=4,
        help_text=_("It stands under the self-assessment with your role and the date. You can put it in other words."),
    )
    large = ("declaration",)

    def __init__(self, *args: Any, submit: Text, **kwargs: Any) -> None:
        self.submit = submit
        super().__init__(*args, **kwargs)


class EvidenceForm(PlainForm):
    """A document or an address: one of the two."""

    title = forms.CharField(
        label=_("What is it called?"), max_length=200, help_text=_("As a reviewer would look for it")
    )
    url = forms.URLField(
        label=_("Its address on the web"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("For example, https://www.southwark.gov.uk"),
        error_messages={"invalid": _("Enter an address such as https://www.southwark.gov.uk")},
    )
    file = EvidenceField(label=_("Or a file"), required=False)
    submit = _("Add it")

    def clean(self) -> dict[str, Any]:
        """One of the two, and not both."""
        data = super().clean() or {}
        file, url = data.get("file"), data.get("url")
        if not self.errors.keys() & {"file", "url"}:
            if file and url:
                self.add_error("url", _("Give an address or a file, not both. Add the other one by itself."))
            elif not file and not url:
                self.add_error("url", _("Enter an address, or choose a file"))
        return data


class ActionForm(VersionedForm):
    """What will be done, by whom and when, and how one can tell. All but the title may wait until it is submitted."""

    title = forms.CharField(label=_("What will be done"), max_length=250)
    criterion = forms.ModelChoiceField(
        label=_("Which criterion does it strengthen?"),
        queryset=Criterion.objects.none(),
        empty_label=_("Choose a criterion"),
    )
    lead = forms.ModelChoiceField(
        label=_("Lead organisation"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Not agreed yet"),
        help_text=_("One member that answers for it"),
    )
    starts_on = DateField(label=_("Starts"), required=False, help_text=_("For example, 1 4 2006"))
    ends_on = DateField(label=_("Ends"), required=False, help_text=_("For example, 31 3 2007"))
    measure = forms.CharField(
        label=_("How it is measured"),
        required=False,
        max_length=300,
        help_text=_("What is counted, by whom and how often"),
    )

    def __init__(self, *args: Any, criteria: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].queryset = criteria  # type: ignore[attr-defined]
        self.fields["lead"].queryset = members  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends after it starts."""
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end must not be before the start"))
        return data

    @staticmethod
    def initial_of(action: PlannedAction) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        names = ("title", "starts_on", "ends_on", "measure", "version")
        values = {name: getattr(action, name) for name in names}
        return {"criterion": action.criterion_id, "lead": action.lead_id, **values}


class ProgressForm(PlainForm):
    """How far an action is."""

    state = forms.ChoiceField(label=_("How far is it?"), choices=ActionProgress.State.choices, widget=Radios())
    words = TextField(
        label=_("What was done"),
        max_length=SHORT_TEXT,
        rows=5,
        help_text=_("What has been said before stays to be read"),
    )
    large = ("state", "words")
    submit = _("Note it")


class ReasonForm(PlainForm):
    """Why a submission is withdrawn."""

    reason = TextField(label=_("Why do you withdraw it?"), max_length=SHORT_TEXT, rows=5)
    large = ("reason",)
    submit = _("Withdraw it")


class AppealForm(PlainForm):
    """On what grounds a decision is appealed."""

    grounds = TextField(
        label=_("On what grounds?"),
        max_length=LONG_TEXT,
        rows=10,
        help_text=_("What the decision overlooked or got wrong. The national team and the Government Office read it."),
    )
    large = ("grounds",)
    submit = _("Send the appeal")


class StreamliningForm(PlainForm):
    """Which path a partnership takes, and why."""

    streamlined = forms.TypedChoiceField(
        label=_("Which path does it take?"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("The streamlined path")), ("no", _("The full path"))],
        widget=Radios(
            hints={
                "yes": _("It says what has changed since the last round; narratives may stay empty"),
                "no": _("Every criterion with its narrative, and an action plan"),
            }
        ),
    )
    reason = TextField(label=_("Why?"), max_length=SHORT_TEXT, rows=4, help_text=_("The partnership reads it"))
    large = ("streamlined", "reason")
