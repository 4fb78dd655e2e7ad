"""Who may be one person: the questions that identity would ask, and taking in the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from stackmap.app.opening import Reading
from stackmap.app.people.changing import Plan
from stackmap.app.people.merging import answers_plan
from stackmap.app.people.seen import seen_in
from stackmap.app.people.subjects import Subject, subject_of
from stackmap.errors import UsageError
from stackmap.identity import TieSuggestion, suggest_ties
from stackmap.render.guards import plain
from stackmap.render.people_suggested import Pair, Side

__all__ = ["Answer", "answered_plan", "grouped", "questions"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said about two sides, and where (the row of a table; 0 for a question asked in the terminal)."""

    first: str
    second: str
    same: bool
    row: int = 0


def questions(reading: Reading) -> tuple[Pair, ...]:
    """Pairs that may be one person, the most alike first."""
    suggestions = suggest_ties(reading.identity, reading.manifest.hints)
    return tuple(pair for one in suggestions for pair in _pairs(reading, one))


def _pairs(reading: Reading, suggestion: TieSuggestion) -> Iterator[Pair]:
    """One question for each two subjects that are not one person by now."""
    subjects = {subject.id: subject for subject in (subject_of(reading, one) for one in suggestion.subjects)}
    for first, second in combinations(subjects.values(), 2):
        sides = (_side(reading, first), _side(reading, second))
        yield Pair(sides, suggestion.score, suggestion.reason)


def _side(reading: Reading, subject: Subject) -> Side:
    graph, stack = reading.stack.graph, reading.stack
    logins = [f"{graph.system_name(account)}: {graph.name(account)}" for account in subject.accounts[:3]]
    more = f"and {len(subject.accounts) - 3} more logins" if len(subject.accounts) > 3 else ""
    if subject.person:
        parts = [subject.name, *subject.emails, *logins, more]
    else:
        account = stack.accounts[subject.id]
        vertex = graph.get(subject.id)
        email = str(vertex.properties.get("email") or "") if vertex else ""
        parts = [f"login {subject.name}", graph.system_name(subject.id), account.type.value, email]
        parts += ["off"] if account.off else []
    seen = dict.fromkeys(line for one in (subject.id, *subject.accounts)[:4] for line in seen_in(reading, one))
    return Side(subject.id, " · ".join(dict.fromkeys(part for part in parts if part)), tuple(seen)[:3])


def answered_plan(answers: Sequence[Answer], reading: Reading) -> Plan:
    """Your notes with all of these answers. Raises UsageError where answers gainsay each other."""
    named = dict.fromkeys(node_id for answer in answers for node_id in (answer.first, answer.second))
    subjects = {node_id: subject_of(reading, node_id) for node_id in named}
    ids = {node_id: subject.id for node_id, subject in subjects.items()}
    groups = grouped((ids[answer.first], ids[answer.second]) for answer in answers if answer.same)
    for answer in answers:
        first, second = ids[answer.first], ids[answer.second]
        if not answer.same and groups.get(first, first) == groups.get(second, second):
            names = f"{plain(subjects[answer.first].name)} and {plain(subjects[answer.second].name)}"
            raise UsageError(f"{names} are one person already, or by another answer; see: stackmap people split --help")
    by_id = {subject.id: subject for subject in subjects.values()}
    members: dict[str, list[Subject]] = {}
    for node_id, group in groups.items():
        members.setdefault(group, []).append(by_id[node_id])
    apart = [(subjects[answer.first], subjects[answer.second]) for answer in answers if not answer.same]
    return answers_plan(reading, [group for group in members.values() if len(group) > 1], apart)


def grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The first of its group for everybody who is in one."""
    groups: dict[str, str] = {}
    for first, second in pairs:
        kept, gone = groups.get(first, first), groups.get(second, second)
        groups.update({first: kept, second: kept})
        groups.update({one: kept for one, group in groups.items() if group == gone})
    return groups
