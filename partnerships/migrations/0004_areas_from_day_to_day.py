"""An area may leave a partnership and come back."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0003_identifiers_in_their_table"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="partnershiparea",
            name="one_row_per_partnership_and_area",
        ),
        migrations.AddConstraint(
            model_name="partnershiparea",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("partnership", "="),
                    ("authority", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="an_area_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnershiparea",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="area_ends_after_it_starts",
            ),
        ),
    ]
