"""The cells of one row: each is read as what its column wants, or is at fault."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.sheets import Fault, Row
from core.sheets.dates import day
from partnerships.actions.imports.names import same, spaced
from partnerships.queries.member_sheet import COLUMNS

HEADINGS = {column.key: column.heading for column in COLUMNS}
LONGEST = {
    "position": 200,
    "organisation": 200,
    "holder": 200,
    "substitute": 200,
    "email": 254,
    "substitute_email": 254,
}
LONGEST_GROUP = 100

Known = TypeVar("Known")


@dataclass(frozen=True)
class Named:
    """A person as a row names them. The address, in small letters, is who they are."""

    name: str
    email: str


@dataclass
class Cells:
    """The cells of one row, and where their faults go."""

    row: Row
    faults: list[Fault]

    def fault(self, key: str, message: str) -> None:
        self.faults.append(Fault(self.row.number, str(HEADINGS[key]), message))

    def raw(self, key: str) -> str:
        return spaced(self.row.cells.get(key, ""))

    def text(self, key: str) -> str:
        text = self.raw(key)
        if len(text) > LONGEST[key]:
            words = _("The text must be %(limit)d characters or fewer. It has %(count)d.")
            self.fault(key, words % {"limit": LONGEST[key], "count": len(text)})
        return text

    def date(self, key: str) -> datetime.date | None:
        text = self.raw(key)
        try:
            return day(text) if text else None
        except ValueError as error:
            self.fault(key, str(error))
            return None

    def named(self, name_key: str, email_key: str) -> Named | None:
        name, email = self.text(name_key), self.text(email_key).lower()
        if not name and not email:
            return None
        if not name:
            self.fault(name_key, _("Enter whose address %(email)s is.") % {"email": email})
        elif not email:
            self.fault(email_key, _("Enter the address of %(name)s: people are known by it.") % {"name": name})
        else:
            try:
                validate_email(email)
            except ValidationError:
                self.fault(email_key, _("“%(email)s” is no e-mail address.") % {"email": email[:60]})
        return Named(name, email)

    def one_of(self, key: str, known: Mapping[str, Known], names: list[str]) -> Known | None:
        """What a name stands for; `names` are told to whoever wrote another."""
        text = self.raw(key)
        found = known.get(same(text))
        if found is None:
            words = {"text": text[:60], "known": ", ".join(names)}
            unknown = _("“%(text)s” is not known. Write one of these: %(known)s.")
            self.fault(key, (unknown if text else _("Write one of these: %(known)s.")) % words)
        return found

    def groups(self) -> list[str]:
        names: dict[str, str] = {}
        for name in filter(str.strip, self.raw("groups").split(";")):
            names.setdefault(same(name), spaced(name))
        for name in names.values():
            if len(name) > LONGEST_GROUP:
                words = _("The name of a group must be %(limit)d characters or fewer.")
                self.fault("groups", words % {"limit": LONGEST_GROUP})
        return list(names.values())
