"""The company's files: the ops lead's notes, the exported facts, and the settings that lead to the stand-ins."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import resources

__all__ = ["FACT_FILES", "LEAVER", "PAIR", "company_files", "config_lines"]

LEAVER = "Dana Okafor"
"""Whose departure the demo judges first."""

PAIR = ("Ravi Menon", "Dana Okafor")
"""Two people who together break something that neither does alone."""

FACT_FILES = ("exported.jsonl",)
"""Of the company's files, those to import."""

_MANIFEST = "stack.yaml"
_CONFIG = "stackmap.yaml"


def company_files(entries: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """The text of every file of the workspace, by name.

    `entries` are the connectors of stackmap.yaml: settings by connector, secrets as references (`DemoStandIn.entry`).
    """
    files = {name: _text(name) for name in (_MANIFEST, *FACT_FILES)}
    return {_CONFIG: _text(_CONFIG) + ("".join(config_lines(entries)) or "  {}\n"), **files}


def config_lines(entries: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """What stands below `connectors:` in stackmap.yaml, line by line."""
    for name, settings in entries.items():
        yield f"  {name}:\n"
        for setting, value in settings.items():
            yield f"    {setting}: {json.dumps(value, ensure_ascii=False)}\n"


def _text(name: str) -> str:
    return resources.files("stackmap.demo").joinpath("larkfield", name).read_text(encoding="utf-8")
