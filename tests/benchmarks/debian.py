"""A Debian archive as a stack: packages hang on packages, and on the people who maintain them.

* A package is lost when a clause of its Depends or Pre-Depends can no longer be met, or when nobody is left who
  maintains it. Of a clause any alternative will do: a package of that name and version, or one that provides it.
* The people are those whom Maintainer and Uploaders of its source name, by e-mail address: somebody with two addresses
  counts as two. Addresses of teams and lists are left out by what they look like; a package that names nobody else
  cannot be lost by its maintainers.
* Left out: Conflicts and Breaks (with them, losing a package could mend another), Recommends, the rule that essential
  packages are always installed, and clauses that nothing in the archive can meet. Of several versions of one package
  the newest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading
from stackmap.analysis.gates.network import Network, aside
from stackmap.model import Certainty, State
from tests.benchmarks.debian_control import Relation, Stanza, alternatives, clauses, read_stanzas, version_key

__all__ = ["Archive", "is_person", "read_archive"]

_BINARY_FIELDS = frozenset({"package", "version", "source", "architecture", "depends", "pre-depends", "provides"})
_SOURCE_FIELDS = frozenset({"package", "version", "maintainer", "uploaders"})

_ADDRESS = re.compile(r"<([^<>\s]+@[^<>\s]+)>")
_SHARED = re.compile(
    r"""^(team|packages|lists)[@+]                                    # team+python@..., packages@qa...
    | -(team|maint|maintainers|packaging|dev|devel|discuss)@          # lintian-maint@...
    | @([^@]*\.)?(lists|alioth-lists|lists-alioth|tracker|packages|teams|qa)\.
    | @(googlegroups\.com|groups\.io|nongnu\.org|vger\.kernel\.org)$""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Archive:
    """What was read: the network, the packages and the people in it by name, and how many there are of what."""

    network: Network
    packages: tuple[str, ...]
    people: tuple[str, ...]
    told: Mapping[str, int]


def read_archive(packages: Path, sources: Path) -> Archive:
    """Read a suite's `Packages` and `Sources`. Raises ValueError where they are not written as they should be."""
    binaries, older = _newest(read_stanzas(packages, _BINARY_FIELDS))
    known, _ = _newest(read_stanzas(sources, _SOURCE_FIELDS))
    people_of = {name: _people(stanza) for name, stanza in known.items()}
    wiring = _Wiring(_Suite(binaries), people_of)
    network = Network(wiring.gates, wiring.seeds)
    told = {
        "packages": len(binaries),
        "sources": len(known),
        "people": len(wiring.seeds),
        "groups of maintainers": len(wiring.maintainers),
        "clauses with a choice": wiring.choosing,
        "different choices": len(wiring.choices),
        "packages that name no person": wiring.nobody,
        "packages without their source": wiring.sourceless,
        "older versions passed over": older,
        "clauses that nothing meets": wiring.unmet,
        "nodes": len(network.names),
        "edges": sum(len(gate.members) for gate in network.gates),
    }
    return Archive(network, tuple(sorted(binaries)), tuple(sorted(wiring.seeds)), told)


def is_person(address: str) -> bool:
    """Whether an address looks like one person's: not a team's, a list's or the archive's own."""
    return _SHARED.search(address) is None


def _people(source: Stanza) -> tuple[str, ...]:
    """The people of a source, by address in small letters."""
    said = f"{source.get('maintainer', '')}, {source.get('uploaders', '')}".lower()
    return tuple(sorted({address for address in _ADDRESS.findall(said) if is_person(address)}))


def _newest(stanzas: Iterable[Stanza]) -> tuple[dict[str, Stanza], int]:
    """The newest stanza of each package, and how many were passed over."""
    found: dict[str, Stanza] = {}
    older = 0
    for stanza in stanzas:
        if "package" not in stanza or "version" not in stanza:
            raise ValueError(f"a stanza without a name or without a version: {dict(stanza)}")
        known = found.setdefault(stanza["package"], stanza)
        if known is not stanza:
            older += 1
            if version_key(stanza["version"]) > version_key(known["version"]):
                found[stanza["package"]] = stanza
    return found, older


class _Suite:
    """What there is, and who provides what."""

    def __init__(self, binaries: Mapping[str, Stanza]) -> None:
        self.binaries = binaries
        self._architectures = {"any", *(stanza.get("architecture", "all") for stanza in binaries.values())} - {"all"}
        self._providers: dict[str, list[tuple[str, str]]] = {}
        self._met: dict[str, tuple[str, ...]] = {}
        for name, stanza in binaries.items():
            for clause in clauses(stanza.get("provides", "")):
                for provided in alternatives(clause):
                    self._providers.setdefault(provided.name, []).append((name, provided.version))

    def meets(self, clause: str) -> tuple[str, ...]:
        """The packages of which any meets a clause, by name."""
        found = self._met.get(clause)
        if found is None:
            met = chain.from_iterable(self._packages(relation) for relation in alternatives(clause))
            found = self._met[clause] = tuple(sorted(set(met)))
        return found

    def _packages(self, relation: Relation) -> Iterator[str]:
        if relation.architecture and relation.architecture not in self._architectures:
            return
        real = self.binaries.get(relation.name)
        if real is not None and relation.allows(real["version"]):
            yield relation.name
        for provider, version in self._providers.get(relation.name, ()):
            if relation.allows(version):
                yield provider


class _Wiring:
    """Turns packages into gates. Equal choices and equal groups of maintainers are one node each."""

    def __init__(self, suite: _Suite, people_of: Mapping[str, tuple[str, ...]]) -> None:
        self._suite = suite
        self._people_of = people_of
        self.choices: dict[tuple[str, ...], str] = {}
        self.maintainers: dict[tuple[str, ...], str] = {}
        self.choosing = self.unmet = self.nobody = self.sourceless = 0
        self.gates = tuple(self._gates())
        everybody = sorted({person for people in self.maintainers for person in people})
        self.seeds = {person: dict.fromkeys(Reading, (person,)) for person in everybody}

    def _gates(self) -> Iterator[Gate]:
        """One gate per package that needs something, then the choices, then the groups of maintainers."""

        @cache
        def member(node: str) -> Member:
            return Member(node, State.STOPS, Certainty.CERTAIN)

        for name, stanza in sorted(self._suite.binaries.items()):
            needs = dict.fromkeys(chain(self._required(name, stanza), self._maintained(name, stanza)))
            if needs:
                yield Gate(name, tuple(map(member, needs)), need=len(needs))
        for group, node in chain(self.choices.items(), self.maintainers.items()):
            yield Gate(node, tuple(map(member, group)))

    def _required(self, name: str, stanza: Stanza) -> Iterator[str]:
        """For each clause the package that alone meets it, or the node of the choice there is."""
        for clause in chain(clauses(stanza.get("pre-depends", "")), clauses(stanza.get("depends", ""))):
            packages = self._suite.meets(clause)
            if not packages:
                self.unmet += 1
            elif name in packages:
                continue  # what it needs it brings along
            elif len(packages) == 1:
                yield packages[0]
            else:
                self.choosing += 1
                yield self.choices.setdefault(packages, aside("choice", *packages))

    def _maintained(self, name: str, stanza: Stanza) -> Iterator[str]:
        """The node that stands for those who maintain a package, where it names any person."""
        source, *_ = stanza.get("source", name).split()
        people = self._people_of.get(source)
        if people is None:
            self.sourceless += 1
        if people:
            yield self.maintainers.setdefault(people, aside("maintained", *people))
        else:
            self.nobody += 1
