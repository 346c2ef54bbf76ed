"""An S3 in memory on loopback, for tests: object_store.py PORT BUCKET.

Stays in the foreground until it is stopped.
"""

import sys
from importlib.metadata import version
from socket import create_server
from threading import Event
from urllib.request import Request, urlopen

try:
    from moto.server import ThreadedMotoServer
except ImportError as error:
    sys.exit(f"moto's server is not installed ({error}): pip install -r requirements-dev.txt")


def main(port: int, bucket: str) -> None:
    print(f"moto {version('moto')}", flush=True)
    try:
        # The server's own thread would hang on it.
        create_server(("127.0.0.1", port)).close()
    except OSError as error:
        sys.exit(f"port {port} is taken: {error.strerror}")
    ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=True).start()
    with urlopen(Request(f"http://127.0.0.1:{port}/{bucket}", method="PUT"), timeout=10):
        print(f"bucket {bucket} made", flush=True)
    Event().wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
