-- Makes history tamper-proof against the application; run after every migrate, because pgtrigger recreates its functions.
-- Without it any session could switch history off (`SET pgtrigger.ignore`), and the application would need INSERT on
-- event tables, so it could forge events.
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT false';
DO $$
DECLARE function regprocedure;
BEGIN
    FOR function IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'pgtrigger\_%' AND prorettype = 'trigger'::regtype
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', function);
    END LOOP;
END $$;
