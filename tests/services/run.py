"""`python tests/services/run.py -- COMMAND`: what it does stands in runner.py."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from tests.services.runner import main

    sys.exit(main())
