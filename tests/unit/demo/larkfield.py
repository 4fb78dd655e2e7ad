"""The made-up company, read as the demo reads it: connectors over real sockets, the lists copied by hand, the notes."""

import io
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from stackmap.analysis import Analysis, Departure, Stack
from stackmap.collect import find_connectors, run
from stackmap.declared import Manifest, SecretResolver, parse_config, parse_manifest, read_facts, resolve_settings
from stackmap.demo import FACT_FILES, company_files, demo_stand_ins
from stackmap.identity import Identity, resolve
from stackmap.model import Coverage, Outcome, SourceReading, build_graph
from stackmap.rules import Case, Verdicts, evaluate
from stackmap.sdk import serve

NOW = datetime.now(UTC)
"""The stand-ins count their times back from when they start, so that the company is the same on every day."""


@dataclass(frozen=True)
class Company:
    """Everything read and judged."""

    manifest: Manifest
    identity: Identity
    coverage: tuple[Coverage, ...]
    analysis: Analysis

    @property
    def stack(self) -> Stack:
        return self.analysis.stack

    def name(self, node_id: str) -> str:
        return self.stack.graph.name(node_id)

    def person(self, name: str) -> str:
        """The id of the one person of that name."""
        (found,) = [person for person in self.stack.people if self.name(person) == name]
        return found

    def thing(self, name: str) -> str:
        """The id of the one counted thing of that name."""
        (found,) = [vertex.id for vertex in self.analysis.counted.values() if vertex.name == name]
        return found

    def verdicts(self) -> Verdicts:
        """What all rules say."""
        return evaluate(Case(self.analysis, self.manifest.policy))

    def leave(self, *names: str) -> Departure:
        return self.analysis.leave([self.person(name) for name in names])

    def rows(self, *names: str) -> dict[str, set[str]]:
        """Outcome -> names of things, when these people leave."""
        found: dict[str, set[str]] = {outcome.value: set() for outcome in Outcome}
        for row in self.leave(*names).rows:
            found[row.outcome.value].add(self.name(row.thing))
        return {outcome: things for outcome, things in found.items() if things}


@cache
def company() -> Company:
    """The company, read once."""
    manifest_text, readings = "", list[SourceReading]()
    with ExitStack() as running:
        connectors = find_connectors().connectors
        stands = list(demo_stand_ins(connectors.values()))
        entries = {stand.connector.name: stand.entry(running.enter_context(serve(stand.standin))) for stand in stands}
        secrets = {name: value for stand in stands for name, value in stand.secrets.items()}
        files = company_files(entries)
        manifest_text = files["stack.yaml"]
        readings.extend(_read(files["stackmap.yaml"], secrets))
    for name in FACT_FILES:
        readings.extend(read_facts(io.BytesIO(files[name].encode())).readings)
    manifest = parse_manifest(manifest_text)
    facts = [fact for reading in readings for fact in reading.facts]
    coverage = tuple(item for reading in readings for item in reading.coverage)
    identity = resolve([*facts, *manifest.facts], manifest.hints, {})
    stack = Stack(build_graph(identity.facts, coverage), coverage, NOW.date(), manifest.policy)
    return Company(manifest, identity, coverage, Analysis(stack))


def _read(config: str, secrets: dict[str, str]) -> Iterator[SourceReading]:
    """What `collect` would read with that stackmap.yaml, without keeping to the vendors' pace."""
    resolver = SecretResolver(secrets, _none, _none, _none)
    connectors = find_connectors().connectors
    for entry in parse_config(config).connectors:
        connector = connectors[entry.connector]
        settings = resolve_settings(entry, connector.settings, resolver)
        yield run(replace(connector, per_second=100_000), settings, source=entry.name, clock=lambda: NOW)


def _none(*_: object) -> str:
    raise AssertionError("the demo's secrets come from the environment only")
