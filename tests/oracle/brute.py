"""The semantics of leaving, worked out the slow and obvious way, to check the engine against.

A stack is a list of fact-file lines. Nothing here imports the product. `README.md` lists how open
points of the rules were decided.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any

from tests.oracle.care import admins_fully_read, care_is_lost, carers, notice_is_lost, notified_by
from tests.oracle.facts import (
    ANONYMOUS,
    CHAIN,
    GRADES,
    STARVES,
    STOPS,
    TOKEN_KINDS,
    UNTIED_TYPES,
    Edge,
    Line,
    Stack,
    read,
)
from tests.oracle.gates import EACH, PER_SLOT, is_bare_owner, slots_of, starts_itself
from tests.oracle.logins import BY_ACT, Departure, Login, is_refused_by, logins, struck
from tests.oracle.runs import Run, World, worst_of

Row = dict[str, Any]
Leavers = frozenset[str]
NOBODY: Leavers = frozenset()
QUIET_WORDS = ("refused", "moved", "survives")
USUAL = "deactivated"


@dataclass(frozen=True, slots=True)
class Readings:
    """All runs of one stack: proven at each grade, and at worst."""

    stack: Stack
    proven: Run
    worst: Run
    by_grade: dict[str, Run]


def states(stack: Iterable[Line], gone: Leavers, how: str, reading: str, grade: str, as_of: date) -> dict[str, str]:
    """The state of every node: of a Dataset its content's, of an account that went off `stops`."""
    levels = Run(read(stack, as_of), reading, grade).states(gone, how)
    return {node: CHAIN[level] for node, level in levels.items()}


def outcomes(stack: Iterable[Line], leavers: Leavers, how: str, as_of: date) -> list[Row]:
    """The rows of the answer, by thing and outcome; `alone`: one single leaver suffices."""
    runs = _readings(stack, as_of)
    alone = {key for leaver in leavers for key in _rows(runs, frozenset({leaver}), how)}
    found = _rows(runs, leavers, how)
    return [
        {"thing": thing, "outcome": word, **rest, "alone": (thing, word) in alone}
        for (thing, word), rest in sorted(found.items())
    ]


def already_broken(stack: Iterable[Line], as_of: date) -> list[Row]:
    """What does not work before anybody leaves."""
    runs = _readings(stack, as_of)
    proven, worst = runs.proven.states(NOBODY, USUAL), runs.worst.states(NOBODY, USUAL)
    graded = {grade: run.states(NOBODY, USUAL) for grade, run in runs.by_grade.items()}
    rows = []
    for thing in runs.stack.things:
        holding = [grade for grade in GRADES if graded[grade][thing] == proven[thing]]
        for word, at_worst in _verdict(0, proven[thing], 0, worst[thing]):
            sure = None if word == "unknown" else holding[-1]
            rows.append({"thing": thing, "outcome": word, "certainty": sure, "at_worst": at_worst})
    return rows


def partial(stack: Iterable[Line], leavers: Leavers, how: str, as_of: date) -> list[Row]:
    """What goes on with less: which writers or triggers it newly lost (rule 14)."""
    runs = _readings(stack, as_of)
    before, after = runs.proven.states(NOBODY, how), runs.proven.states(leavers, how)
    rows = []
    for thing in runs.stack.things:
        feeders, limit = _feeders(runs.stack, thing)
        lost = [x for x in feeders if before.get(x, 0) < limit <= after.get(x, 0)]
        remain = any(after.get(x, 0) < limit and not _is_gone(runs.stack, x) for x in feeders)
        enough = remain or _goes_on_without(runs.stack, thing)
        if lost and enough and after[thing] == before[thing] < STOPS:
            rows.append({"thing": thing, "lost": lost})
    return rows


