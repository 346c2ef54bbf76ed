"""A file of a recording where tools can read it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from media.models import Rendition


@contextmanager
def on_disk(rendition: Rendition) -> Iterator[Path]:
    """In place, or as a copy from the bucket for as long as it is needed."""
    storage: Any = rendition.file.storage
    try:
        yield Path(storage.path(rendition.file.name))
    except NotImplementedError:
        suffix = PurePosixPath(rendition.file.name or "").suffix
        with tempfile.NamedTemporaryFile(suffix=suffix) as copy:
            with rendition.file.open("rb") as original:
                shutil.copyfileobj(original, copy)
            copy.flush()
            yield Path(copy.name)
