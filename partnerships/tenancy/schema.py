"""The wall in the schema: row security, composite keys and withheld rights, as constraints that migrations see.

The fields bring the rules along, so no model can forget them whatever its `Meta` says.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.constraints import BaseConstraint

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from partnerships.models import Partnership

    ToPartnership = models.ForeignKey[Partnership | Combinable, Partnership]
    ToAnything = models.ForeignKey[Any, Any]
else:
    ToPartnership = ToAnything = models.ForeignKey

Quote = Callable[[str], str]

# One shape and no other: the planner computes the list once a query, and an index that begins with the partnership
# serves it.
REACHABLE = (
    "partnership_id = ANY ("
    "(SELECT string_to_array(current_setting('lsp.partnership_ids', true), ',')::bigint[])::bigint[])"
)


class SchemaRule(BaseConstraint):
    """A rule PostgreSQL keeps by other means than CHECK or UNIQUE; it runs when the migration's tables stand."""

    def sql(self, model: type[models.Model], quote: Quote) -> str:
        """The statements that make the rule."""
        raise NotImplementedError

    def undo_sql(self, model: type[models.Model], quote: Quote) -> str:
        """The statements that take the rule back."""
        raise NotImplementedError

    def constraint_sql(self, model: Any, schema_editor: Any) -> None:  # type: ignore[override]
        """Nothing inside CREATE TABLE; the rule follows when the table stands."""
        schema_editor.deferred_sql.append(self.sql(model, schema_editor.quote_name))

    def create_sql(self, model: Any, schema_editor: Any) -> None:  # type: ignore[override]
        """The same for a table that stands already."""
        self.constraint_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        """What a reversed migration runs."""
        return self.undo_sql(model, schema_editor.quote_name)

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing a form could say better than the database."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((type(self), self.name))


class RowSecurity(SchemaRule):
    """Rows are seen and written only in the partnerships that are open; `public_read` lets everyone read them."""

    def __init__(self, *, name: str, public_read: bool = False) -> None:
        super().__init__(name=name)
        self.public_read = public_read

    def sql(self, model: type[models.Model], quote: Quote) -> str:
        table, readers = quote(model._meta.db_table), "PUBLIC" if self.public_read else "lsp_central"
        return (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; "
            f"CREATE POLICY tenant ON {table} TO lsp_app, lsp_reader USING ({REACHABLE}) WITH CHECK ({REACHABLE}); "
            f"CREATE POLICY reader ON {table} FOR SELECT TO {readers} USING (true)"
        )

    def undo_sql(self, model: type[models.Model], quote: Quote) -> str:
        table = quote(model._meta.db_table)
        return (
            f"DROP POLICY reader ON {table}; DROP POLICY tenant ON {table}; "
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, **({"public_read": True} if self.public_read else {})}


class TenantKey(models.UniqueConstraint):
    """Unique (partnership, id): the target of composite keys, and the index that the policy needs."""

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        """With the composite keys of other tables that point here."""
        table, name = schema_editor.quote_name(model._meta.db_table), schema_editor.quote_name(self.name)
        return f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE"


class SamePartnership(SchemaRule):
    """A reference stays within its partnership: a composite foreign key on (partnership, field)."""

    def __init__(self, *, name: str, field: str) -> None:
        super().__init__(name=name)
        self.field = field

    def sql(self, model: type[models.Model], quote: Quote) -> str:
        field: Any = model._meta.get_field(self.field)
        target = field.related_model._meta.db_table
        return (
            f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} "
            f"FOREIGN KEY (partnership_id, {quote(field.column)}) "
            f"REFERENCES {quote(target)} (partnership_id, id)"
        )

    def undo_sql(self, model: type[models.Model], quote: Quote) -> str:
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT IF EXISTS {quote(self.name)}"

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}


class WithheldRights(SchemaRule):
    """Rights that the application does not have on a table."""

    rights = ""

    def sql(self, model: type[models.Model], quote: Quote) -> str:
        return f"REVOKE {self.rights} ON {quote(model._meta.db_table)} FROM lsp_app"

    def undo_sql(self, model: type[models.Model], quote: Quote) -> str:
        return f"GRANT {self.rights} ON {quote(model._meta.db_table)} TO lsp_app"


class AppendOnly(WithheldRights):
    """A ledger: rows are added and never changed or removed."""

    rights = "UPDATE, DELETE"


class WrittenByTriggers(WithheldRights):
    """An event table: only the history triggers write it."""

    rights = "INSERT, UPDATE, DELETE"


def add_constraints(model: type[models.Model], *constraints: BaseConstraint) -> None:
    """Give a concrete model constraints as if its `Meta` had listed them."""
    if model._meta.abstract:
        return
    model._meta.constraints = [*model._meta.constraints, *constraints]
    model._meta.original_attrs["constraints"] = model._meta.constraints


class PlainInMigrations:
    """Historical models see a plain foreign key, so that they do not add the constraints a second time."""

    def deconstruct(self) -> Any:
        """The field as migrations write it down."""
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, "django.db.models.ForeignKey", args, kwargs


class PartnershipKey(PlainInMigrations, ToPartnership):
    """Makes a table a tenant table: row security, and the key that composite foreign keys point to."""

    def __init__(self, *args: Any, public_read: bool = False, **kwargs: Any) -> None:
        self.public_read = public_read
        if not args:
            kwargs.setdefault("to", "partnerships.Partnership")
        kwargs.setdefault("on_delete", models.PROTECT)
        kwargs.setdefault("db_index", False)
        kwargs.setdefault("related_name", "+")
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:  # type: ignore[override]
        super().contribute_to_class(cls, name, **kwargs)
        table = cls._meta.db_table
        add_constraints(
            cls,
            TenantKey(fields=[name, "id"], name=f"{table}_tenant_key"),
            RowSecurity(name=f"{table}_row_security", public_read=self.public_read),
        )


class TenantForeignKey(PlainInMigrations, ToAnything):
    """A reference to a row of the same partnership; PostgreSQL refuses any other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False  # the composite key takes its place
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:  # type: ignore[override]
        super().contribute_to_class(cls, name, **kwargs)
        add_constraints(cls, SamePartnership(name=f"{cls._meta.db_table}_{name}_same_partnership", field=name))
