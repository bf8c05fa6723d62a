"""`manage.py demo`: load the demonstration; `manage.py demo --accounts`: who one can sign in as, as JSON."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lsp.demonstration import assessed, invited, neighbourhoods, people, tables, texts
from lsp.demonstration.cast import CAST, PASSWORD
from partnerships.models import Authority, Partnership
from partnerships.tenancy.access import Access


class Command(BaseCommand):
    """Enters what is missing, so a second run changes nothing and an interrupted one is finished by the next."""

    help = "Load the demonstration by the actions a person would use, or list its accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        """The one choice."""
        parser.add_argument("--accounts", action="store_true", help="print the demonstration's sign-ins as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load or list."""
        if not settings.DEMONSTRATION:
            raise CommandError("This is not a demonstration: LSP_DEMONSTRATION is off.")
        if options["accounts"]:
            self.stdout.write(json.dumps(_accounts(), ensure_ascii=False, indent=2))
        else:
            self._load()

    def _load(self) -> None:
        if not Authority.objects.exists():
            raise CommandError("Run `manage.py load_reference` first.")
        by = Access.of_system("Demonstration")
        present = set(Partnership.objects.values_list("short_name", flat=True))
        writer = tables.Tables(by)
        entered = [writer.enter(authority) for authority in tables.areas() if authority.name not in present]
        self.stdout.write(f"partnerships: {len(entered)} entered, {len(present)} as they were")
        self.stdout.write(f"people who can sign in: {people.appoint_cast(by)} entered, {len(CAST)} in all")
        self.stdout.write(f"people invited: {'; '.join(invited.invite_some()) or 'none, they were'}")
        self.stdout.write(f"strategies written: {', '.join(texts.write_all()) or 'none, they stand'}")
        self.stdout.write(f"points of contact named: {', '.join(neighbourhoods.name_all()) or 'none, they stand'}")
        self.stdout.write(f"self-assessments told: {', '.join(assessed.assess_all(by)) or 'none, they stand'}")


def _accounts() -> list[dict[str, Any]]:
    return [
        {
            "email": player.email,
            "password": PASSWORD,
            "name": player.name,
            "roles": {slug: str(role) for slug, role in player.roles},
            "office": list(player.office) if player.office else None,
        }
        for player in CAST
    ]
