"""`manage.py verify_history`: whether the log of every partnership is as it was written."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from partnerships.models import Deed, Partnership
from partnerships.queries import Head, broken_deeds, heads_not_found, lost_heads
from partnerships.tenancy.context import reading_everywhere

# A line of the letter, also where a mail program has quoted it: address, number of the last deed, its seal.
LINE = re.compile(r"^[>\s]*([\w-]+)[\s:]+(\d+)[\s:]+([0-9a-f]{64})\s*$", re.MULTILINE)
SHOWN = 20


class Command(BaseCommand):
    """Ends with 1 and the deeds that are not what they were; reads only."""

    help = "Check that the deeds of each partnership have numbers without gaps and seals that follow from each other."

    def add_arguments(self, parser: CommandParser) -> None:
        """The choices."""
        parser.add_argument("--partnership", metavar="SLUG", help="check this partnership alone")
        parser.add_argument(
            "--against", metavar="FILE", help="check that each head which this letter tells is still there"
        )
        parser.add_argument(
            "--head", metavar="SLUG:NUMBER:SEAL", action="append", default=[], help="the same for one head"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say how much was checked."""
        slug = options["partnership"]
        checked = Partnership.objects.filter(slug=slug) if slug else Partnership.objects.all()
        if slug and not checked.exists():
            raise CommandError(f"There is no partnership at this address: {slug}.")
        told = [*_told_in(options["against"]), *_told_as(options["head"])]
        with reading_everywhere():
            deeds = Deed.objects.filter(partnership__in=checked).count()
            found = list(_findings(checked, told))
        if found:
            more = [f"… and {len(found) - SHOWN} more."] if len(found) > SHOWN else []
            raise CommandError("\n".join(["The history is broken.", *found[:SHOWN], *more]))
        self.stdout.write(f"The history is whole: {deeds} deeds, partnerships: {checked.count()}.")
        if told:
            self.stdout.write(f"Heads told in letters and found: {len(told)}.")


def _findings(checked: "QuerySet[Partnership]", told: list[Head]) -> Iterator[str]:
    for partnership in checked.order_by("slug"):
        for deed in broken_deeds(partnership):
            why = "its seal does not fit what it says" if deed.follows else "the deed before it is missing"
            yield f"{deed.slug}, deed {deed.number}: {why}."
    for head in lost_heads(checked):
        yield f"{head.slug}, deed {head.number}: it was the last when the log was noted, and is not there as it was."
    for head in heads_not_found(told):
        yield f"{head.slug}, deed {head.number}: a letter tells it, and it is not there as it was."


def _told_in(file: str | None) -> list[Head]:
    """The heads that a letter tells. Raises CommandError where there are none: nothing would have been checked."""
    if file is None:
        return []
    try:
        lines = LINE.findall(Path(file).read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    if not lines:
        raise CommandError(f"{file} tells no head. Each is a line: address of the partnership, number, seal.")
    return [Head(slug, int(number), seal) for slug, number, seal in lines]


def _told_as(arguments: list[str]) -> list[Head]:
    lines = [LINE.match(argument) for argument in arguments]
    if not all(lines):
        raise CommandError("A head is SLUG:NUMBER:SEAL, with a seal of 64 letters and figures.")
    return [Head(line[1], int(line[2]), line[3]) for line in lines if line]
