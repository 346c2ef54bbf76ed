"""The site itself on the real servers: a talk from the bucket, a registration through SMTP."""

import os
import time
import urllib.request
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client, override_settings

from home.models import HomePage
from media.serving import SIGNED_FOR
from tests.courses.factories import make_cohort, make_registration
from tests.media.factories import WEBM, make_picture, make_recording, shown_on_a_public_page

pytestmark = [pytest.mark.django_db]
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def needs(variable: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not os.environ.get(variable), reason=f"{variable} names no server")


def mails_in(folder: Path, to: str) -> list[EmailMessage]:
    found = [message_from_bytes(path.read_bytes(), policy=default) for path in folder.glob("*.eml")]
    return [mail for mail in found if isinstance(mail, EmailMessage) and mail["To"] == to]


@needs("DATABASE_URL")
def test_the_tests_run_on_the_database_that_the_environment_names() -> None:
    assert connection.vendor == "postgresql"


@needs("S3_BUCKET")
def test_a_talk_is_played_from_the_bucket_by_a_short_signed_link(
    home: HomePage, client: Client
) -> None:
    recording = make_recording()
    with shown_on_a_public_page(recording):
        answer = client.get(recording.renditions.first().url)
    assert answer.status_code == 302
    link = answer.headers["Location"]
    assert "Signature" in link or "X-Amz-Signature" in link
    request = urllib.request.Request(link, headers={"Range": "bytes=4-9"})
    with urllib.request.urlopen(request) as part:
        assert (part.status, part.read()) == (206, WEBM[4:10])
        assert part.headers["Content-Range"] == f"bytes 4-9/{len(WEBM)}"


@needs("S3_BUCKET")
def test_a_signed_link_is_short_and_for_one_method(home: HomePage, client: Client) -> None:
    recording = make_recording()
    with shown_on_a_public_page(recording):
        url = recording.renditions.first().url
        link, head = client.get(url).headers["Location"], client.head(url).headers["Location"]
    signed = parse_qs(urlsplit(link).query)
    assert signed["X-Amz-Expires"] == [str(SIGNED_FOR)]
    assert signed["X-Amz-Signature"] != parse_qs(urlsplit(head).query)["X-Amz-Signature"]
    asked = urllib.request.Request(head, method="HEAD")
    with urllib.request.urlopen(asked) as answer:
        assert (answer.status, answer.headers["Content-Length"]) == (200, str(len(WEBM)))


@needs("S3_BUCKET")
def test_a_talk_that_no_public_page_shows_is_not_given_away(home: HomePage, client: Client) -> None:
    assert client.get(make_recording().renditions.first().url).status_code in (403, 404)


@needs("S3_BUCKET")
def test_a_picture_in_the_bucket_is_resized(home: HomePage) -> None:
    rendition = make_picture().get_rendition("width-320")
    assert rendition.width == 320
    assert default_storage.exists(rendition.file.name)


@needs("S3_BUCKET")
def test_no_key_of_the_bucket_stands_in_the_settings() -> None:
    secrets = {os.environ["AWS_SECRET_ACCESS_KEY"], os.environ["AWS_ACCESS_KEY_ID"]}
    assert not secrets & set(settings.STORAGES["default"]["OPTIONS"].values())


@needs("EMAIL_URL")
def test_a_registration_reaches_its_people_through_smtp_with_all_sessions(
    home: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    cohort = make_cohort()
    person = f"somebody-{time.monotonic_ns()}@school.example"
    with override_settings(EMAIL_BACKEND=SMTP), django_capture_on_commit_callbacks(execute=True):
        make_registration(cohort, person)
    (mail,) = mails_in(Path(os.environ["TEST_MAIL_DIR"]) / "new", person)
    (file,) = [
        part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"
    ]
    calendar = icalendar.Calendar.from_ical(file.get_content())
    assert len(calendar.events) == cohort.sessions.count()
