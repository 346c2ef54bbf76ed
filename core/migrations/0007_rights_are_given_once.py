"""Sites made before this version: what their groups were given by the first release is written
down as given, so that only newer rights reach them, and nothing that was taken away comes back."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

ACTIONS = ("add", "change", "delete", "view")
FILES = (("media", "recording"), ("wagtaildocs", "document"), ("wagtailimages", "image"))
EDITED = (
    *FILES,
    ("core", "enquiry"),
    ("core", "sitesettings"),
    ("media", "cue"),
    ("media", "transcript"),
    ("search", "synonyms"),
)
EDITORS_ALSO = (
    *(f"pages: wagtailcore.{does}_page" for does in ("add", "change", "publish", "lock", "unlock")),
    *(f"{place}: wagtaildocs.choose_document" for place in ("site", "files")),
    *(f"{place}: wagtailimages.choose_image" for place in ("site", "files")),
    "site: search.view_askedquestion",
    "site: wagtailadmin.access_admin",
)
ORGANISED = (
    "booking",
    "cohort",
    "organisation",
    "outboxmessage",
    "place",
    "pricerule",
    "programmepart",
    "programmeversion",
    "session",
    "waitingentry",
)


def named(place: str, models_of: Any) -> list[str]:
    return [f"{place}: {app}.{does}_{model}" for app, model in models_of for does in ACTIONS]


def first_release() -> dict[str, list[str]]:
    editors = [*named("site", EDITED), *named("files", FILES), *EDITORS_ALSO]
    organisers = named("site", [("courses", model) for model in ORGANISED])
    return {
        "Library editors": editors,
        "Cohort organisers": [*organisers, "site: wagtailadmin.access_admin"],
    }


def note_what_was_given(apps: Any, schema_editor: Any) -> None:
    role = apps.get_model("core", "StaffRole")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=first_release()):
        granted = sorted(first_release()[group.name])
        role.objects.create(name=group.name, group=group, granted=granted)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("core", "0006_workers"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaffRole",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("granted", models.JSONField(default=list)),
                (
                    "group",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="staff_role",
                        to="auth.group",
                    ),
                ),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.RunPython(note_what_was_given, migrations.RunPython.noop),
    ]
