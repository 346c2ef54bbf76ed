"""Panels of the editor's form that show rather than ask."""

from typing import Any

from wagtail.admin.panels import InlinePanel, Panel

from media.models import Job, Recording
from media.uploads.forms import RenditionForm, RenditionFormSet

SIGNS = {
    Recording.State.READY: "success",
    Recording.State.WAITING: "info",
    Recording.State.NO_TOOLS: "warning",
    Recording.State.FAILED: "critical",
}


class FilesPanel(InlinePanel):
    """Files, which may have been uploaded in parts by the person who sends the form."""

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "form": RenditionForm,
            "formset": RenditionFormSet,
            "inherit_kwargs": ["for_user"],
        }
        return options


class RecordingStatePanel(Panel):
    """What the background task found, and what to do if it failed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "media/recording_state.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            recording = self.instance
            transcript = recording.transcript
            return context | {
                "recording": recording,
                "job": recording.jobs.filter(kind=Job.Kind.INSPECT).first(),
                "files": list(recording.renditions.all()),
                "sign": SIGNS.get(recording.state, "info"),
                "transcript": transcript,
                "cue_count": transcript.cues.count() if transcript else 0,
            }
