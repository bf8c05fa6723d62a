"""The demonstration, with six tables instead of 101: those where the cast has roles."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from lsp.demonstration import tables
from partnerships.models import Authority
from partnerships.tenancy.context import reading_everywhere
from tests.conftest import as_owner

SIX = ["Southwark", "Hackney", "Islington", "Lewisham", "Greenwich", "Newham"]


def clear() -> None:
    """No partnership, no person, no organisation; places, sectors and themes stay."""
    emptied = "partnerships_partnership, partnerships_organisation, accounts_person, auth_group"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {emptied} RESTART IDENTITY CASCADE")


@contextmanager
def six_tables() -> Iterator[None]:
    """Meanwhile the demonstration has no other areas."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "areas", lambda: Authority.objects.filter(name__in=SIX).order_by("name"))
        yield


def demo(*arguments: str) -> str:
    """What the command says."""
    said = io.StringIO()
    call_command("demo", *arguments, stdout=said)
    return said.getvalue()


def rows() -> dict[str, int]:
    """How many rows each of the product's tables holds."""
    labels = {"accounts", "partnerships", "strategies", "accreditation", "reviews", "jobs", "documents", "auth"}
    models = [model for model in apps.get_models() if model._meta.app_label in labels]
    with reading_everywhere():
        return {model._meta.label: model._default_manager.count() for model in models}
