"""A workspace: the folder with stackmap.yaml, stack.yaml and stackmap.db."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stackmap.declared import Config, Manifest, config_template, load_config, load_manifest, manifest_template
from stackmap.declared.tables import IMPORTS_FILE, Kind
from stackmap.declared.templates.tables import table_templates
from stackmap.errors import ConfigError, UsageError
from stackmap.sdk import Connector

__all__ = ["NOTES_FILE", "Workspace", "init_templates", "init_workspace", "write_private"]

NOTES_FILE = "stack.yaml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where everything of one workspace lies."""

    folder: Path

    @property
    def config_file(self) -> Path:
        """Which connectors to read."""
        return self.folder / "stackmap.yaml"

    @property
    def manifest_file(self) -> Path:
        """Your notes."""
        return self.folder / NOTES_FILE

    @property
    def imports_file(self) -> Path:
        """What the columns of tables of your own mean."""
        return self.folder / IMPORTS_FILE

    @property
    def database(self) -> Path:
        """All readings."""
        return self.folder / "stackmap.db"

    def config(self) -> Config:
        """stackmap.yaml. Raises ConfigError when it is missing or wrong."""
        if not self.config_file.exists():
            raise ConfigError(
                f"there is no stackmap.yaml in {self.folder.name or self.folder}; "
                "run `stackmap init`, or name the workspace with --workspace"
            )
        return load_config(self.config_file)

    def manifest(self, file: Path | None = None) -> Manifest:
        """Your notes as they stand, or those of another file. A workspace without stack.yaml has none."""
        if file is not None:
            return load_manifest(file)
        return load_manifest(self.manifest_file) if self.manifest_file.exists() else Manifest()


def init_workspace(folder: Path, connectors: Sequence[Connector]) -> list[Path]:
    """Write a commented stackmap.yaml and stack.yaml where they are missing; returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(folder)
    texts = {
        workspace.config_file: config_template(connectors),
        workspace.manifest_file: manifest_template(),
    }
    written = []
    for path, text in texts.items():
        if not path.exists():
            write_private(path, text)
            written.append(path)
    return written


def init_templates(folder: Path, kinds: Sequence[Kind]) -> list[Path]:
    """Write an empty table per kind that people fill in, where it is missing; returns what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in table_templates(kinds):
        path = folder / name
        if not path.exists():
            # The mark at the start lets a spreadsheet see that it is UTF-8.
            write_private(path, f"\ufeff{text}")
            written.append(path)
    return written


def write_private(path: Path, text: str) -> None:
    """Write a file for its owner alone: it names people. Written whole or not at all.

    Raises UsageError where no ordinary file can be written: the folder is missing, or something else has that name.
    """
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is no ordinary file; nothing was written")
    try:
        descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=".stackmap-", suffix=".new")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be written: {_told(error)}") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(fresh).replace(path)
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be written: {_told(error)}") from error
    finally:
        Path(fresh).unlink(missing_ok=True)


def _told(error: OSError | ValueError) -> str:
    return str(getattr(error, "strerror", "") or error).lower()
