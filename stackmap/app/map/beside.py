"""What the page tells beside stops: what is refused or handed on and to whom, and who administers what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from stackmap.analysis import Analysis, Cause, Row
from stackmap.analysis.departures.asides import Silent, silent_rows
from stackmap.analysis.departures.heirs import Heir as Inheritor
from stackmap.analysis.departures.heirs import heirs
from stackmap.analysis.departures.logins import administered
from stackmap.analysis.gates.network import gone_by
from stackmap.model import NodeKind, Outcome
from stackmap.render.departure_beside import login_name
from stackmap.render.map_page import Administrators, Aside, Heir

__all__ = ["administrators", "asides", "heirs_of"]

_REFUSED = "The platform refuses to switch the login off until this is pointed elsewhere."


def asides(analysis: Analysis, names: Sequence[str]) -> Iterator[Aside]:
    """What the platform refuses, moves or keeps running when a login goes off, by the node that then stops."""
    index = {name: number for number, name in enumerate(names)}
    gone = [name for name in names if gone_by(name)]
    for silent in silent_rows(analysis.routes, gone, lambda _: ()):
        if silent.thing in index and _is_told(analysis, silent):
            yield Aside(
                index[silent.gone],
                index[silent.thing],
                silent.outcome.value,
                int(silent.certainty),
                _REFUSED if silent.outcome is Outcome.REFUSED else "",
                tuple(index[heir] for heir in silent.heirs if heir in index),
                _heirs_of_silent(analysis, silent),
            )


def heirs_of(analysis: Analysis) -> dict[str, Mapping[str, tuple[Heir, ...]]]:
    """To whom what is not known to stop may be handed, by what it is and by what it hangs on."""
    ends = [*analysis.counted, *analysis.loose_tokens]
    found = {node: dict(_heirs_by_cause(analysis, node)) for node in sorted(ends)}
    return {node: by_cause for node, by_cause in found.items() if by_cause}


def administrators(analysis: Analysis) -> dict[str, Administrators]:
    """Who administers each system, by person, as far as that was read."""
    systems = [vertex.id for vertex in analysis.stack.graph.vertices(NodeKind.SYSTEM)]
    found = administered(analysis.stack, systems, ())
    return {one.system: Administrators(one.before, one.idle) for one in found if one.before}


def _is_told(analysis: Analysis, silent: Silent) -> bool:
    """Of keys that nothing is known to sign in with, only that somebody else gets them is news."""
    handed = silent.outcome is Outcome.MOVED and silent.thing in analysis.loose_tokens
    return handed or silent.thing in analysis.counted


def _heirs_of_silent(analysis: Analysis, silent: Silent) -> tuple[Heir, ...] | None:
    told = heirs(analysis, Row(silent.thing, silent.outcome, silent.certainty, None, True, silent.because))
    return None if told is None else _named(analysis, told)


def _heirs_by_cause(analysis: Analysis, node: str) -> Iterator[tuple[str, tuple[Heir, ...]]]:
    for link in analysis.stack.graph.out(node):
        told = heirs(analysis, Row(node, Outcome.UNKNOWN, None, None, True, (Cause(link.target, link),)))
        # Where the heir leaves, too, the page names the heir as what the thing hangs on.
        for cause in (link.target, *(heir.login for heir in told)) if told is not None else ():
            yield cause, _named(analysis, told or ())


def _named(analysis: Analysis, told: Iterable[Inheritor]) -> tuple[Heir, ...]:
    graph = analysis.stack.graph
    return tuple(
        Heir(" and ".join(map(graph.name, one.people)) or login_name(graph, one.login), one.people) for one in told
    )
