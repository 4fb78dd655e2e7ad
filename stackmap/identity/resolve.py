"""Who is who: facts in, the same facts out with people, ties, types and joined links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from stackmap.identity.accounts import Account, Cast
from stackmap.identity.apart import Decided, are_torn, decide, without_unmet
from stackmap.identity.casting import cast_of
from stackmap.identity.clusters import Cluster, Clusters, Conflict, cluster
from stackmap.identity.directories import tell_by_directories
from stackmap.identity.holders import settle_holders
from stackmap.identity.links import Joined, Suggestion, join_logins, join_systems
from stackmap.identity.notes import UnmetNote, respelt, settle_notes, torn_notes
from stackmap.identity.person_ids import Naming, known_people, name_people
from stackmap.identity.rewriting import follow, renamed
from stackmap.identity.syncs import join_links
from stackmap.identity.unread import unread_notes
from stackmap.model import (
    IDENTITY_SOURCE,
    NOTES_SOURCE,
    AccountType,
    Coverage,
    DeclaredNote,
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


def resolve(
    facts: Iterable[Fact], hints: IdentityHints, known: Mapping[str, str], coverage: Sequence[Coverage] = ()
) -> Identity:
    """Judge every login's type, tie logins to people, and join what is one thing seen from two ends.

    `facts` are those of all sources and of the manifest, `known` the person ids of earlier readings. The order of facts
    makes no difference. Only a directory whose users were read to the end, by `coverage`, tells that somebody has left.
    """
    read = list(facts)
    met = _meet(read, hints)
    cast = cast_of(met.facts, met.hints)
    kept, clusters, decided = _tie(met, cast, known)
    naming = name_people(clusters.found, cast, known, (entry for group in met.hints.apart for entry in group))
    made = [*_typed(kept, cast.accounts), *_made(clusters.found, naming, cast)]
    made += tell_by_directories(made, coverage)
    aliases = {**met.aliases, **naming.aliases}
    unread = unread_notes(read, hints, met.alone, aliases, coverage)
    return Identity(
        facts=tuple(renamed(made, naming.aliases)),
        person_ids=naming.person_ids,
        unresolved=tuple(sorted(_nobodys(cast, made))),
        conflicts=tuple(sorted({*clusters.conflicts, *_refused_logins(cast)})),
        suggestions=tuple(sorted({*met.suggestions, *_undecided(clusters, decided)})),
        aliases={old: follow(aliases, old) for old in sorted(aliases)},
        stale_notes=(*met.unmet, *_unmet(decided, hints.notes, met.aliases), *unread),
    )


@dataclass(frozen=True, slots=True)
class _Met:
    """The facts after what is one thing has one id, and with what notes add; the hints in these ids."""

    facts: list[Fact]
    hints: IdentityHints
    aliases: Mapping[str, str]
    suggestions: Sequence[Suggestion]
    unmet: Sequence[UnmetNote]
    alone: Mapping[str, str]


def _meet(facts: list[Fact], hints: IdentityHints) -> _Met:
    """Join what is one thing seen from two ends, and meet what people wrote with what is listed."""
    spelt = respelt(facts, hints.notes)
    joined = _join(renamed(facts, spelt))
    aliases = {**spelt, **joined.aliases}
    settled = settle_notes(without_unmet(joined.facts), hints.notes, aliases)
    aliases = {**aliases, **settled.aliases}
    unmet = (*settled.unmet, *torn_notes(hints.notes, joined.torn))
    suggestions = (*joined.suggestions, *_torn_elsewhere(joined.torn, hints.notes))
    return _Met(settled.facts, _rewritten(hints, aliases), aliases, suggestions, unmet, joined.alone)


def _tie(met: _Met, cast: Cast, known: Mapping[str, str]) -> tuple[list[Fact], Clusters, Decided]:
    """Everybody there is, and the facts without ties that somebody has decided against."""
    decided = decide(cast, met.hints.apart, known_people(known))
    kept = _without_apart(met.facts, cast, decided)
    clusters = cluster(cast, decided)
    return _without_torn(kept, clusters.found, cast, decided), clusters, decided


def _undecided(clusters: Clusters, decided: Decided) -> Iterator[Suggestion]:
    yield from (one for one in clusters.suggestions if not decided.answers(one.subjects))


def _torn_elsewhere(torn: Mapping[str, tuple[str, ...]], notes: Iterable[DeclaredNote]) -> Iterator[Suggestion]:
    """Logins that files other than your notes name, and that may be any of several."""
    noted = {note.subject for note in notes}
    for login, candidates in torn.items():
        if login not in noted:
            yield Suggestion((login, *candidates), "several logins are called so; one of them may be meant")


def _join(facts: Iterable[Fact]) -> Joined:
    now = Joined(list(facts))
    for step in (join_systems, join_links, join_logins):
        now = now.then(step(now.facts))
    return replace(now, facts=settle_holders(now.facts))


def _rewritten(hints: IdentityHints, aliases: Mapping[str, str]) -> IdentityHints:
    people = tuple(
        replace(person, logins=tuple(follow(aliases, login) for login in person.logins)) for person in hints.people
    )
    types = {follow(aliases, account_id): given for account_id, given in hints.account_types.items()}
    apart = tuple(tuple(follow(aliases, entry) for entry in group) for group in hints.apart)
    return replace(hints, people=people, account_types=types, apart=apart)


def _without_apart(facts: Sequence[Fact], cast: Cast, decided: Decided) -> list[Fact]:
    """The facts without ties that somebody has decided against; and nobody holds such a login."""
    if not decided.marks:
        return list(facts)
    refused = set(decided.refused(cast.holders))
    weak = {(fact.source, fact.target) for fact in facts if _is_tie(fact)} - refused
    for person, login in refused:
        cast.holders[login].discard(person)
    refused |= {tie for tie in weak if decided.are_apart(*tie)}
    cast.manifest_ties = [tie for tie in cast.manifest_ties if tie not in refused]
    return [fact for fact in facts if not (_is_tie(fact) and (fact.source, fact.target) in refused)]


def _without_torn(facts: list[Fact], clusters: Iterable[Cluster], cast: Cast, decided: Decided) -> list[Fact]:
    """The facts without weaker ties of logins to people who have a login that is decided to be another's."""
    if not decided.marks:
        return facts
    strong = {(person, login) for login, people in cast.holders.items() for person in people}
    marks = {person: set(item.marks) for item in clusters for person in item.people}
    torn: set[tuple[str, str]] = set()
    for person, login in sorted({(fact.source, fact.target) for fact in facts if _is_tie(fact)} - strong):
        own, theirs = decided.marks_of(login), marks.setdefault(person, set())
        if are_torn(own, theirs):
            torn.add((person, login))
        theirs |= own if (person, login) not in torn else set()
    return [fact for fact in facts if not (_is_tie(fact) and (fact.source, fact.target) in torn)]


