"""Where things stand on the map: four lanes, read left to right as who, as whom, what, where.

Pure and deterministic: the order of the input makes no difference; two runs over the same facts look alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["LANE_X", "Lane", "LaneItem", "Position", "fold_quiet", "lay_out"]


class Lane(StrEnum):
    """The lanes, left to right."""

    PEOPLE = "people"
    LOGINS = "logins"
    LINKS = "links"
    SYSTEMS = "systems"


LANE_X: Mapping[Lane, float] = {Lane.PEOPLE: 60, Lane.LOGINS: 230, Lane.LINKS: 540, Lane.SYSTEMS: 915}
"""The left edge of what stands in a lane, in pixels at scale 1."""

_ROW: Mapping[Lane, float] = {Lane.PEOPLE: 60, Lane.LOGINS: 42, Lane.LINKS: 40, Lane.SYSTEMS: 40}
_GROUP_GAP: Mapping[Lane, float] = {Lane.PEOPLE: 0, Lane.LOGINS: 0, Lane.LINKS: 15, Lane.SYSTEMS: 10}
_SWEEP = (Lane.LOGINS, Lane.LINKS, Lane.SYSTEMS, Lane.PEOPLE, Lane.LINKS, Lane.LOGINS)
_SWEEPS = 24
_SETTLE = 4
_HUDDLE = 0.5
_SPREAD = 0.8
_TALL = 1_200


@dataclass(frozen=True, slots=True)
class LaneItem:
    """What is placed. Items of one `group` stay together (links by target system, datasets by their own).

    The `head` of a group stands first in it. Where the links do not decide, the smaller `rank` (the greater
    risk) comes first, then the name, then the id.
    """

    id: str
    name: str
    group: str = ""
    head: bool = False
    rank: int = 0

    @property
    def tie(self) -> tuple[int, str, str]:
        """What decides where nothing else does."""
        return self.rank, self.name.casefold(), self.id


@dataclass(frozen=True, slots=True)
class Position:
    """Left edge and middle height of a thing, in pixels at scale 1. The links' lane is centred on y 0."""

    x: float
    y: float


_Blocks = list[list[LaneItem]]


def lay_out(
    lanes: Mapping[Lane, Sequence[LaneItem]],
    links: Iterable[tuple[str, str]],
    earlier: Mapping[str, float] | None = None,
) -> dict[str, Position]:
    """Place everything. `links` name their ends in either direction; ends that stand in no lane are ignored.

    `earlier` holds the y of an earlier map: what it knows keeps its order, what is new comes in beside what
    it hangs on, so that people keep the picture they remember.
    """
    near = _neighbours(lanes, links)
    blocks = {lane: _blocks(lanes.get(lane, ())) for lane in Lane}
    if earlier:
        heights, known = _settled(blocks, near, earlier)
    else:
        heights, known = _swept(blocks, near), {}
    for lane in (Lane.LOGINS, Lane.SYSTEMS, Lane.PEOPLE):
        wants = _wants(blocks[lane], near, heights, known)
        if not earlier:
            wants = _stretched(wants, [heights[item.id] for block in blocks[Lane.LINKS] for item in block])
        heights.update(_beside(lane, blocks[lane], wants, known))
    return {
        item.id: Position(LANE_X[lane], round(heights[item.id], 1))
        for lane in Lane
        for block in blocks[lane]
        for item in block
    }


def fold_quiet(items: Sequence[LaneItem], loud: Collection[str], limit: int = 60) -> dict[str, str]:
    """Which items of a crowded lane to fold away: item id -> the fold that stands for it (`~fold/<group>`).

    Up to `limit` items nothing is folded. Beyond it, items that are not `loud` (no tape, not unowned ...)
    fold per group, wherever that saves at least one row.
    """
    if len(items) <= limit:
        return {}
    quiet: dict[str, list[str]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.tie):
        if item.id not in loud and not item.head:
            quiet[item.group].append(item.id)
    return {id_: f"~fold/{group}" for group, ids in sorted(quiet.items()) if len(ids) > 1 for id_ in ids}


