"""`manage.py load_reference`: bring the reference tables in line with the files that ship with this version."""

from typing import Any

from django.core.management.base import BaseCommand

import accreditation.actions.reference
import partnerships.actions.reference
import themes.actions


class Command(BaseCommand):
    """Repeatable: a second run changes nothing and says so."""

    help = "Load regions, authorities, sectors, funds, figures, themes and schemes from the files of this version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done to each table."""
        for app in (partnerships.actions.reference, themes.actions, accreditation.actions.reference):
            for loaded in app.load_reference():
                self.stdout.write(str(loaded))
