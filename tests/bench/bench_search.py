"""Search over a large library, against the bare statement on the same database."""
