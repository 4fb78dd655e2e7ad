"""Which type a login has, from its own evidence and with reasons in words. Who it belongs to comes later.

Signs of a person are held against signs of a program or of a role: where they differ the type is unknown, so that
nobody's login leaves the picture because of one word in its name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from stackmap.identity.emails import local_part
from stackmap.identity.login_names import AddressSigns, NameSigns, is_made_of, read_address, read_name, shares_a_word
from stackmap.model import AccountType

__all__ = ["Given", "Traits", "TypeJudgement", "judge_type"]


@dataclass(frozen=True, slots=True)
class Given:
    """A type that a source gives: who says so, in words, and with which reasons."""

    type: AccountType
    says: str
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Traits:
    """What is known about one login: what sources call it, its addresses, and the types they give.

    `persons` are reasons to take it for one person's, whatever it is called: sentences about lists of people.
    """

    names: set[str] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    declared: list[Given] = field(default_factory=list)
    observed: list[Given] = field(default_factory=list)
    persons: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class TypeJudgement:
    """A type, and why, one sentence each."""

    type: AccountType
    reasons: tuple[str, ...]


def judge_type(traits: Traits, places: Collection[str] = frozenset()) -> TypeJudgement:
    """The declared type, else the type that the systems give, else what name and address tell, else unknown.

    `places`: folded words that name products, so that the name of a product is not taken for a person's.
    """
    if traits.declared:
        return _given(traits.declared)
    observed = [given for given in traits.observed if given.type is not AccountType.UNKNOWN]
    if observed:
        return _given(observed)
    return _by_signs(traits, places)


def _given(given: Iterable[Given]) -> TypeJudgement:
    ordered = sorted(given, key=lambda item: (item.type.value, item.says, item.reasons))
    types = {item.type for item in ordered}
    reasons = [reason for item in ordered for reason in (item.reasons or (f"{item.says}: {item.type.value}",))]
    if len(types) == 1:
        return TypeJudgement(ordered[0].type, tuple(dict.fromkeys(reasons)))
    sides = " but ".join(dict.fromkeys(f"{item.says}: {item.type.value}" for item in ordered))
    return TypeJudgement(AccountType.UNKNOWN, (f"the sources differ: {sides}",))


@dataclass(slots=True)
class _Signs:
    """Reasons, by what they speak for. `made_of`: first and last name, and an address of them; it needs no list.

    `half`: a word for programs beside what may be a person's name. `doubts`: a word that may be a surname.
    """

    made_of: set[str] = field(default_factory=set)
    person: set[str] = field(default_factory=set)
    machine: set[str] = field(default_factory=set)
    half: set[str] = field(default_factory=set)
    role: set[str] = field(default_factory=set)
    doubts: set[str] = field(default_factory=set)


def _by_signs(traits: Traits, places: Collection[str]) -> TypeJudgement:
    signs = _signs(traits, places)
    machine = signs.machine | signs.half
    if traits.persons:
        if machine:
            return _judged(AccountType.UNKNOWN, traits.persons, machine)
        return _judged(AccountType.HUMAN, traits.persons)
    person = signs.made_of | signs.person
    if person:
        against = machine | signs.role | signs.doubts
        certain = signs.made_of and not against
        return _judged(AccountType.HUMAN if certain else AccountType.UNKNOWN, person, against)
    if signs.role:
        return _judged(AccountType.SHARED, signs.role)
    if signs.machine:
        return _judged(AccountType.INTEGRATION, machine)
    return _judged(AccountType.UNKNOWN, machine or {"neither its name nor its address tells whether a person uses it"})


def _judged(type_: AccountType, *reasons: Iterable[str]) -> TypeJudgement:
    return TypeJudgement(type_, tuple(reason for some in reasons for reason in sorted(some)))


def _signs(traits: Traits, places: Collection[str]) -> _Signs:
    signs = _Signs()
    known = {*places, *_company_words(traits.emails)}
    names = [read_name(name, known) for name in traits.names]
    addresses = [read_address(local_part(address), known) for address in traits.emails]
    for name in names:
        _weigh_name(signs, name)
    for address in addresses:
        if address.role:
            signs.role.add(f"its address is a role mailbox ({address.role!r})")
        if address.machine:
            kind = signs.machine if address.clear else signs.half
            kind.add(f"its address holds the word {address.machine!r}")
        for name in names:
            _weigh_both(signs, name, address)
    return signs


def _company_words(emails: Iterable[str]) -> Iterator[str]:
    """The parts of the domains of addresses: in a name they are the company's, where no person's name is left."""
    for email in emails:
        yield from email.rpartition("@")[2].replace("-", ".").split(".")


def _weigh_name(signs: _Signs, name: NameSigns) -> None:
    if name.machine:
        kind = signs.machine if name.clear else signs.half
        kind.add(f"its name holds the word {name.machine!r}")
    if name.title:
        signs.person.add("its name says what somebody's job is")
    if name.full:
        signs.person.add("its name may be a first and a last name")
        if name.doubt and not name.clean:
            signs.doubts.add(f"its name holds the word {name.doubt!r}, which may say what it is")


def _weigh_both(signs: _Signs, name: NameSigns, address: AddressSigns) -> None:
    if name.full and is_made_of(address, name):
        signs.person.discard("its name may be a first and a last name")
        signs.made_of.add("it has a first and a last name, and an address made of them")
    elif not address.marked and shares_a_word(address, name):
        signs.person.add("its name and its address share a word that may be somebody's name")
