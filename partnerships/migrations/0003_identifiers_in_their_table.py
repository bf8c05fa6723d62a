"""Charity and company numbers move from two columns into the table of identifiers."""

from django.db import migrations

COLUMNS = {"charity": "charity_number", "company": "company_number"}


def into_rows(apps, schema_editor):
    """A number that several entries bear stays with the first: the table knows one organisation per number."""
    identifiers = apps.get_model("partnerships", "OrganisationIdentifier").objects
    for scheme, column in COLUMNS.items():
        entries = apps.get_model("partnerships", "Organisation").objects.exclude(**{column: ""}).order_by("pk")
        for pk, value in entries.values_list("pk", column):
            identifiers.get_or_create(scheme=scheme, value=value, ends_on=None, defaults={"organisation_id": pk})


def into_columns(apps, schema_editor):
    organisations = apps.get_model("partnerships", "Organisation").objects
    current = apps.get_model("partnerships", "OrganisationIdentifier").objects.filter(ends_on=None)
    for identifier in current.filter(scheme__in=COLUMNS):
        organisations.filter(pk=identifier.organisation_id).update(
            **{COLUMNS[identifier.scheme]: identifier.value[:12]}
        )


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0002_members_seats_and_access")]

    operations = [
        migrations.RunPython(into_rows, into_columns, elidable=True),
        migrations.RemoveField(model_name="organisation", name="charity_number"),
        migrations.RemoveField(model_name="organisation", name="company_number"),
    ]
