from typing import Any

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import RequestFactory

from courses import guard


@pytest.mark.parametrize(
    ("trust", "meta", "network"),
    [
        (False, {"REMOTE_ADDR": "192.0.2.7"}, "192.0.2.7"),
        (False, {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "1.2.3.4"}, "192.0.2.7"),
        (
            True,
            {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 192.0.2.9"},
            "192.0.2.9",
        ),
        (True, {"REMOTE_ADDR": "192.0.2.7"}, "192.0.2.7"),
        (False, {"REMOTE_ADDR": "2001:db8:1:2:aaaa::1"}, "2001:db8:1:2::/64"),
        (False, {"REMOTE_ADDR": ""}, "unknown"),
    ],
)
def test_a_visitor_is_known_by_the_address_that_a_proxy_we_trust_has_seen(
    settings: Any, trust: bool, meta: dict[str, str], network: str
) -> None:
    settings.TRUST_PROXY = trust
    request = RequestFactory().get("/")
    request.META.update(meta)
    assert guard.network_of(request) == network


def test_the_limit_counts_an_address_however_it_is_written() -> None:
    request = RequestFactory().post("/")
    answers = [
        guard.is_over_limit(request, email)
        for _ in range(guard.BY_EMAIL.most)
        for email in ("Ann@school.example", "ann@SCHOOL.example")
    ]
    assert answers.count(True) == guard.BY_EMAIL.most


def test_the_cache_never_holds_the_address_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, int] = {}
    monkeypatch.setattr(cache, "incr", lambda key: asked.setdefault(key, 1))
    guard.is_over_limit(RequestFactory().post("/"), "ann@school.example")
    assert len(asked) == 2
    assert not any("ann" in key or "127.0.0.1" in key for key in asked)


def test_a_count_that_ran_out_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *args: False)
    assert guard.count(guard.BY_EMAIL, "ann@school.example") == 1


def test_a_stamp_that_is_not_ours_counts_as_too_fast() -> None:
    signed_words = signing.dumps("words", salt=guard.SALT)
    assert all(guard.is_too_fast(value) for value in ("", "x", signed_words))
