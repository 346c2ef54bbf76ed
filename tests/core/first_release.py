"""A database as the first release left it; run in the shell of a site that has none yet.

Its groups have no right any more: an administrator took them all away. So whatever stands in
them after the migration was given by the migration.
"""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FIRST = {
    "community": "0001_initial",
    "core": "0002_initial",
    "courses": "0001_initial",
    "episodes": "0001_initial",
    "home": "0001_initial",
    "media": "0001_initial",
    "partnerships": "0001_initial",
    "resources": "0001_initial",
    "search": "0001_initial",
}
GROUPS = ("Library editors", "Cohort organisers")


def make() -> None:
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    others = [leaf for leaf in graph.leaf_nodes() if leaf[0] not in FIRST]
    state = executor.migrate([*FIRST.items(), *others])
    for name in GROUPS:
        state.apps.get_model("auth", "Group").objects.create(name=name)


def rights() -> list[str]:
    from django.contrib.auth.models import Permission
    from wagtail.models import GroupCollectionPermission, GroupPagePermission

    kept = [f"site {each.codename}" for each in Permission.objects.filter(group__name__in=GROUPS)]
    for place, model in (("files", GroupCollectionPermission), ("pages", GroupPagePermission)):
        given = model.objects.filter(group__name__in=GROUPS)
        kept += [f"{place} {each.permission.codename}" for each in given]
    return sorted(kept)


def main() -> None:
    make()
    call_command("migrate", verbosity=0)
    print("new:", *rights(), sep="\n")
    call_command("migrate", verbosity=0)
    print("again:", *rights(), sep="\n")
