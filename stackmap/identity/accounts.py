"""Logins and people as all facts together describe them, before anybody is tied to anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stackmap.identity.account_types import Given, Traits, judge_type
from stackmap.identity.emails import equal_domains, normalise_email
from stackmap.model import (
    AccountType,
    Edge,
    EdgeKind,
    Fact,
    How,
    IdentityHints,
    Node,
    NodeKind,
    product_of,
)

__all__ = ["Account", "Cast", "Human", "cast_of"]

_INFERRED = {How.INFERRED_KEY, How.INFERRED_NAME}
_NOTES = "manifest"
_ENDED_BY = ("deactivated_at", "last_used")


@dataclass(slots=True)
class Account:
    """One login. `created` and `ended` are known only where a source gives them; `ended` of a switched-off one only."""

    id: str
    traits: Traits = field(default_factory=Traits)
    directory_ids: set[str] = field(default_factory=set)
    active: bool | None = None
    created: str = ""
    ended: str = ""
    type: AccountType = AccountType.UNKNOWN
    reasons: tuple[str, ...] = ()

    @property
    def emails(self) -> set[str]:
        """Its normalised addresses."""
        return self.traits.emails


@dataclass(slots=True)
class Human:
    """One person as some source or the manifest names them. `sources` tell apart people of one source."""

    id: str
    sources: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    directory_ids: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Cast:
    """Everybody and every login. `holders` are explicit ties that count; `listed` people have a node.

    `places` are words that name the products there are.
    """

    domains: Mapping[str, str]
    accounts: dict[str, Account] = field(default_factory=dict)
    people: dict[str, Human] = field(default_factory=dict)
    holders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    weakly_held: set[str] = field(default_factory=set)
    manifest_ties: list[tuple[str, str]] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    mailboxes: set[tuple[str, str]] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


def cast_of(facts: Iterable[Fact], hints: IdentityHints) -> Cast:
    """Gather people and logins, and judge every login's type."""
    cast = Cast(equal_domains(hints.domains))
    ties: list[Edge] = []
    for fact in facts:
        if isinstance(fact, Edge):
            if fact.kind is EdgeKind.HAS_ACCOUNT:
                ties.append(fact)
        elif fact.kind is NodeKind.ACCOUNT:
            _account(cast, fact)
        elif fact.kind is NodeKind.PERSON:
            _person(cast, fact)
        elif fact.kind is NodeKind.ENDPOINT:
            _mailbox(cast, fact)
        elif fact.kind is NodeKind.SYSTEM:
            cast.places.update(_product_words(fact.id))
    _declare(cast, hints)
    _judge(cast)
    for tie in ties:
        _tie(cast, tie)
    return cast


def _account(cast: Cast, node: Node) -> None:
    account = cast.accounts.setdefault(node.id, Account(node.id))
    properties = node.properties
    if node.name:
        account.traits.names.add(node.name)
    if address := normalise_email(properties.get("email"), cast.domains):
        account.traits.emails.add(address)
    if directory_id := properties.get("directory_id"):
        account.directory_ids.add(directory_id)
    if "account_type" in properties:
        _given(account, node)
    if properties.get("active") is False:
        account.active = False
    elif account.active is None and properties.get("active") is True:
        account.active = True
    account.created = min(filter(None, (account.created, _moment(properties.get("created_at")))), default="")
    ended = next((moment for key in _ENDED_BY if (moment := _moment(properties.get(key)))), "")
    account.ended = max(account.ended, ended)


def _mailbox(cast: Cast, node: Node) -> None:
    address = normalise_email(node.properties.get("email"), cast.domains)
    if address and node.properties.get("mailbox") is True:
        cast.mailboxes.add((node.id, address))


def _moment(value: object) -> str:
    """A time or day as text that sorts, "" for what is none."""
    if not isinstance(value, str):
        return ""
    try:
        return datetime.fromisoformat(value).isoformat()[:10]
    except ValueError:
        return ""


def _given(account: Account, node: Node) -> None:
    said = node.properties.get("type_reasons")
    reasons = tuple(text for text in said if isinstance(text, str)) if isinstance(said, list | tuple) else ()
    declared = any(evidence.how is How.DECLARED for evidence in node.evidence)
    speaker = "declared" if declared else f"{product_of(node.id) or node.evidence[0].source} says"
    given = Given(AccountType(node.properties["account_type"]), speaker, reasons)
    (account.traits.declared if declared else account.traits.observed).append(given)


def _person(cast: Cast, node: Node) -> None:
    human = cast.people.setdefault(node.id, Human(node.id))
    human.sources |= {evidence.source for evidence in node.evidence}
    if address := normalise_email(node.properties.get("email"), cast.domains):
        human.emails.add(address)
    if directory_id := node.properties.get("directory_id"):
        human.directory_ids.add(directory_id)
    cast.listed.add(node.id)


def _declare(cast: Cast, hints: IdentityHints) -> None:
    for declared in hints.people:
        human = cast.people.setdefault(declared.id, Human(declared.id))
        human.sources.add(_NOTES)
        human.emails |= {address for email in declared.emails if (address := normalise_email(email, cast.domains))}
        cast.manifest_ties += [(declared.id, login) for login in declared.logins]
    for account_id, (account_type, reason) in hints.account_types.items():
        if account := cast.accounts.get(account_id):
            says = (f"declared: {reason}",) if reason else ()
            account.traits.declared = [Given(account_type, "declared", says)]
    for person, login in cast.manifest_ties:
        cast.holders[login].add(person)


def _product_words(system_id: str) -> Iterator[str]:
    product = (product_of(system_id) or "").casefold()
    yield from (word for word in (product.replace("-", ""), *product.split("-")) if word)


def _judge(cast: Cast) -> None:
    """Judge every login's type: first by itself, then by the sign-in that it shares with a person's login."""
    emails, directory_ids = _listed_keys(cast)
    for account in cast.accounts.values():
        reasons = (emails[address] for address in account.emails & emails.keys())
        account.traits.persons.update(reasons)
        if account.directory_ids & directory_ids:
            account.traits.persons.add("a list of people has its directory id")
        _judge_one(account, cast.places)
    signing_in = {
        key for item in cast.accounts.values() if item.type is AccountType.HUMAN for key in item.directory_ids
    }
    for account in cast.accounts.values():
        if account.type is not AccountType.HUMAN and account.directory_ids & signing_in:
            account.traits.persons.add("it is signed in to with the directory id of a person's login")
            _judge_one(account, cast.places)


def _listed_keys(cast: Cast) -> tuple[dict[str, str], set[str]]:
    """The addresses that people are listed with, and why that tells; and their directory ids."""
    emails: dict[str, str] = {}
    directory_ids: set[str] = set()
    for human in cast.people.values():
        where = "your notes give" if _NOTES in human.sources else "a list of people gives"
        for address in human.emails:
            emails[address] = max(emails.get(address, ""), f"{where} its address to a person")
        directory_ids |= human.directory_ids
    return emails, directory_ids


def _judge_one(account: Account, places: Collection[str]) -> None:
    judged = judge_type(account.traits, places)
    account.type, account.reasons = judged.type, judged.reasons


def _tie(cast: Cast, tie: Edge) -> None:
    cast.people.setdefault(tie.source, Human(tie.source))
    if all(evidence.how in _INFERRED for evidence in tie.evidence):
        cast.weakly_held.add(tie.target)
    else:
        cast.holders[tie.target].add(tie.source)
