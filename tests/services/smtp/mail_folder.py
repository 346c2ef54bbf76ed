"""A mail server on loopback, for tests: mail_folder.py PORT FOLDER.

Stays in the foreground until it is stopped. Each message that it accepts becomes one file,
FOLDER/new/000001.eml and so on, in the order of arrival. It is written in FOLDER/tmp and then
moved, as in a Maildir, so that whoever looks never sees half a message. Two header fields are put
before the message, X-MailFrom and X-RcptTo: the envelope, the only place where a blind copy shows.
"""

import asyncio
import sys
from importlib.metadata import version
from itertools import count
from pathlib import Path

try:
    from aiosmtpd.smtp import SMTP, Envelope, Session
except ImportError as error:
    sys.exit(f"aiosmtpd is not installed ({error}): pip install -r requirements-dev.txt")


class MailFolder:
    """Writes each accepted message into the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)
        for name in ("tmp", "new"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        name = f"{next(self.numbers):06}.eml"
        fields = f"X-MailFrom: {envelope.mail_from}\r\nX-RcptTo: {', '.join(envelope.rcpt_tos)}\r\n"
        written = self.folder / "tmp" / name
        written.write_bytes(fields.encode() + (envelope.original_content or b""))
        written.rename(self.folder / "new" / name)
        return f"250 OK: kept as {name}"


async def main(port: int, folder: Path) -> None:
    print(f"aiosmtpd {version('aiosmtpd')}", flush=True)
    handler = MailFolder(folder)
    loop = asyncio.get_running_loop()
    try:
        server = await loop.create_server(
            lambda: SMTP(handler, enable_SMTPUTF8=True), "127.0.0.1", port
        )
    except OSError as error:
        sys.exit(f"port {port} is taken: {error.strerror}")
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
