"""Layout objects that crispy-forms does not have: the size of a question, and fields that an option reveals."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.forms import BaseForm
from django.template import Context
from django.utils.safestring import SafeString


class Sized(LayoutObject):
    """Fields, by name, whose label or legend is larger: `size` is s, m, l or xl of the design system.

    Example: `Layout(Sized("rating", "narrative", size="m"), "evidence")`
    """

    def __init__(self, *fields: str, size: str = "m") -> None:
        self.fields = list(fields)
        self.size = size

    def render(self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        html = self.get_rendered_fields(form, context, template_pack, extra_context={"label_size": self.size}, **kwargs)
        return SafeString(html)


class Reveal(LayoutObject):
    """Radios or checkboxes of which some options show further fields while they are chosen.

    Example: `Reveal("contact", {"email": ["address"], "telephone": ["number"]})`. The form itself must ask for the
    further fields only when their option was chosen; without JavaScript all of them are visible.
    """

    def __init__(self, field: str, reveals: Mapping[str, Sequence[str | LayoutObject]]) -> None:
        self.field = field
        self.reveals = reveals
        self.fields = [field, *(inner for inners in reveals.values() for inner in inners)]

    def render(self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        inner = {
            str(value): Layout(*fields).render(form, context, template_pack) for value, fields in self.reveals.items()
        }
        html = render_field(self.field, form, context, template_pack=template_pack, extra_context={"reveals": inner})
        return SafeString(html)
