"""People who are entered by those who manage the members, before they have signed in themselves."""

from django.db import IntegrityError, transaction

from accounts.models import Person


def enter_person(*, name: str, email: str) -> Person:
    """The person with this address; entered, without a password, if nobody has it. The name of a known one stays."""
    known = Person.objects.filter(email=email.strip().lower()).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return Person.objects.create_user(email, name)
    except IntegrityError:  # somebody entered the same person in this moment
        return Person.objects.get_by_natural_key(email)
