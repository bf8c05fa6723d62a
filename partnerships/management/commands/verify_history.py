"""`manage.py verify_history`: whether the log of every partnership is as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partnerships.models import Deed, Partnership
from partnerships.queries import broken_deeds
from partnerships.tenancy.context import reading_everywhere


class Command(BaseCommand):
    """Ends with 1 and the first deed that is not what it was; reads only."""

    help = "Check that the deeds of each partnership have numbers without gaps and seals that follow from each other."

    def add_arguments(self, parser: CommandParser) -> None:
        """The one choice."""
        parser.add_argument("--partnership", metavar="SLUG", help="check this partnership alone")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say how much was checked."""
        slug = options["partnership"]
        checked = Partnership.objects.filter(slug=slug) if slug else Partnership.objects.all()
        if slug and not checked.exists():
            raise CommandError(f"There is no partnership at this address: {slug}.")
        with reading_everywhere():
            deeds = Deed.objects.filter(partnership__in=checked).count()
            broken = broken_deeds(checked.get() if slug else None)
        if broken:
            first = broken[0]
            why = "its seal does not fit what it says" if first.follows else "the deed before it is missing"
            raise CommandError(f"The history is broken. {first.slug}, deed {first.number}: {why}.")
        self.stdout.write(f"The history is whole: {deeds} deeds, partnerships: {checked.count()}.")
