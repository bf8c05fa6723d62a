"""People are found by e-mail address, kept in small letters by PostgreSQL itself."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Person


def test_an_address_is_kept_in_small_letters_and_found_in_any(db):
    person = Person.objects.create_user("  Ada.Byron@Example.ORG ", " Ada ", "secret-enough-for-this")
    assert (person.email, person.name, str(person)) == ("ada.byron@example.org", "Ada", "Ada")
    assert Person.objects.get_by_natural_key("ADA.BYRON@example.org") == person
    assert person.check_password("secret-enough-for-this")


def test_without_a_password_none_fits(db):
    person = Person.objects.create_user("quiet@example.org", "Quiet")
    assert not person.has_usable_password()
    assert not person.check_password("")


@pytest.mark.parametrize("address", ["Capital@example.org", "capital@EXAMPLE.org"])
def test_postgresql_refuses_capitals(db, address):
    with pytest.raises(IntegrityError, match="person_email_in_small_letters"), transaction.atomic():
        Person.objects.create(email=address, name="Capital")
    person = Person.objects.create_user(address, "Small")
    with pytest.raises(IntegrityError, match="person_email_in_small_letters"), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(email=address)


def test_postgresql_refuses_the_same_address_twice_and_nobody_at_all(db):
    Person.objects.create_user("twin@example.org", "Twin")
    for values in ({"email": "twin@example.org", "name": "Other"}, {"email": None, "name": "A"}, {"name": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create(**{"email": "fresh@example.org", "name": "Fresh", **values})
