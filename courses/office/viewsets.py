"""Training in the admin: cohorts, versions, prices, organisations and the outbox."""

from operator import attrgetter, methodcaller
from typing import Any

from django.db import DatabaseError, IntegrityError
from django.http import HttpResponse
from django.urls import reverse
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from courses.models import Cohort, Organisation, OutboxMessage, PriceRule, ProgrammeVersion
from courses.office import panels
from courses.office.cohort_list import CohortIndex
from courses.office.columns import (
    Made,
    fill,
    made,
    next_session,
    opens,
    roster_link,
    state,
    waiting,
)
from courses.office.deleting import CohortDelete
from courses.services.again import was_in_the_way
from courses.text import counted, upper_first


class OnlyLooked(ModelPermissionPolicy):
    """Mails are written by the site and sent again by their own button; nobody edits them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


class NobodyAdds(ModelPermissionPolicy):
    """Organisations come with bookings; organisers correct them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)


register_permission_policy(OutboxMessage, OnlyLooked(OutboxMessage), exact_class=True)
register_permission_policy(Organisation, NobodyAdds(Organisation), exact_class=True)


class CohortEdit(generic.EditView):
    def form_valid(self, form: Any) -> HttpResponse:
        """Somebody may have booked between the check of the form and the saving."""
        try:
            return super().form_valid(form)
        except IntegrityError:
            form.add_error("capacity", "More places were taken meanwhile. Look again, then save.")
        except DatabaseError as error:
            if not was_in_the_way(error):
                raise
            form.add_error(None, "Somebody booked at the same moment. Nothing is lost: save again.")
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)

    def get_success_message(self) -> str:
        """An organiser who changed a session sees that people are being told."""
        told = self.form.told
        words: str = super().get_success_message()
        if not told.mails:
            return words
        people = upper_first(counted(told.mails, "mail goes", "mails go"))
        return f"{words} {people} out about the changed sessions."


class CohortViewSet(ModelViewSet):
    model = Cohort
    name = "cohorts"
    url_prefix = "training/cohorts"
    icon = "group"
    menu_label = "Cohorts"
    copy_view_enabled = False
    index_view_class = CohortIndex
    edit_view_class = CohortEdit
    delete_view_class = CohortDelete
    edit_handler = panels.COHORT
    search_fields = ("term", "slug", "version__name", "programme__title")
    search_backend_name = None
    list_display = (
        "dated_title",
        Made("state", state, label="State"),
        Made("fill", fill, label="Places taken"),
        Made("waiting", waiting, label="Waiting"),
        Made("next", next_session, label="Next session"),
        Made("opens", opens, label="Registration opens", sort_key="opens_at"),
        Made("roster", roster_link, label="Roster"),
    )


class VersionCopy(generic.CopyView):
    """Wagtail's own would hand out the original's parts, and saving would move them."""

    def get_initial_form_instance(self) -> ProgrammeVersion:
        original: ProgrammeVersion = self.get_object()
        return original.unsaved_copy()


class VersionViewSet(ModelViewSet):
    model = ProgrammeVersion
    name = "versions"
    url_prefix = "training/versions"
    icon = "history"
    menu_label = "Versions"
    copy_view_class = VersionCopy
    edit_handler = panels.VERSION
    list_display = ("name", "label", "programme")


class PriceViewSet(ModelViewSet):
    model = PriceRule
    name = "prices"
    url_prefix = "training/prices"
    icon = "tag"
    menu_label = "Prices"
    edit_handler = panels.PRICE
    list_display = ("name", Column("words", label="Price"), "programme")


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    name = "organisations"
    url_prefix = "training/organisations"
    icon = "site"
    menu_label = "Organisations"
    copy_view_enabled = False
    edit_handler = panels.ORGANISATION
    list_display = ("name", "postcode", "urn", "is_member")
    list_filter = ("is_member",)
    search_fields = ("name", "postcode", "urn")
    search_backend_name = None


class OutboxIndex(generic.IndexView):
    def get_list_more_buttons(self, instance: OutboxMessage) -> list[Any]:
        url = reverse("courses_office:resend", args=[instance.pk])
        again = Button("Send again", url=url, icon_name="mail", priority=10)
        return [again, *super().get_list_more_buttons(instance)]


class OutboxViewSet(ModelViewSet):
    model = OutboxMessage
    name = "outbox"
    url_prefix = "training/outbox"
    icon = "mail"
    menu_label = "Outbox"
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    index_view_class = OutboxIndex
    form_fields = ("state",)
    inspect_view_fields = (
        "kind",
        "to",
        "subject",
        "state",
        "attempts",
        "last_error",
        "next_try",
        "sent_at",
        "words",
    )
    list_display = (
        "subject",
        Made("to", attrgetter("to"), label="To", sort_key="to"),
        Made("state", methodcaller("get_state_display"), label="State", sort_key="state"),
        Made("attempts", attrgetter("attempts"), label="Tries", sort_key="attempts"),
        Made("last_error", attrgetter("last_error"), label="Last error", sort_key="last_error"),
        Made("created_at", made, label="Written", sort_key="created_at"),
    )
    list_filter = ("state", "kind")
    search_fields = ("to", "subject")
    search_backend_name = None


class TrainingGroup(ModelViewSetGroup):
    menu_label = "Training"
    menu_icon = "group"
    menu_order = 240
    submenu_hook = "register_training_menu_item"
    items = (CohortViewSet, VersionViewSet, PriceViewSet, OrganisationViewSet, OutboxViewSet)
