"""What names, user names and addresses of one login tell together: signs of a person, a program, a role."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from stackmap.identity.given_names import GIVEN_NAMES
from stackmap.identity.login_names import AddressSigns, NameSigns, read_address, read_name, reads_like_a_person
from stackmap.identity.made_of import are_initials, is_made_of, shares_a_word
from stackmap.identity.name_likeness import is_compatible, plain_words
from stackmap.identity.signs import Called, Signs
from stackmap.identity.vocabulary import DEPARTMENTS, MACHINE, PRODUCTS, PRODUCTS_OR_NAMES, SURNAMES
from stackmap.model import local_part

__all__ = ["read_signs"]

_BY_ADDRESS = "it has a first and a last name, and an address made of them"
_A_JOB = "its name says what somebody's job is"
_MAY_BE = "its name may be a first and a last name"
_SHARED_WORD = "its name and its address share a word that may be somebody's name"
_PROGRAMS = MACHINE - DEPARTMENTS


@dataclass(frozen=True, slots=True)
class _Words:
    """Everything that a login is called, read: display names, addresses (`mailboxes` before they were), user names."""

    names: Sequence[NameSigns]
    mailboxes: Sequence[str]
    addresses: Sequence[AddressSigns]
    users: Sequence[AddressSigns]

    @classmethod
    def of(cls, called: Called, places: Collection[str]) -> _Words:
        known = _known_words(places, called.emails)
        mailboxes = sorted({local_part(address) for address in called.emails})
        return cls(
            [read_name(name, known) for name in sorted(called.names)],
            mailboxes,
            [read_address(local, known) for local in mailboxes],
            [read_address(login.rpartition("@")[0] or login, known) for login in sorted(called.logins)],
        )

    @property
    def signed(self) -> Sequence[AddressSigns]:
        """What it is signed in to with: addresses and user names."""
        return (*self.addresses, *self.users)


def read_signs(called: Called, places: Collection[str]) -> Signs:
    """The signs in everything that a login is called. `places`: as for `judge_type`."""
    read = _Words.of(called, places)
    signs = Signs(words=plain_words(word for name in read.names for word in name.own))
    signs.usual = any(_is_usual(local, read.names) for local in read.mailboxes)
    _weigh_each(signs, read, called.tags)
    for address in read.signed:
        for name in read.names:
            _weigh_both(signs, name, address)
    _weigh_office(signs, read.names, read.addresses)
    _weigh_bare_address(signs, read.names, read.signed)
    _recognise(signs, read.names, read.signed)
    signs.named_alike = bool(signs.made_of) or _SHARED_WORD in signs.person
    if not signs.named_alike:
        _compare(signs, read.mailboxes)
    _two_signs(signs, read)
    return signs


def _weigh_each(signs: Signs, read: _Words, tags: Iterable[str]) -> None:
    """Weigh every name, address, user name and tag by itself."""
    for name in read.names:
        _weigh_name(signs, name)
    for address in read.addresses:
        _weigh_address(signs, address, "address")
        signs.impersonal |= bool((address.machine and not address.mark) or address.role)
    for user in read.users:
        _weigh_user(signs, user)
    for tag in tags:
        _weigh_tag(signs, tag)


def _known_words(places: Collection[str], addresses: Iterable[str]) -> frozenset[str]:
    """Products, and the parts of the domains of addresses: in a name they are the company's, where no person's name is
    left. A domain may be called after the one who has it.
    """
    return frozenset(places).union(*(_company_words(*address.rpartition("@")[::2]) for address in addresses))


def _company_words(local: str, domain: str) -> Iterator[str]:
    for label in domain.split("."):
        words = label.split("-")
        if len(words) == 1 or (local not in words and GIVEN_NAMES.isdisjoint(words)):
            yield from words


def _weigh_name(signs: Signs, name: NameSigns) -> None:
    if name.machine:
        reason = f"its name holds the word {name.machine!r}"
        signs.beside |= {reason}
        _note_word(signs, reason, name.clear)
        if name.clear:
            signs.alone |= {reason}
        if name.clear and name.own:
            signs.program |= {"its name says which product it serves, then after whom it is called"}
    elif name.role:
        signs.role |= {f"its name says that several people use it ({name.role!r})"}
        signs.beside |= {"its name says that several people use it"}
    if name.mark:
        reason = f"its name says that a program is called after somebody ({name.mark!r})"
        signs.marked |= {reason}
        signs.beside |= {reason}
    if name.robot:
        signs.robots |= {f"its name may be a robot's ({name.robot!r})"}
    if name.title:
        signs.person |= {_A_JOB}
    if name.full:
        signs.person |= {_MAY_BE}
        if name.doubt and not name.clean and not _is_surname(name):
            signs.doubts |= {f"its name holds the word {name.doubt!r}, which may say what it is"}


def _is_surname(name: NameSigns) -> bool:
    return name.doubt in SURNAMES and not GIVEN_NAMES.isdisjoint(name.own)


def _note_word(signs: Signs, reason: str, clear: bool) -> None:
    """Note a word for programs: nothing speaks against it, or it stands beside what may be a person's name."""
    if clear:
        signs.machine |= {reason}
    else:
        signs.half |= {reason}


