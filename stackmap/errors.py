"""What can go wrong, as a tree.

    StackmapError                 something a person can act on; its text says what to do next
    ├── UsageError                the command was asked for something that cannot be
    ├── ConfigError               stackmap.yaml, stack.yaml or a file that somebody wrote is wrong
    ├── ConnectorError            a connector cannot be used as it is installed or configured
    └── StoreError                the workspace's database cannot be read or written

Trouble with a vendor during a run is no exception: it is `Coverage` (see `stackmap.model.coverage`).
"""

from __future__ import annotations

__all__ = ["ConfigError", "ConnectorError", "StackmapError", "StoreError", "UsageError"]


class StackmapError(Exception):
    """Base of everything stackmap raises on purpose. `str(error)` is written for the user."""


class UsageError(StackmapError):
    """The command line asks for something that cannot be answered (an unknown person, say)."""


class ConfigError(StackmapError):
    """A file written by a person is wrong. The text names file, line and column where known."""


class ConnectorError(StackmapError):
    """A connector is missing, broken on import, or wrongly configured."""


class StoreError(StackmapError):
    """The workspace's database is missing, locked, newer than this program, or damaged."""
