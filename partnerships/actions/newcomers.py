"""People who are entered by those who manage the members, before they have signed in themselves."""

from django.db import IntegrityError, transaction

from accounts.models import Person
from partnerships.newcomers import Somebody


def entered(somebody: Somebody) -> Person:
    """The person; of a newcomer whoever has the address, by the name they have, or else a new one without a password.

    Called inside the deed that needs them, so that a refused deed enters nobody.
    """
    if isinstance(somebody, Person):
        return somebody
    known = Person.objects.filter(email=somebody.email.strip().lower()).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Person.objects.create_user(somebody.email, somebody.name)
    except IntegrityError:  # somebody else entered them in this moment
        return Person.objects.get_by_natural_key(somebody.email)
