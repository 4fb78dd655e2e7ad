"""What stackmap says beforehand, asked through its command line as anybody would ask it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

COMMAND_SECONDS = 120
KEY_VARIABLE = "STACKMAP_LIVE_KEY"

COULD_BE_THEIRS = "could be theirs"
BROKEN_ALREADY = "already broken"
REFUSED = "refused"

_LOGIN_COULD_BE_THEIRS = "could_be_theirs"

# Where a workflow has several rows, the one that says most about whether it goes on.
_WEIGHT = (
    "stops",
    "unknown",
    "starves",
    "later",
    COULD_BE_THEIRS,
    REFUSED,
    "moved",
    "survives",
    "unowned",
    "muted",
)

_SETTINGS = """\
connectors:
  n8n:
    base_url: {url}
    api_key: env:{variable}
    tenant: live
"""


class PredictionError(RuntimeError):
    """The command line did not answer; the message holds what it said instead."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A scratch workspace of stackmap that reads one n8n server."""

    folder: Path
    key: str


def collect(workspace: Workspace, url: str) -> None:
    """Lay out the workspace and let the real connector read the server into it."""
    workspace.folder.mkdir(parents=True)
    _stackmap(workspace, "init", "--yes")
    settings = _SETTINGS.format(url=url, variable=KEY_VARIABLE)
    (workspace.folder / "stackmap.yaml").write_text(settings, encoding="utf-8")
    _stackmap(workspace, "collect")


@dataclass(frozen=True, slots=True)
class Prediction:
    """What was said of one departure: outcomes by workflow (the others go on), and whether the platform refuses it.

    `silence` is what the command line said instead of an answer, "" where it gave one.
    """

    outcomes: Mapping[str, str]
    refused: bool = False
    silence: str = ""


def predict(workspace: Workspace, leavers: Sequence[str], how: str) -> Prediction:
    """What happens if these people leave (by e-mail); workflows are named by the server's ids."""
    try:
        answer = _stackmap(workspace, "leave", *leavers, "--how", how, "--format", "json")
    except PredictionError as error:
        return Prediction({}, silence=str(error))
    return read_answer(json.loads(answer))


def read_answer(answer: Mapping[str, Any]) -> Prediction:
    """A `stackmap.departure/1` answer; of several rows of one workflow the gravest counts."""
    found: dict[str, str] = {}
    for row in answer["outcomes"]:
        _note(found, row["thing"]["id"], row["outcome"])
    for account in answer["accounts"]:
        if account["what"] == _LOGIN_COULD_BE_THEIRS:
            for thing in account["things"]:
                _note(found, thing, COULD_BE_THEIRS)
    for broken in answer["already_broken"]:
        key = _workflow_id(broken["thing"])
        if key and broken["outcome"] != "unknown":
            found[key] = BROKEN_ALREADY
    return Prediction(found, any(row["outcome"] == REFUSED for row in answer["outcomes"]))


def _note(found: dict[str, str], thing: str, outcome: str) -> None:
    key = _workflow_id(thing)
    if key and (key not in found or _WEIGHT.index(outcome) < _WEIGHT.index(found[key])):
        found[key] = outcome


def _workflow_id(thing: str) -> str:
    """The server's own id where this is a workflow, else "" (addresses and systems have rows too)."""
    parts = thing.split("/")
    return unquote(parts[3]) if len(parts) == 4 and parts[2] == "automation" else ""


def _stackmap(workspace: Workspace, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "stackmap", *arguments],
        cwd=workspace.folder,
        env=os.environ | {KEY_VARIABLE: workspace.key},
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().removeprefix("stackmap: ")
        raise PredictionError(f"stackmap {arguments[0]} ended with {done.returncode}: {said[-2000:]}")
    return done.stdout
