"""The stack as the analysis sees it: the graph, what was looked at, whose login is whose, on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cached_property

from stackmap.analysis.accounts import Account, Tie, become_of
from stackmap.analysis.whereabouts import Directories, Whereabouts, WhereaboutsOfAll
from stackmap.model import (
    AccountType,
    Act,
    Certainty,
    Coverage,
    EdgeKind,
    How,
    Link,
    NodeKind,
    Policy,
    Properties,
    StackGraph,
    all_addresses,
    equal_domains,
    is_unread,
    kind_of,
    listed_whole,
    normalise_email,
    system_of,
)

__all__ = ["Presence", "Stack", "sure", "unseen"]

_WINDOW = timedelta(days=90)
_ACTS = frozenset(Act)
_NEVER_MISSING = frozenset({NodeKind.PERSON, NodeKind.TEAM, NodeKind.SYSTEM})


class Presence(Enum):
    """What is known of an id that something hangs on."""

    READ = "read"
    MISSING = "missing"
    NEVER_READ = "never read"


def unseen(properties: Properties, as_of: date) -> bool:
    """Whether something was read as unused for more than 90 days before `as_of`; unknown use counts as seen."""
    if not properties:
        return False
    used = properties.get("last_used")
    if isinstance(used, str):
        try:
            return date.fromisoformat(used[:10]) < as_of - _WINDOW
        except ValueError:
            return False
    windows = properties.get("used_within")
    return isinstance(windows, Mapping) and windows.get("90") == "no"


@dataclass(frozen=True)
class Stack:
    """Everything a verdict is a function of.

    `as_of` is the day on which ages are judged. Lookups are computed once, on first use.
    """

    graph: StackGraph
    coverage: tuple[Coverage, ...]
    as_of: date
    policy: Policy = field(default_factory=Policy)

    @cached_property
    def accounts(self) -> Mapping[str, Account]:
        """Every login that was read, by id."""
        return {vertex.id: self._account(vertex.id) for vertex in self.graph.vertices(NodeKind.ACCOUNT)}

    @cached_property
    def _listed(self) -> frozenset[tuple[str, NodeKind]]:
        """Systems and kinds of which a complete list was read: one tells what others point at (semantics, rule 11).

        That somebody has left takes all lists of logins (`listed_whole`): it is said of people, by name.
        """
        pairs: set[tuple[str, NodeKind]] = set()
        for item in self.coverage:
            if item.proves_absence:
                pairs.update((item.system, kind) for kind in item.kinds if isinstance(kind, NodeKind))
        return frozenset(pairs)

    @cached_property
    def admins_listed(self) -> frozenset[str]:
        """Systems (`product/tenant`, or a free id) of which a complete inventory lists who administers."""
        return frozenset(
            item.system for item in self.coverage if item.proves_absence and EdgeKind.ADMINISTERS in item.kinds
        )

    def presence(self, node_id: str) -> Presence:
        """Read, missing from a complete inventory that lists its kind, or never read (semantics, rule 11)."""
        if node_id in self.graph:
            return Presence.READ
        kind, system = kind_of(node_id), system_of(node_id)
        if kind is None or system is None or kind in _NEVER_MISSING or is_unread(node_id):
            return Presence.NEVER_READ
        return Presence.MISSING if (system, kind) in self._listed else Presence.NEVER_READ

    def is_off(self, node_id: str) -> bool:
        """Read as switched off, or missing."""
        vertex = self.graph.get(node_id)
        return vertex.switched_off if vertex else self.presence(node_id) is Presence.MISSING

    def account(self, node_id: str) -> Account | None:
        """The login of that id: read, or missing (then removed). None for everything else."""
        known = self.accounts.get(node_id)
        if known is not None or node_id in self.graph:
            return known
        if kind_of(node_id) is NodeKind.ACCOUNT and self.presence(node_id) is Presence.MISSING:
            return Account(node_id, AccountType.UNKNOWN, (), frozenset({Act.REMOVED}))
        return None

    def _account(self, node_id: str) -> Account:
        vertex = self.graph.get(node_id)
        assert vertex is not None  # only called for vertices of the graph
        kind = AccountType(vertex.properties.get("account_type", AccountType.UNKNOWN))
        acts = set()
        if vertex.active is False:
            acts.add(Act.DEACTIVATED)
        if vertex.properties.get("frozen") is True:
            acts.add(Act.FROZEN)
        return Account(node_id, kind, () if kind.is_a_programs else self.ties(node_id), frozenset(acts))

    def ties(self, login: str) -> tuple[Tie, ...]:
        """The persons behind a login by its surest ties, sorted: also behind one that nobody read."""
        ties: dict[str, Tie] = {}
        for link in self.graph.into(login, EdgeKind.HAS_ACCOUNT):
            ties[link.source] = Tie(link.source, link.certainty, link)
        strongest = max((tie.certainty for tie in ties.values()), default=Certainty.CERTAIN)
        return tuple(tie for _, tie in sorted(ties.items()) if tie.certainty is strongest)

    @cached_property
    def accounts_of(self) -> Mapping[str, tuple[Account, ...]]:
        """The logins each person holds (strongest ties only), by person id."""
        held: dict[str, list[Account]] = defaultdict(list)
        for account in self.accounts.values():
            for tie in account.holders:
                held[tie.person].append(account)
        return {person: tuple(accounts) for person, accounts in held.items()}

    @cached_property
    def unlisted(self) -> Mapping[str, Account]:
        """Logins that somebody is said to hold and that no list has, by id: missing ones, and ones that nobody read."""
        held = {link.target for link in self.graph.links(EdgeKind.HAS_ACCOUNT)} - self.accounts.keys()
        unread = AccountType.UNKNOWN
        return {
            login: Account(login, unread, self.ties(login), known.past_acts if known else frozenset())
            for login in sorted(held)
            for known in [self.account(login)]
        }

    @cached_property
    def _logins_of(self) -> Mapping[str, tuple[Account, ...]]:
        """All logins that each person is known to hold, listed or not."""
        held: dict[str, list[Account]] = defaultdict(list)
        for account in (*self.accounts.values(), *self.unlisted.values()):
            for tie in account.holders:
                held[tie.person].append(account)
        return {person: tuple(accounts) for person, accounts in held.items()}

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everybody who could leave: persons that are nodes or hold a login, by id. No anonymous ones."""
        named = {vertex.id for vertex in self.graph.vertices(NodeKind.PERSON)}
        return tuple(sorted(named | set(self.accounts_of)))

    @cached_property
    def directory_accounts(self) -> frozenset[str]:
        """The logins in systems that say who is here."""
        return frozenset(filter(self._is_in_a_directory, self.accounts))

    def _is_in_a_directory(self, account: str) -> bool:
        systems = self.graph.systems_of(account) or _prefix_systems(self.graph, account)
        found = filter(None, map(self.graph.get, systems))
        return any(system.properties.get("directory") is True for system in found)

    @cached_property
    def whereabouts(self) -> Mapping[str, Whereabouts]:
        """Of everybody: whether they are here, as far as directories, staff lists and notes tell."""
        read_at = {(item.source, item.inventory): item.read_at for item in self.coverage}
        whole = listed_whole(self.coverage, NodeKind.ACCOUNT)
        everybody = (item for item in self.coverage if item.proves_absence and NodeKind.PERSON in item.kinds)
        lists = frozenset((item.source, item.inventory) for item in everybody)
        directories = Directories(self.graph, self._is_in_a_directory, whole, lists, read_at, self.as_of)

        def judge(person: str) -> Whereabouts:
            held = self.accounts_of.get(person, ())
            return directories.judge(person, [one.id for one in held], become_of(self._logins_of.get(person, ())))

        return WhereaboutsOfAll(self.people, judge)

    @cached_property
    def mailboxes(self) -> Mapping[str, frozenset[str]]:
        """Whose mailbox an address is, normalised: people's own addresses, and those of their personal logins."""
        found: dict[str, set[str]] = defaultdict(set)
        for person in self.people:
            personal = (one.id for one in self.accounts_of.get(person, ()) if one.type is AccountType.HUMAN)
            for vertex in filter(None, map(self.graph.get, (person, *personal))):
                further = all_addresses(vertex.properties.get("aliases"), self._domains)
                for address in {self.email_of(vertex.id), *further} - {""}:
                    found[address].add(person)
        return {address: frozenset(people) for address, people in found.items()}

    def email_of(self, node_id: str) -> str:
        """The address of a person or a login as ties are made by it; "" where none was read."""
        vertex = self.graph.get(node_id)
        return normalise_email(vertex.properties.get("email"), self._domains) if vertex else ""

    @cached_property
    def _domains(self) -> Mapping[str, str]:
        return equal_domains(self.policy.domains)

    def is_here(self, person: str) -> bool:
        """Whether somebody is here, as far as anybody can tell: where no list tells, until all their logins are off."""
        known = self.whereabouts.get(person)
        return self.still_here(person) if known is None or known.here is None else known.here

    def still_here(self, person: str) -> bool:
        """Whether somebody can look after anything: not read as gone, nor with all logins off."""
        vertex = self.graph.get(person)
        if vertex is not None and vertex.switched_off:
            return False
        held = self._logins_of.get(person, ())
        return not held or not all(account.off for account in held)

    def usual_act(self, account_id: str) -> Act:
        """What this platform's administrators usually do with a leaver's login: `deactivated` where nobody says."""
        for system in self.graph.systems_of(account_id) or _prefix_systems(self.graph, account_id):
            vertex = self.graph.get(system)
            said = vertex.properties.get("usual_act") if vertex else None
            if said in _ACTS:
                return Act(str(said))
        return Act.DEACTIVATED

    def admins_readable(self, node_id: str) -> bool:
        """Whether complete inventories list the administrators of a thing's Systems; False without any System."""
        systems = self.graph.systems_of(node_id)
        listed = self.admins_listed
        return bool(systems) and all((system_of(system) or system) in listed for system in systems)


def _prefix_systems(graph: StackGraph, node_id: str) -> Iterable[str]:
    prefix = system_of(node_id)
    if prefix is None:
        return ()
    product, tenant = prefix.split("/")
    candidate = f"{product}/{tenant}/system/{tenant}"
    return (candidate,) if candidate in graph else ()


def sure(link: Link) -> bool:
    """Observed or declared by some source, not only inferred."""
    return any(item.how in {How.OBSERVED, How.DECLARED} for item in link.evidence)
