"""History of rows: who changed what, written by triggers into event tables that the application can only read."""

from collections.abc import Callable, Collection
from typing import Any

import pghistory
from django.db import models

from partnerships.tenancy.schema import RowSecurity, WrittenByTriggers

Model = type[models.Model]


def tracked(model: Model) -> Model:
    """Keep every insert, update and delete of a tenant table, with who and which request, for ever."""
    return _tracked(model, forgetting=(), tenant=True)


def tracked_but_for(*forgetting: str) -> Callable[[Model], Model]:
    """The same without some columns: how to reach a person is not kept for ever, or they could not be anonymised."""
    return lambda model: _tracked(model, forgetting=forgetting, tenant=True)


def tracked_in_the_open(model: Model) -> Model:
    """The same for a table that all partnerships share, such as the directory of organisations."""
    return _tracked(model, forgetting=(), tenant=False)


def _tracked(model: Model, *, forgetting: Collection[str], tenant: bool) -> Model:
    table = f"{model._meta.db_table}_event"
    decorate: Any = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(forgetting) or None,
        model_name=f"{model.__name__}Event",
        meta={
            "db_table": table,
            "constraints": [
                *([RowSecurity(name=f"{table}_row_security")] if tenant else []),
                WrittenByTriggers(name=f"{table}_written_by_triggers"),
            ],
            "indexes": [
                models.Index(
                    fields=["partnership", "pgh_obj"] if tenant else ["pgh_obj"],
                    name=f"{model._meta.db_table[:27]}_of",
                )
            ],
        },
        attrs={"pgh_id": models.BigAutoField(primary_key=True)},
    )
    decorated: Model = decorate(model)
    return decorated
