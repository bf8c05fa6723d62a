import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# Who saved is in the history already, as the person in whose name the page was opened.
TABLES = ("action", "issue", "objective", "priority", "strategy", "text")
WHO = ";".join(
    f"""
    UPDATE strategies_{table}_event AS event SET saved_by_id = person.id
    FROM accounts_person AS person WHERE person.id = (event.pgh_context ->> 'person')::bigint;
    UPDATE strategies_{table} AS part SET saved_by_id = (
        SELECT saved_by_id FROM strategies_{table}_event AS event WHERE event.pgh_obj_id = part.id
        ORDER BY pgh_id DESC LIMIT 1)
    """  # noqa: S608
    for table in TABLES
)
from partnerships.tenancy.operations import AtOnce



class Migration(migrations.Migration):

    dependencies = [
        ('strategies', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name='action',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='action',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='action',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='issue',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='issue',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='issue',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='objective',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='objective',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='objective',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='priority',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='priority',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='priority',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='strategy',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='strategy',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='strategy',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='text',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='text',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='text',
                    name='delete_delete',
                ),
            ]
        ),
        AtOnce(
            [
                migrations.RemoveField(
                    model_name='action',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='actionevent',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='issue',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='issueevent',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='objective',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='objectiveevent',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='priority',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='priorityevent',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='strategy',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='strategyevent',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='text',
                    name='saved_by_name',
                ),
                migrations.RemoveField(
                    model_name='textevent',
                    name='saved_by_name',
                ),
            ]
        ),
        AtOnce(
            [
                migrations.AddField(
                    model_name='action',
                    name='saved_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='actionevent',
                    name='saved_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='issue',
                    name='saved_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='issueevent',
                    name='saved_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='objective',
                    name='saved_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='objectiveevent',
                    name='saved_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='priority',
                    name='saved_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='priorityevent',
                    name='saved_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='strategy',
                    name='saved_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='strategyevent',
                    name='saved_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='text',
                    name='saved_by',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
                migrations.AddField(
                    model_name='textevent',
                    name='saved_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by'),
                ),
            ]
        ),
        migrations.RunSQL(WHO, migrations.RunSQL.noop),
        AtOnce(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name='action',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_action_event" ("ends_on", "id", "lead_id", "measure", "objective_id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "starts_on", "title", "version") VALUES (NEW."ends_on", NEW."id", NEW."lead_id", NEW."measure", NEW."objective_id", NEW."order", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."starts_on", NEW."title", NEW."version"); RETURN NULL;', hash='95f2d892bc8db4d85327cfa3e458c08e3f67a42d', operation='INSERT', pgid='pgtrigger_insert_insert_4b48d', table='strategies_action', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='action',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategies_action_event" ("ends_on", "id", "lead_id", "measure", "objective_id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "starts_on", "title", "version") VALUES (NEW."ends_on", NEW."id", NEW."lead_id", NEW."measure", NEW."objective_id", NEW."order", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."starts_on", NEW."title", NEW."version"); RETURN NULL;', hash='caaf3392d972e81f2c79b09645d5462e8d3c707d', operation='UPDATE', pgid='pgtrigger_update_update_56c7a', table='strategies_action', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='action',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_action_event" ("ends_on", "id", "lead_id", "measure", "objective_id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "starts_on", "title", "version") VALUES (OLD."ends_on", OLD."id", OLD."lead_id", OLD."measure", OLD."objective_id", OLD."order", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."saved_at", OLD."saved_by_id", OLD."starts_on", OLD."title", OLD."version"); RETURN NULL;', hash='738b92dba2e7204f419e9ddc4d151bfb2bc152b6', operation='DELETE', pgid='pgtrigger_delete_delete_41d6b', table='strategies_action', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='issue',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_issue_event" ("body", "id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "strategy_id", "title", "version") VALUES (NEW."body", NEW."id", NEW."order", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."strategy_id", NEW."title", NEW."version"); RETURN NULL;', hash='b51b445a4403cc04cf6c5d011ce5ed3263d36915', operation='INSERT', pgid='pgtrigger_insert_insert_40440', table='strategies_issue', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='issue',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategies_issue_event" ("body", "id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "strategy_id", "title", "version") VALUES (NEW."body", NEW."id", NEW."order", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."strategy_id", NEW."title", NEW."version"); RETURN NULL;', hash='7de29278541aa1605cd1f367a4d4c73ec59e1a77', operation='UPDATE', pgid='pgtrigger_update_update_3da58', table='strategies_issue', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='issue',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_issue_event" ("body", "id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "strategy_id", "title", "version") VALUES (OLD."body", OLD."id", OLD."order", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."saved_at", OLD."saved_by_id", OLD."strategy_id", OLD."title", OLD."version"); RETURN NULL;', hash='9b8f190ae38d6da3d91bdecfecb62dd67797c7a2', operation='DELETE', pgid='pgtrigger_delete_delete_0cd6d', table='strategies_issue', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='objective',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_objective_event" ("body", "id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority_id", "saved_at", "saved_by_id", "title", "version") VALUES (NEW."body", NEW."id", NEW."order", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."priority_id", NEW."saved_at", NEW."saved_by_id", NEW."title", NEW."version"); RETURN NULL;', hash='30e5f7b9f5ed792d57fe937415abc434b3360584', operation='INSERT', pgid='pgtrigger_insert_insert_d8161', table='strategies_objective', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='objective',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategies_objective_event" ("body", "id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority_id", "saved_at", "saved_by_id", "title", "version") VALUES (NEW."body", NEW."id", NEW."order", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."priority_id", NEW."saved_at", NEW."saved_by_id", NEW."title", NEW."version"); RETURN NULL;', hash='14fe57a5b7de6b195e507595f08bfe53d82b0fdb', operation='UPDATE', pgid='pgtrigger_update_update_f3373', table='strategies_objective', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='objective',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_objective_event" ("body", "id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority_id", "saved_at", "saved_by_id", "title", "version") VALUES (OLD."body", OLD."id", OLD."order", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."priority_id", OLD."saved_at", OLD."saved_by_id", OLD."title", OLD."version"); RETURN NULL;', hash='50afb6aaba72b129f186c80df4df0332cb100c5a', operation='DELETE', pgid='pgtrigger_delete_delete_08fbc', table='strategies_objective', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='priority',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_priority_event" ("body", "id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "strategy_id", "theme_id", "title", "version") VALUES (NEW."body", NEW."id", NEW."order", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."strategy_id", NEW."theme_id", NEW."title", NEW."version"); RETURN NULL;', hash='5240e7401866515ebea2108b85fc09efa29f3d07', operation='INSERT', pgid='pgtrigger_insert_insert_8a73b', table='strategies_priority', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='priority',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategies_priority_event" ("body", "id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "strategy_id", "theme_id", "title", "version") VALUES (NEW."body", NEW."id", NEW."order", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."strategy_id", NEW."theme_id", NEW."title", NEW."version"); RETURN NULL;', hash='cf6ac285f9dc529b759186be94a61b5d8da8e23d', operation='UPDATE', pgid='pgtrigger_update_update_322db', table='strategies_priority', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='priority',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_priority_event" ("body", "id", "order", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "strategy_id", "theme_id", "title", "version") VALUES (OLD."body", OLD."id", OLD."order", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."saved_at", OLD."saved_by_id", OLD."strategy_id", OLD."theme_id", OLD."title", OLD."version"); RETURN NULL;', hash='9484545a3d447e964279d9ed6b2c5ef6d1598cd0', operation='DELETE', pgid='pgtrigger_delete_delete_c4ea5', table='strategies_priority', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='strategy',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_strategy_event" ("id", "partnership_id", "period_from", "period_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "state", "subtitle", "title", "version") VALUES (NEW."id", NEW."partnership_id", NEW."period_from", NEW."period_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."state", NEW."subtitle", NEW."title", NEW."version"); RETURN NULL;', hash='59e7e4a608465491628a6f32b0f387f6a156cc2e', operation='INSERT', pgid='pgtrigger_insert_insert_309dc', table='strategies_strategy', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='strategy',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategies_strategy_event" ("id", "partnership_id", "period_from", "period_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "state", "subtitle", "title", "version") VALUES (NEW."id", NEW."partnership_id", NEW."period_from", NEW."period_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."state", NEW."subtitle", NEW."title", NEW."version"); RETURN NULL;', hash='2fefbf1842de8d075a6424cb4f86fafa3c5e2e3d', operation='UPDATE', pgid='pgtrigger_update_update_f16a8', table='strategies_strategy', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='strategy',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_strategy_event" ("id", "partnership_id", "period_from", "period_until", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "state", "subtitle", "title", "version") VALUES (OLD."id", OLD."partnership_id", OLD."period_from", OLD."period_until", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."saved_at", OLD."saved_by_id", OLD."state", OLD."subtitle", OLD."title", OLD."version"); RETURN NULL;', hash='9e2a47a76489dd4407b472169d1e75e1ccdfadb8', operation='DELETE', pgid='pgtrigger_delete_delete_789bd', table='strategies_strategy', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='text',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_text_event" ("body", "id", "kind", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "strategy_id", "version") VALUES (NEW."body", NEW."id", NEW."kind", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."strategy_id", NEW."version"); RETURN NULL;', hash='42a6f3c0a30af6e55e9b9d7098af55778007ab2e', operation='INSERT', pgid='pgtrigger_insert_insert_ff40d', table='strategies_text', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='text',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "strategies_text_event" ("body", "id", "kind", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "strategy_id", "version") VALUES (NEW."body", NEW."id", NEW."kind", NEW."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."saved_at", NEW."saved_by_id", NEW."strategy_id", NEW."version"); RETURN NULL;', hash='e0b83ff38be8bafd114668d67f1ee22da5868334', operation='UPDATE', pgid='pgtrigger_update_update_d5c85', table='strategies_text', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='text',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "strategies_text_event" ("body", "id", "kind", "partnership_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_at", "saved_by_id", "strategy_id", "version") VALUES (OLD."body", OLD."id", OLD."kind", OLD."partnership_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."saved_at", OLD."saved_by_id", OLD."strategy_id", OLD."version"); RETURN NULL;', hash='1948602aab581eac5842231d236d573a4b0f843b', operation='DELETE', pgid='pgtrigger_delete_delete_a3944', table='strategies_text', when='AFTER')),
                ),
            ]
        ),
    ]
