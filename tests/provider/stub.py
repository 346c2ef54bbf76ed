"""AssemblyAI on loopback: a real HTTP server that follows their published API.

It checks what they check (key, `speech_models`, the retired parameters), and misbehaves on demand.
Their official SDK is driven against it in the tests, so that it does not follow us instead.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

KEY = "key-of-the-trust"
MODELS = ("universal-3-5-pro", "universal-2")
RETIRED = ("universal-3-pro", "slam-1", "nano", "best")
DELETED = "Deleted by user."
LIST = "GET /v2/transcript?"
Answer = tuple[int, dict[str, Any]]


def words(*turns: tuple[str, str]) -> list[dict[str, Any]]:
    """Each word takes 400 ms; a word that begins with ? was not heard well."""
    rows: list[dict[str, Any]] = []
    at = 240
    for speaker, text in turns:
        for word in text.split():
            plain = word.removeprefix("?")
            sure = 0.31 if word.startswith("?") else 0.97
            rows.append(
                {
                    "text": plain,
                    "start": at,
                    "end": at + 360,
                    "confidence": sure,
                    "speaker": speaker,
                }
            )
            at += 400
    return rows


SAID = words(
    ("A", "People hear the word routine and picture a ?cold room."),
    ("B", "And nor do I. The ?pupil premium pays for breakfast."),
)


class Stub:
    """What they know, and how they behave; `on` is set before a test asks."""

    def __init__(self) -> None:
        self.uploads: dict[str, bytes] = {}
        self.transcripts: dict[str, dict[str, Any]] = {}
        self.orders: list[dict[str, Any]] = []
        self.calls: Counter[str] = Counter()
        self.behaviour: dict[str, list[str]] = {}
        self.said: Any = SAID
        self.looks_until_done = 1
        self.error = ""
        self.url = ""
        self.taken, self.released = threading.Event(), threading.Event()
        self.released.set()

    def misbehave(self, call: str, how: str, times: int = 1) -> None:
        """`call` as in "GET /v2/transcript"; see Handler for the ways."""
        self.behaviour.setdefault(call, []).extend([how] * times)

    def next_behaviour(self, call: str) -> str:
        waiting = self.behaviour.get(call)
        return waiting.pop(0) if waiting else ""

    def upload(self, content: bytes) -> Answer:
        url = f"{self.url}/upload/{uuid4()}"
        self.uploads[url] = content
        return 200, {"upload_url": url}

    def submit(self, order: dict[str, Any]) -> Answer:
        problem = problem_of(order)
        if problem:
            return 400, {"error": problem}
        self.orders.append(order)
        transcript = new_transcript(order)
        self.transcripts[transcript["id"]] = transcript
        if order["audio_url"] not in self.uploads:
            transcript |= {"status": "error", "error": "Download error, unable to download."}
        return 200, transcript

    def fetch(self, name: str) -> Answer:
        transcript = self.transcripts.get(name)
        if transcript is None:
            return 404, {"error": "Transcript lookup error, transcript id not found"}
        self.looks_until_done -= 1
        if transcript["status"] in ("queued", "processing"):
            transcript["status"] = "processing"
            if self.looks_until_done < 0:
                self.finish(transcript)
        return 200, transcript

    def finish(self, transcript: dict[str, Any]) -> None:
        if self.error:
            transcript |= {"status": "error", "error": self.error}
            return
        transcript |= {"status": "completed", "words": self.said, "confidence": 0.95}
        if isinstance(self.said, list):
            transcript["text"] = " ".join(str(row["text"]) for row in self.said)
            transcript["utterances"] = utterances(self.said)

    def listed(self, query: dict[str, str]) -> Answer:
        """Newest first, as many as `limit` says, older than `before_id`."""
        rows = [self.row(each) for each in reversed(self.transcripts.values())]
        names = [row["id"] for row in rows]
        first = names.index(query["before_id"]) + 1 if "before_id" in query else 0
        chosen = rows[first : first + int(query.get("limit", 10))]
        more = first + len(chosen) < len(rows)
        details = {
            "limit": int(query.get("limit", 10)),
            "result_count": len(chosen),
            "current_url": f"{self.url}/v2/transcript",
            "prev_url": f"{self.url}/v2/transcript?before_id={chosen[-1]['id']}" if more else None,
            "next_url": None,
        }
        return 200, {"page_details": details, "transcripts": chosen}

    def row(self, transcript: dict[str, Any]) -> dict[str, Any]:
        kept = {name: transcript[name] for name in ("id", "status", "audio_url", "error")}
        address = f"{self.url}/v2/transcript/{transcript['id']}"
        times = {"created": "2026-11-22T09:00:00.000000", "completed": None}
        return {**kept, **times, "resource_url": address}

    def delete(self, name: str) -> Answer:
        transcript = self.transcripts.get(name)
        if transcript is None or transcript["text"] == DELETED:
            return 404, {"error": "Transcript lookup error, transcript id not found"}
        self.uploads.pop(transcript["audio_url"], None)
        transcript |= {"text": DELETED, "words": None, "utterances": None}
        transcript |= {"audio_url": "http://deleted_by_user", "status": "completed"}
        return 200, transcript


def problem_of(order: dict[str, Any]) -> str:
    """What they answer with 400, in their words."""
    if not isinstance(order.get("audio_url"), str):
        return "audio_url is required"
    if "speech_model" in order:
        return 'The "speech_model" parameter is deprecated. Use "speech_models" instead.'
    if "word_boost" in order:
        return '"word_boost" is not supported by this model. Use "keyterms_prompt" instead.'
    terms = order.get("keyterms_prompt") or []
    if len(terms) > 1000 or any(len(term.split()) > 6 for term in terms):
        return '"keyterms_prompt" takes up to 1000 terms of up to 6 words'
    return problem_of_models(order.get("speech_models"))


def problem_of_models(models: Any) -> str:
    known = ", ".join(f'"{model}"' for model in MODELS)
    for model in models if isinstance(models, list) else ():
        if model in RETIRED:
            return f'The "{model}" speech model(s) have been deprecated. Use {known} instead.'
    if not isinstance(models, list) or not models or set(models) - set(MODELS):
        return f'"speech_models" must be a non-empty list containing one or more of: {known}'
    return ""


def new_transcript(order: dict[str, Any]) -> dict[str, Any]:
    name = order["id"] = str(uuid4())
    return {
        "id": name,
        "status": "queued",
        "audio_url": order["audio_url"],
        "language_code": order.get("language_code"),
        "speech_models": order["speech_models"],
        "speaker_labels": order.get("speaker_labels", False),
        "webhook_auth": "webhook_auth_header_name" in order,
        "webhook_url": order.get("webhook_url"),
        "audio_duration": None,
        "confidence": None,
        "text": None,
        "words": None,
        "utterances": None,
        "error": None,
    }


def utterances(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    turns: list[list[dict[str, Any]]] = []
    for row in rows:
        if turns and turns[-1][-1]["speaker"] == row["speaker"]:
            turns[-1].append(row)
        else:
            turns.append([row])
    return [
        {
            "speaker": turn[0]["speaker"],
            "text": " ".join(row["text"] for row in turn),
            "start": turn[0]["start"],
            "end": turn[-1]["end"],
            "confidence": 0.9,
            "words": turn,
        }
        for turn in turns
    ]


class Handler(BaseHTTPRequestHandler):
    """Ways to misbehave: a status, "garbage", "list", "disconnect", "cut", "slow", "moved"; "taken"
    does what is asked, but the answer never arrives."""

    protocol_version = "HTTP/1.1"
    stub: ClassVar[Stub]

    def do_GET(self) -> None:
        self.serve()

    def do_POST(self) -> None:
        self.serve()

    def do_DELETE(self) -> None:
        self.serve()

    def serve(self) -> None:
        body = self.body()
        call, name = self.route()
        self.stub.calls[call] += 1
        how = self.stub.next_behaviour(call)
        if how in ("disconnect", "taken"):
            if how == "taken":
                self.act(call, name, body)
                self.stub.taken.set()
                self.stub.released.wait(60)
            self.connection.close()
            self.close_connection = True
        elif how:
            self.misbehave(how)
        elif self.headers.get("Authorization") != KEY:
            self.answer(401, {"error": "Authentication error, API token missing/invalid"})
        else:
            self.answer(*self.act(call, name, body))

    def route(self) -> tuple[str, str]:
        parts = urlsplit(self.path).path.strip("/").split("/")
        if self.command == "GET" and parts == ["v2", "transcript"]:
            return LIST, ""
        return f"{self.command} /{'/'.join(parts[:2])}", "/".join(parts[2:])

    def body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            content = b""
            while size := int(self.rfile.readline().strip(), 16):
                content += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return content
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def act(self, call: str, name: str, body: bytes) -> Answer:
        if call == "POST /v2/upload":
            return self.stub.upload(body)
        if call == "POST /v2/transcript":
            return self.stub.submit(json.loads(body))
        if call == LIST:
            return self.stub.listed(dict(parse_qsl(urlsplit(self.path).query)))
        if call == "GET /v2/transcript":
            return self.stub.fetch(name)
        if call == "DELETE /v2/transcript":
            return self.stub.delete(name)
        return 404, {"error": "Not found"}

    def misbehave(self, how: str) -> None:
        if how.isdigit():
            self.answer(int(how), {"error": "Server error, developers have been alerted."})
        elif how == "garbage":
            self.send(200, b"<html>\x00\xff not what you asked for")
        elif how == "list":
            self.send(200, b"[1, 2]")
        elif how == "moved":
            self.send(307, b"{}", Location="http://127.0.0.1:1/elsewhere")
        elif how == "cut":
            self.send(200, b'{"id": "', length=10_000)
            self.connection.close()
            self.close_connection = True
        elif how == "slow":
            time.sleep(1.5)
            self.answer(200, {"status": "processing"})

    def answer(self, status: int, answer: dict[str, Any]) -> None:
        self.send(status, json.dumps(answer).encode())

    def send(self, status: int, body: bytes, length: int = 0, **headers: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(length or len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """The output of tests is theirs."""


@contextmanager
def running_stub() -> Iterator[Stub]:
    stub = Stub()
    handler = type("StubHandler", (Handler,), {"stub": stub})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        stub.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield stub
        finally:
            server.shutdown()
            thread.join()
