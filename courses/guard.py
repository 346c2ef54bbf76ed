"""Keeping robots out before any mail is sent: a trap, a least time, a limit an address.

No puzzle and no third party. Whoever is refused by mistake reads why, and loses nothing typed.
"""

import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SALT = "courses.guard"
LEAST_SECONDS = 2.0
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int


BY_NETWORK = Limit("network", 40)  # a school's pupils and staff share one address
BY_EMAIL = Limit("email", 8)


def stamp(at: float | None = None) -> str:
    """When the form was opened, signed; stands in a hidden field."""
    return signing.dumps(at if at is not None else time.time(), salt=SALT)


def is_too_fast(value: str) -> bool:
    """Sent sooner than anybody can write, or with a stamp that is not ours."""
    try:
        opened = float(signing.loads(value, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return True
    return time.time() - opened < LEAST_SECONDS


def is_over_limit(request: HttpRequest, email: str) -> bool:
    """Count this request; True once an address has sent too many within an hour."""
    by_network = count(BY_NETWORK, network_of(request)) > BY_NETWORK.most
    by_email = count(BY_EMAIL, email.lower()) > BY_EMAIL.most
    return by_network or by_email


def count(limit: Limit, who: str) -> int:
    """The cache holds a keyed hash, never the address itself."""
    key = salted_hmac(f"{SALT}.{limit.name}", who, algorithm="sha256").hexdigest()
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key)
    except ValueError:  # it ran out between the two lines: a new hour begins
        cache.set(key, 1, HOUR)
        return 1


def network_of(request: HttpRequest) -> str:
    """The visitor's address; of IPv6 its network, for a household owns 2**64 of them."""
    seen = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "TRUST_PROXY", False):
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        seen = forwarded.rpartition(",")[2].strip() or seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
