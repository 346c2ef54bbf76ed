"""The two groups of staff: editors publish, organisers run cohorts; neither sees the rest.

Every right is given once, by the first version that knows it, and that is written down: what an
administrator takes away afterwards, or a group that is deleted, does not come back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps as apps_now
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from core.models import StaffRole

EDITORS = "Library editors"
ORGANISERS = "Cohort organisers"
PAGE_ACTIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
# Wagtail asks for permissions of its own models, whatever class images and documents have.
FILE_MODELS = ("wagtailimages.Image", "wagtaildocs.Document", "media.Recording")
WORD_MODELS = ("media.Transcript", "media.Cue", "media.GlossaryTerm", "search.Synonyms")
ORGANISER_APP = "courses"


@dataclass(frozen=True, slots=True)
class Right:
    """A permission: for the whole site, for all pages, or for all files."""

    place: str
    permission: Permission

    @property
    def name(self) -> str:
        model = self.permission.content_type
        return f"{self.place}: {model.app_label}.{self.permission.codename}"

    def give(self, group: Group) -> None:
        if self.place == "pages":
            GroupPagePermission.objects.get_or_create(
                group=group, page=Page.get_first_root_node(), permission=self.permission
            )
        elif self.place == "files":
            GroupCollectionPermission.objects.get_or_create(
                group=group,
                collection=Collection.get_first_root_node(),
                permission=self.permission,
            )
        else:
            group.permissions.add(self.permission)


def ensure_groups(sender: Any = None, apps: Any = apps_now, **kwargs: Any) -> None:
    """After every migration, also one that goes back to before there were roles."""
    known = {model._meta.label for model in apps.get_models()}
    if StaffRole._meta.label not in known or not Page.objects.filter(depth=1).exists():
        return
    for config in apps_now.get_app_configs():
        create_permissions(config, verbosity=0)  # those of later apps do not exist yet
    give_what_is_new(EDITORS, [*admin_access(), *editor_rights()])
    give_what_is_new(ORGANISERS, [*admin_access(), *organiser_rights()])


def give_what_is_new(name: str, rights: list[Right]) -> None:
    with transaction.atomic():
        role = StaffRole.objects.select_for_update().filter(name=name).first()
        if role is None:
            group, _ = Group.objects.get_or_create(name=name)
            role = StaffRole.objects.create(name=name, group=group)
        if role.group is None:
            return
        for right in rights:
            if right.name not in role.granted:
                right.give(role.group)
        role.granted = sorted({*role.granted, *(right.name for right in rights)})
        role.save()


def admin_access() -> Iterator[Right]:
    for permission in Permission.objects.filter(codename="access_admin"):
        yield Right("site", permission)


def editor_rights() -> Iterator[Right]:
    for name in (*FILE_MODELS, *WORD_MODELS, "core.SiteSettings", "core.Enquiry"):
        for permission in model_permissions(name):
            yield Right("site", permission)
            if name in FILE_MODELS:
                yield Right("files", permission)
    for permission in Permission.objects.filter(codename="view_askedquestion"):
        yield Right("site", permission)
    actions = Permission.objects.filter(content_type__app_label="wagtailcore")
    for permission in actions.filter(codename__in=PAGE_ACTIONS):
        yield Right("pages", permission)


def organiser_rights() -> Iterator[Right]:
    ours = Permission.objects.filter(content_type__app_label=ORGANISER_APP)
    for permission in ours.exclude(content_type__model__endswith="page"):
        yield Right("site", permission)


def model_permissions(name: str) -> list[Permission]:
    meta = apps_now.get_model(name)._meta
    ours = Permission.objects.filter(content_type__app_label=meta.app_label)
    return list(ours.filter(content_type__model=meta.model_name).select_related("content_type"))
