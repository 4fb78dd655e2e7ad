"""What becomes of the logins themselves when people leave, and which secrets have to change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from stackmap.analysis.accounts import Account
from stackmap.analysis.departures.answer import Analysis
from stackmap.analysis.departures.ties import HANGS_BY_LOGIN, things_behind, ties_behind
from stackmap.analysis.gates.marks import RUN_MARKS, Reading, Run, run_of
from stackmap.analysis.gates.network import gone, gone_by
from stackmap.analysis.stack import Presence, Stack, unseen
from stackmap.model import (
    AccountType,
    Act,
    EdgeKind,
    NodeKind,
    Outcome,
    Reach,
    is_thing,
    kind_of,
    system_of,
)

__all__ = [
    "AdminChange",
    "Fate",
    "LoginFate",
    "Rotation",
    "admin_changes",
    "administered",
    "admins_in_part",
    "admins_not_known",
    "known_credentials",
    "login_fates",
    "rotations",
    "shared_logins",
    "unread_logins",
]

_READ = frozenset({Reach.COMPLETE, Reach.PARTIAL})


@dataclass(frozen=True, slots=True)
class AdminChange:
    """Who administers a System, by person id, now and after a departure.

    `idle`: those who stay and whose logins there were all read as unused for 90 days. `listed`: how far a list of its
    administrators was read; `SKIPPED` where none was asked for.
    """

    system: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    idle: tuple[str, ...] = ()
    listed: Reach = Reach.COMPLETE


class Fate(StrEnum):
    """What happens to a login."""

    GOES_OFF = "goes_off"
    MAY_GO_OFF = "may_go_off"
    NO_HOLDER_LEFT = "no_holder_left"
    COULD_BE_THEIRS = "could_be_theirs"


@dataclass(frozen=True, slots=True)
class LoginFate:
    """One login. `by` is the act, `refused` where the platform does not do it, or the id of the login that drags it; ""
    where nobody acts on it. `alarming`: of the things on a login that could be theirs, those that only alarm it.
    """

    id: str
    holders: tuple[str, ...]
    what: Fate
    by: str
    things: tuple[str, ...]
    alarming: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rotation:
    """A secret that leavers know: a shared login's password, or a credential."""

    id: str
    why: str
    things: tuple[str, ...]


def login_fates(analysis: Analysis, people: Iterable[str]) -> tuple[LoginFate, ...]:
    """The leavers' logins and those that could be theirs: human logins tied to nobody, and logins never read."""
    leavers = frozenset(people)
    found = [*_going(analysis, leavers), *_without_holder(analysis.stack, leavers), *_anybodys(analysis)]
    return tuple(sorted(found, key=lambda fate: (list(Fate).index(fate.what), fate.id)))


def _going(analysis: Analysis, leavers: frozenset[str]) -> Iterator[LoginFate]:
    proven = _gone(analysis, leavers, Reading.PROVEN)
    worst = _gone(analysis, leavers, Reading.WORST)
    for login in sorted(worst | proven):
        account = analysis.stack.accounts.get(login) or analysis.stack.unlisted.get(login)
        if account is not None:
            what = Fate.GOES_OFF if login in proven else Fate.MAY_GO_OFF
            yield _fate(analysis.stack, account, what, _by(analysis, account, leavers))


def _gone(analysis: Analysis, leavers: frozenset[str], reading: Reading) -> set[str]:
    names, told = analysis.network.names, RUN_MARKS[run_of(reading)]
    fallen = [names[number] for number, gained in analysis.solver.leaving(sorted(leavers)).items() if gained & told]
    every = {went[1] for name in fallen if (went := gone_by(name))}
    own = {account.id for person in leavers for account in analysis.stack.accounts_of.get(person, ())}
    plain = {login for login in own if _goes_by_itself(analysis, login, leavers, reading)}
    return every | plain


def _goes_by_itself(analysis: Analysis, login: str, leavers: frozenset[str], reading: Reading) -> bool:
    """Logins on which nothing hangs have no gates, and go off all the same."""
    account = analysis.stack.accounts[login]
    if analysis.how.moving:
        return False
    if account.sole_holder is not None:
        return True
    doubtful = account.type.may_be_a_persons and reading is Reading.WORST
    return doubtful and leavers.issuperset(tie.person for tie in account.holders)


def _by(analysis: Analysis, account: Account, leavers: frozenset[str]) -> str:
    if any(tie.person in leavers for tie in account.holders):
        if analysis.routes.refused_act(account.id):
            return Outcome.REFUSED.value
        return (analysis.how.act or analysis.stack.usual_act(account.id)).value
    dragging = [link.target for link in analysis.stack.graph.out(account.id, EdgeKind.PROVISIONED_BY)]
    return min(dragging, default="")


def _without_holder(stack: Stack, leavers: frozenset[str]) -> Iterator[LoginFate]:
    for login, holders in shared_logins(stack):
        if holders and holders <= leavers:
            yield _fate(stack, stack.accounts[login], Fate.NO_HOLDER_LEFT, "")


def _anybodys(compiled: Analysis) -> Iterator[LoginFate]:
    """Logins that somebody holds and nobody says who, on which something hangs."""
    stack = compiled.stack
    read = {
        account.id
        for account in stack.accounts.values()
        if not account.holders and account.type.may_be_a_persons and not account.off
    }
    for login in sorted(read | (unread_logins(stack) - stack.unlisted.keys())):
        ties, lost = ties_behind(stack, login), _lost_at_worst(compiled, login)
        alarming = {thing for thing, ways in ties.items() if all(way[0].kind is EdgeKind.NOTIFIES for way in ways)}
        if things := {*ties, *lost}:
            yield LoginFate(login, (), Fate.COULD_BE_THEIRS, "", tuple(sorted(things)), frozenset(alarming - lost))


