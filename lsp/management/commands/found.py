"""`manage.py found SLUG …`: enter a partnership."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_slug
from django.db import transaction

from core.refusals import Refusal
from partnerships.actions.partnerships import found
from partnerships.models import Authority, Organisation, Sector
from partnerships.tenancy.access import Access


class Command(BaseCommand):
    """Whoever runs the system founds partnerships; nobody does in the browser."""

    help = "Enter a partnership, with the areas it works for. Its people follow with `appoint`."

    def add_arguments(self, parser: CommandParser) -> None:
        """What a partnership cannot be without, and who holds its money."""
        parser.add_argument("slug", help="its address: /p/SLUG/")
        parser.add_argument("--name", required=True)
        parser.add_argument("--short-name", required=True, help="as lists show it, such as Derby")
        parser.add_argument(
            "--area",
            required=True,
            action="append",
            metavar="CODE",
            help="an authority's code in partnerships/reference/authorities.csv; more than once for several areas",
        )
        parser.add_argument("--accountable-body", metavar="NAME", help="the public body that answers for its money")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Found it, or say what stands in the way."""
        slug = _address(options["slug"])
        try:
            partnership = found(
                name=options["name"].strip(),
                short_name=options["short_name"].strip(),
                slug=slug,
                areas=[_area(code) for code in dict.fromkeys(options["area"])],
                accountable_body=_body(options["accountable_body"]),
                by=Access.of_system("Command line"),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{partnership.name} stands at {partnership.get_absolute_url()}\n"
            f"Appoint its officer: manage.py appoint EMAIL NAME --role officer --in {slug}"
        )


def _address(slug: str) -> str:
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise CommandError(f"“{slug}” is no address: use letters, digits and hyphens.") from error
    return slug


def _area(code: str) -> Authority:
    try:
        return Authority.objects.get(code=code)
    except Authority.DoesNotExist as error:
        raise CommandError(
            f"No authority has the code {code}. The codes are in partnerships/reference/authorities.csv; "
            "`manage.py load_reference` loads them."
        ) from error


def _body(name: str | None) -> Organisation | None:
    """The organisation of this name, entered as a public body if it is new."""
    if not name:
        return None
    public = Sector.objects.get(code="public")
    return Organisation.objects.get_or_create(name=name.strip(), defaults={"sector": public})[0]
