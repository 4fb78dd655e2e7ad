"""Threshold gates: the one form in which everything that can break is written down.

A node works while none of its gates is lost. A gate passes to its node the k-th best of what its members pass, k
being its `need`; a member passes the lesser of its `cap` and its node's state. That is all the evaluation knows: what
the field means (acts, readings, groups, cascades) is decided once, when the gates are compiled.

Beside the nodes of the stack there are nodes that only serve the computation. Their names hold a character that no id
may hold, so the two are never mixed up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from stackmap.analysis.gates.arrays import GateArrays, gate_arrays
from stackmap.analysis.gates.gate import Gate
from stackmap.analysis.gates.marks import ALL, RUN_MARKS, Reading, Run
from stackmap.analysis.gates.numbering import numbered
from stackmap.model import Act

__all__ = ["OFF", "Network", "aside", "gone", "gone_by", "is_aside", "off", "word_of"]

_MARK = "\x1e"

_GONE = f"~gone{_MARK}"
_GONE_BY = {act: f"{_GONE}{act.value}{_MARK}" for act in Act}

_SEEDED = {Reading.WORST: RUN_MARKS[Run.WORST], Reading.PROVEN: ALL & ~RUN_MARKS[Run.WORST]}

OFF = f"~off{_MARK}"
"""The node that stands for everything that is off whoever leaves: in state `stops` from the start."""


def aside(word: str, *parts: str) -> str:
    """The name of a node that only serves the computation: what it is for, and whom it is about."""
    return _MARK.join((f"~{word}", *parts))


def is_aside(name: str) -> bool:
    """Whether a node only serves the computation."""
    return name.startswith("~") and _MARK in name


def word_of(name: str) -> tuple[str, str]:
    """What such a node is for, and the last of what it is about; two empty texts for a node of the stack."""
    if not is_aside(name):
        return "", ""
    word, *_, about = name[1:].split(_MARK)
    return word, about


def gone(act: Act, login: str) -> str:
    """The node that stops when a login undergoes an act because somebody leaves."""
    return _GONE_BY[act] + login


def off(node_id: str) -> str:
    """The node that stops when a login, or anything else, is off for whatever reason."""
    return aside("off", node_id)


def gone_by(name: str) -> tuple[Act, str] | None:
    """The act and the login that such a node stands for; None for any other node."""
    if not name.startswith(_GONE):
        return None
    act, login = name.removeprefix(_GONE).split(_MARK, 1)
    return Act(act), login


@dataclass(frozen=True)
class Network:
    """Gates by node, and which nodes fall when a person leaves, per reading.

    `names` has the name of each node by its number, `index` the number by its name; `arrays` are the gates by number.
    """

    gates: tuple[Gate, ...]
    seeds: Mapping[str, Mapping[Reading, tuple[str, ...]]]
    names: tuple[str, ...] = field(init=False)
    index: Mapping[str, int] = field(init=False)
    arrays: GateArrays = field(init=False, repr=False)

    def __post_init__(self) -> None:
        groups = [*(_roots(self.seeds[person]) for person in sorted(self.seeds)), [OFF]]
        names, ends = numbered(self.gates, groups)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "index", {name: number for number, name in enumerate(names)})
        object.__setattr__(self, "arrays", gate_arrays(self.gates, ends, len(names)))

    @cached_property
    def gates_of(self) -> Mapping[str, Sequence[int]]:
        """The gates of each node, by their places in `gates`: only where reasons are told does somebody ask."""
        gates_of: defaultdict[str, list[int]] = defaultdict(list)
        for number, gate in enumerate(self.gates):
            gates_of[gate.node].append(number)
        return dict(gates_of)

    def fallen(self, people: Iterable[str]) -> list[tuple[int, int]]:
        """The nodes that fall when these people leave, by number, and at which marks; unknown people have none."""
        found: dict[int, int] = {}
        for person in people:
            for reading, nodes in self.seeds.get(person, {}).items():
                for node in nodes:
                    number = self.index[node]
                    found[number] = found.get(number, 0) | _SEEDED[reading]
        return list(found.items())


def _roots(fallen: Mapping[Reading, Iterable[str]]) -> list[str]:
    return [node for nodes in fallen.values() for node in nodes]
