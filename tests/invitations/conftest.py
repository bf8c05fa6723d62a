"""Invitations to Southwark, and the links in their letters."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from invitations import actions, tasks
from invitations.actions.sending import LETTER
from jobs.models import Job
from partnerships.models import Deed, Invitation
from partnerships.permissions import Role
from partnerships.tenancy.context import acting
from tests.world import World

NEW = "dana@example.net"
PASSWORD = "a-new-and-longer-password"


@pytest.fixture
def invite(world: World) -> Callable[..., Invitation]:
    """`invite()`: Southwark's officer invites somebody new; values given replace the usual ones."""

    def invited(by: str = "officer", **values: Any) -> Invitation:
        usual = {"email": NEW, "name": "Dana Dee", "role": Role.MEMBER}
        with acting(world.southwark.pk, by=world.people[by].pk):
            return actions.invite(partnership=world.southwark, by=world.access(by), **{**usual, **values})

    return invited


@pytest.fixture
def row(world: World) -> Callable[[Invitation], Invitation]:
    """What stands in the table about an invitation now."""

    def read(invitation: Invitation) -> Invitation:
        with acting(world.southwark.pk):
            return Invitation.objects.select_related("partnership", "seat__partnership").get(pk=invitation.pk)

    return read


@pytest.fixture
def change(world: World) -> Callable[..., None]:
    """Let it be otherwise with an invitation than its actions made it: older, for example."""

    def changed(invitation: Invitation, **values: Any) -> None:
        with acting(world.southwark.pk):
            assert Invitation.objects.filter(pk=invitation.pk).update(**values) == 1

    return changed


@pytest.fixture
def log(world: World) -> Callable[[], list[Deed]]:
    """The deeds of Southwark, the first first."""

    def deeds() -> list[Deed]:
        with acting(world.southwark.pk):
            return list(Deed.objects.select_related("by", "about").order_by("number"))

    return deeds


def post() -> list[mail.EmailMessage]:
    """Write all letters that are asked for, as the worker would. Returns those written now."""
    before = len(mail.outbox)
    for job in Job.objects.filter(kind=LETTER, state=Job.State.QUEUED).order_by("pk"):
        tasks.write_letter(job, lambda done, total: None)
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, finished_at=job.asked_at)
    return mail.outbox[before:]


def link(letter: mail.EmailMessage | None = None) -> str:
    """The path of the link in a letter; of the last one, after writing those that are asked for."""
    if letter is None:
        post()
        letter = mail.outbox[-1]
    found = re.search(r"/p/\S+/invitation/\S+", str(letter.body))
    assert found is not None
    return found[0]


def accept(address: str, client: Client | None = None, **typed: str) -> Any:
    """Somebody without an account accepts."""
    form = {"name": "Dana Dee", "password1": PASSWORD, "password2": PASSWORD, **typed}
    return (client or Client()).post(address, form)
