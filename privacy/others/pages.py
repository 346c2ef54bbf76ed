"""What Wagtail keeps of every page: its columns, drafts, reviews and comments."""

from django.urls import reverse

from privacy.declared import (
    Account,
    ByHand,
    InWords,
    by_hand,
    nothing_personal,
    person,
    redacted,
    stays,
)
from privacy.others.words import AS_WHAT_IT_TELLS_OF, HISTORY, NO_NAME, PUBLISHED
from privacy.registry import declare, shown_at

declare(
    "wagtailcore.Page",
    person(
        "the colleague who made or locked it",
        Account("owner"),
        AS_WHAT_IT_TELLS_OF,
        stays("owner", "who made it", NO_NAME),
    ),
    person(
        "the colleague who locked it",
        Account("locked_by"),
        "until it is unlocked",
        stays("locked_by", "who locked it", NO_NAME),
    ),
    person(
        "whom the page is about",
        ByHand(),
        PUBLISHED,
        by_hand("title", "the title"),
        by_hand("draft_title", "the title of the draft"),
        by_hand("seo_title", "the title for search engines"),
        by_hand("search_description", "the summary for search engines"),
    ),
    nothing_personal(
        *("id", "path", "depth", "numchild", "translation_key", "locale", "latest_revision"),
        *("live", "has_unpublished_changes", "first_published_at", "last_published_at"),
        *("live_revision", "go_live_at", "expire_at", "expired", "locked", "locked_at", "slug"),
        *("content_type", "url_path", "latest_revision_created_at", "alias_of", "show_in_menus"),
    ),
)
declare(
    "wagtailcore.Revision",
    person(
        "the colleague who wrote it",
        Account("user"),
        HISTORY,
        stays("user", "who wrote it", NO_NAME),
    ),
    person(
        "whoever stands in an older draft",
        InWords(),
        AS_WHAT_IT_TELLS_OF,
        redacted("content", "the draft, word for word"),
        redacted("object_str", "its title"),
    ),
    nothing_personal(
        *("id", "content_type", "base_content_type", "object_id", "created_at"),
        "approved_go_live_at",
    ),
)
declare(
    "wagtailcore.WorkflowState",
    person(
        "the colleague who asked for a review",
        Account("requested_by"),
        HISTORY,
        stays("requested_by", "who asked", NO_NAME),
    ),
    nothing_personal(
        *("id", "content_type", "base_content_type", "object_id", "workflow", "status"),
        *("created_at", "current_task_state"),
    ),
)
declare(
    "wagtailcore.TaskState",
    person(
        "the colleague who decided a review",
        Account("finished_by"),
        HISTORY,
        stays("finished_by", "who decided", NO_NAME),
    ),
    person("whom the reason names", InWords(), HISTORY, redacted("comment", "the reason")),
    nothing_personal(
        *("id", "workflow_state", "revision", "task", "status", "started_at", "finished_at"),
        "content_type",
    ),
)
declare(
    "wagtailcore.Comment",
    person(
        "the colleague who wrote it",
        Account("user"),
        AS_WHAT_IT_TELLS_OF,
        stays("user", "who wrote it", NO_NAME),
    ),
    person(
        "the colleague who settled it",
        Account("resolved_by"),
        AS_WHAT_IT_TELLS_OF,
        stays("resolved_by", "who settled it", NO_NAME),
    ),
    person("whom it names", InWords(), AS_WHAT_IT_TELLS_OF, redacted("text", "what was written")),
    nothing_personal(
        *("id", "page", "contentpath", "position", "created_at", "updated_at"),
        *("revision_created", "resolved_at"),
    ),
)
declare(
    "wagtailcore.CommentReply",
    person(
        "the colleague who wrote it",
        Account("user"),
        AS_WHAT_IT_TELLS_OF,
        stays("user", "who wrote it", NO_NAME),
    ),
    person("whom it names", InWords(), AS_WHAT_IT_TELLS_OF, redacted("text", "what was written")),
    nothing_personal("id", "comment", "created_at", "updated_at"),
)
shown_at("wagtailcore.Comment", lambda row: reverse("wagtailadmin_pages:edit", args=[row.page_id]))
declare("wagtailcore.Workflow", nothing_personal("id", "name", "active"))
declare("wagtailcore.WorkflowTask", nothing_personal("id", "sort_order", "workflow", "task"))
declare("wagtailcore.WorkflowPage", nothing_personal("page", "workflow"))
declare("wagtailcore.WorkflowContentType", nothing_personal("content_type", "workflow"))
declare("wagtailcore.Task", nothing_personal("id", "name", "content_type", "active"))
declare("wagtailcore.GroupApprovalTask", nothing_personal("task_ptr", "groups"))
declare(
    "wagtailcore.ReferenceIndex",
    nothing_personal(
        *("id", "content_type", "base_content_type", "object_id", "to_content_type"),
        *("to_object_id", "model_path", "content_path", "content_path_hash"),
    ),
)
