"""Wagtail sends every page through "Moderators approval". Here a review is something to choose:
the workflow stays, but no page asks for it until an administrator says so."""

from django.db import migrations

DEFAULT = "Moderators approval"


def take_off(apps, schema_editor):
    """Only where it still lies on the root of all pages, as Wagtail put it, and is in no use."""
    assigned = apps.get_model("wagtailcore", "WorkflowPage").objects
    in_use = apps.get_model("wagtailcore", "WorkflowState").objects.filter(
        workflow__name=DEFAULT, status__in=["in_progress", "needs_changes"]
    )
    if not in_use.exists():
        assigned.filter(workflow__name=DEFAULT, page__depth=1).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(take_off, migrations.RunPython.noop)]
