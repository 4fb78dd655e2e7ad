"""The ways in which one person's leaving takes a thing: each with its evidence, and what to do about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from stackmap.analysis import Account, Cause, Departure, Row, Stack, fix_for
from stackmap.analysis.departures.doors import behind_door
from stackmap.app.map.sights import Sights
from stackmap.app.opening import Reading
from stackmap.model import Act, Certainty, Evidence, NodeKind, Outcome, State, is_thing, kind_of
from stackmap.render.chains import chain, follow, leads_to_a_leaver
from stackmap.render.report_page import Loss, Way
from stackmap.render.sources import rows_behind
from stackmap.render.words import HEADINGS, full_day

__all__ = ["Ways"]

_UNTOLD = Way("hangs on what was not read", False, (), ())
_AT_WORST = {State.STOPS: "at worst it stops", State.STARVES: "at worst it runs on old data"}
_ACTING: Mapping[Act, str] = MappingProxyType(
    {
        Act.DEACTIVATED: "switching it off",
        Act.FROZEN: "freezing it",
        Act.REMOVED: "removing it",
        Act.TRANSFERRED: "handing over what is its",
    }
)
_DOES = {Outcome.STOPS: "stops this", Outcome.STARVES: "leaves this on old data", Outcome.UNKNOWN: "may stop this"}


@dataclass
class Ways:
    """What a row of a departure says in full: every cause, those that a leaver brings about first."""

    reading: Reading
    sights: Sights

    def loss(self, departure: Departure, row: Row) -> Loss:
        """A row in words."""
        sure = row.certainty.word if row.certainty is not None else ""
        worse = _AT_WORST.get(row.at_worst, "") if row.at_worst is not None else ""
        causes = _live_first(departure, row.because)
        return Loss(
            HEADINGS[row.outcome].lower(),
            ", ".join(part for part in (sure, worse) if part),
            self.ways(departure, row, causes),
            self._fix(departure, replace(row, because=causes)),
        )

    def at_worst(self, departure: Departure, row: Row) -> tuple[tuple[Way, ...], str]:
        """The ways in which a thing may be lost, of which it could not be read whether it is, and what to do."""
        causes = _live_first(departure, row.because_at_worst or row.because)
        return self.ways(departure, row, causes), fix_for(self._stack.graph, row)

    def ways(self, departure: Departure, row: Row, causes: Sequence[Cause]) -> tuple[Way, ...]:
        """Causes in words. Those are told together that lead the same way to the same login of the same person."""
        alike: dict[tuple[object, ...], list[Cause]] = defaultdict(list)
        for cause in self._worth_telling(departure, causes):
            steps = [step for step, _ in follow(departure, row.thing, cause)]
            kinds = tuple(step.link.kind if step.link else None for step in steps)
            alike[kinds, *(step.node for step in steps[-2:])].append(cause)
        return tuple(self._way(departure, row, group) for group in alike.values()) or (_UNTOLD,)

    def _worth_telling(self, departure: Departure, causes: Sequence[Cause]) -> Iterator[Cause]:
        """An address that was never there is no news beside one that goes: a call may be allowed in several ways."""
        live = [cause for cause in causes if leads_to_a_leaver(departure, cause)]
        for cause in causes:
            if (
                cause in live
                or not live
                or cause.node in self._stack.graph
                or kind_of(cause.node) is not NodeKind.ENDPOINT
            ):
                yield cause

    @property
    def _stack(self) -> Stack:
        return self.reading.stack

    def _way(self, departure: Departure, row: Row, group: Sequence[Cause]) -> Way:
        first = group[0]
        notes = self._notes(departure, row, first)
        texts = [chain(self._stack.graph, departure, row.thing, cause, notes) for cause in group]
        others = len(set(texts)) - 1
        more = f" (and {others} more {'ways' if others > 1 else 'way'} by the same login)" if others else ""
        return Way(
            texts[0] + more,
            not leads_to_a_leaver(departure, first),
            tuple(self._seen([first]).items()),
            rows_behind(departure, row, first),
        )

    def _notes(self, departure: Departure, row: Row, first: Cause) -> dict[str, str]:
        """What to say in brackets of a login on the way that is off already, or whose holder has left."""
        notes = {}
        for login in self._logins(departure, row, first):
            if login.off:
                notes[login.id] = self._off_already(login, row)
            elif login.holders and all(self._has_left(tie.person) for tie in login.holders):
                notes[login.id] = "its holder has left; it was not read as switched off"
        return notes

    def _has_left(self, person: str) -> bool:
        return self._stack.whereabouts[person].here is False

    def _logins(self, departure: Departure, row: Row, first: Cause) -> Iterator[Account]:
        for cause, _ in follow(departure, row.thing, first):
            if (account := self._stack.accounts.get(cause.node)) is not None:
                yield account

    def _off_already(self, login: Account, row: Row) -> str:
        held = [one for tie in login.holders for one in self._stack.accounts_of[tie.person]]
        others = ", as all logins of that person are" if len(held) > 1 and all(one.off for one in held) else ""
        does = _DOES.get(row.outcome, "takes this")
        return f"off already{others}; {_ACTING[self._stack.usual_act(login.id)]} {does}"

    def _fix(self, departure: Departure, row: Row) -> str:
        """What to do; of what is lost with another thing, which thing at the end of the way is to be mended."""
        graph, fix = self._stack.graph, fix_for(self._stack.graph, row)
        first = row.because[0] if row.because else None
        if first is not None and fix == f"comes back with {graph.called(behind_door(graph, first.node))}":
            return f"comes back with {graph.called(self._last_thing(departure, row, first))}"
        return fix

    def _last_thing(self, departure: Departure, row: Row, first: Cause) -> str:
        """The thing on the way that hangs on the login itself: where it is mended."""
        nodes = [first.node, *(cause.node for cause, _ in follow(departure, row.thing, first))]
        things = [node for node in nodes if (vertex := self._stack.graph.get(node)) and is_thing(vertex)]
        return things[-1] if things else first.node

    def _seen(self, causes: Iterable[Cause]) -> Mapping[str, str]:
        """Where the edges to these causes were seen, each place once, with its address."""
        found: dict[str, str] = {}
        for evidence in (item for cause in causes if cause.link for item in cause.link.evidence):
            (proof,) = self.sights.proofs((evidence,))
            where = " ".join(part for part in (proof.inventory, proof.record) if part)
            sure = "" if evidence.how.certainty is Certainty.CERTAIN else proof.how
            told = ", ".join(part for part in (proof.system, where, self._day(evidence), sure) if part)
            found.setdefault(told, proof.link)
        return found

    def _day(self, evidence: Evidence) -> str:
        """When it was seen: with its list, else with its source; notes are read anew each time."""
        if evidence.of_notes:
            return ""
        when = self._read_at.get((evidence.source, evidence.inventory)) or self._read_at.get((evidence.source, ""))
        return when or ""

    @cached_property
    def _read_at(self) -> Mapping[tuple[str, str], str]:
        """The day of each list, and of each source (list "")."""
        sources = {(source.name, ""): full_day(source.read_at.date()) for source in self.reading.sources}
        lists = {
            (item.source, item.inventory): full_day(item.read_at.date())
            for item in self.reading.coverage
            if item.read_at
        }
        return sources | lists


def _live_first(departure: Departure, causes: Sequence[Cause]) -> tuple[Cause, ...]:
    return tuple(sorted(causes, key=lambda cause: not leads_to_a_leaver(departure, cause)))
