"""Finding the people that rows name, by e-mail address; else they are new."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import Person
from core.sheets import Fault
from partnerships.actions.imports.cells import HEADINGS, Named
from partnerships.actions.imports.names import same
from partnerships.actions.imports.rows import MemberRow


class People:
    """Everybody that the rows name. One statement, however many rows. `new` are those that nobody has entered yet."""

    def __init__(self, rows: Iterable[MemberRow]) -> None:
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        named = [named for row in rows for named in (row.holder, row.substitute) if named]
        known = Person.objects.filter(email__in={each.email for each in named})
        self._known = {person.email: person for person in known}
        self._new: dict[str, Person] = {}
        self._said: dict[str, tuple[int, str]] = {}

    @property
    def new(self) -> list[Person]:
        """The people who are entered with this import. They have no password and no role."""
        return list(self._new.values())

    def find(self, row: MemberRow, named: Named, key: str) -> Person:
        """Who stands in a column (`key`, that of the address). Two names for one address are a fault."""
        number, name = self._said.setdefault(named.email, (row.number, named.name))
        if same(name) != same(named.name) and number != row.number:
            words = {"row": number, "name": name}
            twice = _(
                "This address stands in row %(row)d too, for %(name)s. Each person needs an address of their own."
            )
            self.faults.append(Fault(row.number, str(HEADINGS[key]), twice % words))
        person = self._known.get(named.email)
        if person is None:
            return self._new.get(named.email) or self._enter(named)
        if same(person.name) != same(named.name) and number == row.number:
            words = {"email": named.email, "name": person.name}
            note = _("%(email)s is known as %(name)s. That name stays.") % words
            self.notes.append(Fault(row.number, str(HEADINGS[key]), note))
        return person

    def _enter(self, named: Named) -> Person:
        person = Person(email=named.email, name=named.name)
        self._new[named.email] = person
        return person
