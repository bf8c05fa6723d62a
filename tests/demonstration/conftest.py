"""A database with places and nothing else, as `manage.py demo` finds it."""

import pytest
from django.db import connection

from tests.conftest import as_owner


@pytest.fixture
def empty(db: None) -> None:
    """No partnership, no person, no organisation; places, sectors and themes are loaded."""
    tables = "partnerships_partnership, partnerships_organisation, accounts_person, auth_group"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
