"""Three logins for a first look; their passwords are made on this machine, on the first run."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from core.groups import EDITORS, ORGANISERS


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    group: str | None
    words: str


ACCOUNTS = (
    Account("admin", None, "may do everything"),
    Account("editor", EDITORS, "writes and publishes pages"),
    Account("organiser", ORGANISERS, "runs training cohorts"),
)


def ensure_accounts(note: Path) -> dict[str, str]:
    """Make what is missing; return the passwords that this function once set, by user name.

    `note` keeps them, readable by its owner only, so that a second start can show them again.
    A password that somebody has changed since is no longer returned.
    """
    known = read(note)
    users = get_user_model().objects
    for account in ACCOUNTS:
        if not users.filter(username=account.username).exists():
            known[account.username] = secrets.token_urlsafe(12)
            make(account, known[account.username])
    write(note, known)
    return {
        name: password
        for name, password in known.items()
        if (user := users.filter(username=name).first()) and user.check_password(password)
    }


def make(account: Account, password: str) -> None:
    user = get_user_model().objects.create_user(
        account.username, f"{account.username}@localhost", password
    )
    user.is_superuser = user.is_staff = account.group is None
    user.save()
    if account.group:
        user.groups.add(Group.objects.get(name=account.group))


def read(note: Path) -> dict[str, str]:
    lines = note.read_text().splitlines() if note.exists() else []
    return dict(line.split(" ", 1) for line in lines if " " in line)


def write(note: Path, passwords: dict[str, str]) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    note.touch(mode=0o600)
    note.write_text("".join(f"{name} {password}\n" for name, password in passwords.items()))
