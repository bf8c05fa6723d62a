"""What the error summary lists, and where each of its links leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Union

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BaseFormSet, BoundField

from core.refusals import Incomplete

Source = Union[BaseForm, "BaseFormSet[Any]", Incomplete, None]


@dataclass(frozen=True)
class Entry:
    """One line of the summary. `href` is empty when there is no input to lead to."""

    message: str
    href: str


def wrong_parts(error: ValidationError) -> list[int]:
    """The boxes of a field of several boxes that an error is about; the first when it does not say."""
    params = error.params if isinstance(error.params, dict) else {}
    return list(params.get("parts", [0]))


def input_id(field: BoundField, part: int = 0) -> str:
    """The id of the input that can be focused: of a group it is one of its members."""
    return f"{field.auto_id}_{part}" if field.use_fieldset else field.id_for_label


def entries(*sources: Source) -> Iterator[Entry]:
    """Every error of the forms, formsets and refusals given, in the order of the fields. `None` is passed over."""
    for source in sources:
        if isinstance(source, Incomplete):
            yield from (Entry(str(gap.message), gap.url) for gap in source.gaps)
        elif isinstance(source, BaseFormSet):
            yield from _of_formset(source)
        elif source is not None:
            yield from _of_form(source)


def _of_form(form: BaseForm) -> Iterator[Entry]:
    errors = form.errors.as_data()
    first = next(iter(form.visible_fields()), None)
    for error in errors.get("__all__", []):
        yield from (Entry(message, f"#{input_id(first)}" if first else "") for message in error.messages)
    for name in form.fields:
        for error in errors.get(name, []):
            field = form[name]
            href = "" if field.is_hidden else f"#{input_id(field, wrong_parts(error)[0])}"
            yield from (Entry(message, href) for message in error.messages)


def _of_formset(formset: BaseFormSet[Any]) -> Iterator[Entry]:
    fields = (field for form in formset.forms for field in form.visible_fields())
    first = next(fields, None)
    for message in formset.non_form_errors():
        yield Entry(str(message), f"#{input_id(first)}" if first else "")
    for form in formset.forms:
        yield from _of_form(form)
