"""The lines of a stack, read into tables: nodes, edges, coverage, ties. Nothing is judged here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

Line = Mapping[str, Any]

ACTS = ("deactivated", "frozen", "removed", "transferred")
CHAIN = ("works", "later", "starves", "stops")
LATER, STARVES, STOPS = 1, 2, 3
GRADES = ("possible", "likely", "certain")
THING_KINDS = ("System", "Integration", "Automation", "Dataset", "Endpoint")
TOKEN_KINDS = ("Grant", "Credential")
KINDS = {kind.lower(): kind for kind in (*THING_KINDS, *TOKEN_KINDS, "Person", "Team", "Account", "Group", "Role")}
GRADE_OF_EVIDENCE = {
    "observed": "certain",
    "declared": "certain",
    "inferred_key": "likely",
    "inferred_name": "possible",
}
OUTCOME_OF_KIND = {
    "PART_OF": "stops",
    "AUTHENTICATES_WITH": "stops",
    "CONNECTS": "stops",
    "READS_FROM": "starves",
    "WRITES_TO": "stops",
    "CALLS": "stops",
    "TRIGGERS": "stops",
    "SERVED_BY": "stops",
    "MAILBOX_OF": "stops",
    "MEMBER_OF": "stops",
    "DEPENDS_ON": "stops",
    "NOTIFIES": "muted",
    "PROVISIONED_BY": "cascade",
}
TO_ACCOUNT_ONLY = ("HAS_ACCOUNT", "RUNS_AS", "AUTHORIZED_BY", "PROVISIONED_BY")
AS_SOMEBODY = ("RUNS_AS", "AUTHORIZED_BY", "ROUTES_TO")
UNTIED_TYPES = ("integration", "vendor_managed")
ANONYMOUS = "anonymous"


def rank(grade: str) -> int:
    """Higher is surer."""
    return GRADES.index(grade)


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """One source's assertion of one edge; `outcomes` holds (word, grade) for every act."""

    source: str
    kind: str
    start: str
    end: str
    outcomes: Mapping[str, tuple[str, str]]
    says_outcome: bool
    how: str
    group: str | None
    need: int
    proven: bool | None
    slot: str | None
    properties: Mapping[str, Any]

    @property
    def evidence_grade(self) -> str:
        return GRADE_OF_EVIDENCE[self.how]

    @property
    def declared(self) -> bool:
        return self.how == "declared"

    def word(self, act: str) -> str:
        return self.outcomes[act][0]

    def grade(self, act: str) -> str:
        """The lower of the outcome's certainty and the evidence's (rule 7)."""
        return min(self.outcomes[act][1], self.evidence_grade, key=rank)


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Everything the lines say. `people` are the persons somebody could name as leaving."""

    nodes: Mapping[str, Line]
    edges: tuple[Edge, ...]
    coverage: tuple[Line, ...]
    declared_nodes: frozenset[str]
    ties: Mapping[str, Mapping[str, str]]
    as_of: date

    @property
    def people(self) -> list[str]:
        return sorted(node for node in self.nodes if self.kind(node) == "Person")

    @lru_cache(maxsize=128)  # noqa: B019 - few stacks at a time; nearly every question begins with it
    def of(self, *kinds: str) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.edges if edge.kind in kinds)

    def kind(self, node: str) -> str | None:
        """The kind on its node line, else what the third part of the id says, else None."""
        if node in self.nodes:
            return str(self.nodes[node]["kind"])
        parts = node.split("/")
        return KINDS.get(parts[2].lower()) if len(parts) == 4 else None

    def is_account(self, node: str) -> bool:
        if self.kind(node) is not None:
            return self.kind(node) == "Account"
        return any(edge.end == node and edge.kind in TO_ACCOUNT_ONLY for edge in self.edges)

    def properties(self, node: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.nodes.get(node, {}).get("properties", {})
        return found

    def is_off(self, node: str) -> bool:
        """Read as switched off: inactive or frozen."""
        said = self.properties(node)
        return said.get("active") is False or said.get("frozen") is True

    def is_thing(self, node: str) -> bool:
        """Counted and given rows: a switched-on thing that is no mailbox."""
        said = self.properties(node)
        plain = not said.get("mailbox") and not said.get("internal")
        return node in self.nodes and self.kind(node) in THING_KINDS and plain and not self.is_off(node)

    @property
    def things(self) -> list[str]:
        return sorted(node for node in self.nodes if self.is_thing(node))

    def is_missing(self, node: str) -> bool:
        """A complete list of its kind in its system does not have it (rule 11)."""
        kind = self.kind(node)
        parts = node.split("/")
        placeholder = kind == "Account" and parts[-1].lower().startswith(("unread:", "unread%3a"))
        if node in self.nodes or len(parts) != 4 or placeholder or kind in (None, "Person", "Team", "System"):
            return False
        return self.lists_completely("/".join(parts[:2]), str(kind))

    def never_read(self, node: str) -> bool:
        return node not in self.nodes and not self.is_missing(node)

    def lists_completely(self, system: str, kind: str) -> bool:
        """Does some complete state inventory of the system list this kind of node or edge?"""
        return any(
            line["system"] == system
            and kind in line["kinds"]
            and line["state"] == "complete"
            and line.get("sort", "state") == "state"
            for line in self.coverage
        )

    def systems_of(self, node: str) -> list[str]:
        if self.kind(node) == "System":
            return [node]
        return sorted({edge.end for edge in self.of("PART_OF") if edge.start == node})

    def account_type(self, account: str) -> str:
        return str(self.properties(account).get("account_type", "unknown"))

    def acts_read(self, account: str) -> frozenset[str]:
        """What the account has undergone already, whoever leaves (rule 11)."""
        said = self.properties(account)
        acts = {
            "deactivated": said.get("active") is False,
            "frozen": said.get("frozen") is True,
            "removed": self.is_missing(account),
        }
        return frozenset(act for act, undergone in acts.items() if undergone)

    def holders(self, account: str) -> list[str]:
        """The persons tied to it by ties of the strongest grade; nobody for machine logins."""
        ties = self.ties.get(account, {})
        if not ties or self.account_type(account) in UNTIED_TYPES:
            return []
        best = self.tie_grade(account)
        return sorted(person for person, grade in ties.items() if grade == best)

    def by_hand(self, node: str) -> bool:
        """Somebody does it: it does not run."""
        return str(self.properties(node).get("via", "")).casefold() == "manual"

    def logs_in_though_gone(self, person: str) -> bool:
        """Read as gone, and a human or unknown login of theirs was read and is not off (rule 11)."""
        own = (x for x in self.ties if x in self.nodes and person in self.holders(x) and not self.acts_read(x))
        return self.is_off(person) and any(self.account_type(x) in ("human", "unknown") for x in own)

    def tie_grade(self, account: str) -> str:
        return max(self.ties[account].values(), key=rank)

    @property
    def anonymous_people(self) -> list[str]:
        """One person for each human login that is tied to nobody (rule 19)."""
        untied = (
            node
            for node in self.nodes
            if self.kind(node) == "Account" and self.account_type(node) == "human" and not self.holders(node)
        )
        return sorted(f"{ANONYMOUS}/{node}" for node in untied)

    def is_unseen(self, node: str, edge: Edge) -> bool:
        """Its use, or the use of the edge, was last seen more than 90 days ago."""
        dates = (self.properties(node).get("last_used"), edge.properties.get("last_used"))
        return any(day and (self.as_of - date.fromisoformat(day)).days > 90 for day in dates)


def read(lines: Iterable[Line], as_of: date) -> Stack:
    """Sort the lines of one or several sources into tables."""
    nodes: dict[str, Line] = {}
    edges: list[Edge] = []
    coverage: list[Line] = []
    declared: set[str] = set()
    source = ""
    for line in lines:
        if line["type"] == "source":
            source = line["name"]
        elif line["type"] == "node":
            nodes.setdefault(line["id"], line)
            if line.get("evidence", {}).get("how") == "declared":
                declared.add(line["id"])
        elif line["type"] == "edge":
            edges.append(_edge(source, line))
        elif line["type"] == "coverage":
            coverage.append(line)
    return Stack(nodes, tuple(edges), tuple(coverage), frozenset(declared), _ties(edges), as_of)


def _edge(source: str, line: Line) -> Edge:
    properties = line.get("properties", {})
    return Edge(
        source=source,
        kind=line["kind"],
        start=line["from"],
        end=line["to"],
        outcomes=_outcomes(line),
        says_outcome="outcome" in line or "outcomes" in line,
        how=line.get("evidence", {}).get("how") or properties.get("how") or "observed",
        group=line.get("group"),
        need=line.get("need", 1),
        proven=line.get("proven"),
        slot=line.get("slot"),
        properties=properties,
    )


def _outcomes(line: Line) -> dict[str, tuple[str, str]]:
    usual = OUTCOME_OF_KIND.get(line["kind"])
    if line["kind"] != "WRITES_TO" and "outcomes" in line:
        listed = {act: (word, grade) for act, (word, grade) in line["outcomes"].items()}
        return {act: listed.get(act, ("unknown", "possible")) for act in ACTS}
    if line["kind"] != "WRITES_TO" and "outcome" in line:
        return dict.fromkeys(ACTS, (line["outcome"], line.get("certainty", "certain")))
    return dict.fromkeys(ACTS, (usual, "certain") if usual else ("unknown", "possible"))


def _ties(edges: Iterable[Edge]) -> dict[str, dict[str, str]]:
    ties: dict[str, dict[str, str]] = {}
    for edge in edges:
        if edge.kind == "HAS_ACCOUNT":
            persons = ties.setdefault(edge.end, {})
            known = persons.get(edge.start, "possible")
            persons[edge.start] = max(known, edge.evidence_grade, key=rank)
    return ties
