"""The fewest second holders with whom no single person's leaving stops anything, and who they could be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.succession.agreed import agreed
from stackmap.analysis.succession.candidates import Candidates
from stackmap.analysis.succession.care import Caring
from stackmap.analysis.succession.fewest import Proof, fewest
from stackmap.analysis.succession.holds import Hold, Holding, can_share
from stackmap.analysis.succession.remains import Remains, remaining_care, remaining_running, uncared
from stackmap.analysis.succession.sharing import Choice, Fit, Sharing

__all__ = ["HandOver", "Part", "SecondHolders", "second_holders"]

_Asked: TypeAlias = Iterable[tuple[Sequence[Hold], Callable[[Collection[Hold]], Collection[str]]]]
"""For each person their holds, and what is lost with some of them."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hold and its second holder; `second` is None where nobody can be one, or nobody has room.

    `things`: what stays one person away without this, by id. `could`: how many people could take it.
    """

    hold: Hold
    second: str | None
    fit: Fit | None
    could: int
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The hand-overs for one purpose, those that lift most first. No plan has fewer than `at_least`.

    `lifted`: the things that hung on one person and, judged again with the plan, do not. `remains`: those that still
    do, or may.
    """

    hand_overs: tuple[HandOver, ...]
    proof: Proof
    at_least: int
    lifted: tuple[str, ...]
    remains: tuple[Remains, ...]


@dataclass(frozen=True, slots=True)
class SecondHolders:
    """The plan, and what it does. `most`: how many hand-overs one person was given at most.

    `running`: so that nothing stops, or runs on old data, with one person. `care`: so that somebody is left who can
    look after it; worked out with `running` done, for a login's second holder looks after things as well.
    """

    running: Part
    care: Part
    most: int


def second_holders(
    compiled: CompiledStack,
    wanted: Collection[str] | None = None,
    *,
    leaving: Collection[str] = (),
    at_most: int | None = None,
) -> SecondHolders:
    """The fewest second holders for the things `wanted` (None: all that are counted), and who they could be.

    Those `leaving` take nothing over. One person takes `at_most`; None: the even share and one more, and beyond that
    only what nobody else can take.
    """
    chosen = compiled.counted.keys() if wanted is None else compiled.counted.keys() & set(wanted)
    return _Planning(compiled, frozenset(chosen), frozenset(leaving), at_most).plan()


@dataclass(frozen=True, slots=True)
class _Needs:
    """The holds of everybody that need a second holder, and the things that each lifts."""

    things: Mapping[Hold, tuple[str, ...]]
    proof: Proof
    at_least: int


class _Planning:
    def __init__(
        self, compiled: CompiledStack, wanted: frozenset[str], leaving: frozenset[str], at_most: int | None
    ) -> None:
        stack = compiled.stack
        self._compiled = compiled
        self._wanted = wanted
        self._at_most = at_most
        self._candidates = Candidates(compiled, leaving)
        self._here = tuple(person for person in stack.people if can_share(stack, person))
        self._asked: list[Choice] = []
        self._sharing = Sharing(0, firm=at_most is not None)

    def plan(self) -> SecondHolders:
        running = _needs(self._held())
        self._sharing.busy = Counter(hold.person for hold in running.things)
        seconds = self._share(running)
        before, after = self._compiled, agreed(self._candidates, seconds)
        care = _needs(self._cared_for(after))
        more = self._share(care)
        after = agreed(self._candidates, seconds | more) if more else after
        return SecondHolders(
            self._part(running, seconds, (remaining_running(one, self._wanted, self._here) for one in (before, after))),
            self._part(care, more, (remaining_care(one, self._wanted, self._here) for one in (before, after))),
            max(self._sharing.taken.values(), default=0),
        )

    def _held(self) -> _Asked:
        holding = Holding(self._compiled, self._here, self._wanted)
        return ((sorted(holds, key=self._is_nobodys), holding.lost) for holds in holding.holds.values())

    def _is_nobodys(self, hold: Hold) -> bool:
        """Of equally small plans the one is better whose holds somebody can share: those come first."""
        return not any(self._candidates.of(hold).values())

    def _cared_for(self, after: CompiledStack) -> _Asked:
        for person in self._here:
            alone = frozenset(uncared(after, person, self._wanted))
            caring = Caring(self._compiled.stack, person, alone)
            yield caring.holds, caring.lost

    def _share(self, needs: _Needs) -> dict[Hold, str]:
        choices = [Choice(hold, self._candidates.of(hold)) for hold in needs.things]
        self._asked.extend(choices)
        people = {person for choice in self._asked for person in choice.everybody}
        self._sharing.cap = self._at_most or ceil(len(self._asked) / max(1, len(people))) + 1
        return self._sharing.share_out(choices)

    def _part(self, needs: _Needs, seconds: Mapping[Hold, str], asked: Iterable[tuple[Remains, ...]]) -> Part:
        before, after = asked
        open_ = {one.thing for one in after if one.why.proven}
        lifted = (one.thing for one in before if one.why.proven and one.thing not in open_)
        hand_overs = sorted(self._hand_overs(needs, seconds), key=lambda one: (-len(one.things), one.hold.order))
        return Part(tuple(hand_overs), needs.proof, needs.at_least, tuple(lifted), after)

    def _hand_overs(self, needs: _Needs, seconds: Mapping[Hold, str]) -> Iterator[HandOver]:
        choices = {choice.hold: choice for choice in self._asked}
        for hold, things in needs.things.items():
            second, choice = seconds.get(hold), choices[hold]
            fit = choice.fit_of(second) if second is not None else None
            yield HandOver(hold, second, fit, len(list(choice.everybody)), things)


def _needs(asked: _Asked) -> _Needs:
    """The fewest holds to share, person by person."""
    things: dict[Hold, tuple[str, ...]] = {}
    proofs, at_least = [Proof.FORCED], 0
    for holds, loses in asked:
        few = fewest(holds, loses)
        proofs.append(few.proof)
        at_least += few.at_least
        others = [hold for hold in holds if hold not in few.chosen]
        things |= {hold: tuple(sorted(loses([*others, hold]))) for hold in few.chosen}
    return _Needs(things, max(proofs, key=list(Proof).index), at_least)
