"""Which requirements each node has (rules 8, 9, 13, 15): who depends on what, alone or as a group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tests.oracle.facts import STARVES, STOPS, TOKEN_KINDS, Edge, Stack

EACH = (
    "PART_OF",
    "RUNS_AS",
    "AUTHORIZED_BY",
    "CONNECTS",
    "READS_FROM",
    "CALLS",
    "SERVED_BY",
    "MAILBOX_OF",
    "OWNED_BY",
    "DEPENDS_ON",
)
PER_SLOT = ("AUTHENTICATES_WITH", "ROUTES_TO")
PERSONAL_USE = 5


@dataclass(frozen=True, slots=True, order=True)
class Gate:
    """What has a state: a node, or the place of a Dataset apart from its content."""

    node: str
    place: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """Edges to alternative targets, of which `need` must work; `alone` marks a required edge.

    `full` is what a lost member passes: `stops`, or `starves` for the writers of a Dataset.
    Of `personal` use the last member alone counts, seen or not.
    `own_start` counts a schedule or manual start as one more member, which always works.
    """

    members: Mapping[Gate, tuple[Edge, ...]]
    need: int = 1
    assumed: bool = False
    full: int = STOPS
    own_start: bool = False
    alone: bool = False
    personal: bool = False

    @property
    def listed(self) -> int:
        return len(self.members) + self.own_start


@dataclass(frozen=True, slots=True)
class Link:
    """An edge seen from the node that depends on it."""

    dependent: Gate
    target: Gate
    edge: Edge
    full: int = STOPS

    @property
    def is_content(self) -> bool:
        return self.full == STARVES


@lru_cache(maxsize=4)
def requirements(stack: Stack) -> Mapping[Gate, list[Requirement]]:
    """Every requirement of every gate; a gate without any always works."""
    found: dict[Gate, list[Requirement]] = {}
    links = [link for edge in stack.edges for link in _links(stack, edge)]
    for dependent in sorted({link.dependent for link in links}):
        own = [link for link in links if link.dependent == dependent]
        found[dependent] = [*_required(own), *_explicit(own), *_of_kind(stack, dependent, own)]
    for node in stack.nodes:
        if stack.kind(node) == "Dataset":
            found.setdefault(Gate(node), []).append(Requirement({Gate(node, place=True): ()}, alone=True))
    return found


def _links(stack: Stack, edge: Edge) -> Iterator[Link]:
    start, end = Gate(edge.start), Gate(edge.end)
    if edge.kind == "WRITES_TO":
        is_dataset = stack.kind(edge.end) == "Dataset"
        yield Link(start, Gate(edge.end, place=is_dataset), edge)
        if is_dataset:
            yield Link(end, start, edge, full=STARVES)
    elif edge.kind == "TRIGGERS":
        yield Link(end, start, edge)
    elif edge.kind == "MEMBER_OF":
        if stack.kind(edge.end) == "Group":
            yield Link(end, start, edge)
    elif edge.kind in PER_SLOT or (edge.kind in EACH and not is_bare_owner(edge)):
        yield Link(Gate(edge.start, place=stack.kind(edge.start) == "Dataset"), end, edge)


def is_bare_owner(edge: Edge) -> bool:
    """An owner of whom nothing else is said: it passes nothing, in either reading."""
    return edge.kind == "OWNED_BY" and not edge.says_outcome


def _is_place_of_writer(link: Link) -> bool:
    return link.edge.kind == "WRITES_TO" and not link.is_content


def _required(links: list[Link]) -> Iterator[Requirement]:
    for link in links:
        edge = link.edge
        single = edge.kind in EACH and edge.group is None
        needed_writer = link.is_content and edge.properties.get("required") is True
        if single or needed_writer or _is_place_of_writer(link):
            yield Requirement({link.target: (edge,)}, full=link.full, alone=True)


def _explicit(links: list[Link]) -> Iterator[Requirement]:
    """Groups named by the facts; a label is local to one source and one dependent."""
    labelled = [link for link in links if link.edge.group is not None and not _is_place_of_writer(link)]
    for key in sorted({_label(link) for link in labelled}):
        links_here = [link for link in labelled if _label(link) == key]
        edges = [link.edge for link in links_here]
        declared = any(edge.declared for edge in edges)
        yield Requirement(
            _by_target(links_here),
            need=max(edge.need for edge in edges),
            assumed=not declared and any(edge.proven is False for edge in edges),
            full=links_here[0].full,
        )


def _label(link: Link) -> tuple[str, str, int]:
    return (link.edge.source, str(link.edge.group), link.full)


def _by_target(links: list[Link]) -> dict[Gate, tuple[Edge, ...]]:
    return {
        target: tuple(link.edge for link in links if link.target == target)
        for target in sorted({link.target for link in links})
    }


def _of_kind(stack: Stack, dependent: Gate, links: list[Link]) -> Iterator[Requirement]:
    """The groups that kinds marked *any* form by themselves."""
    writers = [link for link in links if link.is_content]
    if writers:
        yield Requirement(_by_target(writers), full=STARVES)
    loose = [link for link in links if link.edge.group is None]
    members = [link for link in loose if link.edge.kind == "MEMBER_OF"]
    if members:
        yield Requirement(_by_target(members))
    triggers = [link for link in loose if link.edge.kind == "TRIGGERS"]
    if triggers:
        yield Requirement(_by_target(triggers), own_start=starts_itself(stack, dependent.node))
    for kind in PER_SLOT:
        slotted = [link for link in loose if link.edge.kind == kind]
        slots = slots_of(stack, [link.edge for link in slotted])
        for slot in sorted(set(slots.values())):
            yield _slot_group(stack, dependent.node, [x for x in slotted if slots[x.edge] == slot])


def starts_itself(stack: Stack, node: str) -> bool:
    return bool({"schedule", "manual"} & set(stack.properties(node).get("starts", ())))


def _slot_group(stack: Stack, app: str, links: list[Link]) -> Requirement:
    edges = [link.edge for link in links]
    said = {edge.proven for edge in edges}
    declared = any(edge.declared for edge in edges)
    documented = True in said and False not in said
    assumed = not (declared or documented)
    personal = assumed and _is_personal_use(stack, app, edges)
    return Requirement(_by_target(links), assumed=assumed and not personal, personal=personal)


def _is_personal_use(stack: Stack, app: str, edges: list[Edge]) -> bool:
    """Tokens of more than five people on an app that nobody declared (rule 15)."""
    if app in stack.declared_nodes or edges[0].kind != "AUTHENTICATES_WITH":
        return False
    people: set[str] = set()
    for edge in edges:
        for account in _authorisers(stack, edge.end):
            people.update(stack.holders(account) or [account] * (stack.account_type(account) == "human"))
    return len(people) > PERSONAL_USE


def _authorisers(stack: Stack, token: str) -> set[str]:
    if stack.kind(token) not in (None, *TOKEN_KINDS):
        return set()
    return {edge.end for edge in stack.of("AUTHORIZED_BY") if edge.start == token}


def slots_of(stack: Stack, edges: list[Edge]) -> dict[Edge, str]:
    """The slot of each ungrouped token or route of one dependent (rules 3 and 8)."""
    named = {edge.slot for edge in edges if edge.slot is not None}
    slots: dict[Edge, str] = {}
    for edge in edges:
        of_twins = {twin.slot for twin in edges if twin.end == edge.end and twin.slot is not None}
        if edge.slot is not None:
            slots[edge] = edge.slot
        elif len(of_twins) == 1:
            slots[edge] = str(min(filter(None, of_twins)))
        elif edge.kind == "ROUTES_TO":
            slots[edge] = ""
        elif len(named) == 1:
            slots[edge] = str(min(filter(None, named)))
        else:
            slots[edge] = _slot_by_product(stack, edge)
    return slots


def _slot_by_product(stack: Stack, edge: Edge) -> str:
    accounts = _authorisers(stack, edge.end)
    products = {account.split("/")[0] for account in accounts if len(account.split("/")) == 4}
    if len(products) == 1 and all(len(account.split("/")) == 4 for account in accounts):
        return min(products)
    return f"only {edge.end}"
