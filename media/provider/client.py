"""AssemblyAI's published API, as far as we use it: upload, submit, list, fetch, delete. No models.

Every answer is from a stranger: it may be late, huge, garbage or not come at all. What trying
again may mend is Away; what a person has to mend is Refused, with words for an editor.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

import requests
from requests.auth import AuthBase

CONNECT_S, ANSWER_S, UPLOAD_S = 10, 30, 300
MAX_ANSWER = 64 * 1024 * 1024
REFERENCE = re.compile(r"[0-9A-Za-z_-]{1,64}")
TRANSIENT = {408, 425, 429}
PAGE, PAGES = 200, 5


class Away(RuntimeError):
    """They do not answer, or not in a way that can be used: trying again may help."""


class Refused(RuntimeError):
    """They answered that it cannot be done; the message is for an editor."""


class Unknown(Refused):
    """They know nothing of this transcript (any more)."""


class KeyAuth(AuthBase):
    """The key, and nothing that a .netrc on the server might say instead."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = self.key
        return request


@dataclass(frozen=True, slots=True)
class Client:
    key: str
    url: str
    answer_s: float = ANSWER_S

    def upload(self, file: IO[bytes]) -> str:
        """Send the bytes, a piece at a time; returns the address by which they find them."""
        kind = {"Content-Type": "application/octet-stream"}
        answer = self.ask("POST", "/v2/upload", data=file, headers=kind, wait=UPLOAD_S)
        return text_of(answer, "upload_url")

    def submit(self, order: Mapping[str, Any]) -> str:
        """Ask for a transcript; returns its name there."""
        return reference_of(self.ask("POST", "/v2/transcript", json=dict(order)))

    def fetch(self, reference: str) -> dict[str, Any]:
        return self.ask("GET", f"/v2/transcript/{reference}")

    def newest(self) -> Iterator[dict[str, Any]]:
        """The account's transcripts, the newest first, as far back as a lost order can be."""
        before: dict[str, str] = {}
        for _ in range(PAGES):
            answer = self.ask("GET", "/v2/transcript", params={"limit": PAGE, **before})
            rows = answer.get("transcripts")
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise Away("AssemblyAI’s answer cannot be understood.")
            yield from rows
            if len(rows) < PAGE:
                return
            before = {"before_id": reference_of(rows[-1])}

    def delete(self, reference: str) -> None:
        """Delete the words there, and the recording if they still have it."""
        self.ask("DELETE", f"/v2/transcript/{reference}")

    def ask(self, method: str, path: str, *, wait: float = 0, **parts: Any) -> dict[str, Any]:
        try:
            with requests.request(
                method,
                f"{self.url}{path}",
                auth=KeyAuth(self.key),
                timeout=(CONNECT_S, wait or self.answer_s),
                allow_redirects=False,
                stream=True,
                **parts,
            ) as response:
                return judged(response.status_code, parsed(body_of(response)))
        except (requests.RequestException, OSError) as error:
            raise Away("AssemblyAI cannot be reached.") from error


def body_of(response: requests.Response) -> bytes:
    body = bytearray()
    for piece in response.iter_content(64 * 1024):
        body += piece
        if len(body) > MAX_ANSWER:
            raise Away("AssemblyAI’s answer is far too long.")
    return bytes(body)


def parsed(body: bytes) -> dict[str, Any]:
    """Their answer; empty if it is none."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def judged(status: int, answer: dict[str, Any]) -> dict[str, Any]:
    if status >= 500 or status in TRANSIENT:
        raise Away(f"AssemblyAI is in trouble (it answered {status}).")
    if status in (401, 403):
        raise Refused(
            f"AssemblyAI does not accept this site’s key (it answered {status}). Tell the person"
            " who runs the server: ASSEMBLYAI_API_KEY has to be looked at, and the account there."
        )
    if status == 404:
        raise Unknown("AssemblyAI has no such transcript any more.")
    if status >= 400:
        raise Refused(
            f"AssemblyAI does not take the order. It says: “{said(answer)}” What you have is"
            " unchanged. Tell the person who runs the server what stands here."
        )
    if status >= 300 or not answer:
        raise Away("AssemblyAI’s answer cannot be understood.")
    return answer


def said(answer: Mapping[str, Any]) -> str:
    """Their own words about what is wrong, short and without anything that cannot be shown."""
    words = answer.get("error")
    plain = words if isinstance(words, str) else "nothing about why"
    return " ".join("".join(c if c.isprintable() else " " for c in plain[:300]).split())


def text_of(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise Away("AssemblyAI’s answer cannot be understood.")
    return value


def reference_of(answer: Mapping[str, Any]) -> str:
    """It becomes part of an address, so it must look like what they promise."""
    reference = text_of(answer, "id")
    if not REFERENCE.fullmatch(reference):
        raise Away("AssemblyAI’s answer cannot be understood.")
    return reference
