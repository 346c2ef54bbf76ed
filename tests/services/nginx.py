"""A real nginx on loopback before the site, with the lines that docs/operating/nginx.md shows."""

import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.browser.product import ROOT, Product, free_port
from tests.services.processes import start, stop

PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SHOWN = re.compile(r"```nginx\n(.*?)```", re.DOTALL)
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def lines_for_operators(product: Product) -> str:
    """The block of the page for operators, with this machine's folder and port put in."""
    (block,) = SHOWN.findall((ROOT / "docs/operating/nginx.md").read_text())
    for theirs, ours in (
        ("/srv/site/var/", f"{product.data}/"),
        ("http://127.0.0.1:8000", product.url),
    ):
        assert theirs in block
        block = block.replace(theirs, ours)
    return str(block)


def configuration(folder: Path, port: int, product: Product) -> str:
    """All that nginx wants besides, kept in this folder. As root it would read as `nobody`."""
    reader = "user root;" if os.geteuid() == 0 else ""
    temporary = "\n".join(f"{name}_temp_path {folder / name};" for name in TEMPORARY)
    return f"""
        {reader} daemon off; worker_processes 1; pid {folder}/nginx.pid;
        events {{}}
        http {{
            access_log off; {temporary}
            server {{ listen 127.0.0.1:{port}; {lines_for_operators(product)} }}
        }}"""


@contextmanager
def in_front_of(product: Product, folder: Path) -> Iterator[str]:
    """The address under which nginx answers."""
    assert PROGRAM
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(configuration(folder, port, product))
    with (folder / "nginx.log").open("wb") as log:
        command = [PROGRAM, "-e", "stderr", "-p", str(folder), "-c", str(file)]
        process = start(command, dict(os.environ), log)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}", folder / "nginx.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        stop({process: signal.SIGTERM})


def wait_until_it_answers(url: str, log: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            with urlopen(f"{url}/uploads/", timeout=5):
                return
        except HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nginx did not start:\n{log.read_text()}")