def bus_factor(stack: Iterable[Line], how: str, as_of: date) -> dict[str, Row]:
    """Fewest leavers that make a thing stop or starve, or leave nobody who cares, by trying every set."""
    runs = _readings(stack, as_of)
    known = runs.stack.people
    proven_sets = _by_size([*known, *runs.stack.anonymous_people])
    worst_sets = _by_size([*known, ANONYMOUS])
    proven = {gone: runs.proven.states(gone, how) for gone in proven_sets}
    worst = {gone: runs.worst.states(gone, how) for gone in worst_sets}
    answer = {}
    for thing in runs.stack.things:
        running = _minimal([(gone, proven[gone][thing] >= STARVES) for gone in proven_sets])
        at_worst = _minimal([(gone, worst[gone][thing] >= STARVES) for gone in worst_sets])
        care, care_sets = _care(runs, thing, runs.proven, proven_sets, how)
        care_at_worst, _ = _care(runs, thing, runs.worst, worst_sets, how)
        answer[thing] = {
            "running": _order(running),
            "care": care,
            "at_worst": {"running": _order(at_worst), "care": care_at_worst},
            "minimal_sets": running,
            "care_sets": care_sets,
        }
    return answer


def rotate(stack: Iterable[Line], leavers: Leavers, as_of: date) -> list[Row]:
    """Logins that stay though a holder leaves, and what runs on them: their secret has to change."""
    facts = read(stack, as_of)
    return [
        {"id": account, "things": _things_on(facts, account)}
        for account in _staying_logins(facts)
        if leavers.intersection(facts.holders(account))
    ]


def accounts(stack: Iterable[Line], leavers: Leavers, as_of: date) -> list[Row]:
    """Logins that lose their last holder, and logins of nobody known that something runs on."""
    facts = read(stack, as_of)
    orphaned = [
        {"id": account, "what": "no holder left", "things": _things_on(facts, account)}
        for account in _staying_logins(facts)
        if leavers.issuperset(facts.holders(account)) and facts.holders(account)
    ]
    nobodys = [login for login in logins(facts) if _could_be_anybodys(facts, login.account)]
    doubtful = [
        {"id": login.account, "what": "could be theirs", "things": things}
        for login in nobodys
        if (things := _things_on(facts, login.account))
    ]
    return sorted([*orphaned, *doubtful], key=lambda row: (row["what"], row["id"]))


def _readings(stack: Iterable[Line], as_of: date) -> Readings:
    """The runs of a stack; of the one asked for last they are kept, for every question needs the same ones."""
    return _readings_of(json.dumps(list(stack)), as_of)


@lru_cache(maxsize=1)
def _readings_of(text: str, as_of: date) -> Readings:
    facts = read(json.loads(text), as_of)
    by_grade = {grade: Run(facts, "proven", grade) for grade in GRADES}
    return Readings(facts, by_grade["possible"], Run(facts, "worst", "possible"), by_grade)


def _rows(runs: Readings, gone: Leavers, how: str) -> dict[tuple[str, str], Row]:
    """(thing, outcome) -> certainty and at-worst state."""
    rows = _chain_rows(runs, gone, how)
    stopped = {x for x, level in runs.proven.states(gone, how).items() if level == STOPS}
    for grade in GRADES:
        for thing, word in _quiet_rows(runs, gone, how, grade) | _computed_rows(runs, gone, how, grade):
            if thing not in stopped:
                rows[thing, word] = {"certainty": grade, "at_worst": None}
    return rows


def _chain_rows(runs: Readings, gone: Leavers, how: str) -> dict[tuple[str, str], Row]:
    proven, worst = runs.proven.states(gone, how), runs.worst.states(gone, how)
    proven_before, worst_before = runs.proven.states(NOBODY, how), runs.worst.states(NOBODY, how)
    graded = {grade: run.states(gone, how) for grade, run in runs.by_grade.items()}
    rows: dict[tuple[str, str], Row] = {}
    for x in runs.stack.things:
        for word, at_worst in _verdict(proven_before[x], proven[x], worst_before[x], worst[x]):
            holding = [grade for grade in GRADES if graded[grade][x] == proven[x]]
            rows[x, word] = {"certainty": None if word == "unknown" else holding[-1], "at_worst": at_worst}
    return rows


