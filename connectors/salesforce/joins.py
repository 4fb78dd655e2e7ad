"""What only several lists together tell: who administers, which app a label means, whom a user name means, and who
is told of failures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from connectors.salesforce.alarms import alarms
from connectors.salesforce.departures import AUTOMATED_CASE_USER, CLIENT_CREDENTIALS, DEFAULT_CASE_OWNER, TOKEN
from connectors.salesforce.fields import last_part
from connectors.salesforce.mapping_apps import TOKEN_LIMIT, app, hashed, signs_in
from connectors.salesforce.mapping_jobs import CASE_OWNER, CASE_USER
from connectors.salesforce.queries import PERMISSIONS
from stackmap.model import AccountType, Coverage, Edge, EdgeKind, Fact, How, Node, NodeKind, Reach, kind_of
from stackmap.sdk import Scope

__all__ = ["joined"]

_CUSTOMIZE = PERMISSIONS["PermissionsCustomizeApplication"]
_USERS_OR_DATA = frozenset({PERMISSIONS["PermissionsManageUsers"], PERMISSIONS["PermissionsModifyAllData"]})
_REGISTERS = ("connected-apps", "external-apps")
_TOKENS = "oauth-tokens"
_SEEN_IN = frozenset({_TOKENS, "log-ins"})
_ENDS = (EdgeKind.AUTHORIZED_BY, EdgeKind.MEMBER_OF, EdgeKind.NOTIFIES, EdgeKind.ROUTES_TO, EdgeKind.RUNS_AS)
_USER = "005"
_UNKNOWN_LOGIN = {"account_type": AccountType.UNKNOWN.value, "type_reasons": ["the list of users does not show it"]}


@dataclass
class _Seen:
    """All nodes by id, with the properties of every list; and what of them is looked up by name."""

    nodes: dict[str, list[Node]] = field(default_factory=lambda: defaultdict(list))
    logins: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    queues: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    apps: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    app_names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    edges: dict[EdgeKind, list[Edge]] = field(default_factory=lambda: defaultdict(list))

    def of(self, kind: NodeKind) -> Iterator[Node]:
        """Every version of every node of a kind, by id."""
        return (node for _, versions in sorted(self.nodes.items()) for node in versions if node.kind is kind)

    def seen_in(self, node_id: str) -> set[str]:
        """The lists that know a node."""
        return {item.inventory for node in self.nodes[node_id] for item in node.evidence}


def joined(facts: Sequence[Fact], coverage: Mapping[str, Coverage], at: Scope) -> Iterator[Fact]:
    """Everything that follows from the lists that were read."""
    seen = _gathered(facts)
    yield from _also(seen, _administrators(seen, at.at("admins")))
    yield from _also(seen, _run_as(seen, at.at("external-app-policies")))
    yield from _also(seen, _case_owner(seen, at.at("default-case-owner")))
    yield from _also(seen, _case_user(seen, at.at("default-case-owner")))
    yield from _also(seen, alarms(facts, coverage, at))
    yield from _also(seen, _apps_of_tokens(seen, at.at("oauth-tokens")))
    yield from _also(seen, _apps_of_log_ins(seen, at.at("log-ins")))
    if all(name in coverage and coverage[name].state is Reach.COMPLETE for name in _REGISTERS):
        yield from _phantoms(seen, at)
    if "users" in coverage and coverage["users"].state is Reach.COMPLETE:
        yield from _unlisted(seen, at.at("users"))


def _unlisted(seen: _Seen, at: Scope) -> Iterator[Fact]:
    """Logins on which something hangs and that the list of users leaves out: customers' portal logins, say.

    Salesforce deletes no user, so they are there. Nothing is known of them, and nobody may take them for gone.
    """
    for account in sorted({end for kind in _ENDS for edge in seen.edges[kind] for end in _logins_of(edge)}):
        if "users" not in seen.seen_in(account):
            user = last_part(account)
            evidence = at.evidence(user, how=How.INFERRED_KEY)
            yield Node(NodeKind.ACCOUNT, account, f"user {user}, not in the list of users", evidence, _UNKNOWN_LOGIN)


def _logins_of(edge: Edge) -> Iterator[str]:
    for end in (edge.source, edge.target):
        if kind_of(end) is NodeKind.ACCOUNT and last_part(end).startswith(_USER):
            yield end


def _also(seen: _Seen, concluded: Iterable[Fact]) -> list[Fact]:
    """What was concluded, known to what is concluded from it."""
    facts = list(concluded)
    for fact in facts:
        _note(seen, fact)
    return facts


def _gathered(facts: Iterable[Fact]) -> _Seen:
    seen = _Seen()
    for fact in facts:
        _note(seen, fact)
    return seen


def _note(seen: _Seen, fact: Fact) -> None:
    if isinstance(fact, Edge):
        seen.edges[fact.kind].append(fact)
        return
    seen.nodes[fact.id].append(fact)
    _call(seen, fact)


def _call(seen: _Seen, fact: Node) -> None:
    """Remember by which names a node can be meant."""
    named = {
        NodeKind.ACCOUNT: (seen.logins, ("login",)),
        NodeKind.GROUP: (seen.queues, ("developer_name",)),
        NodeKind.INTEGRATION: (seen.apps, ("developer_name",)),
    }.get(fact.kind)
    if named is None:
        return
    by_name, keys = named
    names = {str(fact.properties.get(key, "")) for key in keys}
    if fact.kind is not NodeKind.ACCOUNT:
        names.add(fact.name)
    for name in map(_folded, names - {""}):
        by_name[name].add(fact.id)
        if fact.kind is NodeKind.INTEGRATION:
            seen.app_names[fact.id].add(name)


def _folded(name: str) -> str:
    return name.strip().casefold()


def _only(found: set[str] | None) -> str:
    return next(iter(found)) if found and len(found) == 1 else ""


def _administrators(seen: _Seen, at: Scope) -> Iterator[Fact]:
    """Whose rights, from all roles together, are an administrator's."""
    rights = {node.id: set(node.properties.get("permissions", ())) for node in seen.of(NodeKind.ROLE)}
    of: dict[str, set[str]] = defaultdict(set)
    for edge in seen.edges[EdgeKind.HAS_ROLE]:
        of[edge.source] |= rights.get(edge.target, set())
    for account, held in sorted(of.items()):
        if _CUSTOMIZE in held and held & _USERS_OR_DATA:
            yield at.edge(EdgeKind.ADMINISTERS, account, at.system, last_part(account))