def _neighbours(lanes: Mapping[Lane, Sequence[LaneItem]], links: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    placed = {item.id for items in lanes.values() for item in items}
    near: dict[str, set[str]] = defaultdict(set)
    for source, target in links:
        if source in placed and target in placed and source != target:
            near[source].add(target)
            near[target].add(source)
    return {id_: sorted(ids) for id_, ids in near.items()}


def _blocks(items: Sequence[LaneItem]) -> _Blocks:
    """One block per group; an item without a group is a block of its own."""
    groups: dict[tuple[str, str], list[LaneItem]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (not item.head, item.tie)):
        groups[item.group, "" if item.group else item.id].append(item)
    return sorted(groups.values(), key=lambda block: min(item.tie for item in block))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _wants(
    blocks: _Blocks,
    near: Mapping[str, Sequence[str]],
    heights: Mapping[str, float],
    known: Mapping[str, float],
) -> dict[str, float]:
    """The height each item would like: the earlier one, the mean of what it touches, or where it is."""
    wants: dict[str, float] = {}
    for block in blocks:
        for item in block:
            touched = [heights[id_] for id_ in near.get(item.id, ()) if id_ in heights]
            beside = _mean(touched) if touched else heights.get(item.id, 0.0)
            wants[item.id] = known.get(item.id, beside)
    return wants


def _aim(block: Sequence[LaneItem], wants: Mapping[str, float], known: Mapping[str, float]) -> float:
    """Where a block as a whole belongs: newcomers do not drag it away from where it was."""
    old = [wants[item.id] for item in block if item.id in known]
    # Rounded, so that the last digits of a mean never decide an order.
    return round(_mean(old or [wants[item.id] for item in block]), 3)


def _arrange(blocks: _Blocks, wants: Mapping[str, float], known: Mapping[str, float]) -> None:
    """Sort each block and the blocks among themselves by what they want."""
    for block in blocks:
        block.sort(key=lambda item: (not item.head, round(wants[item.id], 3), item.tie))
    blocks.sort(key=lambda block: (_aim(block, wants, known), min(item.tie for item in block)))


def _stacked(lane: Lane, blocks: _Blocks) -> dict[str, float]:
    """Row under row, centred on 0."""
    heights: dict[str, float] = {}
    at = 0.0
    for number, block in enumerate(blocks):
        at += _GROUP_GAP[lane] if number else 0.0
        for item in block:
            heights[item.id] = at
            at += _ROW[lane]
    middle = (at - _ROW[lane]) / 2
    return {id_: height - middle for id_, height in heights.items()}


def _swept(blocks: Mapping[Lane, _Blocks], near: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Barycentre sweeps: each lane in turn is sorted by the mean height of what its items touch."""
    heights: dict[str, float] = {}
    for lane in Lane:
        heights.update(_stacked(lane, blocks[lane]))
    for _ in range(_SWEEPS):
        for lane in _SWEEP:
            _arrange(blocks[lane], _wants(blocks[lane], near, heights, {}), {})
            heights.update(_stacked(lane, blocks[lane]))
    return heights


def _settled(
    blocks: Mapping[Lane, _Blocks], near: Mapping[str, Sequence[str]], earlier: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """Keep what is known where it was and let what is new drift beside what it touches.

    Returns the heights and, of what is known, where it was, moved along with the lane of links.
    """
    placed = {item.id for lane in Lane for block in blocks[lane] for item in block}
    known = {id_: earlier[id_] for id_ in sorted(placed & earlier.keys())}
    heights = dict(known)
    for _ in range(_SETTLE):
        for lane in Lane:
            heights.update(_wants(blocks[lane], near, heights, known))
    _arrange(blocks[Lane.LINKS], heights, known)
    stacked = _stacked(Lane.LINKS, blocks[Lane.LINKS])
    moved = sorted(stacked[id_] - known[id_] for id_ in stacked if id_ in known)
    shift = moved[len(moved) // 2] if moved else 0.0
    known = {id_: height + shift for id_, height in known.items()}
    return {id_: height + shift for id_, height in heights.items()} | stacked, known


def _stretched(wants: dict[str, float], beside: Sequence[float]) -> dict[str, float]:
    """Spread a lane that would huddle in the middle of a tall map, keeping its order.

    The means of many links lie close together; somebody who scrolls would see lanes that stand empty.
    """
    if not wants or not beside:
        return wants
    span, tall = max(wants.values()) - min(wants.values()), max(beside) - min(beside)
    if tall < _TALL or not 0 < span < _HUDDLE * tall:
        return wants
    middle, factor = (max(wants.values()) + min(wants.values())) / 2, _SPREAD * tall / span
    return {id_: (want - middle) * factor for id_, want in wants.items()}


def _beside(lane: Lane, blocks: _Blocks, wants: Mapping[str, float], known: Mapping[str, float]) -> dict[str, float]:
    """Put a lane's blocks as near to what they want as the rows allow, in the order they want."""
    _arrange(blocks, wants, known)
    sizes = [len(block) * _ROW[lane] + _GROUP_GAP[lane] for block in blocks]
    aims = [_aim(block, wants, known) - len(block) * _ROW[lane] / 2 for block in blocks]
    tops = _apart(aims, sizes)
    return {
        item.id: top + (row + 0.5) * _ROW[lane]
        for block, top in zip(blocks, tops, strict=True)
        for row, item in enumerate(block)
    }


def _apart(aims: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Tops of blocks in this order that overlap nowhere and lie nearest to `aims` (least squares).

    Blocks that would overlap are pooled and share the mean of their aims: isotonic regression.
    """
    pools: list[tuple[float, int]] = []
    below = 0.0
    for aim, size in zip(aims, sizes, strict=True):
        pool = (aim - below, 1)
        while pools and pools[-1][0] >= pool[0]:
            mean, count = pools.pop()
            pool = ((mean * count + pool[0] * pool[1]) / (count + pool[1]), count + pool[1])
        pools.append(pool)
        below += size
    starts = [mean for mean, count in pools for _ in range(count)]
    offsets = [sum(sizes[:number]) for number in range(len(sizes))]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
