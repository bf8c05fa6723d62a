"""`manage.py appoint EMAIL NAME …`: give somebody a role, and an account if they have none; `--end` takes it back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import Person
from core.dates import today
from core.refusals import Refusal
from partnerships.actions.offices import appoint_to_office, end_office_appointment
from partnerships.actions.roles import appoint, end_appointment
from partnerships.models import Appointment, GovernmentOffice, OfficeAppointment, Partnership
from partnerships.models.periods import overlapping
from partnerships.permissions import NATIONAL_ROLES, OfficeRole, Role
from partnerships.tenancy.access import Access
from partnerships.tenancy.context import acting

IN_AN_OFFICE = [role.value for role in OfficeRole if role not in NATIONAL_ROLES]
NATIONAL = [role.value for role in OfficeRole if role in NATIONAL_ROLES]
ROLES = {"--in": Role.values, "--office": IN_AN_OFFICE, "--national": NATIONAL}


class Command(BaseCommand):
    """Whoever runs the system appoints the first people, and those of offices; the others are invited."""

    help = "Appoint somebody to a role from today on, or end it. Who has no account gets one, without a password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, as what, and where: in one partnership, in one Government Office or in the whole country."""
        parser.add_argument("email")
        parser.add_argument("name", nargs="?", default="", help="as it is shown to others; not needed with --end")
        parser.add_argument(
            "--role",
            help="; ".join(f"{where}: {', '.join(roles)}" for where, roles in ROLES.items()),
        )
        parser.add_argument("--end", action="store_true", help="end the appointment: access ends in this moment")
        parser.add_argument("--reason", default="", help="why it ends, for the partnership's log")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--in", dest="slug", metavar="SLUG", help="the address of a partnership")
        where.add_argument("--office", metavar="REGION", help="the address of a region, such as london")
        where.add_argument(
            "--national", action="store_true", help="looks into every partnership; `national` unless --role says so"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint or end, or say what stands in the way."""
        email = options["email"].strip().lower()
        by = Access.of_system("Command line")
        try:
            if options["end"]:
                self._end(_somebody_known(email), options, by)
            else:
                self._appoint(email, options, by)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _appoint(self, email: str, options: dict[str, Any], by: Access) -> None:
        person, is_new = _person(email, options["name"].strip())
        role: Role | OfficeRole
        if options["slug"]:
            role, partnership = _role_in(options["role"], options["slug"])
            with acting(partnership.pk, by=by.person_id):
                appoint(partnership=partnership, person=person, role=role, starts_on=today(), by=by)
            where = partnership.name
        else:
            role, office = _role_at(options["role"], options["office"])
            appoint_to_office(office=office, person=person, role=role, starts_on=today(), by=by)
            where = office.name if office else "England"
        self.stdout.write(f"{person.name} ({person.email}) is now: {role.label}, {where}.")
        if is_new:
            self.stdout.write("They choose a password by “I cannot sign in” on the sign-in page.")

    def _end(self, person: Person, options: dict[str, Any], by: Access) -> None:
        role: Role | OfficeRole
        if options["slug"]:
            role, partnership = _role_in(options["role"], options["slug"])
            with acting(partnership.pk, by=by.person_id):
                held = Appointment.objects.filter(partnership=partnership, person=person, role=role)
                appointment = overlapping(held, today()).select_related("partnership").order_by("starts_on").first()
                if appointment is None:
                    raise CommandError(f"{person.name} does not hold this role there: {role.label}.")
                end_appointment(appointment=appointment, on=today(), reason=options["reason"], by=by)
            where = partnership.name
        else:
            role, office = _role_at(options["role"], options["office"])
            offices = OfficeAppointment.objects.filter(office=office, person=person, role=role)
            in_office = overlapping(offices, today()).order_by("starts_on").first()
            if in_office is None:
                raise CommandError(f"{person.name} does not hold this role there: {role.label}.")
            end_office_appointment(appointment=in_office, on=today(), by=by)
            where = office.name if office else "England"
        self.stdout.write(f"{person.name} ({person.email}) is no longer: {role.label}, {where}.")


def _somebody_known(email: str) -> Person:
    person = Person.objects.filter(email=email).first()
    if person is None:
        raise CommandError(f"Nobody has this e-mail address here: {email}.")
    return person


def _person(email: str, name: str) -> tuple[Person, bool]:
    """Who has this address, under the name they have already; else somebody new."""
    known = Person.objects.filter(email=email).first()
    if known is not None:
        return known, False
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"“{email}” is no e-mail address.") from error
    if not name:
        raise CommandError("Say the name of somebody new after their e-mail address.")
    return Person.objects.create_user(email, name), True


def _role_in(role: str | None, slug: str) -> tuple[Role, Partnership]:
    chosen = Role(_one_of(role, Role.values))
    try:
        return chosen, Partnership.objects.get(slug=slug)
    except Partnership.DoesNotExist as error:
        raise CommandError(f"There is no partnership at this address: {slug}.") from error


def _role_at(role: str | None, region: str | None) -> tuple[OfficeRole, GovernmentOffice | None]:
    """In the Government Office of a region; without a region, for the whole country."""
    if region is None:
        return OfficeRole(_one_of(role or OfficeRole.NATIONAL, NATIONAL)), None
    return OfficeRole(_one_of(role, IN_AN_OFFICE)), _office(region)


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
