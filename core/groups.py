"""The two groups of staff: editors publish, organisers run cohorts; neither sees the rest.

They are made once, after the first migration; what an administrator changes later stays.
"""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

EDITORS = "Library editors"
ORGANISERS = "Cohort organisers"
PAGE_ACTIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
# Wagtail asks for permissions of its own models, whatever class images and documents have.
FILE_MODELS = ("wagtailimages.Image", "wagtaildocs.Document", "media.Recording")
ORGANISER_APP = "courses"


def ensure_groups(sender: Any = None, **kwargs: Any) -> None:
    root = Page.objects.filter(depth=1).first()
    if root is None or Group.objects.filter(name=EDITORS).exists():
        return
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)  # those of later apps do not exist yet
    editors = Group.objects.create(name=EDITORS)
    organisers = Group.objects.create(name=ORGANISERS)
    admin_access = Permission.objects.filter(codename="access_admin")
    editors.permissions.set([*admin_access, *editor_permissions()])
    organisers.permissions.set([*admin_access, *organiser_permissions()])
    allow_pages(editors, root)
    allow_files(editors)


def editor_permissions() -> list[Permission]:
    words = ("media.Transcript", "media.Cue", "media.GlossaryTerm")
    models = [*FILE_MODELS, *words, "core.SiteSettings", "core.Enquiry"]
    may_read = Permission.objects.filter(codename="view_askedquestion")
    chosen = [each for name in (*models, "search.Synonyms") for each in model_permissions(name)]
    return [*chosen, *may_read]


def organiser_permissions() -> list[Permission]:
    return list(
        Permission.objects.filter(content_type__app_label=ORGANISER_APP).exclude(
            content_type__model__endswith="page"
        )
    )


def model_permissions(name: str) -> list[Permission]:
    meta = apps.get_model(name)._meta
    return list(
        Permission.objects.filter(
            content_type__app_label=meta.app_label, content_type__model=meta.model_name
        )
    )


def allow_pages(group: Group, root: Page) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_ACTIONS
    ):
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)


def allow_files(group: Group) -> None:
    root = Collection.get_first_root_node()
    for name in FILE_MODELS:
        for permission in model_permissions(name):
            GroupCollectionPermission.objects.create(
                group=group, collection=root, permission=permission
            )
