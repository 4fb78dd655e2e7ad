"""Your notes as a file: read, changed and put back whole, without losing what somebody writes at the same moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from stackmap.app.workspace import Workspace, write_private
from stackmap.declared import manifest_template
from stackmap.declared.written import decode
from stackmap.declared.yaml_source import parse_yaml
from stackmap.errors import ConfigError

__all__ = ["NotesFile", "said_in"]

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class NotesFile:
    """stack.yaml as it stood when it was read: the text with its byte order mark, if it has one, and the bytes."""

    path: Path
    text: str
    content: bytes | None

    @classmethod
    def read(cls, workspace: Workspace) -> NotesFile:
        """The file as it stands; the template where there is none yet. A link is followed, so that it stays one."""
        path = workspace.manifest_file.resolve()
        content = _content(path)
        if content is None:
            return cls(path, manifest_template(), None)
        marked = _MARK if content.startswith(_MARK.encode()) else ""
        return cls(path, marked + decode(content, workspace.manifest_file.name), content)

    @property
    def unmarked(self) -> str:
        """The text as everything else reads it."""
        return self.text.removeprefix(_MARK)

    def put_back(self, text: str) -> bool:
        """Write another text in its place; False, and nothing is written, where the file has changed meanwhile."""
        if _content(self.path) != self.content:
            return False
        write_private(self.path, text)
        return True


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"{path.name} cannot be read: {error.strerror or error}") from error


@lru_cache(maxsize=2)  # one text is asked about once for every login, and to parse a long one takes seconds
def said_in(text: str) -> Mapping[str, Any]:
    """What notes say, section by section, as it is written there. Not to be changed."""
    return parse_yaml(text, "stack.yaml").data