def _verdict(proven_before: int, proven: int, worst_before: int, worst: int) -> Iterator[tuple[str, str | None]]:
    """Rule 23: at most one word of the chain, or `unknown`, with the at-worst state where it differs."""
    if proven > proven_before:
        yield CHAIN[proven], CHAIN[worst] if worst != proven else None
    elif worst > worst_before:
        yield "unknown", CHAIN[worst]


def _computed_rows(runs: Readings, gone: Leavers, how: str, grade: str) -> set[tuple[str, str]]:
    """`unowned` and `muted` as far as edges of this grade prove them."""
    unowned = {(x, "unowned") for x in runs.stack.things if _is_unowned(runs, x, gone, how, grade)}
    muted = {(x, "muted") for x in runs.stack.things if _is_muted(runs, x, gone, how, grade)}
    return unowned | muted


def _is_unowned(runs: Readings, thing: str, gone: Leavers, how: str, grade: str) -> bool:
    entries = carers(runs.stack, thing)
    run = runs.by_grade[grade]
    return any(carer.sure for carer in entries) and care_is_lost(run, entries, gone, how)


def _is_muted(runs: Readings, thing: str, gone: Leavers, how: str, grade: str) -> bool:
    notified = notified_by(runs.stack, thing)
    had_one = not notice_is_lost(runs.proven, notified, NOBODY, how)
    return had_one and notice_is_lost(runs.by_grade[grade], notified, gone, how)


def _quiet_rows(runs: Readings, gone: Leavers, how: str, grade: str) -> set[tuple[str, str]]:
    """`refused`, `moved` and `survives`: (thing, word) where an edge lets nothing through (rule 5)."""
    stack = runs.stack
    departure = Departure(gone, how, "proven", grade)
    now = struck(stack, logins(stack), departure)
    at_worst = runs.worst.world(gone, how)
    rows: set[tuple[str, str]] = set()
    known = {login.account: login for login in logins(stack)}
    for edge in stack.of(*EACH, *PER_SLOT):
        new = now.get(edge.end, frozenset()) - stack.acts_read(edge.end)
        if "deactivated" in new and edge.kind in BY_ACT and _refuses(stack, edge, known, how):
            if is_refused_by(edge, known[edge.end], how) and departure.allows(edge.grade(how)):
                rows.update((x, "refused") for x in _things_behind(stack, edge, departure))
            continue
        words = {edge.word(act) for act in new if departure.allows(edge.grade(act))}
        if words.intersection(QUIET_WORDS) and _lets_nothing_through(stack, edge, at_worst):
            things = _things_behind(stack, edge, departure)
            rows.update((x, word) for x in things for word in words.intersection(QUIET_WORDS))
    return rows


def _refuses(stack: Stack, edge: Edge, known: dict[str, Login], how: str) -> bool:
    twins = [twin for twin in stack.of(edge.kind) if _identity(stack, twin) == _identity(stack, edge)]
    return any(is_refused_by(twin, known[edge.end], how) for twin in twins)


def _lets_nothing_through(stack: Stack, edge: Edge, world: World) -> bool:
    twins = [twin for twin in stack.of(edge.kind) if _identity(stack, twin) == _identity(stack, edge)]
    return not any(worst_of(twin, world.acts[edge.end], world) for twin in twins if not is_bare_owner(twin))


