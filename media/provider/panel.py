"""“Words by AssemblyAI” in the form of a recording: the package's panel, with a widget of ours."""

from copy import deepcopy
from typing import Any

from django.conf import settings
from django.forms.widgets import Script
from django.template.loader import get_template
from django.urls import reverse
from wagtail_transcription.edit_handlers import VideoTranscriptionPanel
from wagtail_transcription.widgets import AutoVideoTranscriptionWidget

from media.provider import orders
from media.provider.state import state_of


class ProviderWidget(AutoVideoTranscriptionWidget):
    """Shows how the job stands and starts one. What it sends with the form is never saved."""

    template_name = "media/provider.html"

    class Media:
        extend = False
        css = {"all": ("css/provider.css",)}
        js = (Script("js/provider.js", type="module"),)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The panel hands over the recording among the attributes."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        recording = context["widget"]["attrs"].get("instance")
        if recording is None:  # Wagtail draws an empty one for its comments
            return {}
        user = self.attrs.get("user")
        return {
            "recording": recording,
            "state": state_of(recording),
            "may_send": bool(user) and orders.may_send(user, recording),
            "in_the_eu": ".eu." in settings.ASSEMBLYAI_URL,
            "deletes": settings.ASSEMBLYAI_DELETE,
            "check_url": reverse("wagtail_transcription:validate_transcription_data"),
            "ask_url": reverse("wagtail_transcription:request_transcription", args=["TICKET"]),
            "open_url": reverse("wagtail_transcription:processing_transcriptions"),
            "state_url": reverse("wagtail_transcription:transcription_data"),
        }

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> Any:
        """By the site's own templates; Django's form renderer knows only those of apps."""
        return get_template(template_name).render(context)


class ProviderPanel(VideoTranscriptionPanel):
    class BoundPanel(VideoTranscriptionPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            """The widget is a copy for this request: the panel puts the recording into it."""
            super().__init__(**kwargs)
            if self.bound_field is not None:
                self.bound_field.field.widget = deepcopy(self.panel.widget)

        def is_shown(self) -> bool:
            return bool(orders.is_on() and self.instance.pk and super().is_shown())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            self.bound_field.field.widget.attrs["user"] = self.request.user
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context


def provider_panel() -> ProviderPanel:
    return ProviderPanel("transcription", widget=ProviderWidget(), heading="Words by AssemblyAI")
