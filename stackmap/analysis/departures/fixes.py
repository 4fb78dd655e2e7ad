"""What to do about each row: one sentence somebody can act on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from stackmap.analysis.compiling.holders import by_hand
from stackmap.analysis.departures.answer import Row
from stackmap.analysis.departures.doors import behind_door
from stackmap.analysis.gates.explain import Cause
from stackmap.model import Certainty, EdgeKind, Link, NodeKind, Outcome, StackGraph, Vertex, kind_of

__all__ = ["FIND_ITS_USERS", "fix_for", "is_set_up_on_screens"]

FIND_ITS_USERS = "find out what uses it before it ends, and let that sign in as a login that stays"
"""What to do about a token that nothing is known to sign in with."""

_HAND_IT = "hand it to a login that stays, or to a queue where it takes one"

_BY_OUTCOME: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.REFUSED: f"{_HAND_IT}, before the last day",
        Outcome.MOVED: "decide beforehand who should have it, and check that their rights suffice",
        Outcome.UNOWNED: "name an owner in stack.yaml and give a second person access",
        Outcome.MUTED: "send its alarms to somebody who stays, or to a shared mailbox, too",
    }
)

_BY_LINK: Mapping[EdgeKind, str] = MappingProxyType(
    {
        EdgeKind.RUNS_AS: "let it run as an integration login, then run it once",
        EdgeKind.AUTHENTICATES_WITH: "sign it in again as a login that stays, then run it once",
        EdgeKind.AUTHORIZED_BY: "sign it in again as a login that stays, then run it once",
        EdgeKind.ROUTES_TO: "let it hand its work to a queue with two members",
        EdgeKind.MEMBER_OF: "add a member who stays",
    }
)

_RUNS_AS_BY_SORT: Mapping[str, str] = MappingProxyType(
    {
        # A login for the API only cannot open the screens in which these are set up.
        "dashboard": "let it run as a service login that may open the screens, then compare its figures once",
        "scheduled job": "schedule it anew as a service login that may open the screens, then run it once",
        "native sync": "connect a login that belongs to no person in its settings, then run it once",
    }
)
"""By `automation_type` or `app_kind`; for all others `_BY_LINK` tells."""

_DONE_BY_HAND = "let a program do it, as a login that belongs to no person, and show a second person how until then"
"""For what somebody does: a person does not run, and does it with whatever login they have."""

_HAND_OVER = "hand it over to somebody who stays"

_ON_ANOTHER_LOGIN = "let it hang on a login that stays, then run it once"

_BEFORE_IT_IS_REMOVED = f"{_HAND_IT}, before that login is removed for good"
"""Of a login that is off already there is no last day to come."""

_KEY_OF_AN_APP = "sign it in again, or rotate its token, as a login that stays, then run it once"
"""For a token that somebody made and put in, where no sign-in grants one."""


_ON_SCREENS = frozenset({"dashboard", "scheduled job"})


def is_set_up_on_screens(vertex: Vertex | None) -> bool:
    """Whether whatever it runs as has to open the platform's screens to set it up, which a login for the API only
    cannot (help.salesforce.com/s/articleView?id=platform.integration_user.htm).
    """
    return vertex is not None and vertex.properties.get("automation_type") in _ON_SCREENS


def fix_for(graph: StackGraph, row: Row) -> str:
    """The first thing to do about a row."""
    if row.outcome is Outcome.SURVIVES:
        sure = row.certainty is Certainty.CERTAIN
        return "nothing to do: it is documented to keep working" if sure else "it should keep working: look afterwards"
    causes = row.because
    if row.outcome is Outcome.REFUSED and causes and _is_off(graph.get(causes[0].node)):
        return _BEFORE_IT_IS_REMOVED
    if row.outcome in _BY_OUTCOME:
        return _BY_OUTCOME[row.outcome]
    if not causes or causes[0].link is None:
        return "find out what it hangs on, and write it into stack.yaml"
    said = _by_link(graph, causes[0].link)
    if row.outcome is Outcome.UNKNOWN:
        cause = graph.get(causes[0].node)
        person = cause is None or cause.kind in {NodeKind.PERSON, NodeKind.ACCOUNT}
        return (
            f"find out ({said or 'or let it hang on something that stays'}, to be safe)"
            if person or said
            else (f"settle {graph.called(behind_door(graph, causes[0].node))} first")
        )
    return said or _instead(graph, causes[0])


def _instead(graph: StackGraph, cause: Cause) -> str:
    """What to do where the kind of link does not tell: a thing is waited for, whoever leaves does not come back."""
    vertex = graph.get(cause.node)
    match vertex.kind if vertex else kind_of(cause.node):
        case NodeKind.ACCOUNT:
            return _ON_ANOTHER_LOGIN
        case NodeKind.PERSON:
            return _HAND_OVER
    return f"comes back with {_named(graph, cause)}"


def _named(graph: StackGraph, cause: Cause) -> str:
    """What something hangs on, by name; an id says nothing to people."""
    if cause.node in graph:
        return graph.called(behind_door(graph, cause.node))
    facts = cause.link.facts if cause.link is not None else ()
    given = (fact.properties.get("target_name") for fact in facts)
    kind = kind_of(cause.node)
    unnamed = f"the {kind.value.lower()} that it hangs on" if kind is not None else "what it hangs on"
    return next((name for name in given if isinstance(name, str) and name), f"{unnamed}, which no list has")


def _by_link(graph: StackGraph, link: Link) -> str | None:
    """What to do about something that hangs on a link, by the sorts of both ends; None: wait for its far end."""
    thing = graph.get(link.source)
    if link.kind is EdgeKind.RUNS_AS and thing is not None:
        if by_hand(thing):
            return _DONE_BY_HAND
        sort = thing.properties.get("automation_type") or thing.properties.get("app_kind")
        return _RUNS_AS_BY_SORT.get(str(sort), _BY_LINK[link.kind])
    if link.kind is EdgeKind.AUTHENTICATES_WITH and thing is not None and thing.kind is NodeKind.INTEGRATION:
        token = graph.get(link.target)
        if (token.kind if token else kind_of(link.target)) is NodeKind.CREDENTIAL:
            return _KEY_OF_AN_APP
    if link.kind is EdgeKind.ROUTES_TO and _is_group(graph, link.target):
        return f"add a member who stays to {graph.called(link.target)}"
    if link.kind is EdgeKind.OWNED_BY:
        return f"{_HAND_OVER}{_while_there_is_time(graph.get(link.target))}, then run it once"
    return _BY_LINK.get(link.kind)


def _is_group(graph: StackGraph, node: str) -> bool:
    vertex = graph.get(node)
    return vertex is not None and vertex.kind is NodeKind.GROUP


def _while_there_is_time(owner: Vertex | None) -> str:
    """Until when something can be handed over: of what is off already only a further act takes something."""
    if owner is None or not _is_off(owner):
        return " before the login goes"
    if owner.kind is not NodeKind.ACCOUNT:
        return ""
    return f" before anybody {'removes' if owner.active is False else 'switches off or removes'} that login"


def _is_off(vertex: Vertex | None) -> bool:
    return vertex is not None and vertex.switched_off