def _identity(stack: Stack, edge: Edge) -> tuple[object, ...]:
    """Rule 3: a label of a group is local to its source; a missing slot is the only one there is."""
    ends = (edge.kind, edge.start, edge.end)
    if edge.group is not None:
        return (*ends, edge.source, edge.group, edge.slot)
    siblings = [x for x in stack.of(edge.kind) if x.start == edge.start and x.group is None]
    if edge.kind in PER_SLOT:
        return (*ends, slots_of(stack, siblings)[edge])
    slots = {x.slot for x in siblings if x.end == edge.end and x.slot is not None}
    return (*ends, edge.slot or (min(slots) if len(slots) == 1 else None))


def _things_behind(stack: Stack, edge: Edge, departure: Departure) -> list[str]:
    if stack.kind(edge.start) not in TOKEN_KINDS:
        return [edge.start] if stack.is_thing(edge.start) else []
    return [
        use.start
        for use in stack.of("AUTHENTICATES_WITH")
        if use.end == edge.start and stack.is_thing(use.start) and departure.allows(use.evidence_grade)
    ]


def _feeders(stack: Stack, thing: str) -> tuple[list[str], int]:
    """Who writes to it or sets it off, and from which level on such a one is lost."""
    kind = stack.kind(thing)
    if kind in ("Dataset", "System"):
        return sorted({edge.start for edge in stack.of("WRITES_TO") if edge.end == thing}), STARVES
    if kind == "Automation":
        return sorted({edge.start for edge in stack.of("TRIGGERS") if edge.end == thing}), STOPS
    return [], STOPS


def _is_gone(stack: Stack, node: str) -> bool:
    return stack.is_off(node) or stack.is_missing(node)


def _goes_on_without(stack: Stack, thing: str) -> bool:
    return stack.kind(thing) == "System" or starts_itself(stack, thing)


def _by_size(people: list[str]) -> list[Leavers]:
    ordered = sorted(people)
    return [frozenset(some) for size in range(len(ordered) + 1) for some in combinations(ordered, size)]


def _minimal(judged: list[tuple[Leavers, bool]]) -> list[list[str]]:
    """The inclusion-minimal bad sets; `judged` come smallest first."""
    minimal: list[Leavers] = []
    for gone, is_bad in judged:
        if is_bad and not any(smaller <= gone for smaller in minimal):
            minimal.append(gone)
    return [sorted(gone) for gone in minimal]


def _order(sets: list[list[str]]) -> int | None:
    return len(sets[0]) if sets else None


def _care(
    runs: Readings, thing: str, run: Run, sets: list[Leavers], how: str
) -> tuple[int | str | None, list[list[str]]]:
    """Rule 30: 0 only over a complete list of administrators; possible carers never count at worst."""
    entries = [carer for carer in carers(runs.stack, thing) if carer.sure or run.reading == "proven"]
    if not entries and not admins_fully_read(runs.stack, thing):
        return "unknown", []
    minimal = _minimal([(gone, care_is_lost(run, entries, gone, how)) for gone in sets])
    return _order(minimal), minimal


def _staying_logins(stack: Stack) -> list[str]:
    """Logins that several people use: shared by type, or human with two holders and more."""
    return [
        login.account
        for login in logins(stack)
        if login.holders and (login.type == "shared" or (login.type == "human" and len(login.holders) > 1))
    ]


def _could_be_anybodys(stack: Stack, account: str) -> bool:
    if stack.never_read(account):
        return True
    in_doubt = stack.account_type(account) not in ("shared", *UNTIED_TYPES)
    return account in stack.nodes and in_doubt and not stack.holders(account)


def _things_on(stack: Stack, account: str) -> list[str]:
    """Things with an edge to this login that passes something, straight or by a token."""
    anybody = Departure(NOBODY, USUAL, "worst", "possible")
    edges = [edge for edge in stack.of(*EACH, *PER_SLOT) if edge.end == account]
    edges = [edge for edge in edges if edge.says_outcome or edge.kind != "OWNED_BY"]
    return sorted({thing for edge in edges for thing in _things_behind(stack, edge, anybody)})


__all__ = ["accounts", "already_broken", "bus_factor", "outcomes", "partial", "rotate", "states"]
