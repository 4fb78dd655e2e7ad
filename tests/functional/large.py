"""A large made-up stack as a fact file, with one leaver planted whose effect is known by construction.

Nothing of the background hangs on what is planted or the other way round, so whatever leaves the planted part of the
answer is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

Line = dict[str, Any]

LEAVER = "person-leaver"
COLLEAGUE = "person-colleague"

_SHARES = {
    "System": 0.0002,
    "Group": 0.01,
    "Person": 0.05,
    "Account": 0.18,
    "Grant": 0.12,
    "Credential": 0.04,
    "Automation": 0.355,
    "Integration": 0.04,
    "Dataset": 0.15,
    "Endpoint": 0.05,
}
_STARTS = ("AUTHENTICATES_WITH", "RUNS_AS", "READS_FROM", "WRITES_TO", "CALLS", "DEPENDS_ON")
_PRODUCTS = ("acme", "beta", "crm", "mail", "flows")
_SURE: Line = {"outcome": "stops", "certainty": "certain"}


@dataclass(frozen=True, slots=True)
class Large:
    """The lines' number by type, and what the planted leaver does: (thing, outcome), and what goes on with less."""

    counts: Mapping[str, int]
    rows: frozenset[tuple[str, str]]
    partial: frozenset[str]


def write_large(path: Path, nodes: int, edges: int, seed: int) -> Large:
    """Write a fact file of exactly so many nodes and edges. Raises ValueError where there is no room for the edges."""
    planted = _Planted()
    background = _Background(Random(seed))
    background.make(nodes - len(planted.nodes), edges - len(planted.edges))
    source: Line = {"type": "source", "name": "large", "taken_at": "2026-11-22T09:00:00Z"}
    counts = {"node": 0, "edge": 0, "grouped": 0}
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{json.dumps(source)}\n")
        for line in (*planted.nodes, *background.nodes, *planted.edges, *background.edges):
            counts[line["type"]] += 1
            counts["grouped"] += "group" in line
            file.write(f"{json.dumps(line)}\n")
    return Large(counts, frozenset(planted.rows), frozenset(planted.partial))


def node(kind: str, node_id: str, **properties: Any) -> Line:
    return {"type": "node", "kind": kind, "id": node_id, "name": node_id, "properties": properties}


def edge(kind: str, start: str, end: str, **fields: Any) -> Line:
    return {"type": "edge", "kind": kind, "from": start, "to": end, **fields}


class _Planted:
    """One leaver and one colleague, and a few of each way in which things hang on people."""

    def __init__(self) -> None:
        self.nodes: list[Line] = []
        self.edges: list[Line] = []
        self.rows: set[tuple[str, str]] = set()
        self.partial: set[str] = set()
        self.logins = {person: self._person(person) for person in (LEAVER, COLLEAGUE)}
        for number in range(50):
            self._workflow(number)
        for number in range(20):
            self._alternatives(number)
            self._lists(number)
            self._tokens(number)

    def _add(self, kind: str, name: str, **properties: Any) -> str:
        node_id = f"acme/planted/{kind.lower()}/{name}"
        self.nodes.append(node(kind, node_id, **properties))
        return node_id

    def _join(self, kind: str, start: str, end: str, **fields: Any) -> None:
        self.edges.append(edge(kind, start, end, **fields))

    def _person(self, person: str) -> str:
        self.nodes.append(node("Person", person))
        login = self._add("Account", person, account_type="human")
        self._join("HAS_ACCOUNT", person, login)
        return login

    def _runs(self, name: str, person: str) -> str:
        flow = self._add("Automation", name, active=True)
        self._join("RUNS_AS", flow, self.logins[person], **_SURE)
        if person == LEAVER:
            self.rows.add((flow, "stops"))
        return flow

    def _workflow(self, number: int) -> None:
        """One that stops, two that wait for it one after the other, and one that runs on for a while."""
        flow = self._runs(f"runs-{number}", LEAVER)
        waits, waits_too = (self._add("Automation", f"{word}-{number}") for word in ("waits", "waits-too"))
        self._join("CALLS", waits, flow)
        self._join("CALLS", waits_too, waits)
        later = self._add("Automation", f"later-{number}")
        self._join("RUNS_AS", later, self.logins[LEAVER], outcome="later", certainty="likely")
        self.rows |= {(waits, "stops"), (waits_too, "stops"), (later, "later")}

    def _alternatives(self, number: int) -> None:
        """Two feeds of which one is enough, and two that are both needed."""
        feeds = [self._runs(f"feed-{number}-{person}", person) for person in (LEAVER, COLLEAGUE)]
        for need in (1, 2):
            waits = self._add("Automation", f"needs-{need}-{number}")
            for feed in feeds:
                self._join("DEPENDS_ON", waits, feed, group="feeds", need=need)
            if need == 2:
                self.rows.add((waits, "stops"))

    def _lists(self, number: int) -> None:
        """A list that only the leaver's flow writes, with a reader; and one that has a second writer."""
        lost, kept = (self._add("Dataset", f"{word}-{number}") for word in ("lost", "kept"))
        writer = self._runs(f"writes-{number}", LEAVER)
        other = self._runs(f"writes-too-{number}", COLLEAGUE)
        reader = self._add("Automation", f"reads-{number}")
        for start, end in ((writer, lost), (writer, kept), (other, kept)):
            self._join("WRITES_TO", start, end)
        self._join("READS_FROM", reader, lost)
        self.rows |= {(lost, "starves"), (reader, "starves")}
        self.partial.add(kept)

    def _tokens(self, number: int) -> None:
        """An app with the leaver's token alone, and one with a token of each in one slot: it may stop."""
        for word, people in (("one-token", (LEAVER,)), ("two-tokens", (LEAVER, COLLEAGUE))):
            app = self._add("Integration", f"{word}-{number}")
            for person in people:
                token = self._add("Grant", f"{word}-{number}-{person}")
                self._join("AUTHENTICATES_WITH", app, token, slot="acme")
                self._join("AUTHORIZED_BY", token, self.logins[person], **_SURE)
            self.rows.add((app, "stops" if len(people) == 1 else "unknown"))


