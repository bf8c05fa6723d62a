"""`manage.py drive_round`: drive all areas of the Neighbourhood Renewal Fund through a round of the 2002 scheme."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.dates import long_date
from lsp.demonstration.driving import Drive, by_region
from partnerships.models import Region
from partnerships.tenancy.access import Access


class Command(BaseCommand):
    """For a demonstration alone. It can be interrupted; the next run goes on where this one stopped."""

    help = (
        "Drive all partnerships of the 2002 scheme through a round, by the actions that people use, and time the steps."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """All regions, or some."""
        parser.add_argument("--region", action="append", default=[], metavar="SLUG", help="only this one; repeatable")

    def handle(self, *args: Any, **options: Any) -> None:
        """Drive, and say what came of it and how long it took."""
        if not settings.DEMONSTRATION:
            raise CommandError("This is not a demonstration: LSP_DEMONSTRATION is off.")
        unknown = set(options["region"]) - set(Region.objects.values_list("slug", flat=True))
        if unknown:
            raise CommandError(f"There is no region at this address: {', '.join(sorted(unknown))}.")
        drive = Drive(Access.of_system("Demonstration"))
        round = drive.open()
        if round.is_over:
            raise CommandError(f"The round {round.name} closed on {long_date(round.closes_on)}.")
        for region, partnerships in by_region(drive.partnerships(options["region"])):
            before = drive.told
            for partnership in partnerships:
                drive.tell(partnership, round)
            self.stdout.write(f"{region}: {drive.told - before} driven, {len(partnerships)} in all")
        for outcome, day, count in drive.outcomes(round):
            again = f", to be reviewed again on {long_date(day)}" if day else ""
            self.stdout.write(f"{outcome}: {count}{again}")
        self._tell_times(drive)

    def _tell_times(self, drive: Drive) -> None:
        for step, seconds in drive.seconds.items():
            each = f", {1000 * seconds / drive.told:.1f} ms a partnership" if drive.told else ""
            self.stdout.write(f"{step}: {seconds:.2f} s{each}")
        self.stdout.write(f"together: {sum(drive.seconds.values()):.2f} s")
