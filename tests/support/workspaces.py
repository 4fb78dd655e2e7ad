"""Readings of small workspaces: notes and a picture, stored and opened as a command would."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from stackmap.app.imports.importing import import_files
from stackmap.app.opening import Reading, open_reading
from stackmap.app.reading import Readings
from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors
from stackmap.declared import SecretResolver
from tests.support.notation import notation

READ_AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def _no_secret(*_: object) -> str:
    raise AssertionError("no secret is needed here")


def reading_of(folder: Path, picture: str, *, names: Mapping[str, str] | None = None, notes: str = "") -> Reading:
    """The reading of a workspace in `folder`, made of a picture (`names` by id) and of notes."""
    if notes:
        (folder / "stack.yaml").write_text(notes, encoding="utf-8")
    called = names or {}
    drawn = [line | ({"name": called[line["id"]]} if line.get("id") in called else {}) for line in notation(picture)]
    facts = folder / "picture.jsonl"
    facts.write_text("\n".join(map(json.dumps, drawn)), encoding="utf-8")
    resolver = SecretResolver({}, _no_secret, _no_secret, _no_secret)
    readings = Readings(FoundConnectors({}), resolver, lambda: READ_AT, lambda *_: None, lambda _: None)
    import_files(Workspace(folder), readings, [facts])
    return open_reading(Workspace(folder))
