"""wagtail_transcription is installed, and nothing of it that is dangerous can be reached."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import wagtail_transcription
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.template import Context, Template, TemplateDoesNotExist
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, resolve, reverse
from wagtail_transcription.models import Transcription

from media.provider import views, webhook

ROOT = Path(__file__).parents[2]
PACKAGE = Path(wagtail_transcription.__file__).parent
NAMES = {
    "validate_transcription_data": [],
    "request_transcription": ["ticket"],
    "processing_transcriptions": [],
    "transcription_data": [],
    "receive_transcription": ["token"],
}
START = """
import sys; sys.path[:0] = ["site", "."]
import django; django.setup()
from wagtail import hooks; hooks.get_hooks("register_admin_urls")
import config.urls
print(*sorted(sys.modules), sep="\\n")
"""


def test_it_stands_after_wagtails_admin() -> None:
    labels = [config.label for config in apps.get_app_configs()]
    assert labels.index("wagtail_transcription") > labels.index("wagtailadmin")


def test_nothing_of_it_runs_but_models_widget_panel_and_tokens() -> None:
    done = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    theirs = {name for name in loaded if name.partition(".")[0] == "wagtail_transcription"}
    assert theirs == {
        "wagtail_transcription",
        "wagtail_transcription.models",
        "wagtail_transcription.models.transcription",
        "wagtail_transcription.edit_handlers",
        "wagtail_transcription.widgets",
        "wagtail_transcription.tokens",
    }
    assert not loaded & {"pytube", "notifications", "wagtail_modeladmin"}


def test_none_of_its_templates_can_be_found() -> None:
    names = [str(path.relative_to(PACKAGE / "templates")) for path in templates()]
    assert "wagtailadmin/base.html" in names
    for name in names:
        if name.startswith("wagtail_transcription/"):
            with pytest.raises(TemplateDoesNotExist):
                get_template(name)


def templates() -> list[Path]:
    return sorted((PACKAGE / "templates").rglob("*.html"))


def test_the_base_of_the_admin_is_wagtails_own() -> None:
    name, origins = "wagtailadmin/base.html", []
    found: Any = get_template(name)
    template = found.template
    while template is not None:
        origins.append(template.origin.name)
        (parent,) = template.nodelist.get_nodes_by_type(ExtendsNode) or (None,)
        context = Context()
        context.template = Template("")
        template = parent and parent.get_parent(context)
    assert not any("wagtail_transcription" in origin for origin in origins)
    assert any(
        origin.endswith("wagtail/admin/templates/wagtailadmin/base.html") for origin in origins
    )


def test_none_of_its_scripts_and_styles_are_served() -> None:
    scripts = [path for path in (PACKAGE / "static").rglob("*") if path.is_file()]
    assert len(scripts) > 3
    assert [path for path in scripts if find(str(path.relative_to(PACKAGE / "static")))] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_name_that_its_widget_asks_for_leads_to_ours(name: str) -> None:
    path = reverse(f"wagtail_transcription:{name}", args=NAMES[name])
    ours = webhook if name == "receive_transcription" else views
    assert resolve(path).func is getattr(ours, name)


def test_its_namespace_holds_no_other_name() -> None:
    _, (_, resolver) = "", get_resolver().namespace_dict["wagtail_transcription"]
    assert {key for key in resolver.reverse_dict if isinstance(key, str)} == set(NAMES)
    with pytest.raises(NoReverseMatch):
        reverse("wagtail_transcription:delete_notification")


def test_no_view_of_it_is_anywhere_in_the_site() -> None:
    found: list[str] = []

    def walk(patterns: Any) -> None:
        for pattern in patterns:
            walk(getattr(pattern, "url_patterns", []))
            found.append(str(getattr(getattr(pattern, "callback", None), "__module__", "")))

    walk(get_resolver().url_patterns)
    assert len(found) > 100
    assert not [name for name in found if name.startswith("wagtail_transcription")]


def test_its_migrations_are_ours_and_complete(db: None) -> None:
    assert settings.MIGRATION_MODULES["wagtail_transcription"] == "media.provider.migrations"
    loader = MigrationLoader(None)
    file = Path(
        sys.modules[
            loader.disk_migrations["wagtail_transcription", "0001_initial"].__module__
        ].__file__
        or ""
    )
    assert file.is_relative_to(ROOT)
    call_command("makemigrations", "wagtail_transcription", check=True, dry_run=True, verbosity=0)


def test_its_documents_have_no_address_of_their_own(client: Client, db: None) -> None:
    """Their `url` would lead to the ordinary document of the same number: nothing may use it."""
    kept = Transcription.objects.create(title="x", video_id="r0000000001", file="documents/x.docx")
    for path in ("/media/documents/x.docx", f"/admin/assemblyai/{kept.pk}/"):
        assert client.get(path).status_code in (302, 404)
    ours = [*(ROOT / "media/provider").rglob("*.py"), ROOT / "site/templates/media/provider.html"]
    assert not [path for path in ours if "document.url" in path.read_text()]
