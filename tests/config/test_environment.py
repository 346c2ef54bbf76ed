import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from config.env import Environment

ROOT = Path(__file__).parents[2]
GOOD = {
    "SECRET_KEY": "aB3-x7" * 10,
    "ALLOWED_HOSTS": "library.example",
    "EMAIL_URL": "smtp://localhost:25",
    "SITE_URL": "https://library.example",
}


def check_production(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    chosen = {**GOOD, **changes}
    environment = {name: value for name, value in chosen.items() if value is not None}
    for name in ("PATH", "HOME"):
        environment[name] = os.environ[name]
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "config.settings.production"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"])
def test_production_refuses_to_start_without_a_secret(missing: str) -> None:
    result = check_production(**{missing: None})
    assert result.returncode != 0
    assert f"Set {missing} in the environment" in result.stderr


def test_production_refuses_a_short_secret() -> None:
    assert "50 characters" in check_production(SECRET_KEY="short").stderr


def test_production_refuses_plain_http() -> None:
    assert "https://" in check_production(SITE_URL="http://library.example").stderr


def test_production_passes_the_deployment_checks() -> None:
    result = check_production("--deploy", "--fail-level", "WARNING")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_wrong_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "library.example")
    with pytest.raises(ValidationError, match="begin with http"):
        Environment()


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "")
    assert Environment().site_url == "http://localhost:8000"


def test_the_settings_table_names_every_variable_with_its_words() -> None:
    table = (ROOT / "docs/operating/settings.md").read_text()
    for name, field in Environment.model_fields.items():
        assert f"| `{name.upper()}` |" in table
        assert str(field.description) in table
