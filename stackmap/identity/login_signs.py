"""What names, user names and addresses of one login tell together: signs of a person, a program, a role."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from stackmap.identity.emails import local_part
from stackmap.identity.given_names import GIVEN_NAMES
from stackmap.identity.login_names import AddressSigns, NameSigns, read_address, read_name, reads_like_a_person
from stackmap.identity.made_of import are_initials, is_made_of, shares_a_word
from stackmap.identity.name_likeness import is_compatible, plain_words
from stackmap.identity.words import DEPARTMENTS, MACHINE, PRODUCTS, PRODUCTS_OR_NAMES, SURNAMES

__all__ = ["Called", "Signs", "read_signs"]

_BY_ADDRESS = "it has a first and a last name, and an address made of them"
_A_JOB = "its name says what somebody's job is"
_MAY_BE = "its name may be a first and a last name"
_SHARED_WORD = "its name and its address share a word that may be somebody's name"


class Called(Protocol):
    """What a login is called and addressed by."""

    names: set[str]
    emails: set[str]
    logins: set[str]
    tags: set[str]


@dataclass(slots=True)
class Signs:
    """Reasons, by what they speak for, and what they rest on.

    `made_of`: first and last name, and an address of them; it needs no list. `known`: a name that people have.
    `program`: a login made for a program, whoever it is called after. `half`: a word for programs beside what may be a
    person's name. `doubts`: a word that may be a surname. `foreign`: the address reads like somebody else's name.
    `alone`: name or user name are a program's and name nobody. `beside`: what speaks against a person, other than the
    address. `words`: what may be somebody's name; `candidates`: those by which others may be called too; `named`: there
    is a name of somebody. `impersonal`: the address is no person's mailbox. `serves`: a word for programs stands beside
    words that are no given names, and nothing else says that they are somebody's. `marked`: the name says that a
    program is called after somebody. `robots`: a name that may be a robot's or a person's; `usual`: the address is
    written as people's are. `bare`: it has no name but its address, or initials (`initials`).
    `named_alike`: name and address share a word. `hard`:
    a word for programs that is nobody's surname, beside words that are no given names.
    """

    made_of: set[str] = field(default_factory=set)
    person: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    program: set[str] = field(default_factory=set)
    machine: set[str] = field(default_factory=set)
    half: set[str] = field(default_factory=set)
    role: set[str] = field(default_factory=set)
    doubts: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    alone: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    robots: set[str] = field(default_factory=set)
    hard: set[str] = field(default_factory=set)
    words: frozenset[str] = frozenset()
    candidates: frozenset[str] = frozenset()
    named: bool = False
    impersonal: bool = False
    serves: bool = False
    usual: bool = False
    bare: bool = False
    named_alike: bool = False
    initials: str = ""

    def goes_with(self, others: Collection[str]) -> bool:
        """Whether its names and these may be one person's."""
        return is_compatible(self.words, others)


def read_signs(traits: Called, places: Collection[str]) -> Signs:
    """The signs in everything that a login is called. `places`: as for `judge_type`."""
    signs = Signs()
    known = _known_words(frozenset(places), frozenset(traits.emails))
    names = [read_name(name, known) for name in sorted(traits.names)]
    mailboxes = {local_part(address) for address in traits.emails}
    addresses = [read_address(local, known) for local in sorted(mailboxes)]
    users = [read_address(_local(login), known) for login in sorted(traits.logins)]
    signs.words = plain_words(word for name in names for word in name.own)
    signs.usual = any(_is_usual(local, names) for local in mailboxes)
    for name in names:
        _weigh_name(signs, name)
    for address in addresses:
        _weigh_address(signs, address, "address")
        signs.impersonal |= bool((address.machine and not address.mark) or address.role)
    for user in users:
        _weigh_user(signs, user)
    for tag in traits.tags:
        _weigh_tag(signs, tag)
    for address in (*addresses, *users):
        for name in names:
            _weigh_both(signs, name, address)
    _weigh_office(signs, names, addresses)
    _weigh_bare_address(signs, names, (*addresses, *users))
    _recognise(signs, names, (*addresses, *users))
    if not signs.made_of and _SHARED_WORD not in signs.person and any(map(str.isascii, signs.words)):
        _compare(signs, mailboxes)
    _two_signs(signs, names, (*addresses, *users))
    hard = any(name.machine in MACHINE - DEPARTMENTS for name in names)
    signs.named_alike = bool(signs.made_of) or _SHARED_WORD in signs.person
    if hard and signs.words.isdisjoint(GIVEN_NAMES):
        signs.hard = signs.machine | signs.half
    signs.serves = hard and not signs.person and signs.words.isdisjoint(GIVEN_NAMES)
    return signs


