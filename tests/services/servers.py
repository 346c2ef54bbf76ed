"""The five servers of the service tests: how each is started, and when it is ready."""

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection
from urllib.request import ProxyHandler, build_opener

HERE = Path(__file__).resolve().parent
HOST = "127.0.0.1"
BUCKET = "site"


@dataclass(frozen=True)
class Server:
    """One kind of server. The functions get the folder for its data and its port."""

    title: str
    given_by: tuple[
        str, ...
    ]  # where one of these variables is set, that server is used and none is started
    command: Callable[[Path, int], list[str]]
    is_ready: Callable[[Path, int], bool]
    variables: Callable[[Path, int], dict[str, str]]
    stops_on: signal.Signals = signal.SIGTERM


def _answers(path: str, port: int) -> bool:
    try:
        # Without a proxy, whatever the environment says: the server is on this machine.
        with build_opener(ProxyHandler({})).open(
            f"http://{HOST}:{port}/{path}", timeout=3
        ) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False


def _greets(port: int) -> bool:
    try:
        with create_connection((HOST, port), timeout=3) as connection:
            return connection.recv(3) == b"220"
    except OSError:
        return False


def log_of(folder: Path) -> Path:
    """What the server prints is kept beside the folder of its data."""
    return folder.with_suffix(".log")


def _accepts_sessions(folder: Path) -> bool:
    return b"ready to accept connections" in log_of(folder).read_bytes()


def _s3_variables(port: int) -> dict[str, str]:
    return {
        "S3_BUCKET": BUCKET,
        "AWS_ENDPOINT_URL_S3": f"http://{HOST}:{port}",
        "AWS_ACCESS_KEY_ID": "sample",
        "AWS_SECRET_ACCESS_KEY": "sample",
        "AWS_DEFAULT_REGION": "eu-west-2",
    }


SERVERS = {
    "postgres": Server(
        title="PostgreSQL",
        given_by=("DATABASE_URL",),
        command=lambda folder, port: [str(HERE / "postgres/start"), str(folder), str(port)],
        is_ready=lambda folder, port: _accepts_sessions(folder),
        variables=lambda folder, port: {"DATABASE_URL": f"postgres://site:site@{HOST}:{port}/site"},
        stops_on=signal.SIGINT,  # SIGTERM would wait until every session has ended by itself
    ),
    "elasticsearch": Server(
        title="Elasticsearch",
        given_by=("ELASTICSEARCH_URL",),
        command=lambda folder, port: [str(HERE / "elasticsearch/start"), str(folder), str(port)],
        is_ready=lambda folder, port: _answers(
            "_cluster/health?wait_for_status=yellow&timeout=1s", port
        ),
        variables=lambda folder, port: {"ELASTICSEARCH_URL": f"http://{HOST}:{port}"},
    ),
    "s3": Server(
        title="moto (S3)",
        given_by=("S3_BUCKET", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
        command=lambda folder, port: [
            sys.executable,
            str(HERE / "s3/object_store.py"),
            str(port),
            BUCKET,
        ],
        is_ready=lambda folder, port: _answers(BUCKET, port),
        variables=lambda folder, port: _s3_variables(port),
    ),
    "strict-s3": Server(
        title="S3Proxy (S3 that checks)",
        given_by=("STRICT_S3_URL",),
        command=lambda folder, port: [
            str(HERE / "strict_s3/start"),
            str(folder),
            str(port),
            r"http://localhost:[0-9]+",
        ],
        is_ready=lambda folder, port: _answers("healthz", port),
        variables=lambda folder, port: {"STRICT_S3_URL": f"http://{HOST}:{port}"},
    ),
    "smtp": Server(
        title="aiosmtpd (SMTP)",
        given_by=("EMAIL_URL",),
        command=lambda folder, port: [
            sys.executable,
            str(HERE / "smtp/mail_folder.py"),
            str(port),
            str(folder),
        ],
        is_ready=lambda folder, port: _greets(port),
        variables=lambda folder, port: {
            "EMAIL_URL": f"smtp://{HOST}:{port}",
            "TEST_MAIL_DIR": str(folder),
        },
    ),
}
