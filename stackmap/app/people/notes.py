"""Your notes as a file: read, changed and put back whole, without losing what somebody writes at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from stackmap.app.workspace import Workspace, write_private
from stackmap.declared import manifest_template
from stackmap.declared.written import decode
from stackmap.declared.yaml_source import parse_yaml
from stackmap.errors import ConfigError

__all__ = ["NotesFile", "listed", "said_in", "uninterrupted"]

_MARK = "\ufeff"
_ANYBODY_WRITES = 0o222
_TRIES = 5
_T = TypeVar("_T")


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
        """Write another text in its place; False, and nothing is written, where the file has changed meanwhile.

        Raises ConfigError where somebody has protected the file.
        """
        if _content(self.path) != self.content:
            return False
        # Another file takes its place, which the system allows: the folder is what would have to be protected.
        if self.content is not None and not self.path.stat().st_mode & _ANYBODY_WRITES:
            raise ConfigError(
                f"{self.path.name} is write-protected; nothing was written. Make it writable, or see the change with "
                "--dry-run and write it yourself"
            )
        write_private(self.path, text)
        return True


def uninterrupted(attempt: Callable[[], _T | None]) -> _T:
    """What an attempt to change the file comes to. It gives None where somebody else wrote meanwhile, and is repeated.

    Raises ConfigError where the file never rests.
    """
    for _ in range(_TRIES):
        if (done := attempt()) is not None:
            return done
    raise ConfigError("stack.yaml is being changed by somebody else all the time; nothing was written, try again")


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


def listed(value: object) -> list[str]:
    """What notes say where they may say one thing, several or nothing."""
    return list(map(str, value)) if isinstance(value, list) else [] if value is None else [str(value)]