@lru_cache(maxsize=4096)
def _known_words(places: frozenset[str], addresses: frozenset[str]) -> frozenset[str]:
    """Products, and the parts of the domains of addresses: in a name they are the company's, where no person's name is
    left. A domain may be called after the one who has it.
    """
    return places.union(*(_company_words(*address.rpartition("@")[::2]) for address in addresses))


def _company_words(local: str, domain: str) -> Iterator[str]:
    for label in domain.split("."):
        words = label.split("-")
        if len(words) == 1 or (local not in words and GIVEN_NAMES.isdisjoint(words)):
            yield from words


def _local(login: str) -> str:
    return login.rpartition("@")[0] or login


def _weigh_name(signs: Signs, name: NameSigns) -> None:
    if name.machine:
        reason = f"its name holds the word {name.machine!r}"
        signs.beside.add(reason)
        (signs.machine if name.clear else signs.half).add(reason)
        if name.clear:
            signs.alone.add(reason)
        if name.clear and name.own:
            signs.program.add("its name says which product it serves, then after whom it is called")
    elif name.role:
        signs.role.add(f"its name says that several people use it ({name.role!r})")
        signs.beside.add("its name says that several people use it")
    if name.mark:
        reason = f"its name says that a program is called after somebody ({name.mark!r})"
        signs.marked.add(reason)
        signs.beside.add(reason)
    if name.robot:
        signs.robots.add(f"its name may be a robot's ({name.robot!r})")
    if name.title:
        signs.person.add(_A_JOB)
    if name.full:
        signs.person.add(_MAY_BE)
        if name.doubt and not name.clean and not _is_surname(name):
            signs.doubts.add(f"its name holds the word {name.doubt!r}, which may say what it is")


def _is_surname(name: NameSigns) -> bool:
    return name.doubt in SURNAMES and not GIVEN_NAMES.isdisjoint(name.own)


def _weigh_address(signs: Signs, address: AddressSigns, what: str) -> None:
    if address.role:
        signs.role.add(f"its {what} is a role mailbox ({address.role!r})")
    if address.machine:
        reason = f"its {what} holds the word {address.machine!r}"
        (signs.machine if address.clear else signs.half).add(reason)
    if address.mark:
        signs.program.add(f"its {what} says that a program is called after somebody ({address.mark!r})")
    if address.after or (address.marked and len(address.tokens) > 1):
        signs.program.add(f"its {what} is a program's, called after somebody or something")


def _weigh_user(signs: Signs, user: AddressSigns) -> None:
    """As an address; yet whoever makes a user name for a program does not give it to a person."""
    before = set(signs.machine | signs.half)
    _weigh_address(signs, user, "user name")
    said = (signs.machine | signs.half) - before
    signs.beside |= said
    if user.clear:
        signs.alone |= said


def _weigh_tag(signs: Signs, tag: str) -> None:
    if tag in MACHINE or tag in PRODUCTS or tag in PRODUCTS_OR_NAMES:
        reason = f"its address is marked {tag!r}"
        signs.half.add(reason)
        signs.beside.add(reason)


def _weigh_both(signs: Signs, name: NameSigns, address: AddressSigns) -> None:
    if name.full and is_made_of(address, name):
        signs.person.discard(_MAY_BE)
        signs.made_of.add(_BY_ADDRESS)
    elif not address.marked and shares_a_word(address, name):
        signs.person.add(_SHARED_WORD)


