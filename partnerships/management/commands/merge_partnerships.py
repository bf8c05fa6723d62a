"""`manage.py merge_partnerships A B --into SLUG`: end partnerships in favour of one, for what no manager can do."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug
from django.db import transaction

from core.refusals import Refusal
from partnerships.actions.merging_partnerships import NewPartnership, merge
from partnerships.models import Authority, Partnership
from partnerships.queries.merging_partnerships import proposed_areas
from partnerships.tenancy.access import Access


class Command(BaseCommand):
    """Whoever runs the system merges partnerships of different regions, or several at once; a manager does the rest."""

    help = "End partnerships today; one of them, or a new one, takes over who belongs to them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which, into what, and for which areas."""
        parser.add_argument("slugs", nargs="+", metavar="SLUG", help="the addresses of the partnerships: two or more")
        parser.add_argument("--into", required=True, metavar="SLUG", help="one of them, or the address of a new one")
        parser.add_argument("--name", help="of a new one")
        parser.add_argument("--short-name", help="of a new one, as lists show it")
        parser.add_argument(
            "--area",
            action="append",
            metavar="CODE",
            help="an authority's code, more than once for several; else the areas of all, or their successors",
        )
        parser.add_argument("--reason", default="", help="why, for the log")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Merge them, or say what stands in the way. What was merged so before stays as it is."""
        parts = [_partnership(slug) for slug in dict.fromkeys(options["slugs"])]
        if len(parts) < 2:
            raise CommandError("Name two partnerships or more.")
        known = Partnership.objects.filter(slug=options["into"]).first()
        if known is not None and known.ended_on is None and all(known in (part, part.successor) for part in parts):
            self.stdout.write(f"{known.name} took over from them already. Nothing was changed.")
            return
        if known is not None and known not in parts:
            raise CommandError(f"{known.name} is none of them. Merge it with them, or choose the address of a new one.")
        areas = [_area(code) for code in options["area"]] if options["area"] else proposed_areas(parts)
        by = Access.of_system("Command line")
        try:
            into = known or _new(options)
            done = merge(parts=parts, into=into, areas=areas, reason=options["reason"], by=by)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{done.name} took over, at {done.get_absolute_url()}")


def _partnership(slug: str) -> Partnership:
    try:
        return Partnership.objects.select_related("successor").get(slug=slug)
    except Partnership.DoesNotExist as error:
        raise CommandError(f"There is no partnership at this address: {slug}.") from error


def _new(options: dict[str, Any]) -> NewPartnership:
    if not options["name"] or not options["short_name"]:
        raise CommandError("A new partnership needs --name and --short-name.")
    try:
        validate_slug(options["into"])
    except ValidationError as error:
        raise CommandError(f"“{options['into']}” is no address: use letters, digits and hyphens.") from error
    return NewPartnership(options["name"].strip(), options["short_name"].strip(), options["into"])


def _area(code: str) -> Authority:
    try:
        return Authority.objects.get(code=code)
    except Authority.DoesNotExist as error:
        raise CommandError(f"No authority has the code {code}.") from error
