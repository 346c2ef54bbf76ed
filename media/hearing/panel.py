"""What an editor sees of the listening: the state of the last job, and the button."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from media.hearing import ready
from media.models import Job, Recording

BUTTONS = {"": "Write down what is said", Job.State.FAILED: "Try again"}


def state_of(recording: Recording) -> dict[str, Any]:
    """What the template `media/speech.html` shows."""
    job = recording.jobs.filter(kind=Job.Kind.HEAR).first()
    lack = ready.missing()
    words = recording.transcript
    is_open = job is not None and job.is_open
    return {
        "recording": recording,
        "job": job,
        "lack": lack,
        "can_ask": not lack and not is_open and recording.renditions.exists(),
        "button": BUTTONS.get(job.state if job else "", "Write it down once more"),
        "has_words": words is not None,
        "lines": reverse("editor:lines", args=[words.pk]) if words else "",
    }


class SpeechPanel(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "media/speech_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | state_of(self.instance)