def _lost_at_worst(compiled: Analysis, login: str) -> set[str]:
    """Things that may be lost when a login goes off, however far from it."""
    solver, network = compiled.solver, compiled.network
    nodes = [network.index[node] for act in Act if (node := gone(act, login)) in network.index]
    worse = {network.names[number] for number in solver.fall((node, RUN_MARKS[Run.WORST]) for node in nodes)}
    return worse & compiled.counted.keys()


def unread_logins(stack: Stack) -> set[str]:
    """The ids of logins on which something hangs and that nobody read."""
    named = {link.target for kind in HANGS_BY_LOGIN for link in stack.graph.links(kind)}
    return {end for end in named if _is_unread_login(stack, end)}


def _is_unread_login(stack: Stack, node_id: str) -> bool:
    return stack.presence(node_id) is Presence.NEVER_READ and kind_of(node_id) in {NodeKind.ACCOUNT, None}


def _fate(stack: Stack, account: Account, what: Fate, by: str) -> LoginFate:
    holders = tuple(tie.person for tie in account.holders)
    return LoginFate(account.id, holders, what, by, things_behind(stack, account.id))


def _counts(stack: Stack, thing: str) -> bool:
    vertex = stack.graph.get(thing)
    return vertex is not None and is_thing(vertex) and not vertex.switched_off


def rotations(stack: Stack, people: Iterable[str]) -> tuple[Rotation, ...]:
    """Secrets to change: shared logins with a leaving holder, and credentials that leavers know.

    Whoever knows one knows it still when the login through which he learnt it is off.
    """
    leavers = frozenset(people)
    found: dict[str, Rotation] = {}
    for login, holders in shared_logins(stack):
        if holders & leavers:
            found[login] = Rotation(login, "shared login", things_behind(stack, login))
    for secret, knowing in known_credentials(stack):
        if knowing & leavers:
            uses = stack.graph.into(secret, EdgeKind.AUTHENTICATES_WITH)
            things = tuple(sorted({use.source for use in uses if _counts(stack, use.source)}))
            found.setdefault(secret, Rotation(secret, "they know its secret", things))
    return tuple(found[key] for key in sorted(found))


def shared_logins(stack: Stack) -> Iterator[tuple[str, frozenset[str]]]:
    """The logins that several people use, or may, with those known to hold them."""
    for account in stack.accounts.values():
        if account.type is AccountType.SHARED or (account.type is AccountType.HUMAN and len(account.holders) > 1):
            yield account.id, frozenset(tie.person for tie in account.holders)


def known_credentials(stack: Stack) -> Iterator[tuple[str, frozenset[str]]]:
    """Credentials with people who know them: whoever holds the login that does, or somebody without one; some twice."""
    for link in stack.graph.links(EdgeKind.KNOWS):
        login = stack.accounts.get(link.source)
        yield link.target, frozenset(tie.person for tie in login.holders) if login else frozenset({link.source})


def admin_changes(stack: Stack, people: Iterable[str]) -> tuple[AdminChange, ...]:
    """Systems that lose administrators, by id. Only active logins of known persons count."""
    leavers = frozenset(people)
    found = (_administered(stack, system.id, leavers) for system in stack.graph.vertices(NodeKind.SYSTEM))
    return tuple(change for change in found if leavers.intersection(change.before))


def administered(stack: Stack, systems: Iterable[str], people: Iterable[str]) -> tuple[AdminChange, ...]:
    """Who administers these Systems, with these people and without them, whether or not they are among them."""
    leavers = frozenset(people)
    return tuple(_administered(stack, system, leavers) for system in systems)


def admins_in_part(stack: Stack, systems: Iterable[str]) -> tuple[AdminChange, ...]:
    """Of these Systems, those of which administrators are known, whether or not all; nobody of them leaves."""
    found = (_administered(stack, system, frozenset()) for system in systems)
    return tuple(change for change in found if change.before)


def _administered(stack: Stack, system: str, leavers: frozenset[str]) -> AdminChange:
    logins: dict[str, list[str]] = defaultdict(list)
    for link in stack.graph.into(system, EdgeKind.ADMINISTERS):
        account = stack.accounts.get(link.source)
        for tie in account.holders if account and not account.off else ():
            logins[tie.person].append(link.source)
    after = tuple(sorted(logins.keys() - leavers))
    idle = tuple(person for person in after if all(_is_idle(stack, login) for login in logins[person]))
    return AdminChange(system, tuple(sorted(logins)), after, idle, _listed(stack, system))


def _is_idle(stack: Stack, login: str) -> bool:
    vertex = stack.graph.get(login)
    return vertex is not None and unseen(vertex.properties, stack.as_of)


def _listed(stack: Stack, system: str) -> Reach:
    scope = system_of(system) or system
    if scope in stack.admins_listed:
        return Reach.COMPLETE
    lists = [item for item in stack.coverage if item.system == scope and EdgeKind.ADMINISTERS in item.kinds]
    return Reach.PARTIAL if any(item.state in _READ for item in lists) else Reach.SKIPPED


def admins_not_known(stack: Stack, going: Iterable[str]) -> tuple[str, ...]:
    """The Systems of these logins of which no list that was read to the end says who administers them, by id."""
    systems = {system for login in going for system in stack.graph.systems_of(login)}
    return tuple(sorted(one for one in systems if (system_of(one) or one) not in stack.admins_listed))
