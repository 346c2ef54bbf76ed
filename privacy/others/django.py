"""Django's own tables, tags and background tasks."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from privacy.declared import InWords, Nobody, nothing_personal, person, redacted, stays
from privacy.registry import declare, keep_until

TASKS_KEPT = timedelta(days=30)

declare("auth.Permission", nothing_personal("id", "name", "content_type", "codename"))
declare("auth.Group", nothing_personal("id", "name", "permissions"))
declare("contenttypes.ContentType", nothing_personal("id", "app_label", "model"))
declare("taggit.Tag", nothing_personal("id", "name", "slug"))
declare("taggit.TaggedItem", nothing_personal("id", "tag", "content_type", "object_id"))
declare(
    "sessions.Session",
    person(
        "a colleague who is signed in",
        Nobody(),
        "until it runs out, two weeks at most",
        stays("session_data", "the number of the account", "runs out by itself"),
    ),
    nothing_personal("session_key", "expire_date"),
)
declare(
    "django_tasks_database.DBTaskResult",
    person(
        "whoever an error speaks of",
        InWords(),
        "30 days after the task",
        redacted("args_kwargs", "what the task was given: numbers of rows"),
        redacted("return_value", "what it gave back"),
        redacted("traceback", "what went wrong"),
    ),
    nothing_personal(
        *("id", "status", "enqueued_at", "started_at", "finished_at", "priority", "task_path"),
        *("worker_ids", "queue_name", "backend_name", "run_after", "exception_class_path"),
    ),
)
declare(
    "privacy.Run",
    person(
        "the colleague who asked for it",
        Nobody(),
        "as long as the site",
        stays("by", "who asked for it", "points at an account; the receipt of what was done"),
    ),
    nothing_personal("id", "kind", "night", "started_at", "finished_at", "counts", "problems"),
)

keep_until(
    "sessions",
    "Sign-ins that have run out",
    lambda now: Session.objects.filter(expire_date__lt=now),
)
keep_until(
    "tasks",
    "Background tasks, 30 days after they ended",
    lambda now: DBTaskResult.objects.filter(finished_at__lt=now - TASKS_KEPT),
)
