"""Who can care for a thing, whom its alarm reaches, and when both are lost (rules 24, 28 to 30)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.oracle.facts import ANONYMOUS, STOPS, Edge, Stack, rank
from tests.oracle.gates import Gate
from tests.oracle.runs import Run

NOT_INFERRED = ("observed", "declared")


@dataclass(frozen=True, slots=True)
class Carer:
    """A person, the account through which he cares (None: as himself), and how surely we know it."""

    person: str
    account: str | None
    grade: str
    sure: bool


def carers(stack: Stack, thing: str) -> list[Carer]:
    """All of them, one for each person and account, with the surest grade."""
    best: dict[tuple[str, str | None], Carer] = {}
    for carer in _carers(stack, thing):
        known = best.get((carer.person, carer.account))
        if not _is_idle(stack, carer.person) and (known is None or rank(carer.grade) > rank(known.grade)):
            best[carer.person, carer.account] = carer
    return list(best.values())


def _carers(stack: Stack, thing: str) -> Iterator[Carer]:
    subjects = {thing, *stack.systems_of(thing)}
    for edge in stack.of("ADMINISTERS"):
        if edge.end in subjects:
            yield from _through(stack, edge.start, edge)
    for edge in stack.of("OWNED_BY"):
        if edge.start in subjects and edge.how in NOT_INFERRED:
            yield from _owners(stack, edge)


def _owners(stack: Stack, edge: Edge) -> Iterator[Carer]:
    kind = stack.kind(edge.end)
    if kind == "Person" and edge.end in stack.nodes:
        yield Carer(edge.end, None, edge.evidence_grade, sure=True)
    elif kind == "Account":
        yield from _through(stack, edge.end, edge)
    elif kind == "Team":
        for member in stack.of("MEMBER_OF"):
            if member.end == edge.end:
                grade = min(edge.evidence_grade, member.evidence_grade, key=rank)
                yield Carer(member.start, None, grade, sure=True)


def _through(stack: Stack, account: str, edge: Edge) -> Iterator[Carer]:
    kind = stack.account_type(account)
    if account not in stack.nodes or stack.acts_read(account) or kind not in ("human", "shared", "unknown"):
        return
    holders = stack.holders(account)
    for person in holders:
        grade = min(edge.evidence_grade, stack.tie_grade(account), key=rank)
        yield Carer(person, account, grade, sure=kind != "unknown")
    if not holders and kind == "human":
        yield Carer(f"{ANONYMOUS}/{account}", account, edge.evidence_grade, sure=True)


def _is_idle(stack: Stack, person: str) -> bool:
    """He was read as gone, or every account of his as switched off: he works here no more."""
    if stack.is_off(person):
        return True
    own = [account for account in stack.ties if person in stack.holders(account)]
    return bool(own) and all(stack.acts_read(account) for account in own)


def care_is_lost(run: Run, entries: list[Carer], gone: frozenset[str], how: str) -> bool:
    """Has every carer gone, or the account he cares through? Weaker edges than the grade lose nobody."""
    world = run.world(gone, how)
    return all(
        world.departure.allows(carer.grade)
        and (
            carer.person in gone
            or (carer.person.startswith(f"{ANONYMOUS}/") and world.departure.anonymous_gone)
            or bool(carer.account and world.acts.get(carer.account))
        )
        for carer in entries
    )


def admins_fully_read(stack: Stack, thing: str) -> bool:
    """Is there a complete list of who administers each System of the thing? No System: no."""
    systems = stack.systems_of(thing)
    return bool(systems) and all(stack.lists_completely(_coverage_key(system), "ADMINISTERS") for system in systems)


def _coverage_key(system: str) -> str:
    parts = system.split("/")
    return "/".join(parts[:2]) if len(parts) == 4 else system


def notice_is_lost(run: Run, notified: Mapping[Gate, list[Edge]], gone: frozenset[str], how: str) -> bool:
    """Does the thing's alarm reach nobody? False for a thing without an alarm."""
    world, levels = run.world(gone, how), run.levels(gone, how)
    passed = [max(run.passes(edge, gate, world, levels) for edge in edges) for gate, edges in notified.items()]
    return bool(passed) and min(passed) == STOPS


def notified_by(stack: Stack, thing: str) -> dict[Gate, list[Edge]]:
    """The targets of its alarms; all of them are alternatives."""
    targets: dict[Gate, list[Edge]] = {}
    for edge in stack.of("NOTIFIES"):
        if edge.start == thing:
            targets.setdefault(Gate(edge.end), []).append(edge)
    return targets
