"""What nodes of a network say in an answer: for questions about very many departures, where no reasons are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.compiling.routes import BY_ACT
from stackmap.analysis.departures.asides import SILENT, Silent, silent_rows
from stackmap.analysis.gates.network import gone, gone_by, word_of
from stackmap.model import Act, Edge, Outcome

__all__ = ["ActsOn", "Counts", "Meanings"]

ActsOn: TypeAlias = Callable[[str], tuple[Act, ...]]
"""By which acts a login goes off, or may."""

_COMPUTED = {"care": Outcome.UNOWNED, "notice": Outcome.MUTED}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of which outcome an answer has: of things, and of tokens that nothing is known to sign in with.

    Of the latter `moved` counts those that change hands and do nothing else.
    """

    things: dict[Outcome, int]
    tokens: dict[Outcome, int]


class Meanings:
    """Of one compiled stack, by number of the node."""

    def __init__(self, compiled: CompiledStack) -> None:
        self._compiled = compiled
        self._known: dict[tuple[object, ...], tuple[tuple[str, Outcome], ...]] = {}
        self._facts: dict[str, tuple[Edge, ...]] = {}

    @cached_property
    def things(self) -> Mapping[int, str]:
        """The things that are counted."""
        names = self._compiled.network.names
        return {number: name for number, name in enumerate(names) if name in self._compiled.counted}

    @cached_property
    def tokens(self) -> Mapping[int, str]:
        """The tokens that nothing is known to sign in with."""
        index = self._compiled.network.index
        return {index[token]: token for token in sorted(self._compiled.loose_tokens) if token in index}

    @property
    def token_ids(self) -> Set[str]:
        """The same by id, and those on which no gate hangs."""
        return self._compiled.loose_tokens

    @cached_property
    def computed(self) -> Mapping[int, tuple[str, Outcome]]:
        """The nodes of care and notice: which outcome of which thing they tell when they stop."""
        told = {number: word_of(name) for number, name in enumerate(self._compiled.network.names)}
        return {
            number: (thing, _COMPUTED[word])
            for number, (word, thing) in told.items()
            if word in _COMPUTED
            and thing in self._compiled.counted
            and (word == "notice" or self._was_cared_for(thing))
        }

    def _was_cared_for(self, thing: str) -> bool:
        return any(carer.sure for carer in self._compiled.care.carers(thing))

    @cached_property
    def logins(self) -> Mapping[int, tuple[Act, str]]:
        """The nodes of logins that go off: by which act, and which login."""
        names = enumerate(self._compiled.network.names)
        return {number: went for number, name in names if (went := gone_by(name)) is not None}

    @cached_property
    def acts(self) -> Mapping[str, Sequence[tuple[Act, int]]]:
        """The acts by which each login may go off, with their nodes."""
        found: dict[str, list[tuple[Act, int]]] = {}
        for number, (act, login) in self.logins.items():
            found.setdefault(login, []).append((act, number))
        return found

    def heirs(self, login: str) -> tuple[str, ...]:
        """The logins to which what runs as this one is moved."""
        moved = {fact.properties.get("moved_to") for fact in self._telling(login)}
        return tuple(sorted(heir for heir in moved if heir))

    def _telling(self, login: str) -> tuple[Edge, ...]:
        """What was said of a login that may be told though nothing is lost."""
        if login not in self._facts:
            links = self._compiled.stack.graph.into(login, *BY_ACT)
            self._facts[login] = tuple(fact for link in links for fact in link.facts if self._tells(fact))
        return self._facts[login]

    def _tells(self, fact: Edge, among: Set[Outcome] = SILENT) -> bool:
        if fact.outcomes is None:
            return False
        said = fact.outcomes.by_act.values()
        return fact.outcomes.row in self._compiled.stack.policy.rows or any(one.outcome in among for one in said)

    def telling(self, outcome: Outcome) -> Iterator[str]:
        """The logins by whose going off the platform may do this with what hangs on them, for all that was said."""
        return (login for login in self.acts if any(self._tells(fact, {outcome}) for fact in self._telling(login)))

    def silent(self, login: str, acts: Iterable[Act], at_worst: ActsOn) -> tuple[tuple[str, Outcome], ...]:
        """What the platform refuses, moves or lets survive when a login undergoes these acts: thing and outcome.

        Whether a thing stops beside it is for the caller to see.
        """
        if not self._telling(login):
            return ()
        fallen = frozenset(gone(act, login) for act in acts)
        key = (fallen, at_worst(login), *map(at_worst, self.heirs(login)))
        if key not in self._known:
            rows = silent_rows(self._compiled.routes, fallen, at_worst)
            self._known[key] = tuple(sorted({(row.thing, row.outcome) for row in rows if self._is_told(row)}))
        return self._known[key]

    def _is_told(self, row: Silent) -> bool:
        """Of a token it is told only that it changes hands."""
        return row.thing in self._compiled.counted or (row.outcome is Outcome.MOVED and row.thing in self.token_ids)
