"""`manage.py anonymise EMAIL --reason …`: take a person's name and addresses out of the system, for ever."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Person
from core.refusals import Incomplete, Refusal
from partnerships.actions.personal_data import anonymise
from partnerships.queries.personal_data import held
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import reading_everywhere


class Command(BaseCommand):
    """For whoever runs the service: also where no single officer may do it."""

    help = "Take a person's name and addresses out of the system, for ever. Without --yes it says what would happen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom, why, and whether in earnest."""
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--reason", required=True, help="stays in the logs; leave name and address out of it")
        parser.add_argument("--yes", action="store_true", help="do it; nothing brings the name back")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what goes and what stays; do it."""
        person = Person.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError(f"Nobody has this address: {options['email']}.")
        if not options["yes"]:
            with reading_everywhere():
                for kind in held(person):
                    self.stdout.write(f"{kind.title} ({kind.count}): {kind.fate}")
            self.stdout.write("Nothing has been done. Add --yes to do it.")
            return
        try:
            done = anonymise(person=person, reason=options["reason"], by=Access.of_system("Whoever runs the service"))
        except Incomplete as refusal:
            raise CommandError("\n".join(str(gap.message) for gap in refusal.gaps)) from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Done: {done.name}.")
