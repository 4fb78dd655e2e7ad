"""The demo: a made-up company read end to end through the real connectors, from stand-ins of the vendors' APIs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from stackmap.app.guide.guiding import newcomers_guide
from stackmap.app.imports.importing import import_files
from stackmap.app.leaving import leave
from stackmap.app.map.mapping import map_page
from stackmap.app.opening import open_reading
from stackmap.app.people.finding import find_people
from stackmap.app.reading import Readings, Stored, collect
from stackmap.app.report.reporting import bus_factor_report
from stackmap.app.workspace import Workspace, write_private
from stackmap.demo import FACT_FILES, LEAVER, PAIR, company_files, demo_stand_ins
from stackmap.errors import UsageError
from stackmap.render.departure import DepartureReport
from stackmap.render.document_html import document_html
from stackmap.render.guide import guide_document
from stackmap.render.map import render_map
from stackmap.render.report import report_document
from stackmap.sdk import serve
from stackmap.store import open_reader

__all__ = ["Demo", "run_demo"]

_PER_SECOND = 1000.0
_MARK = ".stackmap-demo"
_UNFINISHED = "a demo that was not finished; it may be deleted\n"
_PAGES = ("map.html", "report.html", "onboarding.html")
_MADE = ("stackmap.yaml", "stack.yaml", "stackmap.db", *_PAGES, _MARK)


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo left behind, and the verdict it ends with. `pages`: the map, the report and the guide."""

    workspace: Workspace
    pages: tuple[Path, ...]
    stored: Stored
    verdict: DepartureReport
    leaver: str
    pair: tuple[str, str]


def run_demo(folder: Path, readings: Readings, step: Callable[[int, str, str], None]) -> Demo:
    """Make the company's workspace in `folder`, read it, draw its map and judge one departure.

    A folder that holds anything but an earlier demo is left alone: UsageError. `step` hears (number, title, text).
    """
    workspace = _fresh(folder)
    connectors = readings.found.connectors
    with ExitStack() as running:
        entries: dict[str, Mapping[str, str]] = {}
        secrets: dict[str, str] = {}
        for stand in demo_stand_ins(connectors.values()):
            entries[stand.connector.name] = stand.entry(running.enter_context(serve(stand.standin)))
            secrets.update(stand.secrets)
        files = company_files(entries)
        for name, text in files.items():
            write_private(workspace.folder / name, text)
        names = ", ".join(connectors[name].title for name in entries)
        step(2, "made-up company", f"Larkfield: {names} on 127.0.0.1, lists copied by hand, the ops lead's notes")
        stored = collect(workspace, _at_full_pace(readings, secrets))
    facts = import_files(workspace, readings, [workspace.folder / name for name in FACT_FILES])
    lists = len(stored.coverage) + sum(len(one.coverage) for one in facts.readings)
    step(3, "reading", f"{lists} lists, {sum(item.records for item in stored.coverage)} records")
    reading = open_reading(workspace)
    pages = (
        render_map(map_page(reading, connectors.values())),
        document_html(report_document(bus_factor_report(reading))),
        document_html(guide_document(newcomers_guide(reading))),
    )
    for name, page in zip(_PAGES, pages, strict=True):
        write_private(workspace.folder / name, page)
    write_private(workspace.folder / _MARK, _fingerprint(workspace.folder))
    step(4, "drawing", ", ".join(_PAGES))
    verdict = leave(reading, find_people(reading, [LEAVER], then="stackmap leave"))
    return Demo(workspace, tuple(workspace.folder / name for name in _PAGES), stored, verdict, LEAVER, PAIR)


def _at_full_pace(readings: Readings, secrets: Mapping[str, str]) -> Readings:
    """How the stand-ins are read: with their secrets, and without the pace that spares a real system."""
    resolver = replace(readings.resolver, environment={**readings.resolver.environment, **secrets})
    paced = {name: replace(each, per_second=_PER_SECOND) for name, each in readings.found.connectors.items()}
    return replace(readings, resolver=resolver, found=replace(readings.found, connectors=paced))


def _fresh(folder: Path) -> Workspace:
    """An empty folder for the demo. An earlier demo that somebody worked in stays as it is: UsageError."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder: name another one with --out")
    mark = (folder / _MARK).read_text(encoding="utf-8") if (folder / _MARK).is_file() else ""
    if mark and mark not in {_UNFINISHED, _fingerprint(folder)}:
        raise UsageError(f"somebody has worked in {folder}: name another folder with --out, or delete this one")
    if folder.exists() and any(folder.iterdir()) and not mark:
        raise UsageError(f"{folder} holds other files than a demo's: name another folder with --out")
    if (folder.absolute().parent / _MARK).exists():
        raise UsageError(f"{folder} lies inside an earlier demo: change to the folder above")
    for name in (*_MADE, *FACT_FILES, "stackmap.db.lock"):
        (folder / name).unlink(missing_ok=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made: {error.strerror}") from error
    write_private(folder / _MARK, _UNFINISHED)
    return Workspace(folder)


def _fingerprint(folder: Path) -> str:
    """What an untouched demo holds: its notes and settings word for word, and as many readings as it made."""
    words = [path.read_bytes() for name in ("stack.yaml", "stackmap.yaml") if (path := folder / name).is_file()]
    readings = 0
    if (folder / "stackmap.db").is_file():
        with open_reader(folder / "stackmap.db") as reader:
            readings = len(reader.snapshots())
    return hashlib.sha256(b"\0".join([*words, str(readings).encode()])).hexdigest()
