"""Forms of the pages over all partnerships. They parse and explain; the actions save."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation.models import Round, Scheme
from core.dates import today
from core.forms import DateField, Form
from core.refusals import Text
from lsp.queries import Stand
from partnerships.forms.filtering import FilterForm
from partnerships.models import Region

FARTHEST = 2  # years ahead; later is a slip of the finger
LATE, AGAIN = "late", "again"
FULL, STREAMLINED = "full", "streamlined"


class RoundForm(Form):
    """A round of a scheme for all its partnerships. Once it is open it does not change, so it is shown again first."""

    scheme = forms.ModelChoiceField(
        label=_("Scheme"),
        queryset=Scheme.objects.order_by("valid_from", "pk"),
        to_field_name="code",
        empty_label=_("Choose a scheme"),
    )
    name = forms.CharField(
        label=_("Name of the round"), max_length=60, help_text=_("As partnerships will see it, such as 2005–06")
    )
    opens_on = DateField(label=_("Opens on"))
    closes_on = DateField(label=_("Last day to submit"), help_text=_("Nothing is taken after it, and it cannot move"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("scheme", "name", "opens_on", "closes_on", Submit("next", _("Continue")))

    def clean_name(self) -> str:
        """Each round has a name of its own."""
        name = str(self.cleaned_data["name"]).strip()
        if Round.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(gettext("There is a round of this name already"))
        return name

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, and not in the past or the far future."""
        data = super().clean() or {}
        opens_on, closes_on = data.get("opens_on"), data.get("closes_on")
        if closes_on and closes_on < today():
            self.add_error("closes_on", gettext("The last day to submit must not have passed"))
        elif closes_on and opens_on and closes_on < opens_on:
            self.add_error("closes_on", gettext("The last day to submit must not be before the round opens"))
        for name, day in (("opens_on", opens_on), ("closes_on", closes_on)):
            if day and abs(day.year - today().year) > FARTHEST:
                self.add_error(name, gettext("The year must be within two years of this one"))
        return data


class StandingFilter(FilterForm):
    """Which partnerships: by name, by where they stand, by region."""

    q = forms.CharField(
        label=_("Name of the partnership"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"type": "search", "spellcheck": "false"}),
    )
    stands = forms.ChoiceField(
        label=_("Where it stands"), required=False, error_messages={"invalid_choice": _("Choose one from the list")}
    )
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Region.objects.order_by("name"),
        to_field_name="slug",
        required=False,
        empty_label=_("All regions"),
        error_messages={"invalid_choice": _("Choose a region from the list")},
    )
    path = forms.ChoiceField(
        label=_("Path"),
        required=False,
        choices=[("", _("Either")), (FULL, _("Full")), (STREAMLINED, _("Streamlined"))],
        error_messages={"invalid_choice": _("Choose one from the list")},
    )

    def __init__(self, *args: Any, columns: Sequence[tuple[str, Text]], one_region: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        more = [(AGAIN, gettext("To be reviewed again")), (LATE, gettext("Late with the office"))]
        choices = [("", gettext("Anywhere")), *columns, *more, ("not_asked", gettext("Not asked"))]
        self.fields["stands"].choices = choices  # type: ignore[attr-defined]
        if one_region:
            del self.fields["region"]

    def chosen(self, rows: Sequence[Stand]) -> list[Stand]:
        """The rows that fit; of a form that is valid."""
        data = self.cleaned_data
        words, region = data["q"].casefold().strip(), data.get("region")
        return [
            row
            for row in rows
            if words in row.name
            and (not data["stands"] or _stands(row, data["stands"]))
            and (region is None or row.partnership.region_id == region.pk)
            and data["path"] in ("", STREAMLINED if row.streamlined else FULL)
        ]


def _stands(row: Stand, key: str) -> bool:
    if key == LATE:
        return row.days_late > 0
    if key == AGAIN:
        return row.next_review_on is not None
    return row.key == key
