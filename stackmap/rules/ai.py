"""AI: assistants and agents, and with whose rights they act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stackmap.model import EdgeKind, NodeKind, Severity, Vertex
from stackmap.rules.base import Blind, Hit, Rule, needs_of, rule
from stackmap.rules.case import Case
from stackmap.rules.grips import HANGS, Family, Grip, family, grips, open_end, told, unreadable
from stackmap.rules.naming import several
from stackmap.rules.personal_access import OFF_ONE_LOGIN, goes_on
from stackmap.rules.tokens import NO_USE_SEEN, Token, dormant, doubts, tokens_of

__all__ = ["RULES"]

_FOR_ONESELF = -3
"""From high to info: an assistant that one person uses alone is worth knowing, and nothing to fix."""


@rule(
    "AI01",
    "AI connection that others rely on acts as one person",
    Severity.HIGH,
    needs=needs_of(NodeKind.INTEGRATION, (EdgeKind.RUNS_AS, EdgeKind.AUTHORIZED_BY)),
    change=OFF_ONE_LOGIN,
)
def ai_acts_as_one_person(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: an AI connection (an assistant or a tool server, no agent) that acts with the rights of one
    person's login. It is ranked high where others rely on it: your notes name it, something else calls it, or it serves
    several systems. Where it is one person's own use it is listed for information.

    Why it matters: everything it reads and changes is done as that person, and put down to that person. The day the
    login goes, whatever calls it waits for an answer that does not come.

    How to fix it:
    1. Ask the person what it is used for, and by whom; write that, and an owner, into your notes.
    2. Where the platform lets a login of no person consent, make one with the rights it needs, and connect it anew.
    3. Where only people may consent, let a second person connect it too, and put the step into the hand-over list.
    4. Verify with one request of each of its users, then revoke the old consent and read the system again.

    When it is wrong: those who call it go on without it, or try another one; write the alternatives into your notes as
    one group.

    Evidence used: the connections that are known as AI by their kind or their name; who authorised each, or what it
    runs as; what calls it or depends on it; your notes.
    """
    for app in case.running(NodeKind.INTEGRATION):
        if family(app) is Family.AI:
            tokens = tokens_of(case, app, with_log_ins=True)
            shared = [token for token in tokens if not token.personal]
            yield from (_connection(case, grip) for grip in grips(case, app, shared))
            yield from _each_for_themselves(case, app, [token for token in tokens if token.personal])
            yield from unreadable(case, app)
            yield from doubts(case, app, with_log_ins=True)


def _connection(case: Case, grip: Grip) -> Hit:
    because = f"the AI connection {case.graph.called(grip.thing.id)} {told(case, grip)}{open_end(grip)}"
    relied = list(_relied_on(case, grip.thing))
    if not relied:
        return Hit(grip.thing.id, grip.path, because, grip.evidence, _FOR_ONESELF, "nothing is known to rely on it")
    whys = goes_on(case, grip)
    whys.extend([NO_USE_SEEN] if not grip.links and dormant(case, grip.tokens) else [])
    because = f"{because}; {' and '.join(relied)}"
    return Hit(grip.thing.id, grip.path, because, grip.evidence, -len(whys), "; ".join(whys))


def _each_for_themselves(case: Case, app: Vertex, tokens: Sequence[Token]) -> Iterator[Hit]:
    if tokens:
        logins = len({token.holder for token in tokens})
        because = f"{logins} people use the AI connection {case.graph.called(app.id)}, each as themselves"
        yield Hit(app.id, (), because, app.evidence, _FOR_ONESELF, "personal use")


def _relied_on(case: Case, app: Vertex) -> Iterator[str]:
    """How others are known to rely on a connection."""
    graph = case.graph
    if app.declared or any(link.declared for link in (*graph.out(app.id), *graph.into(app.id))):
        yield "your notes name it"
    doors = [link.source for link in graph.into(app.id, EdgeKind.SERVED_BY)]
    calls = [link for door in (app.id, *doors) for link in graph.into(door, *_USES)]
    users = sorted({link.source for link in calls} - {app.id, *doors})
    if users:
        verb = "relies" if len(users) == 1 else "rely"
        yield f"{several([graph.called(user) for user in users])} {verb} on it"
    systems = graph.systems_of(app.id)
    if len(systems) > 1:
        yield f"it serves {several([graph.called(system) for system in systems])}"


_USES = (EdgeKind.CALLS, EdgeKind.TRIGGERS, EdgeKind.DEPENDS_ON)


@rule(
    "AI03",
    "Agent runs as a person",
    Severity.HIGH,
    needs=needs_of(NodeKind.INTEGRATION, HANGS),
    change=OFF_ONE_LOGIN,
)
def agent_runs_as_person(case: Case) -> Iterator[Hit | Blind]:
    """What it finds: an agent that acts as one person's login instead of a login made for it.

    Why it matters: the agent can do all that the person can, and what it does stands in the records as that person's
    doing. When the login is switched off nobody knows whether it falls silent, in front of customers perhaps.

    How to fix it:
    1. Make a user of the kind that the platform foresees for agents, with the rights that the agent's tasks need and no
    more.
    2. In a quiet hour, deactivate the agent first, which cuts off running conversations. Set it to that user, and go
    through its actions one by one: each needs a right that the person had.
    3. Verify it in a test conversation that uses every action, before you let it answer again.
    4. Read the system again: the finding is gone when the change worked.

    When it is wrong: the login was made for the agent and looks like a person's; write its type into your notes.

    Evidence used: the system's list of agents with the login each runs as, and whom they serve; whether that login is a
    person's.
    """
    for agent in case.running(NodeKind.INTEGRATION, NodeKind.AUTOMATION):
        if family(agent) is Family.AGENT:
            yield from (_agent(case, grip) for grip in grips(case, agent) if not _off(case, grip))
            yield from unreadable(case, agent)


def _off(case: Case, grip: Grip) -> bool:
    """Whether its login is off already: then there is nothing left to lose with the person."""
    account = case.stack.account(grip.login)
    return account is not None and account.off


def _agent(case: Case, grip: Grip) -> Hit:
    because = f"the agent {case.graph.called(grip.thing.id)} {told(case, grip)}{open_end(grip)}"
    facing = grip.thing.properties.get("serves") == "customers"
    why = "it serves customers" if facing else ""
    return Hit(grip.thing.id, grip.path, because, grip.evidence, int(facing), why)


RULES: tuple[Rule, ...] = (ai_acts_as_one_person, agent_runs_as_person)