def _weigh_office(signs: Signs, names: Collection[NameSigns], addresses: Collection[AddressSigns]) -> None:
    """A login that is called after a job, as its address is, is used by whoever has that job."""
    if names and addresses and all(name.office for name in names) and all(one.office for one in addresses):
        signs.person.discard(_A_JOB)
        signs.role.add("its name and its address are a job's, whoever has it")


def _weigh_bare_address(signs: Signs, names: Iterable[NameSigns], addresses: Collection[AddressSigns]) -> None:
    """An address of two words of which one is a given name, where it has no other name."""
    spelt = {address.tokens for address in addresses}
    signs.initials = next((name.tokens[0] for name in names if _may_be_initials(name)), "")
    signs.bare = all(not name.tokens or name.tokens in spelt or name.tokens[0] == signs.initials for name in names)
    initialled = [one for one in addresses if signs.initials and are_initials(signs.initials, one.tokens)]
    if initialled:
        signs.words = frozenset(word for one in initialled for word in one.tokens)
        signs.candidates |= signs.words
    if any(_has_given_name(one) for one in initialled):
        signs.known.add("its name is the initials of its address, which may be a first and a last name")
    if any(name.tokens and name.tokens not in spelt for name in names):
        return
    for address in addresses:
        words = [token for token in address.tokens if token.isalpha() and len(token) > 1]
        if len(words) != 2 or address.machine or address.role or not _unlisted(words):
            continue
        signs.words |= frozenset(words)
        signs.candidates |= frozenset(words)
        if not GIVEN_NAMES.isdisjoint(words):
            signs.known.add("its address may be a first and a last name")


def _may_be_initials(name: NameSigns) -> bool:
    return len(name.tokens) == 1 and name.tokens == name.own and len(name.tokens[0]) in {2, 3}


def _has_given_name(address: AddressSigns) -> bool:
    return reads_like_a_person(".".join(address.tokens)) and not GIVEN_NAMES.isdisjoint(address.tokens)


def _is_usual(local: str, names: Iterable[NameSigns]) -> bool:
    """Whether an address is written as most people's are: lena.bot, lbot."""
    return "." in local or any(local == name.tokens[0][0] + name.robot for name in names if name.robot)


def _unlisted(words: Iterable[str]) -> bool:
    return reads_like_a_person(".".join(words))


def _recognise(signs: Signs, names: Iterable[NameSigns], addresses: Collection[AddressSigns]) -> None:
    """Names that people have: a given name of theirs is known, or they are written in another script."""
    for name in names:
        own = plain_words(word for word in name.own if len(word) > 1)
        alone = len(name.parts) == 1 and len(name.own) == 1
        whole = name.full and name.clean
        if not own or not (whole or (alone and any(shares_a_word(address, name) for address in addresses))):
            continue
        signs.named = True
        signs.candidates |= own
        if not own.isdisjoint(GIVEN_NAMES):
            signs.known.add("one of its names is a given name")
        elif whole and all(ord(word[0]) > _LATIN for word in name.own):
            signs.known.add("its name is a first and a last name in another script")


_LATIN = 0x24F
"""The last of the Latin letters."""


def _compare(signs: Signs, mailboxes: Iterable[str]) -> None:
    """Whether the address reads like the name of somebody else."""
    for local in mailboxes:
        words = [word for word in local.replace("-", ".").replace("_", ".").split(".") if word]
        if reads_like_a_person(local) and not is_compatible(signs.words, words):
            signs.foreign.add("its address may be the name of somebody who is called otherwise")


def _two_signs(signs: Signs, names: Iterable[NameSigns], addresses: Iterable[AddressSigns]) -> None:
    """A program's word both in the name and in an address or user name: that is no department and no surname."""
    words = MACHINE - DEPARTMENTS
    if any(name.machine in words for name in names) and any(address.machine in words for address in addresses):
        signs.program.add("both its name and its address hold a word for programs")
