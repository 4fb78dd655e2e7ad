"""What only several lists together tell: managers, whose app a right is, and logins that are the same person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from connectors.okta.departures import PUSHED_LOGIN
from connectors.okta.mapping import MANAGER_SAID
from connectors.okta.mapping_apps import APP_LOGINS, FAR_PRODUCT, PUSHES, UNKNOWN
from connectors.okta.products import PRODUCTS, Product, login_number
from stackmap.model import Coverage, Edge, EdgeKind, Fact, FixBy, How, Node, NodeKind, Reach, make_id, system_id
from stackmap.sdk import Scope, Settings, Trouble

__all__ = ["joined", "reviewed"]

_APP_USERS = "app-users"
_PEOPLE = ("users", "deprovisioned-users")


def joined(facts: Sequence[Fact], _coverage: Mapping[str, Coverage], scope: Scope) -> Iterator[Fact]:
    """Everything that follows. Pure."""
    nodes = [fact for fact in facts if isinstance(fact, Node)]
    yield from _managers(nodes)
    yield from _rights(facts, scope)
    yield from _other_logins(nodes, scope)


def _managers(nodes: Sequence[Node]) -> Iterator[Fact]:
    """A manager, where what the profile says is the id or the login of exactly one user of this directory."""
    accounts = [node for node in nodes if node.kind is NodeKind.ACCOUNT]
    called: dict[str, set[str]] = defaultdict(set)
    for node in accounts:
        words = {node.id.rpartition("/")[2], node.properties.get("login")}
        for word in words - {None}:
            called[str(word).casefold()].add(node.id)
    for node in accounts:
        said = node.properties.get(MANAGER_SAID)
        found = called.get(said.strip().casefold(), set()) if isinstance(said, str) else set()
        if len(found) == 1 and found != {node.id}:
            yield replace(node, properties={"manager": next(iter(found))})


def _rights(facts: Sequence[Fact], scope: Scope) -> Iterator[Fact]:
    """The app that has a right. It needs each of its rights, but any of the consents to the same one will do.

    A right that hangs on nobody counts only beside those that people gave: alone, nothing can take it away.
    """
    nodes = [fact for fact in facts if isinstance(fact, Node)]
    apps = {
        node.properties["client_id"]: node.id
        for node in nodes
        if node.kind is NodeKind.INTEGRATION and "client_id" in node.properties
    }
    hanging = {fact.source for fact in facts if isinstance(fact, Edge) and fact.kind is EdgeKind.AUTHORIZED_BY}
    held = [
        (apps[node.properties["client_id"]], str(node.properties["scopes"][0]), node)
        for node in nodes
        if node.kind is NodeKind.GRANT and node.properties.get("client_id") in apps
    ]
    personal = {(app, right) for app, right, grant in held if grant.id in hanging}
    for app, right, grant in held:
        if (app, right) in personal:
            seen = grant.evidence[0]
            yield scope.at(seen.inventory).edge(EdgeKind.AUTHENTICATES_WITH, app, grant.id, seen.record, slot=right)


def _other_logins(nodes: Sequence[Node], scope: Scope) -> Iterator[Fact]:
    """The logins that Okta's users have in products that stackmap may read as well."""
    here = scope.at(_APP_USERS)
    apps = {node.id: node for node in nodes if node.kind is NodeKind.INTEGRATION}
    names = {node.id: node.name for node in nodes if node.kind is NodeKind.ACCOUNT and node.name}
    products = {product.key: product for product in PRODUCTS.values() if product.keeps_ids}
    for node in nodes:
        for told in node.properties.get(APP_LOGINS, ()):
            app_id, _, number = str(told).partition(":")
            app = apps.get(scope.id(NodeKind.INTEGRATION, app_id))
            product = products.get(app.properties.get(FAR_PRODUCT, "")) if app else None
            if app and product:
                yield from _login(node.id, names.get(node.id, ""), product, number, here)
                if app.properties.get(PUSHES) is True and app.properties.get("active") is not False:
                    yield _dragged(node.id, product, number, here)


def _login(user: str, name: str, product: Product, number: str, here: Scope) -> Iterator[Fact]:
    login, record = _login_id(product, number, here), user.rpartition("/")[2]
    seen = here.evidence(record, how=How.INFERRED_KEY)
    yield Node(NodeKind.ACCOUNT, login, name, seen, {"directory_id": here.directory_id(record)})
    system = system_id(product.key, UNKNOWN)
    yield here.edge(EdgeKind.PART_OF, login, system, record, how=How.INFERRED_KEY)


def _dragged(user: str, product: Product, number: str, here: Scope) -> Fact:
    """Okta switches the login off together with its user: nothing drags it that only signs in."""
    login, record = _login_id(product, number, here), user.rpartition("/")[2]
    return here.edge(EdgeKind.PROVISIONED_BY, login, user, record, row=PUSHED_LOGIN, how=How.INFERRED_KEY)


def _login_id(product: Product, number: str, here: Scope) -> str:
    shown = here.hashed(number) if "@" in number else login_number(product, number)
    return make_id(product.key, UNKNOWN, NodeKind.ACCOUNT, shown)


def reviewed(_facts: Sequence[Fact], coverage: Mapping[str, Coverage], _settings: Settings) -> Mapping[str, Trouble]:
    """Who is in neither list of users does not exist. Of one list alone that cannot be said."""
    found: dict[str, Trouble] = {}
    for name, other in (_PEOPLE, _PEOPLE[::-1]):
        here, there = coverage.get(name), coverage.get(other)
        if here and there and here.state is Reach.COMPLETE and there.state is not Reach.COMPLETE:
            reason = f"without {other} it does not tell who is there and who has left: {there.reason}"
            found[name] = Trouble(Reach.PARTIAL, reason, there.fix_by or FixBy.OPERATOR, other)
    return found
