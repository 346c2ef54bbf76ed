"""Make the table of the database's own full text search, which no model describes."""

from django.db import migrations

from search.engines import database_engine


def make_table(apps, schema_editor):
    engine = database_engine()
    engine.create(engine.table)
    engine.finish(engine.table)


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {database_engine().table}")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make_table, drop_table)]
