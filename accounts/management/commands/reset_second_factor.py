"""`manage.py reset_second_factor EMAIL`: for somebody who has lost app, keys and paper, and has shown who they are."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import Person


class Command(BaseCommand):
    """Whoever runs the system does this, once they are sure that it is the person who asks."""

    help = "Remove every second factor of somebody and sign them out everywhere. The password alone opens then."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Both or neither; a stranger's address is said to be one."""
        person = Person.objects.filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError("Nobody has this e-mail address.")
        removed, _models = Authenticator.objects.filter(user=person).delete()
        for session in UserSession.objects.filter(user=person):
            session.end()
        if not removed:
            self.stdout.write(f"{person.email} had no second factor. They are signed out everywhere.")
            return
        self.stdout.write(f"{person.email} has no second factor any more and is signed out everywhere.")
