"""Recordings in Wagtail's admin: their own place in the menu, a chooser, permissions by group."""

from typing import Any

from django.contrib.auth.models import Permission
from django.urls import include, path
from wagtail import hooks
from wagtail.admin.forms.collections import collection_member_permission_formset_factory
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from media.access import policy
from media.draft_views import fetch_draft
from media.editor.hooks import GlossaryViewSet, correct_the_words, editor_urls
from media.hearing.panel import SpeechPanel
from media.inspection_views import look_again
from media.models import Job, Recording
from media.panels import FilesPanel, RecordingStatePanel
from media.provider.orders import PERMISSION
from media.provider.panel import provider_panel
from media.provider.views import fetch_document
from media.recording_views import (
    RecordingCreateView,
    RecordingDeleteView,
    RecordingEditView,
    RecordingHistoryView,
    RecordingUsageView,
)
from media.words_panel import WordsPanel

WRITES = (Job.Kind.HEAR, Job.Kind.PROVIDER)


def length(recording: Recording) -> str:
    minutes, seconds = divmod(recording.duration_ms // 1000, 60)
    return f"{minutes}:{seconds:02}"


def captions_state(recording: Recording) -> str:
    transcript = recording.transcript
    if transcript is None:
        at_work = [job for job in recording.jobs.all() if job.is_open and job.kind in WRITES]
        return "Being written down" if at_work else "None"
    return "Checked" if transcript.is_checked else "Not yet checked"


class RecordingViewSet(SnippetViewSet):
    model = Recording
    icon = "media"
    menu_label = "Recordings"
    menu_order = 250
    add_to_admin_menu = True
    add_view_class = RecordingCreateView
    edit_view_class = RecordingEditView
    delete_view_class = RecordingDeleteView
    usage_view_class = RecordingUsageView
    history_view_class = RecordingHistoryView
    list_display = [
        "title",
        Column("length", label="Length", accessor=length),
        Column("captions", label="Captions", accessor=captions_state),
        Column("state", label="State", accessor="get_state_display"),
    ]
    list_filter = ["state", "synthetic_voices"]
    list_per_page = 50
    panels = [
        RecordingStatePanel(heading="State"),
        FieldPanel("title"),
        FilesPanel(
            "renditions",
            label="file",
            heading="Files",
            help_text="The film as WebM or MP4. The sound alone is taken from it, unless you add it"
            " as MP3. If an upload breaks off, choose the same file again within a day: it goes on"
            " where it stopped. A talk that lies only on YouTube or Vimeo needs no file: give its"
            " address as second source.",
        ),
        SpeechPanel(heading="Speech"),
        provider_panel(),
        MultiFieldPanel(
            [FieldPanel("captions"), WordsPanel(), FieldPanel("words"), FieldPanel("checked")],
            heading="Words",
        ),
        FieldPanel("poster"),
        FieldPanel("embed_url"),
        FieldPanel("synthetic_voices"),
        FieldPanel("collection"),
    ]

    def get_queryset(self, request: Any) -> Any:
        own = policy.instances_user_has_any_permission_for(request.user, ["change", "delete"])
        return own.prefetch_related("transcripts", "jobs")


register_snippet(RecordingViewSet)
register_snippet(GlossaryViewSet)
hooks.register("register_admin_urls", editor_urls)
hooks.register("register_snippet_listing_buttons", correct_the_words)


@hooks.register("register_admin_urls")
def upload_urls() -> Any:
    return [path("uploads/", include("media.uploads.urls"))]


@hooks.register("register_admin_urls")
def speech_urls() -> Any:
    return [path("speech/", include("media.hearing.urls"))]


@hooks.register("register_admin_urls")
def look_again_urls() -> Any:
    return [path("look-again/<int:pk>/", look_again, name="media_look_again")]


@hooks.register("register_admin_urls")
def words_urls() -> Any:
    return [path("words/<int:pk>/", fetch_draft, name="media_words")]


@hooks.register("register_admin_urls")
def provider_urls() -> Any:
    return [path("assemblyai/<int:recording>/", fetch_document, name="media_provider_document")]


@hooks.register("register_permissions")
def provider_permission() -> Any:
    return Permission.objects.filter(content_type__app_label="media", codename=PERMISSION)


@hooks.register("register_group_permission_panel")
def recording_permissions() -> Any:
    return collection_member_permission_formset_factory(
        Recording,
        [
            ("add_recording", "Add", "Add recordings, and change one’s own"),
            ("change_recording", "Edit", "Change any recording"),
            ("choose_recording", "Choose", "Choose recordings for pages"),
        ],
        "media/recording_permissions.html",
    )
