"""Small random stacks with every feature of the rules, as fact-file lines; and a way to shrink one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

Line = dict[str, Any]

AS_OF = date(2026, 11, 22)
PRODUCTS = ("acme", "beta", "okta")
ACTS = ("deactivated", "frozen", "removed", "transferred")
ROW_KINDS = ("RUNS_AS", "AUTHORIZED_BY", "ROUTES_TO")
ROW_WORDS = {
    "stops": 40,
    "later": 12,
    "starves": 4,
    "unknown": 10,
    "refused": 7,
    "moved": 9,
    "survives": 9,
    "": 9,
}
RUNNERS = ("Integration", "Automation")
TOKENS = ("Grant", "Credential")
THINGS = ("System", "Integration", "Automation", "Dataset", "Endpoint")
ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "PART_OF": ((*RUNNERS, "Dataset", "Endpoint", "Account", *TOKENS, "Group"), ("System",), 9),
    "RUNS_AS": (RUNNERS, ("Account",), 14),
    "AUTHENTICATES_WITH": (RUNNERS, TOKENS, 12),
    "AUTHORIZED_BY": (TOKENS, ("Account",), 12),
    "CONNECTS": (("Integration",), ("System", "Endpoint"), 3),
    "READS_FROM": (RUNNERS, ("Dataset", "System"), 7),
    "WRITES_TO": (RUNNERS, ("Dataset", "System"), 12),
    "CALLS": (RUNNERS, ("Automation", "Endpoint"), 6),
    "TRIGGERS": (("Automation", "Endpoint"), RUNNERS, 8),
    "SERVED_BY": (("Endpoint",), RUNNERS, 4),
    "ROUTES_TO": (("Automation",), ("Account", "Group"), 7),
    "NOTIFIES": (RUNNERS, ("Account", "Mailbox"), 7),
    "OWNED_BY": ((*THINGS, "Group", *TOKENS), ("Account", "Person", "Team"), 8),
    "ADMINISTERS": (("Account",), ("System", *RUNNERS), 8),
    "MEMBER_OF": (("Account",), ("Group",), 5),
    "DEPENDS_ON": ((*THINGS, "Account"), (*THINGS, "Account", "Group", "Person"), 9),
    "PROVISIONED_BY": (("Account",), ("Account",), 6),
    "HAS_ROLE": (("Account",), ("Role",), 1),
    "KNOWS": (("Account", "Person"), ("Credential",), 1),
    "REPORTS_TO": (("Person",), ("Person",), 1),
    "CREATED_BY": (RUNNERS, ("Account",), 1),
    "MODIFIED_BY": (RUNNERS, ("Account",), 1),
}
GROUPABLE = (
    "RUNS_AS",
    "AUTHENTICATES_WITH",
    "AUTHORIZED_BY",
    "READS_FROM",
    "WRITES_TO",
    "CALLS",
    "TRIGGERS",
    "ROUTES_TO",
    "MEMBER_OF",
    "DEPENDS_ON",
    "SERVED_BY",
)
OTHER_OUTCOMES = tuple(kind for kind in ENDS if kind in GROUPABLE and kind not in (*ROW_KINDS, "WRITES_TO"))
NODE_WEIGHTS = {
    "Automation": 24,
    "Integration": 14,
    "Grant": 9,
    "Credential": 6,
    "Dataset": 11,
    "Endpoint": 6,
    "Mailbox": 4,
    "Group": 5,
    "Team": 4,
    "System": 8,
    "Role": 1,
    "Account": 8,
}


def random_stack(rng: Random, personal_use: float = 4, size: int | None = None) -> list[Line]:
    """2 to 5 people (7 where many use one app, in so many of a hundred), 3 to 14 other nodes, one or two sources.

    With a `size`, from 20: 5 to 8 people, some who have left, and with them so many nodes, at times one less.
    """
    draft = _Draft(rng)
    draft.inventories = draft.coverage()
    draft.plain = draft.chance(60)
    if size is not None:
        draft.large(size)
    elif draft.chance(personal_use):
        draft.personal_use()
    else:
        draft.people(rng.choice((2, 2, 3, 3, 4, 5)))
        for _ in range(rng.choice((0, 1, 1, 1, 2))):
            rng.choice(SHAPES)(draft)
        draft.some_nodes(rng.randint(1, 4) if len(draft.nodes) > 7 else rng.randint(2, 8))
    for _ in range(rng.randint(2, len(draft.nodes) + 2)):
        draft.edge()
    draft.teams()
    return [*draft.lines(), *draft.second_source()]


@dataclass
class _Draft:
    rng: Random
    nodes: dict[str, Line] = field(default_factory=dict)
    edges: list[Line] = field(default_factory=list)
    by_kind: dict[str, list[str]] = field(default_factory=dict)
    inventories: list[Line] = field(default_factory=list)
    plain: bool = False

    def chance(self, percent: float) -> bool:
        return self.rng.random() * 100 < percent

    def weighted(self, weights: dict[str, int]) -> str:
        return self.rng.choices(list(weights), weights=list(weights.values()))[0]

    def identity(self, kind: str, stem: str) -> str:
        """Mostly of four parts, so that an inventory can be said to miss it."""
        if kind == "Person":
            return f"person-{stem}"
        if kind == "System" and self.chance(50):
            return f"{self.rng.choice(PRODUCTS)}/prod"
        if self.chance(18):
            return f"free-{stem}"
        return f"{self.rng.choice(PRODUCTS)}/prod/{kind.lower()}/{stem}"

    def node(self, kind: str, **properties: Any) -> str:
        is_mailbox = kind == "Mailbox"
        kind = "Endpoint" if is_mailbox else kind
        name = self.identity(kind, f"{kind[:2].lower()}{len(self.nodes)}")
        if name in self.nodes:
            return name
        said = {**self.habits(kind), **properties} | ({"mailbox": True} if is_mailbox else {})
        self.nodes[name] = {"type": "node", "kind": kind, "id": name, "name": name, "properties": said}
        self.by_kind.setdefault("Mailbox" if is_mailbox else kind, []).append(name)
        return name

    def habits(self, kind: str) -> Line:
        said: Line = {}
        if kind == "Person" and self.chance(10):
            said["active"] = False  # has left, whatever became of the logins
        if kind in ("Person", "Team", "Role"):
            return said
        if self.chance(8):
            said["active"] = False
        elif self.chance(30):
            said["active"] = True
        if kind == "Account" and self.chance(6):
            said["frozen"] = True
        if self.chance(14):
            said["last_used"] = self.day()
        if kind == "Automation" and self.chance(18):
            said["starts"] = [self.rng.choice(("schedule", "manual", "webhook"))]
        if kind == "Endpoint" and self.chance(8):
            said["internal"] = True
        return said

    def day(self) -> str:
        return (AS_OF - timedelta(days=self.rng.choice((3, 90, 91, 400)))).isoformat()

    def people(self, count: int) -> None:
        """Persons, most with a login, and logins of other sorts, some tied to several or to nobody."""
        for _ in range(count):
            person = self.node("Person")
            if self.chance(80):
                self.tie(person, self.node("Account", account_type="human"))
        for _ in range(self.rng.choice((0, 1, 1, 2))):
            self.odd_login()
        if self.chance(25):
            self.tie(self.rng.choice(self.by_kind["Person"]), self.ghost("Account"))

    def odd_login(self) -> None:
        kinds = ("human", "human", "shared", "unknown", "integration", "vendor_managed", None)
        kind = self.rng.choice(kinds)
        account = self.node("Account", **({"account_type": kind} if kind else {}))
        for _ in range(self.rng.choice((0, 1, 2, 2))):
            self.tie(self.rng.choice(self.by_kind["Person"]), account)

    def tie(self, person: str, account: str) -> None:
        self.edges.append(self.seen({"kind": "HAS_ACCOUNT", "from": person, "to": account}, 25))

    def seen(self, edge: Line, percent: float = 30) -> Line:
        """The edge with its evidence."""
        edge = {"type": "edge", **edge}
        if self.chance(percent):
            how = self.rng.choice(("observed", "inferred_key", "inferred_name", "declared"))
            edge["evidence"] = {"how": how}
        return edge

    def large(self, size: int) -> None:
        self.people(self.rng.randint(5, 8))
        while len(self.nodes) < size - LARGEST_SHAPE:
            self.rng.choice(SHAPES)(self)
        self.some_nodes(size - len(self.nodes))

    def some_nodes(self, count: int) -> None:
        for _ in range(count):
            kind = self.weighted(NODE_WEIGHTS)
            name = self.node(kind)
            if kind == "Mailbox" and self.chance(80):
                person = self.rng.choice(self.by_kind["Person"])
                self.edges.append(self.seen({"kind": "MAILBOX_OF", "from": name, "to": person}, 15))
            elif kind in TOKENS and self.chance(80) and self.by_kind.get("Account"):
                self.add("AUTHORIZED_BY", name, self.rng.choice(self.by_kind["Account"]))

    def login(self) -> str:
        """An account that is there; a new one, tied to nobody, where there is none."""
        known = self.by_kind.get("Account")
        return self.rng.choice(known) if known else self.node("Account", account_type="human")

    def runner(self) -> str:
        """Something that runs as somebody: mostly new."""
        if self.by_kind.get("Automation") and self.chance(25):
            return self.rng.choice(self.by_kind["Automation"])
        return self._running(self.weighted({"Automation": 75, "Integration": 25}))

    def automation(self) -> str:
        """A new automation that runs as somebody: one that can set off others and be called."""
        return self._running("Automation")

    def _running(self, kind: str) -> str:
        name = self.node(kind)
        sure: Line = {"outcome": "stops", "certainty": "certain"} if self.plain else {}
        self.add("RUNS_AS", name, self.login(), **sure)
        return name

    def pool(self, kinds: tuple[str, ...]) -> list[str]:
        wanted = (*kinds, "Mailbox") if "Endpoint" in kinds and self.chance(15) else kinds
        return [name for kind in wanted for name in self.by_kind.get(kind, ())]

    def edge(self) -> None:
        """One edge of a kind that has both ends here, or one that leads to what was never listed."""
        kind = self.weighted({kind: weight for kind, (_, _, weight) in ENDS.items()})
        starts, ends, _ = ENDS[kind]
        sources, targets = self.pool(starts), self.pool(ends)
        if self.chance(7) and sources:
            self.add(kind, self.rng.choice(sources), self.ghost(self.rng.choice(ends)))
        elif sources and targets:
            start, end = self.rng.choice(sources), self.rng.choice(targets)
            if kind in ROW_KINDS and self.chance(3):
                end = self.rng.choice(self.by_kind["Person"])
            if start != end:
                self.add(kind, start, end)

    def ghost(self, kind: str) -> str:
        kind = {"Mailbox": "Endpoint", "Person": "Account", "Team": "Account"}.get(kind, kind)
        if self.chance(40) and kind == "Account" and self.covered:
            return f"{self.rng.choice(self.covered)}/account/ghost"
        stem = self.rng.choice(("ghost", "ghost2", "unread:t" if kind == "Account" else "ghost3"))
        return f"{self.rng.choice(PRODUCTS)}/prod/{kind.lower()}/{stem}" if self.chance(75) else f"free-{stem}"

    def add(self, kind: str, start: str, end: str, **fixed: Any) -> None:
        """An edge with whatever its kind can carry; `fixed` fields win over the random ones."""
        edge = self.seen({"kind": kind, "from": start, "to": end})
        properties: Line = {}
        self.outcome(edge, properties)
        self.alternatives(edge, properties)
        if self.chance(8) and kind != "NOTIFIES":
            properties["last_used"] = self.day()
        if properties:
            edge["properties"] = properties
        if "outcome" in fixed:
            edge.pop("outcomes", None)
        self.edges.append(edge | fixed)

    def outcome(self, edge: Line, properties: Line) -> None:
        kind = edge["kind"]
        if kind in ROW_KINDS or (kind == "OWNED_BY" and self.chance(25)):
            self.row(edge)
        elif kind == "PROVISIONED_BY":
            if self.chance(40):
                edge["outcome"] = self.rng.choice(("cascade", "cascade", "unknown", "survives"))
                edge["certainty"] = self.certainty()
            if self.chance(35):
                properties["act"] = self.rng.choice(ACTS)
        elif kind in OTHER_OUTCOMES and self.chance(15):
            edge["outcome"] = self.rng.choice(("stops", "starves", "later", "unknown", "survives"))
            edge["certainty"] = self.certainty()
        words = {edge.get("outcome"), *(word for word, _ in edge.get("outcomes", {}).values())}
        if "moved" in words and self.chance(85) and self.by_kind.get("Account"):
            properties["moved_to"] = self.rng.choice(self.by_kind["Account"])

    def row(self, edge: Line) -> None:
        if self.chance(18):
            acts = self.rng.sample(ACTS, self.rng.randint(1, 3))
            words = [self.weighted(ROW_WORDS) or "unknown" for _ in acts]
            edge["outcomes"] = {act: [word, self.certainty()] for act, word in zip(acts, words, strict=True)}
        elif word := self.weighted(ROW_WORDS):
            edge["outcome"] = word
            edge["certainty"] = self.certainty()

    def certainty(self) -> str:
        return self.weighted({"certain": 65, "likely": 20, "possible": 15})

    def alternatives(self, edge: Line, properties: Line) -> None:
        kind = edge["kind"]
        if kind in GROUPABLE and self.chance(12):
            edge["group"] = self.rng.choice("gh")
            edge["need"] = self.rng.choice((1, 1, 1, 1, 2, 3))
            if self.chance(30):
                edge["proven"] = self.chance(25)
        if kind in ("AUTHENTICATES_WITH", "ROUTES_TO"):
            if self.chance(60):
                edge["slot"] = self.rng.choice(("acme", "acme", "branch"))
            if "group" not in edge and self.chance(6):
                edge["proven"] = True
        if kind == "WRITES_TO" and self.chance(15):
            properties["required"] = True

    def personal_use(self) -> None:
        """More than five people with a token each of one app."""
        app = self.node("Integration")
        for _ in range(self.rng.choice((6, 6, 7))):
            person = self.node("Person")
            account = self.node("Account", account_type="human")
            token = self.node("Grant")
            self.tie(person, account)
            self.add("AUTHORIZED_BY", token, account)
            edge = {"kind": "AUTHENTICATES_WITH", "from": app, "to": token, "slot": "phone"}
            self.edges.append(self.seen(edge, 5))
        for kind in ("Automation", "Dataset"):
            self.node(kind)

    def teams(self) -> None:
        for team in self.by_kind.get("Team", ()):
            for person in self.by_kind["Person"]:
                if self.chance(50):
                    self.edges.append(self.seen({"kind": "MEMBER_OF", "from": person, "to": team}, 15))

    @property
    def covered(self) -> list[str]:
        """Systems with an inventory of logins, whatever became of it."""
        return [line["system"] for line in self.inventories if "Account" in line["kinds"]]

    def lines(self) -> list[Line]:
        source = {"type": "source", "name": "first", "taken_at": "2026-11-22T09:00:00Z"}
        return [source, *self.inventories, *self.nodes.values(), *self.edges]

    def coverage(self) -> list[Line]:
        lists = ("Account", "Automation", "Integration", "Grant", "Dataset", "Endpoint", "ADMINISTERS", "Group")
        lines = []
        for number in range(self.rng.randint(0, 5)):
            line = {
                "type": "coverage",
                "inventory": f"list{number}",
                "system": f"{self.rng.choice(PRODUCTS)}/prod",
                "kinds": sorted(self.rng.sample(lists, self.rng.randint(2, 6))),
                "state": self.rng.choice(("complete", "complete", "complete", "complete", "partial", "denied")),
            }
            lines.append(line | ({"sort": "event"} if self.chance(12) else {}))
        return lines

    def second_source(self) -> list[Line]:
        """Sometimes another source, which sees some of the edges differently."""
        if not self.chance(30) or not self.edges:
            return []
        lines: list[Line] = [{"type": "source", "name": "second", "taken_at": "2026-11-22T10:00:00Z"}]
        for edge in self.rng.sample(self.edges, min(len(self.edges), self.rng.randint(1, 3))):
            self.edges = []
            if edge["kind"] in ("HAS_ACCOUNT", "MAILBOX_OF"):
                lines.append(self.seen({key: edge[key] for key in ("kind", "from", "to")}, 80))
            else:
                self.add(edge["kind"], edge["from"], edge["to"])
                lines += self.edges
        return lines


def _feeds(draft: _Draft) -> None:
    """Alternatives that the facts declare."""
    dependent, need = draft.node("Automation"), draft.rng.choice((1, 1, 1, 2))
    fixed: Line = {"group": "feeds", "need": need} | ({"proven": False} if draft.chance(25) else {})
    for _ in range(draft.rng.randint(2, 3)):
        draft.add("DEPENDS_ON", dependent, draft.runner(), **fixed)


def _tokens(draft: _Draft) -> None:
    """Tokens of one app in one slot."""
    app = draft.node("Integration")
    for _ in range(draft.rng.randint(2, 3)):
        token = draft.node(draft.rng.choice(TOKENS))
        sure: Line = {"outcome": "stops", "certainty": "certain"} if draft.plain else {}
        draft.add("AUTHORIZED_BY", token, draft.login(), **sure)
        draft.add("AUTHENTICATES_WITH", app, token, **({"slot": "acme"} if draft.chance(70) else {}))


def _writers(draft: _Draft) -> None:
    """A list with several writers, and a reader."""
    dataset = draft.node("Dataset")
    for _ in range(draft.rng.randint(2, 3)):
        draft.add("WRITES_TO", draft.runner(), dataset)
    draft.add("READS_FROM", draft.node("Automation"), dataset)


def _triggers(draft: _Draft) -> None:
    started = draft.node("Automation")
    for _ in range(draft.rng.randint(2, 3)):
        draft.add("TRIGGERS", draft.automation(), started)


def _queue(draft: _Draft) -> None:
    """A rule that routes to a queue, and to somebody by name."""
    queue, rule = draft.node("Group"), draft.node("Automation")
    for _ in range(draft.rng.randint(1, 3)):
        draft.add("MEMBER_OF", draft.login(), queue)
    draft.add("ROUTES_TO", rule, queue)
    draft.add("ROUTES_TO", rule, draft.login())


def _cared_for(draft: _Draft) -> None:
    """A system with administrators and an owner, and something in it that sends alarms."""
    system, flow = draft.node("System"), draft.node("Automation")
    draft.add("PART_OF", flow, system)
    for _ in range(draft.rng.randint(1, 3)):
        draft.add("ADMINISTERS", draft.login(), draft.rng.choice((system, flow)))
    if draft.chance(50):
        draft.add("OWNED_BY", draft.rng.choice((system, flow)), draft.rng.choice(draft.by_kind["Person"]))
    for _ in range(draft.rng.randint(0, 2)):
        draft.add("NOTIFIES", flow, draft.login())


def _loop(draft: _Draft) -> None:
    """Two that call each other, one of them on a login that another login drags."""
    first, second = draft.automation(), draft.node("Automation")
    draft.add("CALLS", first, second)
    draft.add("CALLS", second, first)
    machine = draft.node("Account", account_type="integration")
    draft.add("RUNS_AS", second, machine)
    draft.add("PROVISIONED_BY", machine, draft.login())


def _gone_but_on(draft: _Draft) -> None:
    """Somebody who has left, mostly with a login that is still on, and what runs as them by name."""
    person = draft.node("Person", active=False)
    for _ in range(draft.rng.choice((0, 1, 1, 1, 2))):
        draft.tie(person, draft.node("Account", account_type=draft.rng.choice(("human", "human", "unknown"))))
    sure: Line = {"outcome": "stops", "certainty": "certain"} if draft.plain else {}
    for _ in range(draft.rng.randint(1, 2)):
        kind = draft.rng.choice(("RUNS_AS", *ROW_KINDS))
        by_hand = {"via": "manual"} if kind == "RUNS_AS" and draft.chance(40) else {}
        start = draft.node("Grant" if kind == "AUTHORIZED_BY" else "Automation", **by_hand)
        draft.add(kind, start, person, **sure)
        draft.add(*(("ROUTES_TO", start) if kind == "ROUTES_TO" else ("RUNS_AS", draft.runner())), draft.login())
        if kind == "AUTHORIZED_BY":
            draft.add("AUTHENTICATES_WITH", draft.runner(), start)


SHAPES = (_feeds, _tokens, _writers, _triggers, _queue, _cared_for, _loop, _gone_but_on)
LARGEST_SHAPE = 9  # nodes: somebody who has left, two logins, and twice a start, what else hangs on it and a login


def smallest(stack: list[Line], fails: Callable[[list[Line]], bool]) -> list[Line]:
    """A smaller stack that still fails: drops edges, coverage, and nodes that no edge needs."""
    smaller = True
    while smaller:
        smaller = False
        for line in list(stack):
            rest = [other for other in stack if other is not line]
            named = {other[end] for other in rest if other["type"] == "edge" for end in ("from", "to")}
            droppable = line["type"] != "source" and line.get("id") not in named
            if droppable and fails(rest):
                stack, smaller = rest, True
    return stack
