"""The fewest second holders with whom no single person's leaving stops anything, and who they could be.

Only for what a second holder can help: what hangs on somebody who has left as well, or on nobody knows whom, stays one
person away whatever is agreed on, and is told instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import TypeAlias

from stackmap.analysis.compiling.compiled import CompiledStack
from stackmap.analysis.succession.agreed import agreed
from stackmap.analysis.succession.candidates import Candidates
from stackmap.analysis.succession.care import Caring
from stackmap.analysis.succession.fewest import Fewest, Proof, fewest
from stackmap.analysis.succession.holds import Hold, Holding, Way, can_share
from stackmap.analysis.succession.remains import (
    AT_WORST,
    PROVEN,
    OneMore,
    Remains,
    one_person_away,
    remaining_care,
    remaining_running,
)
from stackmap.analysis.succession.rights import administering_too, administering_with, gives_rights
from stackmap.analysis.succession.sharing import Choice, Fit, Sharing

__all__ = ["HandOver", "Part", "SecondHolders", "second_holders"]

_Loses: TypeAlias = Callable[[Collection[Hold]], Collection[str]]
_Lost: TypeAlias = Iterable[tuple[Sequence[Hold], _Loses]]
"""For each person their holds, and what is lost with some of them."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hold and its second holder; `second` is None where nobody can be one, or nobody has room.

    `things`: what stays one person away without this, by id. `could`: how many people could take it. `backup_of`: the
    things of which your notes name the second holder as backup. `login`: with which they would administer what they
    look after then, or be in the group; None where they would own it, and of other holds.
    """

    hold: Hold
    second: str | None
    fit: Fit | None
    could: int
    things: tuple[str, ...]
    backup_of: tuple[str, ...] = ()
    login: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The hand-overs for one purpose, those that lift most first. No plan has fewer than `at_least`: fewer than these
    only where that is not proven.

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
    look after it; worked out with `running` done, for a login's second holder looks after things as well. Not so with a
    login that administers anything: nobody is an administrator by a login that is somebody else's.

    `one_away`: the things that bus factors call one person away from failing, among those asked about, by id. `gone`:
    those that stop, or run on old data, with whoever leaves first; `may_go`: those that only may.
    """

    running: Part
    care: Part
    most: int
    one_away: tuple[str, ...]
    gone: tuple[str, ...]
    may_go: tuple[str, ...]

    @property
    def helped(self) -> int:
        """How many of those one person away are not with the plan."""
        return len(set(self.one_away) & set(self.running.lifted))


def second_holders(
    compiled: CompiledStack,
    wanted: Collection[str] | None = None,
    *,
    leaving: Collection[str] = (),
    at_most: int | None = None,
) -> SecondHolders:
    """The fewest second holders for the things `wanted` (None: all that are counted), and who they could be.

    As it is once those `leaving` have left: they take nothing over, and what their leaving takes needs no plan. One
    person takes `at_most`; None: the even share and one more, for care two, and beyond that only what nobody else can
    take.
    """
    chosen = compiled.counted.keys() if wanted is None else compiled.counted.keys() & set(wanted)
    now = OneMore(compiled, frozenset(leaving), None if wanted is None else frozenset(chosen))
    return _Planning(now, frozenset(chosen), at_most).plan()


@dataclass(frozen=True, slots=True)
class _Needs:
    """The holds of everybody that need a second holder, and the things that each lifts."""

    things: Mapping[Hold, tuple[str, ...]]
    proof: Proof
    at_least: int


