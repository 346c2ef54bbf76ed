from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from wagtail.models import Site

from core.sites import point_site
from home.models import HomePage
from tests.factories import make_topic
from tests.media.factories import make_user


@pytest.mark.parametrize("address", ["/?q=%00", "/?%00=1", "/a%00b/", "/topics/?page=1%00"])
def test_a_nul_in_an_address_is_refused_in_words(
    home: HomePage, client: Client, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "cannot be read" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/episodes/{}/embed/",
        "/episodes/{}/chapters.json",
        "/media/recordings/{}/1/talk.mp4",
        "/media/recordings/1/{}/talk.mp4",
        "/media/recordings/{}/poster.webp",
        "/media/captions/{}.vtt",
        "/feed/series/{}/",
        "/enquiries/{}/",
        "/admin/correct/{}/",
        "/admin/pages/{}/edit/",
        "/{}/",
    ],
)
@pytest.mark.parametrize("digits", [18, 19, 30, 3000])
def test_a_number_that_no_database_can_hold_names_nothing(
    home: HomePage, client: Client, admin_client: Client, address: str, digits: int
) -> None:
    url = address.format("9" * digits)
    for visitor in (client, admin_client):
        assert visitor.get(url).status_code in (301, 302, 404, 405)


@pytest.mark.parametrize("address", ["/admin/login/", "/search/", "/", "/admin/uploads/"])
def test_nobody_but_people_of_the_admin_sends_more_than_a_form(
    home: HomePage, address: str, settings: Any, tmp_path: Path
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "nowhere"  # whoever writes there fails
    reader = Client(enforce_csrf_checks=True)
    reader.get("/admin/login/")
    file = SimpleUploadedFile("film.mp4", bytes(3_000_000))
    token = reader.cookies["csrftoken"].value
    for visitor in (None, make_user("reader")):
        if visitor is not None:
            reader.force_login(visitor)
        sent = {"csrfmiddlewaretoken": token, "file": file}
        assert reader.post(address, sent).status_code == 413
        file.seek(0)


def test_people_of_the_admin_send_films(admin_client: Client, home: HomePage) -> None:
    sent = {"file": SimpleUploadedFile("film.mp4", bytes(3_000_000))}
    assert admin_client.post("/admin/login/", sent).status_code == 200


def test_long_numbers_in_the_name_of_a_file_are_only_a_name(home: HomePage, client: Client) -> None:
    name = f"{'9' * 30}.mp4"
    assert client.get(f"/media/recordings/1/1/{name}").status_code == 404


@pytest.mark.parametrize(
    "value", ["0", "-1", "x", "1.5", "999999999999", "", "%F0%9F%98%80", "1" * 10_000, "%0A", "2"]
)
def test_a_page_number_that_does_not_exist_is_a_404(
    home: HomePage, client: Client, value: str
) -> None:
    topic = make_topic("Joy")
    assert client.get(f"{topic.url}?page={value}").status_code == 404


@pytest.mark.parametrize("slug", ["😀", "a" * 10_000, "..", "%", "<script>", "'\"", "\u202e"])
def test_hostile_slugs_are_not_found(home: HomePage, client: Client, slug: str) -> None:
    answer = client.get(f"/{quote(slug)}/")
    assert answer.status_code in (404, 302, 301)


def test_the_404_page_fills_the_search_with_the_words_of_the_address(
    home: HomePage, client: Client
) -> None:
    answer = client.get("/library/classroom-routines/")
    assert answer.status_code == 404
    assert 'value="library classroom routines"' in answer.content.decode()


def test_readers_get_the_strict_policy_and_editors_their_own(
    home: HomePage, client: Client
) -> None:
    public = client.get("/").headers["Content-Security-Policy"]
    admin = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in public
    assert "unsafe" not in public
    assert "script-src 'self' 'unsafe-inline'" in admin


def test_the_nonce_of_the_policy_is_the_nonce_of_the_page(home: HomePage, client: Client) -> None:
    answer = client.get("/")
    nonce = answer.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in answer.content.decode()


def test_readers_get_no_cookie(home: HomePage, client: Client) -> None:
    assert not client.get("/").cookies


def test_health_says_that_the_database_answers(db: None, client: Client) -> None:
    assert client.get("/health/").json() == {"status": "ok"}


def test_the_icon_is_found_where_browsers_look_for_it(db: None, client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith("img/icon.svg")


@override_settings(SITE_URL="https://library.example")
def test_robots_point_to_the_sitemap(db: None, client: Client) -> None:
    assert b"Sitemap: https://library.example/sitemap.xml" in client.get("/robots.txt").content


@pytest.mark.parametrize(
    "address",
    [
        "/enquiries/9223372036854775808/",
        "/api/v2/pages/?offset=99999999999999999999999",
        "/api/v2/pages/?child_of=99999999999999999999999",
        "/api/v2/pages/99999999999999999999999/",
    ],
)
def test_a_number_that_no_database_holds_is_refused(
    home: HomePage, client: Client, address: str
) -> None:
    assert client.get(address).status_code in (400, 404)


def test_the_api_answers_in_json_only(home: HomePage, client: Client) -> None:
    assert client.get("/api/v2/pages/", HTTP_ACCEPT="text/html").headers["Content-Type"] == (
        "application/json"
    )


def test_the_site_takes_the_address_that_the_operator_set(home: HomePage) -> None:
    Site.objects.update(hostname="localhost", port=80)
    point_site(url="http://localhost:8077")
    assert Site.objects.get().root_url == "http://localhost:8077"
    point_site(url="https://library.example")
    assert Site.objects.get().root_url == "https://library.example"


def test_a_name_that_an_administrator_gave_stays(home: HomePage) -> None:
    Site.objects.update(hostname="other.example", port=443)
    point_site(url="https://library.example")
    assert Site.objects.get().root_url == "https://other.example"


def preview(home: HomePage) -> HttpResponse:
    request = RequestFactory().get("/", headers={"host": "testserver"})
    answer: HttpResponse = home.make_preview_request(request)
    return answer


def test_a_preview_may_stand_in_a_frame_of_the_admin(home: HomePage) -> None:
    assert "frame-ancestors 'self'" in preview(home).headers["Content-Security-Policy"]


def test_a_page_itself_may_stand_in_no_frame(home: HomePage, client: Client) -> None:
    assert "frame-ancestors 'none'" in client.get("/").headers["Content-Security-Policy"]
