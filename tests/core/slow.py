"""A task for tests/core/test_workers.py: it takes its time at the first try, and says so."""

import os
import time
from pathlib import Path

from django_tasks import task


@task()
def takes_its_time(folder: str) -> str:
    here = Path(folder)
    tries = len(list(here.glob("try-*"))) + 1
    (here / f"try-{tries}").write_text(str(os.getpid()), encoding="utf-8")
    if tries == 1:
        time.sleep(120)
    return f"done at try {tries}"
