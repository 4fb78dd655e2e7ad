"""Where everything on the map stands, and what a crowded lane folds away, with what is in each fold."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from stackmap.analysis.bus_factor.standing import Standing
from stackmap.analysis.lanes import Lane, LaneItem, Position, fold_quiet, lay_out
from stackmap.model import EdgeKind, StackGraph
from stackmap.render.map_page import Line, Look, MapLink, MapNode, Risk
from stackmap.render.map_words import STANDINGS, TWO_OR_MORE, is_weak, standing_key

__all__ = ["FLOWS", "fold_node", "placed"]

FLOWS = (EdgeKind.CONNECTS, EdgeKind.WRITES_TO, EdgeKind.READS_FROM)
"""The edges by which something leads to a system."""

_RISKS_FIRST = (Risk.ALREADY_BROKEN, Risk.TAPE, Risk.UNOWNED, Risk.OWNER_GONE, Risk.NOT_READ, Risk.NONE)
_MAY_FOLD = frozenset({standing_key(Standing.CARE_NOT_READ)})
"""Weak, but often half of a stack, where nobody may read who administers it: a fold says how many."""

_LEGIBLE = 500
"""With more weak things than this in the lane of links, only those fold no more that a rule says something about."""


def placed(nodes: Mapping[str, MapNode], links: Iterable[MapLink], graph: StackGraph) -> tuple[MapNode, ...]:
    """All nodes and the folds, with their positions, by id."""
    items = _items({key: node for key, node in nodes.items() if node.drawn}, graph)
    crowd = {key: nodes[key] for key in items if nodes[key].lane is Lane.LINKS}
    within = fold_quiet([items[key] for key in crowd], _loud(crowd))
    folds = {fold.id: fold for fold in _folds(nodes, within)}
    shown = {key: item for key, item in items.items() if key not in within}
    shown |= {key: LaneItem(key, fold.name, key.removeprefix("~fold/")) for key, fold in folds.items()}
    everything = {**nodes, **folds}
    lanes = {lane: [item for key, item in shown.items() if everything[key].lane is lane] for lane in Lane}
    spots = defaultdict(lambda: Position(0, 0), lay_out(lanes, _ends(links, within)))
    return tuple(
        replace(node, within=within.get(key, ""), x=spots[key].x, y=spots[key].y)
        for key, node in sorted(everything.items())
    )


def _items(drawn: Mapping[str, MapNode], graph: StackGraph) -> dict[str, LaneItem]:
    return {
        key: LaneItem(
            key,
            node.name,
            _group(graph, node, drawn),
            head=node.look is Look.SYSTEM,
            rank=_RISKS_FIRST.index(node.risk),
        )
        for key, node in drawn.items()
    }


def _loud(lane: Mapping[str, MapNode]) -> set[str]:
    """What is never folded: what a rule says something about, and what is weak, while that can still be read."""
    risky = {key for key, node in lane.items() if node.risk is not Risk.NONE}
    weak = {key for key, node in lane.items() if is_weak(node.standing) and node.standing not in _MAY_FOLD}
    return risky | weak if len(risky | weak) <= _LEGIBLE else risky


def _folds(nodes: Mapping[str, MapNode], within: Mapping[str, str]) -> Iterator[MapNode]:
    held: dict[str, list[MapNode]] = defaultdict(list)
    for key, fold in within.items():
        held[fold].append(nodes[key])
    for fold, inside in sorted(held.items()):
        yield fold_node(fold, inside)


def fold_node(fold: str, held: Sequence[MapNode]) -> MapNode:
    """The box that stands for several things. It is as weak as the weakest of them, and says what is in it."""
    said = _inside(held)
    standings = {node.standing for node in held}
    weakest = next((one for one in STANDINGS if one in standings), "")
    return MapNode(
        fold, "several in one box", Lane.LINKS, Look.FOLD, f"{len(held)} more", sub=said, standing=weakest, stands=said
    )


def _inside(held: Sequence[MapNode]) -> str:
    """What is in a fold: first in how much of it something is open, for a box has little room, then how it stands."""
    open_ = sum(bool(node.open) for node in held)
    return f"{open_} with something open; {_standing(held)}" if open_ else _standing(held)


def _standing(held: Sequence[MapNode]) -> str:
    """How it stands, weakest first. That all is two people away is said only where each of them is known to be."""
    off = sum(node.off for node in held)
    counts = Counter(STANDINGS[node.standing].inside for node in held if not node.off)
    if counts[TWO_OR_MORE] == len(held):
        return f"all {TWO_OR_MORE}"
    kinds = dict.fromkeys(stand.inside for stand in STANDINGS.values())
    parts = [f"{counts[kind]} {kind}" for kind in kinds if counts[kind]]
    return ", ".join([*parts, *([f"{off} switched off"] if off else [])])


def _ends(links: Iterable[MapLink], within: Mapping[str, str]) -> list[tuple[str, str]]:
    """The ends of the links that are drawn while nothing is chosen."""
    return [
        (within.get(link.source, link.source), within.get(link.target, link.target))
        for link in links
        if link.style is not Line.ORIGIN
    ]


def _group(graph: StackGraph, node: MapNode, drawn: Mapping[str, MapNode]) -> str:
    """Links stand together by the system they lead to, datasets and endpoints below their own."""
    if node.lane is Lane.LINKS:
        targets = [link.target for kind in FLOWS for link in graph.out(node.id, kind)]
        for target in targets:
            for system in graph.systems_of(target):
                return system
    if node.lane in {Lane.LINKS, Lane.SYSTEMS}:
        systems = [system for system in graph.systems_of(node.id) if system in drawn]
        return systems[0] if systems else ""
    return ""