def _is_tie(fact: Fact) -> TypeGuard[Edge]:
    return isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT


def _unmet(decided: Decided, notes: Iterable[DeclaredNote], aliases: Mapping[str, str]) -> Iterator[UnmetNote]:
    """What the lists of what is never one person speak of, and nobody has read."""
    for note in notes:
        if note.section == "apart" and follow(aliases, note.subject) not in decided.met:
            yield UnmetNote(note.record, note.section, note.written)


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
        if account is not None and account.type.is_a_programs:
            reason = (
                f"declared as this person's login, but it is {account.type.value.replace('_', '-')}: "
                f"{'; '.join(account.reasons)}; declare its type as human if it is theirs"
            )
            yield Conflict((person, login), reason)


def _made(clusters: Sequence[Cluster], naming: Naming, cast: Cast) -> Iterator[Fact]:
    yield from _manifest_ties(cast)
    addresses: dict[str, str] = {}
    for item, person in zip(clusters, naming.ids, strict=True):
        addresses = {**dict.fromkeys(item.aliases, person), **addresses} if item.aliases else addresses
        addresses.update(dict.fromkeys(item.emails, person))
        if person not in cast.listed and not item.people & cast.listed:
            yield _person(item, person, cast)
        for account_id in sorted(item.accounts):
            if not cast.holders.get(account_id):
                reason = _reason(cast.accounts[account_id], item)
                yield Edge(EdgeKind.HAS_ACCOUNT, person, account_id, _seen("people", reason))
    for mailbox, address in sorted(cast.mailboxes):
        if address in addresses:
            reason = f"e-mail {address}"
            yield Edge(EdgeKind.MAILBOX_OF, mailbox, addresses[address], _seen("mailboxes", reason))


def _seen(inventory: str, record: str) -> tuple[Evidence, ...]:
    return (Evidence(IDENTITY_SOURCE, inventory, record),)


def _manifest_ties(cast: Cast) -> Iterator[Fact]:
    for person, login in sorted(set(cast.manifest_ties)):
        account = cast.accounts.get(login)
        if account is None or not account.type.is_a_programs:
            evidence = (Evidence(NOTES_SOURCE, "people", person, How.DECLARED),)
            yield Edge(EdgeKind.HAS_ACCOUNT, person, login, evidence)


def _person(item: Cluster, person: str, cast: Cast) -> Node:
    names = {name for account_id in item.accounts for name in cast.accounts[account_id].traits.names}
    spoken_of = (address for one in item.people for address in cast.people[one].emails)  # it may be several people's
    addresses = item.emails or set(spoken_of)
    name = min(names, key=lambda name: ("@" in name, " " not in name, name), default=min(addresses, default=""))
    keys = [f"directory id {value}" for value in sorted(item.directory_ids)]
    keys += [f"e-mail {value}" for value in sorted(item.emails)]
    email = {"email": min(item.emails)} if item.emails else {}
    return Node(NodeKind.PERSON, person, name, _seen("people", (keys or [person])[0]), email)


def _reason(account: Account, item: Cluster) -> str:
    shared = sorted(account.directory_ids & item.directory_ids)
    if shared:
        return f"directory id {shared[0]}"
    if by_email := sorted(account.emails & item.emails):
        return f"e-mail {by_email[0]}"
    if by_alias := sorted((account.aliases | account.emails) & item.aliases):
        return f"alias {by_alias[0]}"
    if shared := sorted(account.emails & item.shared):
        return f"e-mail {shared[0]}, which logins with other names have too"
    return "your notes say that it is somebody of their own"


def _nobodys(cast: Cast, facts: Iterable[Fact]) -> Iterator[str]:
    """The human logins that nobody holds."""
    held = {fact.target for fact in facts if _is_tie(fact)}
    for account in cast.accounts.values():
        if account.type is AccountType.HUMAN and account.id not in held:
            yield account.id
