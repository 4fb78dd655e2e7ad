"""Where somebody who was erased is still named: what no command takes out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stackmap.app.people.erasing import Erasure
from stackmap.app.workspace import Workspace

__all__ = ["Leftovers", "leftovers"]

_MOST_BYTES = 20_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What is left, by where it is: lines of stack.yaml, names of sources and systems, and files by their path.

    `files` name the person, or are called so; into `unread` nobody could look.
    """

    lines: tuple[int, ...]
    keys: tuple[str, ...]
    files: tuple[str, ...]
    unread: tuple[str, ...]


def leftovers(workspace: Workspace, erasure: Erasure) -> Leftovers:
    """Look through the notes and every file of the workspace, in folders below too."""
    named, unread = [], []
    for path in _files(workspace):
        text = _text(path)
        shown = str(path.relative_to(workspace.folder))
        if erasure.what.names(shown) or (text and _tells(text, erasure)):
            named.append(shown)
        elif text is None:
            unread.append(shown)
    notes = workspace.manifest_file
    lines = _lines(_text(notes) or "", erasure) if notes.is_file() else ()
    return Leftovers(lines, erasure.keeps, tuple(named), tuple(unread))


def _files(workspace: Workspace) -> Iterator[Path]:
    """Every file but ours; of a hidden folder only its name, for programs keep theirs there."""
    ours = {workspace.manifest_file, workspace.database, Path(f"{workspace.database}.lock")}
    for at, folders, files in os.walk(workspace.folder):
        hidden = sorted(folder for folder in folders if folder.startswith("."))
        folders[:] = sorted(set(folders) - set(hidden))
        yield from (path for name in sorted((*files, *hidden)) if (path := Path(at, name)) not in ours)


def _text(path: Path) -> str | None:
    """What a file says; None where it is no text, too long, or not to be opened."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return None
        held = path.read_bytes()
    except OSError:
        return None
    if held.startswith(_UTF_16):
        return held.decode("utf-16", errors="replace")
    return None if b"\0" in held else held.decode("utf-8", errors="replace")


def _tells(text: str, erasure: Erasure) -> bool:
    """Whether a text names them: first quickly, by full names and addresses."""
    subject, low = erasure.what.subject, text.casefold()
    if any(sign.casefold() in low for sign in (*subject.names, *subject.emails) if len(sign) > 2):
        return True
    return any(map(erasure.what.names, text.splitlines()))


def _lines(text: str, erasure: Erasure) -> tuple[int, ...]:
    line = erasure.what.pseudonyms.disguise.line
    return tuple(number for number, said in enumerate(text.splitlines(), start=1) if line(said) != said)
