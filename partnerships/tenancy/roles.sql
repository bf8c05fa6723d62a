-- The cluster's roles and what they may do by default. Repeatable; run by `migrate` before the first table, and by hand
-- before a dump is restored into a new cluster. Roles belong to the cluster, not to the schema: they are no migration.
DO $$
DECLARE wanted record;
BEGIN
    FOR wanted IN SELECT * FROM (VALUES
        ('lsp_app', 'CREATE ROLE lsp_app LOGIN'),
        ('lsp_reader', 'CREATE ROLE lsp_reader NOLOGIN'),
        ('lsp_central', 'CREATE ROLE lsp_central NOLOGIN')) AS roles(name, statement)
    LOOP
        IF to_regrole(wanted.name) IS NULL THEN
            BEGIN
                EXECUTE wanted.statement;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;  -- another database of the cluster is being migrated at this moment
            END;
        END IF;
    END LOOP;
END $$;
GRANT lsp_reader, lsp_central TO lsp_app WITH INHERIT FALSE, SET TRUE;
GRANT lsp_app TO CURRENT_USER WITH INHERIT FALSE, SET TRUE;  -- the tests become lsp_app
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lsp_app, lsp_reader, lsp_central;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lsp_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO lsp_reader, lsp_central;