def _weigh_address(signs: Signs, address: AddressSigns, what: str) -> None:
    if address.role:
        signs.role |= {f"its {what} is a role mailbox ({address.role!r})"}
    if address.machine:
        reason = f"its {what} holds the word {address.machine!r}"
        _note_word(signs, reason, address.clear)
    if address.mark:
        signs.program |= {f"its {what} says that a program is called after somebody ({address.mark!r})"}
    if address.after or (address.marked and len(address.tokens) > 1):
        signs.program |= {f"its {what} is a program's, called after somebody or something"}


def _weigh_user(signs: Signs, user: AddressSigns) -> None:
    """As an address; yet whoever makes a user name for a program does not give it to a person."""
    before = signs.machine | signs.half
    _weigh_address(signs, user, "user name")
    said = (signs.machine | signs.half) - before
    signs.beside |= said
    if user.clear:
        signs.alone |= said


def _weigh_tag(signs: Signs, tag: str) -> None:
    if tag in MACHINE or tag in PRODUCTS or tag in PRODUCTS_OR_NAMES:
        reason = f"its address is marked {tag!r}"
        signs.half |= {reason}
        signs.beside |= {reason}


def _weigh_both(signs: Signs, name: NameSigns, address: AddressSigns) -> None:
    if name.full and is_made_of(address, name):
        signs.person -= {_MAY_BE}
        signs.made_of |= {_BY_ADDRESS}
    elif not address.marked and shares_a_word(address, name):
        signs.person |= {_SHARED_WORD}


def _weigh_office(signs: Signs, names: Collection[NameSigns], addresses: Collection[AddressSigns]) -> None:
    """A login that is called after a job, as its address is, is used by whoever has that job."""
    if names and addresses and all(name.office for name in names) and all(one.office for one in addresses):
        signs.person -= {_A_JOB}
        signs.role |= {"its name and its address are a job's, whoever has it"}


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
        signs.known |= {"its name is the initials of its address, which may be a first and a last name"}
    if any(name.tokens and name.tokens not in spelt for name in names):
        return
    for address in addresses:
        words = [token for token in address.tokens if token.isalpha() and len(token) > 1]
        if len(words) != 2 or address.machine or address.role or not _unlisted(words):
            continue
        signs.words |= frozenset(words)
        signs.candidates |= frozenset(words)
        if not GIVEN_NAMES.isdisjoint(words):
            signs.known |= {"its address may be a first and a last name"}


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
            signs.known |= {"one of its names is a given name"}
        elif whole and all(ord(word[0]) > _LATIN for word in name.own):
            signs.known |= {"its name is a first and a last name in another script"}


_LATIN = 0x24F
"""The last of the Latin letters."""


def _compare(signs: Signs, mailboxes: Iterable[str]) -> None:
    """Whether the address reads like the name of somebody else. Names in another script are not compared."""
    if not any(map(str.isascii, signs.words)):
        return
    for local in mailboxes:
        words = [word for word in local.replace("-", ".").replace("_", ".").split(".") if word]
        if reads_like_a_person(local) and not is_compatible(signs.words, words):
            signs.foreign |= {"its address may be the name of somebody who is called otherwise"}


def _two_signs(signs: Signs, read: _Words) -> None:
    """A program's word in the name: with another in an address or user name, it is no department and no surname."""
    if not any(name.machine in _PROGRAMS for name in read.names):
        return
    if any(address.machine in _PROGRAMS for address in read.signed):
        signs.program |= {"both its name and its address hold a word for programs"}
    if signs.words.isdisjoint(GIVEN_NAMES):
        signs.hard = signs.machine | signs.half
        signs.serves = not signs.person
