"""`manage.py merge_organisations KEPT DUPLICATE`: make one entry of two, whichever partnerships use them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.refusals import Refusal
from partnerships.actions.merging import merge
from partnerships.models import Organisation
from partnerships.queries.merging import preview
from partnerships.tenancy.access import Access


class Command(BaseCommand):
    """Says what moves; with --dry-run nothing else. Ends with 1 and the reason if the two cannot be one."""

    help = "Merge two entries of the directory of organisations. The first stays; the second points to it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The two entries, by name or number."""
        parser.add_argument("kept", help="name or number of the entry that stays")
        parser.add_argument("duplicate", help="name or number of the entry that goes into it")
        parser.add_argument("--dry-run", action="store_true", help="say what would move, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show, then do."""
        by = Access.of_system("merge_organisations")
        kept, merged = _entry(options["kept"]), _entry(options["duplicate"])
        shown = preview(kept, merged, by)
        for line in shown.lines(by):
            place = line.partnership.slug if line.partnership else "directory"
            self.stdout.write(f"{place}: {line.count} {line.kind} {line.becomes}")
        for sentence in [*shown.warnings, *shown.obstacles]:
            self.stderr.write(sentence)
        if options["dry_run"]:
            return
        try:
            merge(kept=kept, merged=merged, seen=shown.seal, by=by)
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"“{merged.name}” is merged into “{kept.name}”.")


def _entry(text: str) -> Organisation:
    """Raises CommandError."""
    rows = Organisation.objects.select_related("sector")
    found = rows.filter(pk=int(text)).first() if text.isdecimal() else rows.filter(name=text).first()
    if found is None:
        raise CommandError(f"There is no organisation of this name or number: {text}.")
    return found
