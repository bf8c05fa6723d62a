"""Finding the organisations that rows name: in the directory by number, then by name; else they are new."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from core.sheets import Fault
from partnerships.actions.imports.cells import HEADINGS
from partnerships.actions.imports.names import NUMBER, same, unpointed
from partnerships.actions.imports.rows import MemberRow
from partnerships.models import Organisation, OrganisationIdentifier, Partnership
from partnerships.queries.organisations import number_as_written


@dataclass(eq=False)
class Found:
    """An organisation that rows name, known or new, with its numbers by register."""

    entry: Organisation
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether it is entered into the directory with this import."""
        return self.entry.pk is None


class Directory:
    """The directory as an import sees it. Two statements, however many rows.

    `faults` and `notes` gather what is wrong, or worth knowing; `new` and `identifiers` are what the directory lacks,
    `numbered` the numbers of the rows that bring an identifier.
    """

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        self.new: list[Organisation] = []
        self.identifiers: list[OrganisationIdentifier] = []
        self.numbered: set[int] = set()
        self._known: dict[int, Found] = {}
        self._names: dict[str, list[tuple[str, Found]]] = {}
        self._said: dict[str, list[Found]] = {}
        self._numbered: dict[tuple[str, str], Found] = {}
        self._claims: dict[tuple[str, str], tuple[int, str]] = {}
        self._load()

    def find(self, row: MemberRow) -> Found | None:
        """The organisation that a row names; None when it names none, or when that is at fault."""
        if not row.organisation:
            return None
        before = len(self.faults)
        owner, named = self._by_number(row), self._by_name(row.organisation)
        if len(self.faults) > before:
            return None
        if owner and named and owner not in named:
            self._fault(row, self._scheme_of(row, owner), self._of_another(owner))
        elif not owner and len(named) > 1:
            names = ", ".join(f"“{each.entry.name}”" for each in named)
            self._fault(
                row, "organisation", _("The directory has several: %(names)s. Give a number.") % {"names": names}
            )
        if len(self.faults) > before:
            return None
        found = owner or (named[0] if named else self._enter(row))
        self._said[unpointed(row.organisation)] = [found]
        self._add_numbers(row, found)
        if same(row.organisation) != same(found.entry.name):
            self._note(row, "organisation", _("The directory knows it as “%(name)s”.") % {"name": found.entry.name})
        return found if len(self.faults) == before else None

    def _load(self) -> None:
        entries = Organisation.objects.select_related("sector").in_bulk()

        def kept(entry: Organisation) -> Found:
            while entry.merged_into_id is not None:
                entry = entries[entry.merged_into_id]
            return self._known.setdefault(entry.pk, Found(entry))

        for entry in entries.values():
            self._names.setdefault(unpointed(entry.name), []).append((entry.name, kept(entry)))
        numbers = OrganisationIdentifier.objects.filter(ends_on=None).values_list("organisation_id", "scheme", "value")
        for organisation_id, scheme, value in numbers:
            named = kept(entries[organisation_id])
            named.numbers.setdefault(scheme, value)
            self._numbered[scheme, number_as_written(scheme, value)] = named

    def _by_name(self, name: str) -> list[Found]:
        """Those that a name can mean: what an earlier row meant by it, or the entries whose names are most like it."""
        if said := self._said.get(unpointed(name)):
            return said
        entries = self._names.get(unpointed(name), [])
        for alike in (str, same, unpointed):
            if found := [named for known, named in entries if alike(known) == alike(name)]:
                return list(dict.fromkeys(found))
        return []

    def _by_number(self, row: MemberRow) -> Found | None:
        """The one to which the row's numbers belong. It is a fault if they belong to two, or stand for two names."""
        owner: Found | None = None
        for scheme, number in row.identifiers.items():
            first, name = self._claims.setdefault((scheme, number), (row.number, row.organisation))
            found = self._numbered.get((scheme, number))
            if unpointed(name) != unpointed(row.organisation):
                words = {"number": number, "row": first, "name": name}
                twice = _("%(number)s stands in row %(row)d too, for another organisation, “%(name)s”.")
                self._fault(row, scheme, twice % words)
            elif found and owner and found is not owner:
                self._fault(row, scheme, self._of_another(found))
            owner = owner or found
        return owner

    def _scheme_of(self, row: MemberRow, owner: Found) -> str:
        return next(
            scheme for scheme, number in row.identifiers.items() if self._numbered.get((scheme, number)) is owner
        )

    @staticmethod
    def _of_another(owner: Found) -> str:
        return _("This number belongs to another organisation, “%(name)s”.") % {"name": owner.entry.name}

    def _enter(self, row: MemberRow) -> Found:
        entry = Organisation(name=row.organisation, sector=row.sector, kept_by=self.partnership)
        self.new.append(entry)
        return Found(entry)

    def _add_numbers(self, row: MemberRow, found: Found) -> None:
        for scheme, number in row.identifiers.items():
            if (scheme, number) in self._numbered:
                continue
            if not NUMBER.fullmatch(number):
                self._fault(row, scheme, _("A number has up to 20 letters, figures and hyphens."))
            elif scheme in found.numbers:
                words = {"name": found.entry.name, "number": found.numbers[scheme]}
                self._fault(row, scheme, _("“%(name)s” has another number, %(number)s.") % words)
            elif not found.is_new and found.entry.kept_by_id != self.partnership.pk:
                self._note(row, scheme, _("Left out: somebody else looks after this entry of the directory."))
            else:
                found.numbers[scheme] = number
                self._numbered[scheme, number] = found
                self.numbered.add(row.number)
                self.identifiers.append(OrganisationIdentifier(organisation=found.entry, scheme=scheme, value=number))

    def _fault(self, row: MemberRow, key: str, message: str) -> None:
        self.faults.append(Fault(row.number, str(HEADINGS[key]), message))

    def _note(self, row: MemberRow, key: str, message: str) -> None:
        self.notes.append(Fault(row.number, str(HEADINGS[key]), message))
