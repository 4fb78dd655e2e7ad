"""Gathers logins and people from all facts, and has every login's type judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from stackmap.identity.account_types import Given
from stackmap.identity.accounts import Account, Cast, Human
from stackmap.identity.judging import judge_accounts
from stackmap.model import (
    NOTES_SOURCE,
    AccountType,
    Edge,
    EdgeKind,
    Fact,
    How,
    IdentityHints,
    Node,
    NodeKind,
    Properties,
    all_addresses,
    equal_domains,
    fold_name,
    is_unlisted,
    local_part,
    normalise_email,
    product_of,
    system_of,
)

__all__ = ["cast_of"]

_INFERRED = {How.INFERRED_KEY, How.INFERRED_NAME}
_ENDED_BY = ("deactivated_at", "last_used")
_DETAILS = {"title": "it has a job title", "manager": "it has a manager", "department": "it has a department"}
_COVERED = 10  # logins of a directory with addresses of a domain: it has the people of that domain


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
            if fact.properties.get("directory") is True:
                cast.directories.add(system_of(fact.id) or fact.id)
    _declare(cast, hints)
    _judge(cast)
    for tie in ties:
        _tie(cast, tie)
    return cast


def _account(cast: Cast, node: Node) -> None:
    account = cast.accounts.setdefault(node.id, Account(node.id))
    properties = node.properties
    if node.name:
        account.traits.names |= {node.name}
    _name(account, properties, cast.domains)
    if "account_type" in properties:
        _given(account, node)
    if properties.get("active") is False:
        account.active = False
    elif account.active is None and properties.get("active") is True:
        account.active = True
    if job := _job(properties):
        account.job |= job
    account.created = min(filter(None, (account.created, _moment(properties.get("created_at")))), default="")
    ended = next((moment for key in _ENDED_BY if (moment := _moment(properties.get(key)))), "")
    account.ended = max(account.ended, ended)


def _name(account: Account, properties: Properties, domains: Mapping[str, str]) -> None:
    """What it is called and signed in to with."""
    traits = account.traits
    if address := normalise_email(properties.get("email"), domains):
        traits.emails |= {address}
        _, plus, tag = str(properties["email"]).rpartition("@")[0].casefold().partition("+")
        # The product's own name behind a + is how people tell their sign-ups apart.
        own = product_of(account.id) or ""
        if plus and _letters(tag) != own:
            traits.tags |= {tag.strip()}
    if aliases := all_addresses(properties.get("aliases"), domains):
        account.aliases |= aliases
    if directory_id := properties.get("directory_id"):
        account.directory_ids |= {directory_id}
    if isinstance(login := properties.get("login"), str) and login.strip():
        traits.logins |= {login.strip().casefold()}
    if details := {says for key, says in _DETAILS.items() if properties.get(key)}:
        traits.details |= details


def _job(properties: Properties) -> frozenset[str]:
    title, department = properties.get("title"), properties.get("department")
    return _named_job(title if isinstance(title, str) else "", department if isinstance(department, str) else "")


@lru_cache(maxsize=4096)
def _named_job(title: str, department: str) -> frozenset[str]:
    said = (("title", title), ("department", department))
    return frozenset(f"{key} {fold_name(text)}" for key, text in said if text.strip())


def _letters(tag: str) -> str:
    return tag.strip().rstrip("0123456789")


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
    traits = account.traits
    if declared:
        traits.declared = (*traits.declared, given)
    else:
        traits.observed = (*traits.observed, given)


def _person(cast: Cast, node: Node) -> None:
    human = cast.people.setdefault(node.id, Human(node.id))
    if not is_unlisted(node.id):  # one who is spoken of twice, by two addresses, is not told apart by that
        human.sources |= {evidence.source for evidence in node.evidence}
    if address := normalise_email(node.properties.get("email"), cast.domains):
        human.emails.add(address)
    human.aliases |= all_addresses(node.properties.get("aliases"), cast.domains)
    if directory_id := node.properties.get("directory_id"):
        human.directory_ids.add(directory_id)
    human.off |= node.properties.get("active") is False
    human.job |= _job(node.properties)
    human.since = max(human.since, _moment(node.properties.get("started_on")))
    human.until = max(human.until, _moment(node.properties.get("left_on")))
    # Somebody known by address alone goes by the name of a login.
    if node.name:
        cast.listed.add(node.id)


def _declare(cast: Cast, hints: IdentityHints) -> None:
    for declared in hints.people:
        human = cast.people.setdefault(declared.id, Human(declared.id))
        human.sources.add(NOTES_SOURCE)
        human.emails |= {address for email in declared.emails if (address := normalise_email(email, cast.domains))}
        cast.manifest_ties += [(declared.id, login) for login in declared.logins]
    for account_id, (account_type, reason) in hints.account_types.items():
        if account := cast.accounts.get(account_id):
            says = (f"declared: {reason}",) if reason else ()
            account.traits.declared = (Given(account_type, "declared", says),)
    for person, login in cast.manifest_ties:
        cast.holders[login].add(person)


def _product_words(system_id: str) -> Iterator[str]:
    product = (product_of(system_id) or "").casefold()
    yield from (word for word in (product.replace("-", ""), *product.split("-")) if word)


def _judge(cast: Cast) -> None:
    """Judge every login's type, all of them together."""
    emails, directory_ids = _listed_keys(cast)
    unlisted = _unlisted(cast, emails)
    for account in cast.accounts.values():
        traits = account.traits
        traits.unlisted = account.id in unlisted
        traits.off = account.active is False
        if persons := {emails[address] for address in account.emails if address in emails}:
            traits.persons |= persons
        if traits.logins:
            mailboxes = {local_part(address) for address in account.emails}
            traits.logins = {login for login in traits.logins if (login.rpartition("@")[0] or login) not in mailboxes}
    for account_id, judged in judge_accounts(cast.accounts, cast.places, directory_ids).items():
        account = cast.accounts[account_id]
        account.type, account.reasons, account.doubted = judged.type, judged.reasons, judged.doubted


def _unlisted(cast: Cast, people: Collection[str]) -> set[str]:
    """Logins with an address of a domain whose people a directory has, and not that address."""
    if not cast.directories:
        return set()
    inside = {key: account for key, account in cast.accounts.items() if system_of(key) in cast.directories}
    listed = {address for account in inside.values() for address in account.emails | account.aliases}
    counted = Counter(address.rpartition("@")[2] for address in listed)
    listed.update(people)
    return {
        key
        for key, account in cast.accounts.items()
        for address in account.emails - listed
        if counted[address.rpartition("@")[2]] >= _COVERED
    }


def _listed_keys(cast: Cast) -> tuple[dict[str, str], set[str]]:
    """The addresses that people are listed with, and why that tells; and their directory ids."""
    emails: dict[str, str] = {}
    directory_ids: set[str] = set()
    for human in cast.people.values():
        if is_unlisted(human.id):
            continue
        where = "your notes give" if NOTES_SOURCE in human.sources else "a list of people gives"
        for address in human.emails:
            emails[address] = max(emails.get(address, ""), f"{where} its address to a person")
        directory_ids |= human.directory_ids
    return emails, directory_ids


def _tie(cast: Cast, tie: Edge) -> None:
    cast.people.setdefault(tie.source, Human(tie.source))
    if all(evidence.how in _INFERRED for evidence in tie.evidence):
        cast.weakly_held.add(tie.target)
    else:
        cast.holders[tie.target].add(tie.source)
