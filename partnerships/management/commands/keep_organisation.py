"""`manage.py keep_organisation NAME SLUG`: say which partnership looks after an entry that several use."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.refusals import Refusal
from partnerships.actions.organisations import keep
from partnerships.models import Organisation, Partnership
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting


class Command(BaseCommand):
    """From then on the partnership's officer changes the entry; its log says so."""

    help = "Let a partnership keep an entry of the directory of organisations."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which entry, and who."""
        parser.add_argument("name", help="the organisation, as the directory writes it")
        parser.add_argument("slug", help="the address of the partnership")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give it, and say so."""
        organisation = Organisation.objects.filter(name=options["name"], merged_into=None).first()
        partnership = Partnership.objects.filter(slug=options["slug"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation of this name: {options['name']}.")
        if partnership is None:
            raise CommandError(f"There is no partnership at this address: {options['slug']}.")
        try:
            with acting(partnership.pk):
                keep(
                    organisation=organisation,
                    partnership=partnership,
                    by=Access.of_system("keep_organisation"),
                )
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{partnership.name} keeps the entry of {organisation.name}.")
