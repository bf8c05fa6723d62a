"""`manage.py load_deprivation FILE --edition 2004`: load a published table of the Index of Multiple Deprivation."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.refusals import Refusal
from partnerships.actions.deprivation import load_deprivation
from partnerships.actions.deprivation_table import Faulty, read_table
from partnerships.queries.deprivation import EDITIONS

SHOWN = 20  # faults that are printed


class Command(BaseCommand):
    """Repeatable: a second run changes nothing and says so."""

    help = "Load the ranks of England's small areas (LSOAs) from the table of an edition, CSV or XLSX."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, what it is, and where it is from."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--edition", type=int, required=True, choices=sorted(EDITIONS))
        parser.add_argument("--source", help="where the table was published, to stand beside the figures")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the whole table, then load it; or say what stands in the way, and load nothing."""
        file, edition, dry_run = options["file"], EDITIONS[options["edition"]], options["dry_run"]
        source = (options["source"] or f"Index of Multiple Deprivation {edition.year}, {file.name}").strip()
        if len(source) > 300:
            raise CommandError("The source must be 300 characters or fewer.")
        try:
            areas = read_table(file.read_bytes(), edition)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Faulty as faulty:
            raise CommandError(_words(faulty)) from faulty
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{file.name}: {len(areas):,} small areas")
        if len(areas) != edition.areas:
            self.stdout.write(f"Look at the file: the published table of {edition.year} has {edition.areas:,}.")
        done = load_deprivation(areas, edition=edition.year, source=source, dry_run=dry_run)
        removed = f", {done.removed} removed" if done.removed else ""
        self.stdout.write(f"{done.areas}\n{done.ranks}{removed}\nin a known authority: {done.placed}")
        if dry_run:
            self.stdout.write("This was a trial: nothing has been changed.")


def _words(faulty: Faulty) -> str:
    lines = [f"Row {fault.row}, column {fault.column}: {fault.message}" for fault in faulty.faults[:SHOWN]]
    more = len(faulty.faults) - len(lines)
    return "\n".join([str(faulty), *lines, *([f"and {more:,} more"] if more else [])])
