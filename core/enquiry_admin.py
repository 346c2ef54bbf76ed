"""Enquiries in the admin: a list by state, and what to do with each."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from core.models.enquiries import Enquiry
from core.services.enquiries import tell_again


class NobodyAdds(ModelPermissionPolicy):
    """Enquiries come from readers; staff answer, close and delete them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)


register_permission_policy(Enquiry, NobodyAdds(Enquiry), exact_class=True)


class EnquiryAdminForm(WagtailAdminModelForm):
    tell_again = forms.BooleanField(
        label="Send the mail to colleagues again",
        required=False,
        help_text="For when it failed, or the contact address has changed.",
    )

    def save(self, commit: bool = True) -> Enquiry:
        enquiry: Enquiry = super().save(commit=commit)
        if commit and self.cleaned_data["tell_again"]:
            tell_again(enquiry)
        return enquiry


class GivenPanel(FieldPanel):
    """Shows what is there; a field that is empty is left out."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            given = getattr(self.instance, self.field_name) not in {None, ""}
            return bool(given and super().is_shown())


class MailState(Column):
    """Whether colleagues were told; where not, why not and what to do."""

    def get_value(self, instance: Enquiry) -> str:
        return instance.mail_state


class KeptUntil(Column):
    """The day on which it is deleted by itself, so that nobody is surprised by it."""

    def get_value(self, instance: Enquiry) -> str:
        return f"{timezone.localtime(instance.kept_until):%-d %b %Y}"


ASKED = ("kind", "name", "email", "school", "message", "about", "created_at")


class EnquiryViewSet(ModelViewSet):
    model = Enquiry
    name = "enquiries"
    url_prefix = "enquiries"
    icon = "mail"
    menu_label = "Enquiries"
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = (
        "__str__",
        "school",
        "state",
        "created_at",
        MailState("mail_state", label="Mail to colleagues"),
        KeptUntil("kept_until", label="Kept until"),
    )
    list_filter = ("state", "kind")
    search_fields = ("name", "email", "school", "message")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("state"),
            FieldPanel("note"),
            MultiFieldPanel(
                [GivenPanel(name, read_only=True) for name in ASKED], heading="What was asked"
            ),
            MultiFieldPanel(
                [
                    GivenPanel("told_at", read_only=True),
                    GivenPanel("telling_failed", read_only=True),
                    FieldPanel("tell_again"),
                ],
                heading="Mail to colleagues",
            ),
        ],
        base_form_class=EnquiryAdminForm,
    )
