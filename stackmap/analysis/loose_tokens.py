"""Tokens that nothing is known to sign in with: what hangs on them nobody can tell, so they are told themselves."""

from __future__ import annotations

from collections.abc import Iterator

from stackmap.analysis.stack import Stack
from stackmap.model import EdgeKind, NodeKind

__all__ = ["loose_tokens"]


def loose_tokens(stack: Stack) -> Iterator[str]:
    """The tokens of logins of which no list and no note says what uses them, by id."""
    for token in stack.graph.vertices(NodeKind.GRANT, NodeKind.CREDENTIAL):
        used = stack.graph.into(token.id, EdgeKind.AUTHENTICATES_WITH)
        if not used and stack.graph.out(token.id, EdgeKind.AUTHORIZED_BY):
            yield token.id