class _Background:
    """Everything else: sizes and links as stacks have them, a third of the alternatives in groups of two."""

    def __init__(self, dice: Random) -> None:
        self.nodes: list[Line] = []
        self.edges: list[Line] = []
        self._dice = dice
        self._known: dict[str, list[str]] = {}
        self._seen: set[tuple[str, ...]] = set()

    def make(self, nodes: int, edges: int) -> None:
        for kind, share in _SHARES.items():
            for number in range(max(1, round(nodes * share))):
                self._node(kind, number)
        for number in range(nodes - len(self.nodes)):
            self._node("Automation", 10_000_000 + number)
        for account in self._known["Account"]:
            self._add("HAS_ACCOUNT", self._one("Person"), account)
        for kind in ("Grant", "Credential"):
            for token in self._known[kind]:
                self._add("AUTHORIZED_BY", token, self._one("Account"), **_SURE)
        for account in self._dice.sample(self._known["Account"], len(self._known["Account"]) // 3):
            self._add("MEMBER_OF", account, self._one("Group"))
        self._refuse_crowd(edges - len(self.edges))
        while len(self.edges) < edges:
            self._link(edges - len(self.edges))

    def _refuse_crowd(self, more: int) -> None:
        """Edges are drawn by lot: of all pairs there are, the last ones would take for ever to be found."""
        ends = ("Account", "Grant", "Credential", "Dataset", "Dataset", "Automation", "Endpoint", "Automation")
        starts = len(self._known["Automation"]) + len(self._known["Integration"])
        pairs = starts * sum(len(self._known[kind]) for kind in ends)
        if 4 * more > pairs:
            raise ValueError(f"{more} more edges between {len(self.nodes)} nodes: at most {pairs // 4}")

    def _node(self, kind: str, number: int) -> None:
        product = _PRODUCTS[number % len(_PRODUCTS)]
        free = kind == "Person"
        node_id = f"person-b{number}" if free else f"{product}/prod/{kind.lower()}/{number}"
        said: Line = {"account_type": "human"} if kind == "Account" else {}
        if kind == "Automation":
            said["active"] = number % 12 != 0
        self.nodes.append(node(kind, node_id, **said))
        self._known.setdefault(kind, []).append(node_id)

    def _one(self, kind: str) -> str:
        return self._dice.choice(self._known[kind])

    def _add(self, kind: str, start: str, end: str, **fields: Any) -> None:
        key = (kind, start, end, fields.get("group", ""), fields.get("slot", ""))
        if start != end and key not in self._seen:
            self._seen.add(key)
            self.edges.append(edge(kind, start, end, **fields))

    def _link(self, room: int) -> None:
        """One more edge, or a group of two where there is room."""
        kind = self._dice.choice(_STARTS)
        start = self._one("Automation" if self._dice.random() < 0.9 else "Integration")
        if kind == "RUNS_AS":
            self._add(kind, start, self._one("Account"), **_SURE)
        elif kind == "AUTHENTICATES_WITH":
            self._add(kind, start, self._one(self._dice.choice(("Grant", "Credential"))), slot="app")
        elif kind in ("READS_FROM", "WRITES_TO"):
            self._add(kind, start, self._one("Dataset"))
        elif kind == "CALLS":
            self._add(kind, start, self._one(self._dice.choice(("Automation", "Endpoint"))))
        elif room > 1:
            for _ in range(2):
                self._add(kind, start, self._one("Automation"), group="either")


def chain(length: int) -> Iterator[Line]:
    """Flows that wait for one another in a row; the first runs as the leaver."""
    yield from _leaver()
    for number in range(length):
        yield node("Automation", f"flow-{number}")
    yield edge("RUNS_AS", "flow-0", "login", **_SURE)
    for number in range(1, length):
        yield edge("CALLS", f"flow-{number}", f"flow-{number - 1}")


def ladder(rungs: int) -> Iterator[Line]:
    """Two flows a rung, each needing one of the two below; as paths counted, 2 to the power of the rungs."""
    yield from _leaver()
    for rung in range(rungs):
        for side in "ab":
            yield node("Automation", f"rung-{rung}-{side}")
            if not rung:
                yield edge("RUNS_AS", f"rung-{rung}-{side}", "login", **_SURE)
            for below in "ab" if rung else "":
                yield edge("DEPENDS_ON", f"rung-{rung}-{side}", f"rung-{rung - 1}-{below}", group="either", need=1)


def _leaver() -> Iterator[Line]:
    yield {"type": "source", "name": "large", "taken_at": "2026-11-22T09:00:00Z"}
    yield node("Person", LEAVER)
    yield node("Account", "login", account_type="human")
    yield edge("HAS_ACCOUNT", LEAVER, "login")
