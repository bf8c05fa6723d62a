"""`manage.py appoint EMAIL NAME …`: give somebody a role, and an account if they have none."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import Person
from core.dates import today
from core.refusals import Refusal
from partnerships.actions.roles import appoint, appoint_to_office
from partnerships.models import GovernmentOffice, Partnership
from partnerships.permissions import OfficeRole, Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

IN_AN_OFFICE = [role.value for role in OfficeRole if role != OfficeRole.NATIONAL]


class Command(BaseCommand):
    """Whoever runs the system appoints people; a partnership's officer asks them to."""

    help = "Appoint somebody to a role from today on. Who has no account gets one, without a password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, as what, and where: in one partnership, in one Government Office or in the whole country."""
        parser.add_argument("email")
        parser.add_argument("name", help="as it is shown to others")
        parser.add_argument("--role", help=f"--in: {', '.join(Role.values)}; --office: {', '.join(IN_AN_OFFICE)}")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--in", dest="slug", metavar="SLUG", help="the address of a partnership")
        where.add_argument("--office", metavar="REGION", help="the address of a region, such as london")
        where.add_argument("--national", action="store_true", help="looks into every partnership, and writes in none")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint, or say what stands in the way."""
        person, is_new = _person(options["email"].strip().lower(), options["name"].strip())
        by = Access.of_system("Command line")
        role: Role | OfficeRole
        try:
            if options["slug"]:
                role, where = _in_partnership(person, options["role"], options["slug"], by)
            else:
                role, where = _in_office(person, options["role"], options["office"], by)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{person.name} ({person.email}) is now: {role.label}, {where}.")
        if is_new:
            self.stdout.write("They choose a password by “I cannot sign in” on the sign-in page.")


def _person(email: str, name: str) -> tuple[Person, bool]:
    """Who has this address, under the name they have already; else somebody new."""
    known = Person.objects.filter(email=email).first()
    if known is not None:
        return known, False
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"“{email}” is no e-mail address.") from error
    return Person.objects.create_user(email, name), True


def _in_partnership(person: Person, role: str | None, slug: str, by: Access) -> tuple[Role, str]:
    chosen = Role(_one_of(role, Role.values))
    try:
        partnership = Partnership.objects.get(slug=slug)
    except Partnership.DoesNotExist as error:
        raise CommandError(f"There is no partnership at this address: {slug}.") from error
    with acting(partnership.pk, by=by.person_id):
        appoint(partnership=partnership, person=person, role=chosen, starts_on=today(), by=by)
    return chosen, partnership.name


def _in_office(person: Person, role: str | None, region: str | None, by: Access) -> tuple[OfficeRole, str]:
    """In the Government Office of a region; without a region, for the whole country."""
    if region is None:
        chosen, office = OfficeRole(_one_of(role or OfficeRole.NATIONAL, [OfficeRole.NATIONAL])), None
    else:
        chosen, office = OfficeRole(_one_of(role, IN_AN_OFFICE)), _office(region)
    appoint_to_office(office=office, person=person, role=chosen, starts_on=today(), by=by)
    return chosen, office.name if office else "England"


def _office(region: str) -> GovernmentOffice:
    try:
        return GovernmentOffice.objects.get(region__slug=region)
    except GovernmentOffice.DoesNotExist as error:
        slugs = ", ".join(GovernmentOffice.objects.order_by("region__slug").values_list("region__slug", flat=True))
        raise CommandError(f"No Government Office is in “{region}”. The regions are: {slugs}.") from error


def _one_of(role: str | None, roles: list[str]) -> str:
    if role not in roles:
        raise CommandError(f"Name a role that exists there with --role: {', '.join(roles)}.")
    return role
