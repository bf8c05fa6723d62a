"""People whom a form names and the system may not know yet."""

from dataclasses import dataclass

from accounts.models import Person


@dataclass(frozen=True)
class Newcomer:
    """Somebody by name and address. The address, in small letters, says who they are."""

    name: str
    email: str


Somebody = Person | Newcomer
