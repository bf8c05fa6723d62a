"""Asking who: somebody known here, somebody new, or nobody."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Person
from core.forms import Form
from partnerships.newcomers import Newcomer, Somebody

NEW, NOBODY = "new", "nobody"


class WhoForm(Form):
    """Who: somebody known here, from a list; or somebody new, by name and address; with `nobody`, perhaps nobody."""

    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
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
        self.people, self.question = people, question
        choices: list[Any] = [("", _("Choose a person")), (NEW, _("Somebody new: fill in below"))]
        if nobody:
            choices.append((NOBODY, nobody))
        choices.append((_("Known here"), people_choices(people)))
        self.fields["who"].label = question
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        self.asks_who = ("who", Fieldset(_("Only for somebody new"), "name", "email"))

    def clean_email(self) -> str:
        """In small letters, as addresses are kept."""
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        """One answer and no other; an address that is known is that person's."""
        data = super().clean() or {}
        typed = bool(data.get("name") or data.get("email") or {"name", "email"} & self.errors.keys())
        if data.get("who") == "":
            data["who"] = NEW if typed else ""  # whoever fills in the boxes has said it
        if data.get("who") == "":
            self.add_error("who", _("Answer the question: %(question)s") % {"question": self.question})
        elif data.get("who") == NEW:
            self._check_newcomer(data)
        elif typed and "who" in data:
            self.add_error("name", _("Empty this, or choose “Somebody new” above"))
        return data

    def _check_newcomer(self, data: dict[str, Any]) -> None:
        for name, words in (("name", _("Enter their full name")), ("email", _("Enter their e-mail address"))):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        owner = Person.objects.filter(email=data.get("email") or "").first()
        if owner is None or not data.get("name") or owner.name.casefold() == data["name"].casefold():
            return
        if self.people.filter(pk=owner.pk).exists():
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
        if data["who"] == NEW:
            return Newcomer(data["name"], data["email"])
        known: Person = self.people.get(pk=data["who"])
        return known


def people_choices(people: Any) -> list[tuple[str, str]]:
    """People to choose from, by number; two of one name are told apart by their addresses."""
    return [(str(person.pk), f"{person.name} ({person.email})") for person in people]
