"""History of rows: who changed what, written by triggers into event tables that the application can only read."""

from typing import Any

import pghistory
from django.db import models

from partnerships.tenancy.schema import RowSecurity, WrittenByTriggers


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Keep every insert, update and delete of a tenant table, with who and which request, for ever."""
    table = f"{model._meta.db_table}_event"
    decorate: Any = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=f"{model.__name__}Event",
        meta={
            "db_table": table,
            "constraints": [
                RowSecurity(name=f"{table}_row_security"),
                WrittenByTriggers(name=f"{table}_written_by_triggers"),
            ],
            "indexes": [models.Index(fields=["partnership", "pgh_obj"], name=f"{model._meta.db_table[:27]}_of")],
        },
        attrs={"pgh_id": models.BigAutoField(primary_key=True)},
    )
    decorated: type[models.Model] = decorate(model)
    return decorated
