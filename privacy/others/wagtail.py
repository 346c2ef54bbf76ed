"""What Wagtail keeps besides pages: files, log, forms in progress, rights, sites."""

from wagtail.admin.models import EditingSession, FormState

from privacy.declared import (
    Account,
    InWords,
    nothing_personal,
    person,
    redacted,
    stays,
    with_row,
)
from privacy.others.words import AS_WHAT_IT_TELLS_OF, HISTORY, NO_NAME
from privacy.registry import declare, keep_until

FILE = ("id", "collection", "title", "file", "created_at", "file_size", "file_hash", "tags")
FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


uploader = person(
    "the colleague who uploaded it",
    Account("uploaded_by_user"),
    AS_WHAT_IT_TELLS_OF,
    stays("uploaded_by_user", "who uploaded it", NO_NAME),
)


declare("wagtaildocs.Document", uploader, nothing_personal(*FILE))
declare(
    "wagtailimages.Image",
    uploader,
    nothing_personal(*FILE, *FOCUS, "width", "height", "description"),
)
declare(
    "wagtailimages.Rendition",
    nothing_personal("id", "filter_spec", "file", "width", "height", "focal_point_key", "image"),
)
declare(
    "wagtail_transcription.Transcription",
    uploader,
    nothing_personal(*FILE, "video_id", "verified", "completed"),
)
declare(
    "wagtailcore.UploadedFile",
    uploader,
    nothing_personal("id", "for_content_type", "file"),
)
LOGGED = ("id", "content_type", "action", "timestamp", "uuid", "revision", "content_changed")
for _model, _rest in (("PageLogEntry", "page"), ("ModelLogEntry", "object_id")):
    declare(
        f"wagtailcore.{_model}",
        person(
            "the colleague who did it",
            Account("user"),
            HISTORY,
            stays("user", "who did it", NO_NAME),
        ),
        person(
            "whom the entry names",
            InWords(),
            f"{HISTORY}; the name goes when the person is erased",
            redacted("label", "what was changed, by its name then"),
            redacted("data", "what was changed in it"),
        ),
        nothing_personal(*LOGGED, "deleted", _rest),
    )
declare(
    "wagtailadmin.FormState",
    person(
        "whoever a colleague just writes about",
        InWords(),
        "a day",
        with_row("data", "a form of the admin as it stands in a preview"),
    ),
    person("the colleague who writes", Account("user"), "a day", with_row("user", "who")),
    nothing_personal("id", "content_type", "object_id", "parent_object_id", "last_updated_at"),
)
declare(
    "wagtailredirects.Redirect",
    nothing_personal(
        *("id", "old_path", "site", "is_permanent", "redirect_page", "redirect_page_route_path"),
        *("redirect_link", "automatically_created", "created_at"),
    ),
)
declare(
    "wagtailembeds.Embed",
    nothing_personal(
        *("id", "url", "max_width", "hash", "type", "html", "title", "author_name"),
        *("provider_name", "thumbnail_url", "width", "height", "last_updated", "cache_until"),
    ),
)
declare("wagtailcore.Locale", nothing_personal("id", "language_code"))
declare(
    "wagtailcore.Site",
    nothing_personal("id", "hostname", "port", "site_name", "root_page", "is_default_site"),
)
declare("wagtailcore.GroupSitePermission", nothing_personal("id", "group", "site", "permission"))
declare(
    "wagtailcore.GroupCollectionPermission",
    nothing_personal("id", "group", "collection", "permission"),
)
declare("wagtailcore.GroupPagePermission", nothing_personal("id", "group", "page", "permission"))
declare("wagtailcore.Collection", nothing_personal("id", "path", "depth", "numchild", "name"))
declare(
    "wagtailcore.CollectionViewRestriction",
    nothing_personal("id", "restriction_type", "password", "collection", "groups"),
)
declare(
    "wagtailcore.PageViewRestriction",
    nothing_personal("id", "restriction_type", "password", "page", "groups"),
)

keep_until(
    "forms in progress",
    "Forms of the admin as they stand in a preview, a day after they were last touched",
    lambda now: FormState.objects.filter(last_updated_at__lt=now - FormState.STALE_TIMEOUT),
)
keep_until(
    "open forms",
    "Who has a form of the admin open, an hour after it was closed",
    lambda now: EditingSession.objects.filter(last_seen_at__lt=now - EditingSession.STALE_TIMEOUT),
)
