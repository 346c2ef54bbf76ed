"""`python -m tests.bench [NAME ...]`: one line a benchmark; exits 1 when a goal is missed."""

import argparse
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def main() -> int:
    options = asked()
    url = "" if options.server else os.environ.pop("DATABASE_URL", "")
    set_up()
    from tests.bench.frame import REGISTERED

    if unknown := set(options.names) - set(REGISTERED):
        print(f"There is no benchmark {', '.join(sorted(unknown))}; --list names all.")
        return 2
    if options.list:
        print("\n".join(f"{each.name} ({each.goal})" for each in REGISTERED.values()))
        return 0
    missed = not run(options.names or list(REGISTERED), server=options.server)
    if url:
        command = [sys.executable, "-m", "tests.bench", "--server", *options.names]
        again = subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False)
        missed = missed or again.returncode != 0
    return int(missed)


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="all, unless some are named")
    parser.add_argument("--list", action="store_true", help="name them and their goals")
    parser.add_argument(
        "--server",
        action="store_true",
        help="only those that differ by database, on the server in DATABASE_URL",
    )
    return parser.parse_args()


def set_up() -> None:
    """Django with the settings of the tests, and every file of benchmarks."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    import django

    django.setup()
    for path in sorted(HERE.glob("bench_*.py")):
        import_module(f"tests.bench.{path.stem}")


def run(names: list[str], *, server: bool) -> bool:
    """Run them, each on a stage of its own; whether all met their goals."""
    from django.db import connection

    from tests.bench.frame import REGISTERED, play
    from tests.bench.stage import stage, theatre

    chosen = [each for name, each in REGISTERED.items() if name in names]
    if server:
        chosen = [each for each in chosen if each.databases]
        print(f"On {connection.display_name}:", flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, theatre(Path(folder)):
        return play(chosen, lambda: stage(Path(folder)))


if __name__ == "__main__":
    sys.exit(main())
