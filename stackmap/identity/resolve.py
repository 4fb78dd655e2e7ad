"""Who is who: facts in, the same facts out with people, ties, types and joined links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stackmap.identity.accounts import Account, Cast, cast_of
from stackmap.identity.clusters import Cluster, Conflict, cluster
from stackmap.identity.holders import settle_holders
from stackmap.identity.links import Suggestion, join_logins, join_systems
from stackmap.identity.notes import UnmetNote, respelt, settle_notes
from stackmap.identity.person_ids import Naming, name_people
from stackmap.identity.rewriting import follow, renamed
from stackmap.identity.syncs import join_links
from stackmap.model import (
    AccountType,
    Edge,
    EdgeKind,
    Evidence,
    Fact,
    How,
    IdentityHints,
    Node,
    NodeKind,
)

__all__ = ["Identity", "resolve"]

_NEVER_TIED = {AccountType.INTEGRATION, AccountType.VENDOR_MANAGED}


@dataclass(frozen=True, slots=True)
class Identity:
    """What identity made of the facts.

    `facts` is the complete list to build the graph from. `person_ids` are all identity keys to keep, old and new.
    `unresolved` are human logins tied to nobody. `aliases` maps ids that were replaced, and names that people wrote, to
    what they stand for. `stale_notes` met nothing that any source lists.
    """

    facts: tuple[Fact, ...]
    person_ids: Mapping[str, str] = field(default_factory=dict)
    unresolved: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    stale_notes: tuple[UnmetNote, ...] = ()


def resolve(facts: Iterable[Fact], hints: IdentityHints, known: Mapping[str, str]) -> Identity:
    """Judge every login's type, tie logins to people, and join what is one thing seen from two ends.

    `facts` are those of all sources and of the manifest, `known` the person ids of earlier readings. The order of facts
    makes no difference.
    """
    given = list(facts)
    spelt = respelt(given, hints.notes)
    joined, aliases, suggestions = _join(renamed(given, spelt))
    aliases = {**spelt, **aliases}
    settled = settle_notes(joined, hints.notes, aliases)
    cast = cast_of(settled.facts, _rewritten(hints, aliases))
    clusters, conflicts, passed_on = cluster(cast)
    naming = name_people(clusters, cast, known)
    conflicts |= set(_refused_logins(cast))
    made = [*_typed(settled.facts, cast.accounts), *_made(clusters, naming, cast)]
    aliases = {**aliases, **settled.aliases, **naming.aliases}
    held = {fact.target for fact in made if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT}
    return Identity(
        tuple(renamed(made, naming.aliases)),
        naming.person_ids,
        tuple(sorted(_nobodys(cast, held))),
        tuple(sorted(conflicts)),
        tuple(sorted({*suggestions, *passed_on})),
        {old: follow(aliases, old) for old in sorted(aliases)},
        settled.unmet,
    )


def _join(facts: Sequence[Fact]) -> tuple[list[Fact], dict[str, str], list[Suggestion]]:
    now = list(facts)
    aliases: dict[str, str] = {}
    suggestions: list[Suggestion] = []
    for step in (join_systems, join_links, join_logins):
        joined = step(now)
        now = joined.facts
        aliases.update(joined.aliases)
        suggestions.extend(joined.suggestions)
    return settle_holders(now), aliases, suggestions


def _rewritten(hints: IdentityHints, aliases: Mapping[str, str]) -> IdentityHints:
    people = tuple(
        replace(person, logins=tuple(follow(aliases, login) for login in person.logins)) for person in hints.people
    )
    types = {follow(aliases, account_id): given for account_id, given in hints.account_types.items()}
    return replace(hints, people=people, account_types=types)


def _typed(facts: Iterable[Fact], accounts: Mapping[str, Account]) -> Iterator[Fact]:
    """The facts, with every login's judged type and its reasons."""
    for fact in facts:
        if not isinstance(fact, Node) or fact.kind is not NodeKind.ACCOUNT:
            yield fact
            continue
        account = accounts[fact.id]
        said = {"account_type": account.type.value, "type_reasons": list(account.reasons)}
        yield Node(fact.kind, fact.id, fact.name, fact.evidence, {**fact.properties, **said})


def _refused_logins(cast: Cast) -> Iterator[Conflict]:
    for person, login in cast.manifest_ties:
        account = cast.accounts.get(login)
        if account is not None and account.type in _NEVER_TIED:
            reason = (
                f"declared as this person's login, but it is {account.type.value.replace('_', '-')}: "
                f"{'; '.join(account.reasons)}; declare its type as human if it is theirs"
            )
            yield Conflict((person, login), reason)


def _made(clusters: Sequence[Cluster], naming: Naming, cast: Cast) -> Iterator[Fact]:
    yield from _manifest_ties(cast)
    addresses: dict[str, str] = {}
    for item, person in zip(clusters, naming.ids, strict=True):
        addresses.update(dict.fromkeys(item.emails, person))
        if person not in cast.listed and not item.people & cast.listed:
            yield _person(item, person, cast.accounts)
        for account_id in sorted(item.accounts):
            if not cast.holders.get(account_id):
                reason = _reason(cast.accounts[account_id], item)
                yield Edge(EdgeKind.HAS_ACCOUNT, person, account_id, _seen("people", reason))
    for mailbox, address in sorted(cast.mailboxes):
        if address in addresses:
            reason = f"e-mail {address}"
            yield Edge(EdgeKind.MAILBOX_OF, mailbox, addresses[address], _seen("mailboxes", reason))


def _seen(inventory: str, record: str) -> tuple[Evidence, ...]:
    return (Evidence("identity", inventory, record),)


def _manifest_ties(cast: Cast) -> Iterator[Fact]:
    for person, login in sorted(set(cast.manifest_ties)):
        account = cast.accounts.get(login)
        if account is None or account.type not in _NEVER_TIED:
            evidence = (Evidence("manifest", "people", person, How.DECLARED),)
            yield Edge(EdgeKind.HAS_ACCOUNT, person, login, evidence)


def _person(item: Cluster, person: str, accounts: Mapping[str, Account]) -> Node:
    names = {name for account_id in item.accounts for name in accounts[account_id].traits.names}
    name = min(names, key=lambda name: ("@" in name, " " not in name, name), default="")
    keys = [f"directory id {value}" for value in sorted(item.directory_ids)]
    keys += [f"e-mail {value}" for value in sorted(item.emails)]
    email = {"email": min(item.emails)} if item.emails else {}
    return Node(NodeKind.PERSON, person, name, _seen("people", (keys or [person])[0]), email)


def _reason(account: Account, item: Cluster) -> str:
    shared = sorted(account.directory_ids & item.directory_ids)
    if shared:
        return f"directory id {shared[0]}"
    return f"e-mail {min(account.emails & item.emails)}"


def _nobodys(cast: Cast, held: set[str]) -> Iterator[str]:
    for account in cast.accounts.values():
        if account.type is AccountType.HUMAN and account.id not in held:
            yield account.id