def _run_as(seen: _Seen, at: Scope) -> Iterator[Fact]:
    for node in seen.of(NodeKind.INTEGRATION):
        login = node.properties.get("runs_as_login")
        if login:
            app_id = last_part(node.id)
            account = _only(seen.logins.get(_folded(login))) or at.id(NodeKind.ACCOUNT, f"run-as:{app_id}")
            record = node.evidence[0].record
            called = {"target_name": f"the login {login}"}
            how = How.INFERRED_KEY
            yield at.edge(
                EdgeKind.RUNS_AS, node.id, account, record, row=CLIENT_CREDENTIALS, how=how, properties=called
            )


def _case_owner(seen: _Seen, at: Scope) -> Iterator[Fact]:
    """Whom cases go to. An owner that is in no list stands as one that was not read."""
    automation = at.id(NodeKind.AUTOMATION, CASE_OWNER)
    for node in seen.nodes.get(automation, ()):
        login, queue = node.properties.get("hands_to_login"), node.properties.get("hands_to_queue")
        named = seen.logins.get(_folded(login)) if login else seen.queues.get(_folded(queue or ""))
        target = _only(named) or at.id(NodeKind.ACCOUNT, f"unread:{CASE_OWNER}")
        yield at.edge(EdgeKind.ROUTES_TO, automation, target, CASE_OWNER, row=DEFAULT_CASE_OWNER, how=How.INFERRED_KEY)


def _case_user(seen: _Seen, at: Scope) -> Iterator[Fact]:
    """As whom cases are changed automatically, and who is told when a mail makes none.

    https://help.salesforce.com/s/articleView?id=000385420&type=1.
    """
    automation = at.id(NodeKind.AUTOMATION, CASE_USER)
    for node in seen.nodes.get(automation, ()):
        named = seen.logins.get(_folded(str(node.properties.get("acts_as_login", ""))))
        account = _only(named) or at.id(NodeKind.ACCOUNT, f"unread:{CASE_USER}")
        how = How.INFERRED_KEY
        yield at.edge(EdgeKind.RUNS_AS, automation, account, CASE_USER, row=AUTOMATED_CASE_USER, how=how)
        yield at.edge(EdgeKind.NOTIFIES, automation, account, CASE_USER, how=how)


