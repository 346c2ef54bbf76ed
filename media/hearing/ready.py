"""Whether this server can write down speech, and what it lacks."""

from importlib.util import find_spec

from django.conf import settings

PACKAGE = "faster_whisper"
NO_PACKAGE = (
    "This server does not write down speech by itself: the package for it is not installed. Whoever"
    " runs the server finds how in docs/operating/hearing.md. You can still upload captions."
)
NO_MODEL = (
    "This server does not write down speech by itself: it has no speech model. Whoever runs the "
    "server sets SPEECH_MODEL_DIR (docs/operating/hearing.md). You can still upload captions."
)
BAD_MODEL = (
    "The folder in SPEECH_MODEL_DIR holds no speech model that can be used. Whoever runs the server"
    " finds in docs/operating/hearing.md what must be in it; then try again."
)


def missing() -> str:
    """What an editor reads where speech cannot be written down; empty where it can."""
    if find_spec(PACKAGE) is None:
        return NO_PACKAGE
    folder = settings.SPEECH_MODEL_DIR
    if folder is None:
        return NO_MODEL
    return "" if (folder / "model.bin").is_file() else BAD_MODEL
