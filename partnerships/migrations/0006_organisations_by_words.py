import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.functions.text
from django.db import migrations, models

POINTS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\x0b\x0c‘’“”–"


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0005_heads_of_logs'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.AddIndex(
            model_name='organisation',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper(models.Func('name', models.Value(POINTS), models.Value(''), function='TRANSLATE')), name='gin_trgm_ops'), name='organisation_by_words'),
        ),
    ]