class _Planning:
    def __init__(self, now: OneMore, wanted: frozenset[str], at_most: int | None) -> None:
        compiled, leaving = now.compiled, now.away
        stack = compiled.stack
        self._now = now
        self._compiled = compiled
        self._wanted = wanted
        self._at_most = at_most
        self._leaving = leaving
        self._candidates = Candidates(compiled, leaving)
        self._here = tuple(person for person in stack.people if can_share(stack, person) and person not in leaving)
        self._asked: dict[Hold, Choice] = {}
        self._sharing = Sharing(0, firm=at_most is not None)
        self._judged: dict[Set[tuple[Hold, str]], OneMore] = {frozenset(): now}
        self._at_its_login: Mapping[str, Set[str]] = {}  # of equals best the same, for fewer get near such rights

    def plan(self) -> SecondHolders:
        now, hanging = self._now, self._hanging
        gone, gone_at_worst = self._takes_first(PROVEN), self._takes_first(AT_WORST)
        running = _needs(self._held(), self._holding.unsure)
        self._sharing.busy = Counter(hold.person for hold in running.things)
        seconds = self._share(running, spare=1)
        beside, self._at_its_login = self._without_rights(seconds), administering_with(self._compiled, seconds)
        then = self._with(beside)
        alone = remaining_care(then, self._wanted, self._here)
        care = _needs(self._cared_for(then, _that_can_be_helped(self._wanted, alone)))
        more = self._share(care, spare=2)  # or whoever fits best might have no room left for what weighs most
        cared, then = self._with(beside | more), self._with(seconds | more)
        return SecondHolders(
            self._part(running, seconds, (hanging, remaining_running(then, self._wanted, self._here))),
            self._part(care, more, [remaining_care(one, self._wanted, self._here) for one in (now, cared)]),
            max(self._sharing.taken.values(), default=0),
            tuple(sorted(one_person_away(now, hanging))),
            tuple(sorted(gone)),
            tuple(sorted(gone_at_worst - gone)),
        )

    def _without_rights(self, seconds: Mapping[Hold, str]) -> dict[Hold, str]:
        """Those by which nobody gets an administrator's rights: these nobody should have by a login of somebody else,
        so what needs an administrator gets one by a hand-over of its own.
        """
        return {hold: second for hold, second in seconds.items() if not gives_rights(self._compiled, hold)}

    def _takes_first(self, mark: int) -> set[str]:
        return {thing for thing in self._wanted if self._now.takes_first(thing, mark)}

    def _with(self, seconds: Mapping[Hold, str]) -> OneMore:
        """The stack judged again, with these; of the same ones once."""
        asked = frozenset(seconds.items())
        if asked not in self._judged:
            self._judged[asked] = replace(self._now, compiled=agreed(self._candidates, seconds))
        return self._judged[asked]

    @cached_property
    def _hanging(self) -> tuple[Remains, ...]:
        return remaining_running(self._now, self._wanted, self._here)

    @cached_property
    def _holding(self) -> Holding:
        wanted = _that_can_be_helped(self._wanted, self._hanging)
        return Holding(self._compiled, self._here, wanted, self._leaving)

    def _held(self) -> _Lost:
        """Of those near the things; whoever's leaving takes none of them has nothing to share."""
        held, near = self._holding, frozenset(self._now.people)
        for person, holds in held.holds.items():
            if person in near and held.lost(holds):
                yield sorted(holds, key=self._is_nobodys), held.lost

    def _is_nobodys(self, hold: Hold) -> bool:
        """Of equally small plans the one is better whose holds somebody can share: those come first."""
        return not any(self._candidates.of(hold, self._named(hold)).values())

    def _named(self, hold: Hold, things: Collection[str] = ()) -> Mapping[str, tuple[str, ...]]:
        """Whom your notes name as backup of these things, and of all that this hold alone takes."""
        if not self._candidates.backups:
            return {}
        hanging = self._holding.hanging(hold) if hold.way is not Way.CARE else ()
        return self._candidates.named(hold, {*things, *hanging})

    def _cared_for(self, then: OneMore, wanted: frozenset[str]) -> _Lost:
        near = frozenset(then.people)
        for person in (one for one in self._here if one in near):
            alone = frozenset(then.uncared(person, wanted))
            caring = Caring(self._compiled.stack, person, alone)
            yield caring.holds, caring.lost

    def _share(self, needs: _Needs, *, spare: int) -> dict[Hold, str]:
        """Who takes which of these holds; `spare`: how many beyond the even share one person takes."""
        choices = [self._choice(hold, things) for hold, things in needs.things.items()]
        self._asked |= {choice.hold: choice for choice in choices}
        people = {person for choice in self._asked.values() for person in choice.everybody}
        self._sharing.cap = self._at_most or ceil(len(self._asked) / max(1, len(people))) + spare
        return self._sharing.share_out(choices)

    def _choice(self, hold: Hold, things: Collection[str]) -> Choice:
        named = self._named(hold, things)
        first = self._at_its_login.get(hold.about, frozenset()) | administering_too(self._compiled, hold)
        return Choice(hold, self._candidates.of(hold, named), named, first)

    def _part(self, needs: _Needs, seconds: Mapping[Hold, str], asked: Sequence[tuple[Remains, ...]]) -> Part:
        before, after = asked
        open_ = {one.thing for one in after if one.why.proven}
        lifted = (one.thing for one in before if one.why.proven and one.thing not in open_)
        hand_overs = sorted(self._hand_overs(needs, seconds), key=lambda one: (-len(one.things), one.hold.order))
        return Part(tuple(hand_overs), needs.proof, needs.at_least, tuple(lifted), after)

    def _hand_overs(self, needs: _Needs, seconds: Mapping[Hold, str]) -> Iterator[HandOver]:
        for hold, things in needs.things.items():
            second, choice = seconds.get(hold), self._asked[hold]
            fit = choice.fit_of(second) if second is not None else None
            named = choice.named.get(second or "", ())
            login = self._candidates.login_to_share_with(second, hold) if second is not None else None
            yield HandOver(hold, second, fit, len(list(choice.everybody)), things, tuple(named), login)


def _that_can_be_helped(wanted: frozenset[str], remaining: Iterable[Remains]) -> frozenset[str]:
    return wanted - {one.thing for one in remaining if one.why.hopeless}


def _needs(asked: _Lost, unsure: Set[str] = frozenset()) -> _Needs:
    """The fewest holds to share, person by person. `unsure`: what may be kept with fewer (`Holding.unsure`)."""
    things: dict[Hold, tuple[str, ...]] = {}
    proofs, at_least = [Proof.FORCED], 0
    for holds, loses in asked:
        few = _as_sure(fewest(holds, loses), holds, loses, unsure)
        proofs.append(few.proof)
        at_least += few.at_least
        others = [hold for hold in holds if hold not in few.chosen]
        things |= {hold: tuple(sorted(loses([*others, hold]))) for hold in few.chosen}
    at_least = max(at_least, min(1, len(things)))  # whatever is lost needs one
    if at_least < len(things):
        return _Needs(things, Proof.NOT_PROVEN, at_least)
    return _Needs(things, Proof.FORCED if set(proofs) == {Proof.FORCED} else Proof.SEARCHED, at_least)


def _as_sure(few: Fewest[Hold], holds: Sequence[Hold], loses: _Loses, unsure: Set[str]) -> Fewest[Hold]:
    """The same, with no more claimed to be needed than what is not unsure needs."""
    if unsure.isdisjoint(loses(holds)):
        return few
    at_least = fewest(holds, lambda some: frozenset(loses(some)) - unsure).at_least
    return few if at_least >= few.at_least else replace(few, proof=Proof.NOT_PROVEN, at_least=at_least)
