"""The catalog of the migrated database: every tenant table carries the wall, whoever wrote its model."""

import pytest
from django.apps import apps
from django.db import connection, models

from partnerships.tenancy.schema import REACHABLE, AppendOnly, PartnershipKey, RowSecurity

# Hold a partnership's id and are read before anything is open: see docs/adr/0002-row-security.md.
OPEN_TABLES = {"jobs_job", "partnerships_rolegroup"}
LEDGERS = {
    "partnerships_chainhead",
    "partnerships_deed",
    "strategies_edition",
    "strategies_editionfile",
    "documents_document",
    "reviews_submission",
    "reviews_casefile",
    "reviews_recusal",
    "reviews_return",
    "reviews_dialogueentry",
    "reviews_recommendation",
    "reviews_decision",
    "reviews_notice",
    "accreditation_round",
    "accreditation_signoff",
    "accreditation_actionprogress",
}
OWNER_FUNCTIONS = "^pgtrigger_"


def rows(sql: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def names(sql: str, *parameters: object) -> set[str]:
    return {row[0] for row in rows(sql, *parameters)}


TENANT_TABLES = """
    SELECT c.relname, c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
      AND a.attname = 'partnership_id' AND NOT a.attisdropped
"""


@pytest.fixture
def tenant_tables(db) -> set[str]:
    found = names(TENANT_TABLES) - OPEN_TABLES
    assert len(found) > 20, "the lint looks at the wrong place"
    return found


def test_every_tenant_table_has_row_security(tenant_tables):
    secured = names("SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity")
    assert tenant_tables - secured == set()


def test_no_table_has_another_policy_than_the_two(tenant_tables):
    policies = rows("SELECT tablename, policyname, roles::text[], cmd, qual, with_check, permissive FROM pg_policies")
    reachable = rows("SELECT qual FROM pg_policies WHERE policyname = 'tenant' LIMIT 1")[0][0]
    assert "lsp.partnership_ids" in reachable and "lsp.partnership_ids" in REACHABLE
    by_table: dict[str, set[str]] = {}
    for table, name, roles, command, using, checked, permissive in policies:
        by_table.setdefault(table, set()).add(name)
        assert permissive == "PERMISSIVE", table
        if name == "tenant":
            assert (set(roles), command, using, checked) == ({"lsp_app", "lsp_reader"}, "ALL", reachable, reachable)
        else:
            assert (name, command, using, checked) == ("reader", "SELECT", "true", None), table
            assert set(roles) in ({"public"}, {"lsp_central"}), table
    assert set(by_table) == tenant_tables
    assert all(found == {"tenant", "reader"} for found in by_table.values())


def test_only_what_is_published_is_read_by_everyone(tenant_tables):
    public = names("SELECT tablename FROM pg_policies WHERE policyname = 'reader' AND 'public' = ANY (roles::text[])")
    assert public == {
        "partnerships_partnershiparea",
        "partnerships_membership",
        "partnerships_namedpartner",
        "partnerships_neighbourhood",
        "partnerships_neighbourhoodarea",
        "partnerships_contactpoint",
        "partnerships_seat",
        "partnerships_sitting",
        "strategies_edition",
        "strategies_editionfile",
    }


def test_every_tenant_table_has_an_index_that_starts_with_the_partnership(tenant_tables):
    indexed = names(
        """SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
           WHERE a.attname = 'partnership_id' AND i.indpred IS NULL"""
    )
    assert tenant_tables - indexed == set()


def test_keys_between_tenant_tables_hold_the_partnership(tenant_tables):
    """A foreign key asks no policy: one without the partnership would accept another's row."""
    plain = rows(
        f"""WITH tenant AS ({TENANT_TABLES})
            SELECT k.conname FROM pg_constraint k
            JOIN tenant child ON child.oid = k.conrelid JOIN tenant parent ON parent.oid = k.confrelid
            WHERE k.contype = 'f' AND NOT EXISTS (
                SELECT FROM pg_attribute a
                WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.attname = 'partnership_id')"""
    )
    assert plain == []


def test_every_reference_between_tenant_models_is_checked_by_the_database(db):
    """A `TenantForeignKey` has no plain constraint, so its composite key must stand."""
    keys = names("SELECT conname FROM pg_constraint WHERE contype = 'f'")
    missing = [
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and not field.db_constraint
        and not model._meta.db_table.endswith("_event")
        and f"{model._meta.db_table}_{field.name}_same_partnership" not in keys
    ]
    assert missing == []


def test_unique_indexes_of_tenant_tables_hold_the_partnership(tenant_tables):
    """One without it would tell that a hidden row exists."""
    telling = rows(
        f"""WITH tenant AS ({TENANT_TABLES})
            SELECT i.indexrelid::regclass::text FROM pg_index i JOIN tenant t ON t.oid = i.indrelid
            WHERE i.indisunique AND NOT i.indisprimary AND NOT EXISTS (
                SELECT FROM pg_attribute a
                WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attname = 'partnership_id')
              AND t.relname <> ALL (%s)""",
        list(OPEN_TABLES),
    )
    assert telling == []


def test_the_application_owns_nothing_and_has_no_right_that_passes_policies(db):
    granted = rows(
        """SELECT table_name, privilege_type, grantee FROM information_schema.role_table_grants
           WHERE grantee IN ('lsp_app', 'lsp_reader', 'lsp_central', 'PUBLIC') AND table_schema = 'public'
             AND (privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')
                  OR (grantee <> 'lsp_app' AND privilege_type <> 'SELECT'))"""
    )
    assert granted == []
    owned = names("SELECT relname FROM pg_class WHERE relowner IN ('lsp_app'::regrole, 'lsp_reader'::regrole)")
    assert owned == set()


def test_no_view_reads_as_its_owner(db):
    views = rows(
        """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
           AND (relkind = 'm' OR (relkind = 'v' AND NOT coalesce(reloptions, '{}') @> '{security_invoker=true}'))"""
    )
    assert views == []


def test_only_history_runs_as_the_owner(db):
    functions = rows(
        """SELECT proname, array_to_string(proconfig, ';') FROM pg_proc
           WHERE pronamespace = 'public'::regnamespace AND prosecdef AND NOT EXISTS (
               SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"""
    )
    assert functions
    assert [name for name, _config in functions if not name.startswith("pgtrigger_")] == []
    assert all("search_path=public, pg_temp" in (config or "") for _name, config in functions)


def test_no_trigger_is_switched_off_and_none_can_be_ignored(db):
    assert rows("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'") == []
    assert rows("SELECT prosrc FROM pg_proc WHERE proname = '_pgtrigger_should_ignore'") == [("SELECT false",)]


def test_ledgers_and_events_cannot_be_changed(db):
    rights = {
        (table, right)
        for table, right in rows(
            """SELECT table_name, privilege_type FROM information_schema.role_table_grants
               WHERE grantee = 'lsp_app' AND privilege_type IN ('INSERT', 'UPDATE', 'DELETE')"""
        )
    }
    events = {model._meta.db_table for model in apps.get_models() if model._meta.db_table.endswith("_event")}
    assert len(events) >= 10
    assert {(table, right) for table, right in rights if table in events} == set()
    assert {(t, r) for t, r in rights if t in LEDGERS} == {(table, "INSERT") for table in LEDGERS}


# The same, asked of the models: what has not been migrated yet fails here


def test_every_model_with_a_partnership_declares_it_as_a_tenant():
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.concrete_fields}
        if "partnership" not in fields or model._meta.db_table in OPEN_TABLES:
            continue
        rules = {type(rule) for rule in model._meta.constraints}
        assert RowSecurity in rules, model
        assert isinstance(fields["partnership"], PartnershipKey) or model._meta.db_table.endswith("_event"), model


def test_every_ledger_says_so():
    found = {
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(r, AppendOnly) for r in model._meta.constraints)
    }
    assert found == LEDGERS


def test_every_changeable_tenant_model_is_tracked():
    for model in apps.get_models():
        table = model._meta.db_table
        tenant = any(isinstance(rule, RowSecurity) for rule in model._meta.constraints)
        if tenant and table not in LEDGERS and not table.endswith("_event") and table != "partnerships_partnershiparea":
            assert any(other._meta.db_table == f"{table}_event" for other in apps.get_models()), (
                f"{table} is not tracked"
            )
