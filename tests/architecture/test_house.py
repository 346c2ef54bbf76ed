"""The rules of the house, read from the code itself (docs/adr/0001)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from wagtail.models import Page, get_page_models

ROOT = Path(__file__).parents[2]
# An app may import those that stand before it; the ones in one row do not know each other.
LAYERS = [
    {"privacy"},
    {"search", "media"},
    {"core"},
    {"resources"},
    {"episodes"},
    {"courses", "partnerships", "community"},
    {"home"},
    {"demo"},
]
APPS = [app for layer in LAYERS for app in sorted(layer)]
LEVEL = {app: level for level, layer in enumerate(LAYERS) for app in layer}
WITHOUT_DJANGO = [
    "core/contrast.py",
    "core/entries.py",
    "core/look/covers.py",
    "core/look/icons.py",
    "core/processes.py",
    "core/timecodes.py",
    "core/facets.py",
    "courses/calendars.py",
    "courses/money.py",
    "courses/when.py",
    "community/recurrence.py",
    "episodes/transcript.py",
    "media/hearing/captions.py",
    "media/hearing/child.py",
    "media/hearing/engine.py",
    "media/hearing/lines.py",
    "media/hearing/pieces.py",
    "media/hearing/process.py",
    "media/hearing/words.py",
    "media/provider/client.py",
    "media/provider/result.py",
    "media/editor/clock.py",
    "media/editor/compare.py",
    "media/editor/finding.py",
    "media/editor/limits.py",
    "media/editor/merge.py",
    "media/editor/nearmisses.py",
    "media/ranges.py",
    "media/reading/blocks.py",
    "media/reading/captions.py",
    "media/reading/layouts.py",
    "media/reading/lines.py",
    "media/reading/names.py",
    "media/reading/paragraphs.py",
    "media/reading/rolling.py",
    "media/reading/sources.py",
    "media/reading/textfiles.py",
    "media/reading/times.py",
    "media/reading/voices.py",
    "media/reading/wordfile.py",
    "partnerships/charts.py",
    "partnerships/figures.py",
    "privacy/declared.py",
    "privacy/redaction.py",
    "search/passages.py",
    "search/rows.py",
]
MAX_LINES, MAX_SUPPRESSIONS = 300, 20


def sources(app: str) -> Iterator[Path]:
    yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("app", APPS)
def test_imports_run_one_way(app: str) -> None:
    allowed = {name for name in APPS if LEVEL[name] < LEVEL[app]} | {app}
    wrong = {
        str(path.relative_to(ROOT)): bad
        for path in sources(app)
        if (bad := (imported(path) & set(APPS)) - allowed)
    }
    assert wrong == {}


@pytest.mark.parametrize("name", WITHOUT_DJANGO)
def test_pure_modules_need_no_django(name: str) -> None:
    assert not imported(ROOT / name) & {"django", "wagtail", "modelcluster"}


@pytest.mark.parametrize("app", APPS)
def test_files_stay_short(app: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(app)
        if (lines := len(path.read_text().splitlines())) > MAX_LINES
    }
    assert long == {}


def our_pages() -> list[type[Page]]:
    return [model for model in get_page_models() if model._meta.app_label in LEVEL]


@pytest.mark.parametrize("model", our_pages(), ids=lambda model: model.__name__)
def test_every_page_type_states_both_tree_rules_and_its_search_fields(model: type[Page]) -> None:
    stated = vars(model)
    assert "parent_page_types" in stated
    assert "subpage_types" in stated
    assert "page_description" in stated
    assert len(model.search_fields) > len(Page.search_fields)
    assert str(model.template).startswith("pages/")


def test_tree_rules_agree_from_both_sides() -> None:
    for model in our_pages():
        for child in model.clean_subpage_models():
            assert model in child.clean_parent_page_models(), (model, child)


def test_suppressions_are_few_and_say_why() -> None:
    marker = re.compile(r"#\s*(noqa|type: ignore|nosec|pragma: no cover|djlint:off)(.*)")
    found = [
        (path, match.group(2))
        for app in [*APPS, "site", "tests"]
        for path in sources(app)
        for line in path.read_text().splitlines()
        if (match := marker.search(line)) and "marker = " not in line
    ]
    assert len(found) < MAX_SUPPRESSIONS
    assert [str(path) for path, rest in found if "(" not in rest and "  #" not in rest] == []


def test_the_site_folder_is_no_package() -> None:
    assert not (ROOT / "site/__init__.py").exists()


def test_every_app_of_ours_is_in_a_layer() -> None:
    ours = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert ours == set(APPS)
