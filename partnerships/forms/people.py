"""Asking who: somebody known here, somebody new, or nobody."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core.forms import Form, Radios
from core.layout import Reveal
from partnerships.newcomers import Newcomer, Somebody

KNOWN, NEW, NOBODY = "known", "new", "nobody"


class KnownPersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the people who are known in a partnership; two of one name are told apart by their addresses."""

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name} ({obj.email})"


class WhoForm(Form):
    """Who: somebody known here, or somebody new by name and address; with `nobody`, in its words, perhaps nobody."""

    who = forms.ChoiceField(label=gettext_lazy("Who"), widget=Radios())
    known = KnownPersonField(
        label=gettext_lazy("Name"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Choose a person"),
    )
    name = forms.CharField(
        label=gettext_lazy("Full name"), required=False, max_length=200, widget=forms.TextInput({"dir": "auto"})
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Their own: they sign in with it once they are invited"),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, people: Any, question: str, nobody: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(KNOWN, _("Somebody known here")), (NEW, _("Somebody new"))]
        if nobody:
            choices.append((NOBODY, nobody))
        self.fields["who"].label = question
        self.fields["who"].error_messages["required"] = _("Answer the question: %(question)s") % {"question": question}
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        self.fields["known"].queryset = people  # type: ignore[attr-defined]
        self.asks_who = Reveal("who", {KNOWN: ["known"], NEW: ["name", "email"]})

    def clean_email(self) -> str:
        """In small letters, as addresses are kept."""
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        """What the answer asks for is there; an address that is known is that person's."""
        data = super().clean() or {}
        if data.get("who") == KNOWN and not data.get("known") and "known" not in self.errors:
            self.add_error("known", _("Choose a person from the list"))
        if data.get("who") == NEW:
            self._check_newcomer(data)
        return data

    def _check_newcomer(self, data: dict[str, Any]) -> None:
        for name, words in (("name", _("Enter their full name")), ("email", _("Enter their e-mail address"))):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        owner = Person.objects.filter(email=data.get("email") or "").first()
        if owner is None or not data.get("name") or owner.name.casefold() == data["name"].casefold():
            return
        if self.fields["known"].queryset.filter(pk=owner.pk).exists():  # type: ignore[attr-defined]
            words = _("This is the address of %(name)s, who is known here: choose them from the list, or correct it")
            self.add_error("email", words % {"name": owner.name})
        else:
            self.add_error("email", _("This address belongs to somebody of another name. Check both."))

    @property
    def is_nobody(self) -> bool:
        """Whether nobody was chosen."""
        return bool(self.cleaned_data["who"] == NOBODY)

    @property
    def somebody(self) -> Somebody:
        """Who was chosen, where it is not nobody."""
        data = self.cleaned_data
        somebody: Somebody = Newcomer(data["name"], data["email"]) if data["who"] == NEW else data["known"]
        return somebody
