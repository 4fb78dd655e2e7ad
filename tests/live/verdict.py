"""Whether what was predicted of one departure is what happened: as strictly as n8n's API allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.live.company import FLOWS, Flow, needs_secret
from tests.live.departures import REMOVED, Departure
from tests.live.predict import BROKEN_ALREADY, COULD_BE_THEIRS, Prediction

GOES_ON = "goes on"
STOPS = "stops"

# Words that leave it open. Only where the API keeps the answer back may they be used.
MAY_STOP = frozenset({"unknown", COULD_BE_THEIRS})


@dataclass(frozen=True, slots=True)
class Trial:
    """One departure: what was said, and per key of a workflow whether it worked before and after."""

    departure: Departure
    predicted: Prediction | None
    before: Mapping[str, bool]
    after: Mapping[str, bool]
    refused: bool

    def said(self, key: str) -> str:
        """The outcome predicted for a workflow; what has no row goes on."""
        return self.predicted.outcomes.get(key, GOES_ON) if self.predicted else ""

    def stopped(self) -> list[str]:
        """The workflows that worked before the departure and not after it."""
        return [key for key, worked in self.before.items() if worked and not self.after[key]]

    def predicted_to_stop(self) -> list[str]:
        """The workflows that were sure to stop."""
        return [key for key in self.before if self.said(key) == STOPS]

    def left_open(self) -> list[str]:
        """The workflows of which it was said that they may stop, or could be theirs."""
        return [key for key in self.before if self.said(key) in MAY_STOP]

    def broken_before(self) -> list[str]:
        """The workflows that somebody switched on and that failed before anybody left."""
        return [flow.key for flow in FLOWS if flow.active and not self.before[flow.key]]

    def differences(self) -> list[str]:
        """Where prediction and observation differ, in words; none without a prediction."""
        if self.predicted is None:
            return []
        if self.predicted.silence:
            return [f"no answer: {self.predicted.silence}"]
        found = [f"{flow.name}: {fault}" for flow in FLOWS if (fault := self._fault(flow))]
        if self.predicted.refused != self.refused:
            found.append("refused, which nobody said" if self.refused else "not refused, though that was said")
        return found

    def _fault(self, flow: Flow) -> str:
        said, before, after = self.said(flow.key), self.before[flow.key], self.after[flow.key]
        if said in MAY_STOP and not needs_secret(flow):
            return f'only "{said}", though the API shows enough'
        wrong = fault(said, before=before, after=after, switched_on=flow.active)
        if not wrong and before and flow.secret and said not in MAY_STOP | {STOPS} and self._takes_secrets():
            return f'"{said}", though nobody can know whose credential it uses'
        return wrong

    def _takes_secrets(self) -> bool:
        """Whether credentials of the leavers go with them."""
        return self.departure.how == REMOVED and not (self.predicted and self.predicted.refused)


def fault(said: str, *, before: bool, after: bool, switched_on: bool = True) -> str:
    """What is wrong with one prediction, held against what was seen; "" where nothing is."""
    if not before:
        foreseen = said in MAY_STOP | {BROKEN_ALREADY, STOPS}
        if after:
            return "works, and did not before"
        return "" if foreseen or not switched_on else "failed before anybody left, which nobody said"
    if said == BROKEN_ALREADY:
        return "called broken, and worked"
    if said == STOPS:
        return "went on, and was said to stop" if after else ""
    return "" if after or said in MAY_STOP else f"stopped, and was said: {said}"


def names(keys: Iterable[str]) -> str:
    """The workflows' names, in the company's order; "" for none."""
    wanted = set(keys)
    return ", ".join(flow.name for flow in FLOWS if flow.key in wanted)
