"""Runs commands as a person would: a process of its own, or the same entry point within this one."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import typer.main

from stackmap.cli import main

# Typer builds every command anew at each call, as if each were a process of its own: a third of a short command's time.
_built_once = cache(typer.main.get_command)


@dataclass(frozen=True)
class Done:
    """What a command said and how it ended."""

    code: int
    out: str
    notes: str

    def json(self) -> Any:
        return json.loads(self.out)


def stackmap(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, stdin: str = "") -> Done:
    """Run `stackmap` with these arguments in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "stackmap", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def inside(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, stdin: str = "") -> Done:
    """The same within this process: quicker, where a process of its own would prove nothing more."""
    out, notes, code = io.StringIO(), io.StringIO(), 0
    with contextlib.ExitStack() as around:
        around.enter_context(contextlib.chdir(cwd))
        around.enter_context(patch.dict(os.environ, env or {}))
        around.enter_context(patch("sys.argv", ["stackmap", *map(str, arguments)]))
        around.enter_context(patch.object(typer.main, "get_command", _built_once))
        around.enter_context(patch("sys.stdin", io.StringIO(stdin)))
        around.enter_context(contextlib.redirect_stdout(out))
        around.enter_context(contextlib.redirect_stderr(notes))
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Done(code, out.getvalue(), notes.getvalue())


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder with its bytes and the time of its last change."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
