"""Keeping robots out of public forms, before anything is stored or any mail is sent.

No puzzle, no cookie and no third party (docs/adr/0010, 0012). `core.guarded_form` puts it to use.
"""

import ipaddress
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from core.clock import every_minute
from core.models.tallies import Tally

SALT = "core.guard"
HOUR = 3600
LEAST_SECONDS, MOST_SECONDS = 2.0, 24 * HOUR
IPV4_NETWORK, IPV6_NETWORK = 24, 64
NOBODY = "unknown"


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    most: int  # forms within an hour


BY_EMAIL = Limit("email", 8)
BY_NETWORK = Limit("network", 60)  # the pupils and staff of a school share one address


class CannotBeRead(Exception):
    """The stamp of a form is missing, or not ours."""


def stamp(at: float | None = None) -> str:
    """When the form was opened, signed; stands in a hidden field."""
    return signing.dumps(at if at is not None else time.time(), salt=SALT)


def age_of(value: str) -> float:
    """How many seconds ago the form with this stamp was opened."""
    try:
        return time.time() - float(signing.loads(value, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise CannotBeRead from problem


def came_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent the form; old browsers say nothing."""
    told = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    if told:
        return told not in {"same-origin", "none"}
    return bool(origin) and urlsplit(origin).netloc != request.get_host()


# Limits ------------------------------------------------------------------------------------------


def is_over_limit(request: HttpRequest, *emails: str) -> bool:
    """Count this form; True once one of its e-mail addresses or its network stands in too many.

    The addresses are all those that the form would have a mail sent to. What the site knows about
    them plays no part: the answer tells nothing about anybody.
    """
    asked = {
        **{hidden(BY_EMAIL, email.strip().lower()): BY_EMAIL for email in emails},
        hidden(BY_NETWORK, network_of(client_address(request))): BY_NETWORK,
    }
    counted = Tally.objects.count_one_more(asked, this_hour())
    return any(counted[key] > limit.most for key, limit in asked.items())


def hidden(limit: Limit, who: str) -> str:
    """What stands in the database: without SECRET_KEY nobody can find the address again."""
    return salted_hmac(f"{SALT}.{limit.name}", who, algorithm="sha256").hexdigest()


def this_hour() -> int:
    return int(time.time() // HOUR)


@every_minute
def forget_tallies() -> None:
    Tally.objects.filter(hour__lt=this_hour()).delete()


# Who sends ---------------------------------------------------------------------------------------


def client_address(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies has seen.

    Each proxy adds what it sees at the end of X-Forwarded-For; whatever stands before what ours
    have added was written by the sender, who may write what he likes. Without a proxy of ours
    the header counts for nothing.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    seen = [*(part.strip() for part in forwarded if part.strip()), request.META["REMOTE_ADDR"]]
    return seen[-min(settings.TRUSTED_PROXIES + 1, len(seen))]


def network_of(address: str) -> str:
    """One provider gives a sender many addresses, but seldom many networks."""
    try:
        seen = ipaddress.ip_address(without_port(address))
    except ValueError:
        return NOBODY
    if isinstance(seen, ipaddress.IPv6Address):
        seen = seen.ipv4_mapped or seen
    length = IPV4_NETWORK if seen.version == 4 else IPV6_NETWORK
    return str(ipaddress.ip_network((seen, length), strict=False))


def without_port(address: str) -> str:
    """Some proxies write `192.0.2.7:4711` and `[2001:db8::1]:4711`."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