def _apps_of_tokens(seen: _Seen, at: Scope) -> Iterator[Fact]:
    """The app of every token that names it by label alone: the one app of that name, else one of its own."""
    placed = {edge.target for edge in seen.edges[EdgeKind.AUTHENTICATES_WITH]}
    by_name: dict[str, list[Node]] = defaultdict(list)
    for node in seen.of(NodeKind.GRANT):
        if node.id not in placed and node.properties.get("token") is True:
            by_name[_folded(str(node.properties.get("app_name") or ""))].append(node)
    for grants in by_name.values():
        name = str(grants[0].properties.get("app_name") or "")
        yield from _signing_in(seen, at, name, grants, How.OBSERVED)


def _signing_in(seen: _Seen, at: Scope, name: str, grants: Sequence[Node], how: How) -> Iterator[Fact]:
    """An app and its sign-in with these grants. It is the only one of that name, else one known by its name alone."""
    record = last_part(grants[0].id)
    namesakes = len(seen.apps.get(_folded(name), ()))
    limit = {"token_limit": TOKEN_LIMIT} if how is How.OBSERVED else {}
    integration = _only(seen.apps.get(_folded(name)))
    if integration:
        how = How.INFERRED_NAME
        if limit:
            yield Node(NodeKind.INTEGRATION, integration, "", at.evidence(record, how=how), limit)
    else:
        vendor_id = f"app:{hashed(_folded(name))}"
        title = f"{name} (one of {namesakes} apps of that name)" if namesakes > 1 else name or "an app without a name"
        properties = {"app_kind": "API client", "ambiguous": True if namesakes > 1 else None, **limit}
        for fact in app(at, vendor_id, title, record, properties):
            yield fact
            if isinstance(fact, Node) and fact.kind is NodeKind.INTEGRATION:
                integration = fact.id
    for grant in grants:
        yield signs_in(at, integration, grant.id, last_part(grant.id), how)


def _apps_of_log_ins(seen: _Seen, at: Scope) -> Iterator[Fact]:
    """Apps that signed in as somebody without a token there: client credentials, and tokens that were revoked."""
    holders = _holders(seen)
    for node in seen.of(NodeKind.ACCOUNT):
        for entry in node.properties.get("logs_in_through", ()):
            name = str(entry["app"])
            known = _only(seen.apps.get(_folded(name)))
            if (known, node.id) in holders or (_folded(name), node.id) in holders:
                continue
            record = hashed("log-ins", _folded(name), last_part(node.id))
            properties = {"used_within": entry["used_within"], "only_log_ins": True}
            title = f"log-ins through {name}"
            grant = Node(NodeKind.GRANT, at.id(NodeKind.GRANT, record), title, at.evidence(record), properties)
            yield grant
            yield at.edge(EdgeKind.PART_OF, grant.id, at.system, record)
            yield at.edge(EdgeKind.AUTHORIZED_BY, grant.id, node.id, record, row=TOKEN, how=How.INFERRED_NAME)
            yield from _signing_in(seen, at, name, [grant], How.INFERRED_NAME)


def _holders(seen: _Seen) -> set[tuple[str, str]]:
    """Which app, by id and by name, already acts as which login."""
    accounts = {edge.source: edge.target for edge in seen.edges[EdgeKind.AUTHORIZED_BY]}
    found = {(edge.source, edge.target) for edge in seen.edges[EdgeKind.RUNS_AS]}
    for edge in seen.edges[EdgeKind.AUTHENTICATES_WITH]:
        account = accounts.get(edge.target, "")
        found.add((edge.source, account))
        found |= {(name, account) for name in seen.app_names.get(edge.source, ())}
    for node in seen.of(NodeKind.GRANT):
        if name := node.properties.get("app_name"):
            found.add((_folded(str(name)), accounts.get(node.id, "")))
    return found


def _phantoms(seen: _Seen, at: Scope) -> Iterator[Fact]:
    """Apps that hold tokens and are registered nowhere. Both registers were read whole.

    An app known from log-ins alone is none: what stands there may be any program's own name.
    """
    for node_id, versions in sorted(seen.nodes.items()):
        lists = seen.seen_in(node_id)
        ambiguous = any("ambiguous" in node.properties for node in versions)
        if versions[0].kind is NodeKind.INTEGRATION and _TOKENS in lists <= _SEEN_IN and not ambiguous:
            here = at.at(_TOKENS)
            record = versions[0].evidence[0].record
            yield Node(NodeKind.INTEGRATION, node_id, "", here.evidence(record), {"installed": False})
