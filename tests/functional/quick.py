"""`python quick.py COMMAND ...`: stackmap without the polite pace at which the connector asks a real n8n.

A stand-in with hundreds of workflows would else take minutes, for each has a call of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import connectors.n8n
from stackmap.cli import main

QUICK = 100_000


@contextmanager
def unhurried_vendor() -> Iterator[None]:
    """As long as this lasts, the installed n8n connector asks as fast as it can."""
    with patch.object(connectors.n8n, "CONNECTOR", replace(connectors.n8n.CONNECTOR, per_second=QUICK)):
        yield


if __name__ == "__main__":
    with unhurried_vendor():
        main()
