"""The map: one HTML file that works offline, and the same picture as SVG.

A `MapPage` is everything the page shows, already decided; nothing here judges. Same page, same bytes.
The file is text for the caller to write: as UTF-8, with line ends left alone (the security policy holds
hashes of the scripts), readable by its owner only, since it names people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from jinja2 import Environment

from stackmap.analysis.lanes import Lane
from stackmap.render.map_coverage import MapCoverage, map_coverage
from stackmap.render.map_page import MAX_DRAWN, Line, Look, MapNode, MapPage, Risk, check_crowd
from stackmap.render.map_words import RISK_WORDS_OF_MANY, STANDINGS, TAPE_BESIDES, is_weak
from stackmap.render.templating import environment, page_policy, template
from stackmap.render.words import IDLE

__all__ = ["MAX_DRAWN", "render_map", "render_map_svg"]

_SIZES: Mapping[Look, tuple[int, int]] = {
    Look.PERSON: (34, 34),
    Look.LOGIN: (178, 32),
    Look.SERVICE: (178, 32),
    Look.SHARED: (178, 32),
    Look.LINK: (236, 34),
    Look.SYSTEM: (200, 34),
    Look.DATASET: (182, 28),
    Look.ENDPOINT: (182, 28),
    Look.FOLD: (236, 34),
    Look.OTHER: (182, 28),
}
"""Width and height by look. What lies inside a system is narrower: it is drawn indented below it."""

_LANE_TITLES: Mapping[Lane, str] = {
    Lane.PEOPLE: "People",
    Lane.LOGINS: "Logins",
    Lane.LINKS: "Links, by target system",
    Lane.SYSTEMS: "Systems",
}
_LANE_BOX: Mapping[Lane, tuple[int, int]] = {
    Lane.PEOPLE: (14, 128),
    Lane.LOGINS: (208, 222),
    Lane.LINKS: (518, 280),
    Lane.SYSTEMS: (893, 244),
}
_SCRIPTS = ("map.solve.js", "map.draw.js", "map.beside.js", "map.js")
_HEAVIER = (Line.ORIGIN, Line.MANAGED, Line.INFERRED, Line.TAPE, Line.LEFT)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def render_map(page: MapPage) -> str:
    """The page as one HTML text. Raises UsageError when there is more to draw than can be read."""
    from stackmap.render.vis import StackNetwork, drawing_library  # noqa: PLC0415 - pyvis takes seconds to import

    drawn, scripts = _drawn(page), (drawing_library(), "".join(map(template, _SCRIPTS)))
    network = StackNetwork(lambda canvas: _filled(page, canvas, scripts))
    network.add_things((node.id, node.name, _left(node) + _SIZES[node.look][0] / 2, node.y) for node in drawn)
    network.add_lines(_lines(page))
    # A lone half of a surrogate pair cannot be written as UTF-8, and a login name may hold one.
    return str(network.generate_html()).encode("utf-8", "replace").decode("utf-8")


def _filled(page: MapPage, canvas: Mapping[str, Any], scripts: Sequence[str]) -> str:
    """The page around the canvas that the drawing library is given."""
    coverage, style = map_coverage(page.coverage), template("map.css")
    return (
        _environment()
        .get_template("map.html.j2")
        .render(
            page=page,
            policy=page_policy(style, scripts),
            scripts=scripts,
            style=style,
            data=_data(page, canvas, coverage),
            coverage=coverage,
            hidden=_hidden(page),
            standings=STANDINGS,
            picture=_picture(page),
        )
    )


def render_map_svg(page: MapPage) -> str:
    """The static picture as a stand-alone SVG: for wikis, mail and print."""
    svg = _environment().get_template("map.svg.j2").render(picture=_picture(page), alone=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'


def _drawn(page: MapPage) -> list[MapNode]:
    drawn = [node for node in page.nodes if node.drawn and not node.within]
    check_crowd(len(drawn))
    return drawn


def _left(node: MapNode) -> float:
    inside = node.lane is Lane.SYSTEMS and node.look is not Look.SYSTEM
    return node.x + (18 if inside else 0)


def _lines(page: MapPage) -> list[dict[str, Any]]:
    """One line per pair of drawn ends, with the heaviest style of the links it stands for."""
    stands_for = {node.id: node.within or node.id for node in page.nodes if node.drawn or node.within}
    pairs: dict[tuple[str, str], list[int]] = {}
    for number, link in enumerate(page.links):
        ends = stands_for.get(link.source), stands_for.get(link.target)
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            pairs.setdefault((ends[0], ends[1]), []).append(number)
    return [
        {
            "from": source,
            "to": target,
            "links": numbers,
            "style": max((page.links[number].style for number in numbers), key=_HEAVIER.index),
        }
        for (source, target), numbers in sorted(pairs.items())
    ]


def _hidden(page: MapPage) -> list[tuple[str, int]]:
    """What is not on the picture, said by name and number: a map that leaves out in silence is not believed."""
    drawn = {node.id for node in page.nodes if node.drawn or node.within}
    loose = sum(not {link.source, link.target} <= drawn for link in page.links)
    return [*page.hidden, *([("link(s) with an end that is not drawn", loose)] if loose else [])]


def _data(page: MapPage, canvas: Mapping[str, Any], coverage: MapCoverage) -> dict[str, Any]:
    """All that the scripts are given: the stack, what to say and do about it, and how to say and draw it."""
    return {
        "canvas": canvas,
        "nodes": [asdict(node) for node in page.nodes],
        "links": [asdict(link) for link in page.links],
        "gates": dict(page.gates),
        "asides": [asdict(one) for one in page.asides],
        "logins": dict(page.logins),
        "doors": dict(page.doors),
        "tokens": page.tokens,
        **_consequences(page),
        **_vocabulary(page),
        "left": {person: asdict(left) for person, left in sorted(page.left.items())},
        "not_read": len(coverage.not_read),
        "in_part": len(coverage.in_part),
    }


def _consequences(page: MapPage) -> dict[str, Any]:
    """To whom things pass, who administers what, and what to do about losses."""
    return {
        "heirs": {
            node: {cause: [asdict(heir) for heir in heirs] for cause, heirs in by_cause.items()}
            for node, by_cause in sorted(page.heirs.items())
        },
        "administrators": {system: asdict(known) for system, known in sorted(page.administrators.items())},
        "fixes": {
            thing: {cause: asdict(fix) for cause, fix in fixes.items()} for thing, fixes in sorted(page.fixes.items())
        },
        "outcome_fixes": {outcome: asdict(fix) for outcome, fix in page.outcome_fixes.items()},
        "token_fix": page.token_fix,
    }


def _vocabulary(page: MapPage) -> dict[str, Any]:
    """Words, sizes and lanes: the same for every stack."""
    return {
        "words": [{"outcome": outcome, **asdict(words)} for outcome, words in page.words.items()],
        "risks": [(risk, one, RISK_WORDS_OF_MANY.get(risk, one)) for risk, one in page.risk_words.items()],
        "marks": {**page.risk_tags, **{key: stand.tag for key, stand in STANDINGS.items() if stand.tag}},
        "standings": [(key, stand.heading) for key, stand in STANDINGS.items() if stand.weak],
        "tape_besides": TAPE_BESIDES,
        "idle": IDLE,
        "sizes": {look.value: size for look, size in _SIZES.items()},
        "lanes": [
            {"lane": lane.value, "title": _LANE_TITLES[lane], "x": _LANE_BOX[lane][0], "width": _LANE_BOX[lane][1]}
            for lane in Lane
        ],
    }


def _picture(page: MapPage) -> dict[str, Any]:
    """What the static drawing needs: boxes and curves, in the order in which they are painted."""
    drawn = _drawn(page)
    spots = {node.id: node for node in drawn}
    top = min((node.y for node in drawn), default=0.0) - 66
    bottom = max((node.y for node in drawn), default=0.0) + 46
    return {
        "title": page.title,
        "subtitle": page.subtitle,
        "top": top,
        "height": bottom - top,
        "lanes": [(_LANE_TITLES[lane], *_LANE_BOX[lane]) for lane in Lane],
        "lines": [
            {"path": _curve(spots[line["from"]], spots[line["to"]]), "style": line["style"].value}
            for line in _lines(page)
            if line["style"] is not Line.ORIGIN
        ],
        "boxes": [_box(page, node) for node in drawn],
        "supposing": "; ".join(page.supposing),
    }


def _box(page: MapPage, node: MapNode) -> dict[str, Any]:
    width, height = _SIZES[node.look]
    shown = {"kind": _kind(node), "mark": _mark(page, node)}
    return {"node": node, "x": _left(node), "width": width, "height": height, **shown}


def _kind(node: MapNode) -> str:
    """What decides how a box is drawn: what is wrong with it, else where it stands; "" where that is well."""
    return node.risk or (node.standing if is_weak(node.standing) else "")


def _mark(page: MapPage, node: MapNode) -> str:
    """The word in a box. A fold has a line of them, and a login that was not read is hatched and says so below."""
    if node.look is Look.FOLD or (node.risk is Risk.NOT_READ and node.lane is Lane.LOGINS):
        return ""
    kind = _kind(node)
    return page.risk_tags.get(kind) or (STANDINGS[kind].tag if kind in STANDINGS else "")


def _curve(source: MapNode, target: MapNode) -> str:
    """From the right side of the one to the left side of the other; in one lane, an arc on the right."""
    x1, x2 = _left(source) + _SIZES[source.look][0], _left(target)
    if x2 < x1:
        x2 = _left(target) + _SIZES[target.look][0]
        bend = max(x1, x2) + 36
        return f"M{x1:g} {source.y:g}C{bend:g} {source.y:g} {bend:g} {target.y:g} {x2:g} {target.y:g}"
    middle = (x1 + x2) / 2
    return f"M{x1:g} {source.y:g}C{middle:g} {source.y:g} {middle:g} {target.y:g} {x2:g} {target.y:g}"


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()


def _cut(text: str, length: int) -> str:
    """Shortened for drawing, in the middle: names that begin alike differ at their ends."""
    shown = _UNPRINTABLE.sub("", text)
    if len(shown) <= length:
        return shown
    head = (length - 1) * 45 // 100
    return f"{shown[:head].rstrip()}…{shown[len(shown) - (length - 1 - head) :].lstrip()}"


@cache
def _environment() -> Environment:
    made = environment()
    made.filters.update(cut=_cut, initials=_initials)
    return made
