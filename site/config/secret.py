"""The secret of a development machine: made once, kept in the data folder."""

import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Return the secret in `path`; the first call makes it, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
