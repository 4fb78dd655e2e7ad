"""Pictures judged by rules: from the text notation, through the fact-file reader, to a `Case`."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from io import BytesIO

from stackmap.analysis import Analysis, Stack
from stackmap.declared import read_facts
from stackmap.model import Acceptance, Coverage, Evidence, Finding, Policy, Properties, build_graph
from stackmap.rules import Case, Verdicts, evaluate
from tests.support.notation import notation

AS_OF = date(2026, 11, 22)
_TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)


def case_of(
    picture: str,
    *,
    policy: Policy | None = None,
    coverage: Iterable[Coverage] = (),
    names: Mapping[str, str] | None = None,
    properties: Mapping[str, Properties] | None = None,
    as_of: date = AS_OF,
) -> Case:
    """The case that a picture draws. `coverage`, `names` and `properties` (by id) add what the notation cannot say."""
    called, more = names or {}, properties or {}
    drawn = notation(picture)
    for line in drawn:
        if line["type"] == "node":
            line["name"] = called.get(line["id"], line["name"])
            line["properties"].update(more.get(line["id"], {}))
    lines = "\n".join(map(json.dumps, drawn)).encode()
    readings = read_facts(BytesIO(lines), name="picture", taken_at=_TAKEN).readings
    read = (*(item for reading in readings for item in reading.coverage), *coverage)
    graph = build_graph((fact for reading in readings for fact in reading.facts), read)
    decided = policy or Policy()
    return Case(Analysis(Stack(graph, read, as_of, decided)), decided)


def verdicts_of(picture: str, *, accepted: Iterable[Acceptance] = (), as_of: date = AS_OF) -> Verdicts:
    """What all rules say of a picture."""
    return evaluate(case_of(picture, policy=Policy(tuple(accepted)), as_of=as_of))


def found(verdicts: Verdicts, code: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in verdicts.findings if finding.code == code]


def subjects(verdicts: Verdicts, code: str) -> list[str]:
    """What one rule found, by id."""
    return [finding.subject for finding in found(verdicts, code)]


def unjudged(verdicts: Verdicts, code: str) -> dict[str, tuple[str, ...]]:
    """Where one rule could not be judged, and which inventories fell short."""
    return {item.system: item.inventories for item in verdicts.not_evaluated if item.code == code}


def clear(verdicts: Verdicts, code: str) -> list[str]:
    """The systems that one rule calls clear."""
    return [system for rule, system in verdicts.clear if rule == code]


def seen(source: str, inventory: str) -> Evidence:
    """A piece of evidence."""
    return Evidence(source, inventory)
