"""Which parts of the demo library were loaded."""

from core.privacy import about_nobody

about_nobody("demo.LoadedPart", "id", "name", "loaded_at")
