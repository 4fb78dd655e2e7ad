"""How a thing hangs on a login, in the words of `leave`: read as *thing WORDS login*."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from stackmap.analysis import Way
from stackmap.model import EdgeKind, Link, NodeKind, StackGraph, is_unread, kind_of
from stackmap.render.words import LOSES, stands_behind

__all__ = ["tie_words", "ways_alike"]

_ORDER = {kind: at for at, kind in enumerate(EdgeKind)}


def ways_alike(ways: Iterable[Way]) -> Sequence[tuple[Way, ...]]:
    """The ways by how they lead there: those by one token or another are told together."""
    found: dict[tuple[EdgeKind, ...], list[Way]] = defaultdict(list)
    for way in ways:
        found[tuple(link.kind for link in way)].append(way)
    return [
        tuple(found[kinds]) for kinds in sorted(found, key=lambda kinds: (len(kinds), [_ORDER[kind] for kind in kinds]))
    ]


def tie_words(graph: StackGraph, ways: Sequence[Way]) -> str:
    """What ways that are alike say, up to the login's name: "hands work to Event leads, which has as member"."""
    return ", which ".join(_steps(graph, ways))


def _steps(graph: StackGraph, ways: Sequence[Way]) -> Iterator[str]:
    *between, last = zip(*ways, strict=True)
    for links in between:
        names = list(dict.fromkeys(_called(graph, _cause(link)) for link in links))
        more = f" (and {len(names) - 1} more)" if len(names) > 1 else ""
        yield f"{LOSES[links[0].kind]} {names[0]}{more}"
    yield LOSES[last[0].kind]


def _cause(link: Link) -> str:
    """The end that the other hangs on."""
    return link.source if link.kind is EdgeKind.MEMBER_OF else link.target


def _called(graph: StackGraph, node: str) -> str:
    if node in graph:
        name = graph.called(node)
        return f"the login {name}" if kind_of(node) is NodeKind.ACCOUNT else name
    if is_unread(node):
        return stands_behind(graph, node)
    kind = kind_of(node)
    return f"a {kind.value.lower() if kind else 'thing'} that no list names"
