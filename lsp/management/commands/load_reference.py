"""`manage.py load_reference`: bring the reference tables in line with the files that ship with this version."""

from typing import Any

from django.core.management.base import BaseCommand

import partnerships.actions.reference
import themes.actions


class Command(BaseCommand):
    """Repeatable: a second run changes nothing and says so."""

    help = "Load regions, authorities, sectors, funds, figures and themes from the files that ship with this version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done to each table."""
        for loaded in [*partnerships.actions.reference.load_reference(), *themes.actions.load_reference()]:
            self.stdout.write(str(loaded))
