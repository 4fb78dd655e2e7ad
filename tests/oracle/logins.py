"""Which logins go off when people leave (rules 16 to 20), before any state is computed."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.oracle.facts import ANONYMOUS, Edge, Stack, rank

Acts = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Login:
    """What decides whether a login goes off by itself."""

    account: str
    type: str
    holders: tuple[str, ...]
    tie_grade: str
    never_read: bool
    acts_read: frozenset[str]


@dataclass(frozen=True, slots=True)
class Departure:
    """Who is gone, what happens to their logins, and in which reading that is asked."""

    gone: frozenset[str]
    how: str
    reading: str
    grade: str

    @property
    def at_worst(self) -> bool:
        return self.reading == "worst"

    @property
    def anonymous_gone(self) -> bool:
        """At worst all anonymous holders are one person: one gone, all gone."""
        return self.at_worst and any(person == ANONYMOUS or person.startswith(f"{ANONYMOUS}/") for person in self.gone)

    def allows(self, grade: str) -> bool:
        return rank(grade) >= rank(self.grade)


def logins(stack: Stack) -> list[Login]:
    """Every account that is a node, or that an edge leads to."""
    ends = {edge.end for edge in stack.edges}
    heirs = {edge.properties["moved_to"] for edge in stack.edges if "moved_to" in edge.properties}
    accounts = {node for node in {*stack.nodes, *ends} if stack.is_account(node)} | heirs
    return [_login(stack, account) for account in sorted(accounts)]


def _login(stack: Stack, account: str) -> Login:
    holders = tuple(stack.holders(account))
    return Login(
        account,
        stack.account_type(account),
        holders,
        stack.tie_grade(account) if holders else "certain",
        stack.never_read(account),
        stack.acts_read(account),
    )


def struck(stack: Stack, known: list[Login], departure: Departure) -> dict[str, frozenset[str]]:
    """The acts that accounts undergo because of this departure, dragged ones included."""
    acts = {login.account: act for login in known if (act := _own_act(login, departure))}
    undergone = {account: frozenset({act}) for account, act in acts.items()}
    drags = stack.of("PROVISIONED_BY")
    changed = True
    while changed:
        changed = False
        for edge in drags:
            before = undergone.get(edge.start, frozenset())
            act = edge.properties.get("act", "deactivated")
            pulled = any(_drags(edge, cause, departure) for cause in undergone.get(edge.end, ()))
            if pulled and act not in before:
                undergone[edge.start] = before | {act}
                changed = True
    return undergone


def _drags(edge: Edge, act: str, departure: Departure) -> bool:
    word = edge.word(act)
    cascades = word == "cascade" or (word == "unknown" and departure.at_worst)
    return cascades and departure.allows(edge.grade(act))


def _own_act(login: Login, departure: Departure) -> str | None:
    if login.never_read and departure.anonymous_gone:
        return "deactivated"
    if not login.holders:
        return _untied_act(login, departure)
    everybody_left = departure.gone.issuperset(login.holders) and departure.allows(login.tie_grade)
    sure = login.type == "human" and len(login.holders) == 1
    doubtful = login.type in ("human", "unknown") and departure.at_worst
    return departure.how if everybody_left and (sure or doubtful) else None


def _untied_act(login: Login, departure: Departure) -> str | None:
    if login.type == "human":
        named = f"{ANONYMOUS}/{login.account}" in departure.gone
        return departure.how if departure.anonymous_gone or named else None
    unread_type = login.type == "unknown" and "removed" not in login.acts_read
    return "deactivated" if unread_type and departure.anonymous_gone else None
