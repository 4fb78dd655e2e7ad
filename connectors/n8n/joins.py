"""What only the whole list tells: whom a call that finds no way in was meant for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from stackmap.model import Coverage, Edge, EdgeKind, Fact, Node, NodeKind
from stackmap.sdk import Scope

__all__ = ["calls_in_words"]

_WAY = "call:"
_STORED = "stored:"


def calls_in_words(facts: Sequence[Fact], _coverage: Mapping[str, Coverage], scope: Scope) -> Iterator[Fact]:
    """Calls through an address that nobody offers, with what the address stands for.

    A caller's record holds the callee's id only, and the address itself is ours (`workflows.py`), so nobody could read
    from it what is broken.
    """
    known = {fact.id: fact.name for fact in facts if isinstance(fact, Node)}
    for fact in facts:
        if isinstance(fact, Edge) and fact.kind is EdgeKind.CALLS and fact.target not in known:
            callee, says = _meant(fact)
            if callee:
                name = known.get(scope.id(NodeKind.AUTOMATION, callee), f"workflow {callee}")
                yield replace(fact, properties={"target_name": says.format(name)})


def _meant(call: Edge) -> tuple[str, str]:
    """The id of the workflow that a call was meant for, and how to speak of its address."""
    if call.group.startswith(_WAY):
        return call.group.removeprefix(_WAY), "a way into {}"
    address = unquote(call.target.rpartition("/")[2])
    return (address.removeprefix(_STORED), "{}") if address.startswith(_STORED) else ("", "")
