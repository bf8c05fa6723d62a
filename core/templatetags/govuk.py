"""What the templates under `templates/govuk` cannot say: which of them draws a field, and which attributes it has."""

import copy
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

from core.error_summary import wrong_parts
from core.forms import AffixedInput, DateInput

register = template.Library()

# The first that fits decides: a subclass stands before its parent.
KINDS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes", ""),
    (forms.RadioSelect, "radios", ""),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (DateInput, "group", ""),
    (forms.MultiWidget, "group", "govuk-input"),
    (forms.Select, "control", "govuk-select"),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.FileInput, "control", "govuk-file-upload"),
    (forms.PasswordInput, "password", "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (AffixedInput, "affixed", "govuk-input"),
    (forms.Widget, "control", "govuk-input"),
)


def _kind(field: BoundField) -> tuple[str, str]:
    return next((kind, classes) for widget, kind, classes in KINDS if isinstance(field.field.widget, widget))


@register.filter
def field_template(field: BoundField) -> str:
    """The template that draws this field's form group."""
    return f"govuk/fields/{_kind(field)[0]}.html"


@register.filter
def item(mapping: dict[str, Any] | None, key: Any) -> Any:
    """The value of a key that is itself a variable; nothing when there is none."""
    return (mapping or {}).get(str(key), "")


@register.simple_tag
def control(field: BoundField, controls: str = "") -> SafeString:
    """The input itself, with the design system's classes and the attributes that help to fill it in.

    `controls` is the id of what a checkbox reveals.
    """
    widget = copy.copy(field.field.widget)
    attrs = _attributes(field)
    if classes := _classes(field):
        attrs["class"] = classes
    if controls:
        attrs["data-aria-controls"] = controls
    if isinstance(widget, forms.NumberInput | forms.URLInput):  # a spinner changes a figure by accident, and a
        widget.input_type = "text"  # half-typed address makes a page invalid: text boxes with a fitting keyboard
    if isinstance(widget, forms.FileInput):  # what is stored is shown and removed elsewhere, with its permissions
        widget.template_name = "django/forms/widgets/file.html"
    return field.as_widget(widget, attrs)


def _classes(field: BoundField) -> str:
    kind, classes = _kind(field)
    names = [classes, field.field.widget.attrs.get("class", "")]
    if kind == "textarea" and field.field.widget.attrs.get("maxlength"):
        names.append("govuk-js-character-count")
    if field.errors and classes and kind != "checkbox":
        names.append(f"{classes.split()[0]}--error")
    return " ".join(name for name in names if name)


def _attributes(field: BoundField) -> dict[str, Any]:
    """Attributes that follow from the kind of field; those set on the widget itself win."""
    inner, own = field.field, field.field.widget.attrs
    attrs: dict[str, Any] = {
        "maxlength": False,
        "minlength": False,
    }  # a browser would cut what is pasted, and be silent
    if isinstance(inner.widget, forms.NumberInput):
        attrs |= {"min": False, "max": False, "step": False, "inputmode": _number_pad(inner)}
    if isinstance(inner.widget, forms.URLInput):
        attrs |= {"inputmode": "url"}
    if isinstance(inner.widget, forms.EmailInput):
        attrs |= {"autocomplete": "email"}
    if isinstance(inner.widget, forms.PasswordInput):
        attrs |= {"autocomplete": "current-password", "autocapitalize": "none"}
    if isinstance(inner.widget, forms.EmailInput | forms.URLInput | forms.PasswordInput):
        attrs |= {"spellcheck": "false"}
    if isinstance(inner.widget, DateInput):
        attrs["wrong"] = {
            part for error in field.form.errors.as_data().get(field.name, ()) for part in wrong_parts(error)
        }
    if isinstance(inner.widget, forms.Textarea) and own.get("maxlength"):
        attrs["aria-describedby"] = " ".join(filter(None, (f"{field.auto_id}-info", field.aria_describedby)))
    kept = {"autocomplete", "autocapitalize", "inputmode", "spellcheck"} & own.keys()
    return {name: value for name, value in attrs.items() if name not in kept}


def _number_pad(field: forms.Field) -> str | bool:
    """Digits only where no minus sign can be needed: number pads of telephones have none."""
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return "decimal"
    never_negative = isinstance(field, forms.IntegerField) and field.min_value is not None and field.min_value >= 0
    return "numeric" if never_negative else False
