"""A database with places and nothing else, as `manage.py demo` finds it."""

import pytest

from tests.demonstration.loading import clear


@pytest.fixture
def empty(db: None) -> None:
    """No partnership, no person, no organisation; places, sectors and themes are loaded."""
    clear()
