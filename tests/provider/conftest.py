from collections.abc import Iterator
from typing import Any

import pytest

from tests.provider.stub import KEY, Stub, running_stub


@pytest.fixture
def stub() -> Iterator[Stub]:
    with running_stub() as stub:
        yield stub


@pytest.fixture
def account(db: None, stub: Stub, settings: Any) -> Stub:
    """The site has an account there, and its tasks wait in the queue until `work` is called."""
    settings.ASSEMBLYAI_API_KEY, settings.ASSEMBLYAI_URL = KEY, stub.url
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}
    }
    return stub
