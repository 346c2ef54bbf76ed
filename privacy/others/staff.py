"""Accounts of colleagues, and what Wagtail keeps for each."""

from privacy.declared import (
    Account,
    emptied,
    nothing_personal,
    person,
    stays,
    unreachable,
    with_row,
)
from privacy.others.words import ACCOUNT
from privacy.registry import declare

declare(
    "auth.User",
    person(
        "a colleague with an account",
        Account(""),
        ACCOUNT,
        unreachable("username", "the name to sign in with"),
        emptied("first_name", "the first name", is_name=True),
        emptied("last_name", "the last name", is_name=True),
        emptied("email", "the address"),
        emptied("password", "the password, as a hash"),
        emptied("last_login", "the last time of signing in"),
        stays("date_joined", "since when the account exists", "says nobody’s name"),
    ),
    nothing_personal("id", "is_superuser", "is_staff", "is_active", "groups", "user_permissions"),
)
declare(
    "wagtailusers.UserProfile",
    person(
        "a colleague with an account",
        Account("user"),
        ACCOUNT,
        stays("user", "whose it is", "points at an account that has lost its name"),
        emptied("avatar", "the picture"),
        emptied("preferred_language", "the language"),
        emptied("current_time_zone", "the time zone"),
    ),
    nothing_personal(
        *("id", "submitted_notifications", "approved_notifications", "rejected_notifications"),
        *("updated_comments_notifications", "dismissibles", "theme", "contrast", "density"),
        "keyboard_shortcuts",
    ),
)
declare(
    "wagtailadmin.EditingSession",
    person(
        "who has a form open",
        Account("user"),
        "an hour",
        with_row("user", "who"),
        with_row("last_seen_at", "when last"),
    ),
    nothing_personal("id", "content_type", "object_id", "is_editing"),
)
declare(
    "wagtailcore.APIToken",
    person(
        "the colleague who made it",
        Account("user"),
        ACCOUNT,
        with_row("user", "whose key it is"),
        with_row("name", "what it is called"),
        with_row("last_used_at", "when it was last used"),
    ),
    nothing_personal("id", "key_hash", "prefix", "created", "revoked_at"),
)
declare(
    "wagtailcore.PageSubscription",
    person("who follows a page", Account("user"), ACCOUNT, with_row("user", "who")),
    nothing_personal("id", "page", "comment_notifications"),
)
declare("wagtailadmin.Admin", nothing_personal("id"))
