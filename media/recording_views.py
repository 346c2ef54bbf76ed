"""Making and changing a recording in the admin: what the editor is told after saving."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.admin import messages
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    HistoryView,
    UsageView,
)

from media.access import policy


def tell(request: HttpRequest, form: Any) -> None:
    buttons = [messages.button("#words-box", "Go to the words")] if form.must_stay else []
    for text in form.told:
        messages.warning(request, text, buttons=buttons)


class RecordingCreateView(CreateView):
    """Back to the form while words wait there, otherwise to the list."""

    def save_action(self) -> Any:
        answer = super().save_action()
        tell(self.request, self.form)
        return answer

    def get_success_url(self) -> str:
        stays = self.form.must_stay and self.user_has_permission("change")
        return str(self.get_edit_url() if stays else super().get_success_url())


class OfOwnCollections:
    """Wagtail asks whether somebody may change recordings at all; here, whether this one."""

    request: HttpRequest
    right = "change"

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        parent: Any = super()
        recording = parent.get_object(*args, **kwargs)
        if not policy.user_has_permission_for_instance(self.request.user, self.right, recording):
            raise PermissionDenied
        return recording


class RecordingDeleteView(OfOwnCollections, DeleteView):
    right = "delete"


class RecordingUsageView(OfOwnCollections, UsageView):
    pass


class RecordingHistoryView(OfOwnCollections, HistoryView):
    pass


class RecordingEditView(OfOwnCollections, EditView):
    """Back to the form while words wait there, otherwise to the list."""

    def save_action(self) -> Any:
        answer = super().save_action()
        tell(self.request, self.form)
        return answer

    def get_success_url(self) -> str:
        return str(self.get_edit_url() if self.form.must_stay else super().get_success_url())
