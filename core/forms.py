"""Fields and widgets that Django lacks: dates in three boxes, pounds, long texts, options with hints, plain errors.

Forms of the project derive from `Form` or `ModelForm` here, so that their errors say what to do.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise
CHOOSING = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput)
YEARS = range(1990, 2101)


class PlainErrors:
    """Mix-in for forms: “Enter name of the organisation” instead of “This field is required.”

    A field that brings its own message keeps it.
    """

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = str(field.label or pretty_name(name))
            own = field.error_messages
            if own.get("required") == forms.Field.default_error_messages["required"]:
                own["required"] = _required(field, label)
            own.setdefault("max_length", _too_long(label))


def _required(field: forms.Field, label: str) -> str:
    if label.endswith("?"):
        return _("Answer the question: %(label)s") % {"label": label}
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Tick “%(label)s”") % {"label": label}
    if not label[1:2].isupper():  # in a sentence “Name” is “name”, but “PCT” stays “PCT”
        label = label[0].lower() + label[1:]
    deed = _("Choose %(label)s") if isinstance(field.widget, CHOOSING) else _("Enter %(label)s")
    return deed % {"label": label}


def _too_long(label: str) -> str:
    """Filled in twice: with the label here, with the two numbers when the error is shown."""
    text = _("%(label)s must be %(limit)s characters or fewer. You have written %(count)s.")
    return text % {"label": label.replace("%", "%%"), "limit": "%(limit_value)d", "count": "%(show_value)d"}


class Form(PlainErrors, forms.Form):
    """A form whose errors say what to do."""


class ModelForm(PlainErrors, forms.ModelForm):  # type: ignore[type-arg]
    """A model form whose errors say what to do."""


class TextField(forms.CharField):
    """A long text. Its length is counted as the browser counts it, a line end as one character.

    `rows` is the height of the box in lines. With `max_length` the box tells how many characters are left.
    """

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if text else text


class AffixedInput(forms.TextInput):
    """A text box with a sign in front of it or behind it, such as £ or %."""

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, prefix: Text = "", suffix: Text = "") -> None:
        super().__init__(dict(attrs or {}))
        self.prefix, self.suffix = prefix, suffix


class MoneyField(forms.DecimalField):
    """An amount in pounds. “£1,250”, “1250.00” and “1 250.5” are understood; the value is a `Decimal` of pounds."""

    default_error_messages: ClassVar = {"invalid": gettext_lazy("Enter an amount in pounds, such as 1,250.00")}

    def __init__(self, *, max_digits: int = 14, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", AffixedInput({"class": "govuk-input--width-10", "inputmode": "decimal"}, prefix="£")
        )
        super().__init__(max_digits=max_digits, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = re.sub(r"[£,\s]", "", value).replace("\N{MINUS SIGN}", "-")
        return super().to_python(value)


class Options:
    """Mix-in for radios and checkboxes: a hint under an option, by its value."""

    def __init__(self, *args: Any, hints: Mapping[str, Text] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = dict(hints or {})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        return {**option, "hint": self.hints.get(str(value), "")}


class Radios(Options, forms.RadioSelect):
    """Radios. `attrs={"class": "govuk-radios--small"}` and `--inline` are understood."""


class Checkboxes(Options, forms.CheckboxSelectMultiple):
    """Checkboxes. `attrs={"class": "govuk-checkboxes--small"}` is understood."""


class DateInput(forms.MultiWidget):
    """Three boxes: day, month, year."""

    template_name = "govuk/date_input.html"
    part_names = (gettext_lazy("Day"), gettext_lazy("Month"), gettext_lazy("Year"))

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        boxes = [
            forms.TextInput({"class": f"govuk-input govuk-date-input__input govuk-input--width-{width}", **numeric})
            for width, numeric in ((2, {"inputmode": "numeric"}), (2, {}), (4, {"inputmode": "numeric"}))
        ]
        super().__init__(boxes, dict(attrs or {}))

    def decompress(self, value: datetime.date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """`attrs["wrong"]` is a set of parts (0 day, 1 month, 2 year) that have an error; the others are left alone."""
        attrs = dict(attrs or {})
        wrong = attrs.pop("wrong", ())
        attrs.pop("aria-invalid", None)
        context = super().get_context(name, value, attrs)
        for number, (part, label) in enumerate(zip(context["widget"]["subwidgets"], self.part_names, strict=True)):
            part["label"] = label
            if number in wrong:
                part["attrs"]["class"] += " govuk-input--error"
                part["attrs"]["aria-invalid"] = "true"
        return context


def of_our_time(day: datetime.date) -> None:
    """Partnerships began about 2000: raises ValidationError for a year that is a slip of the finger."""
    if day.year not in YEARS:
        years = {"first": YEARS[0], "last": YEARS[-1]}
        raise _wrong(_("The year must be between %(first)d and %(last)d") % years, 2)


class DateField(forms.Field):
    """A date typed as day, month (a number or a name) and year. Errors name what is missing or does not exist.

    The parts that are wrong are in `params["parts"]` of the error (0 day, 1 month, 2 year), so that the error summary
    leads to the right box.
    """

    widget = DateInput
    default_error_messages: ClassVar = {"incomplete": gettext_lazy("%(label)s must include %(missing)s")}
    default_validators = [of_our_time]  # noqa: RUF012  (typed as Django types it)

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        day, month, year = (str(part or "").strip() for part in value)
        if not (day or month or year):
            return None
        self._complete((day, month, year))
        return self._date(day, month, year)

    def _complete(self, parts: Sequence[str]) -> None:
        names = (_("a day"), _("a month"), _("a year"))
        missing = [number for number, part in enumerate(parts) if not part]
        if missing:
            words = _(" and ").join(names[number] for number in missing)
            params = {"label": self.label or _("The date"), "missing": words, "parts": missing}
            raise ValidationError(self.error_messages["incomplete"], code="incomplete", params=params)

    @staticmethod
    def _date(day: str, month: str, year: str) -> datetime.date:
        months = _month_numbers(month)
        if not re.fullmatch(r"\d{1,2}", day) or not 1 <= int(day) <= 31:
            raise _wrong(_("Day must be a number from 1 to 31"), 0)
        if len(months) != 1:
            raise _wrong(_("Month must be a number from 1 to 12, or a name such as January"), 1)
        if not re.fullmatch(r"\d{4}", year):
            raise _wrong(_("Year must have four figures, such as 2006"), 2)
        try:
            return datetime.date(int(year), months[0], int(day))
        except ValueError:
            typed = {"day": int(day), "month": MONTHS[months[0]], "year": year}
            raise _wrong(_("%(day)s %(month)s %(year)s does not exist") % typed, 0) from None


def _month_numbers(text: str) -> list[int]:
    """The months that `text` can mean: “1”, “01”, “jan” and “January” are all one month."""
    if re.fullmatch(r"\d{1,2}", text):
        return [int(text)] if 1 <= int(text) <= 12 else []
    return [number for number, name in MONTHS.items() if len(text) > 2 and name.casefold().startswith(text.casefold())]


def _wrong(message: str, part: int) -> ValidationError:
    return ValidationError(message.replace("%", "%%"), code="invalid", params={"parts": [part]})
