"""Which type a login has, from its own evidence and with reasons in words. Who it belongs to comes later.

Signs of a person are held against signs of a program or of a role: where they differ the type is unknown, so that
nobody's login leaves the picture because of one word in its name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from stackmap.identity.given_names import GIVEN_NAMES
from stackmap.identity.login_signs import read_signs
from stackmap.identity.signs import Signs
from stackmap.model import AccountType, local_part

__all__ = ["Company", "Given", "Traits", "TypeJudgement", "judge_type"]


@dataclass(frozen=True, slots=True)
class Given:
    """A type that a source gives: who says so, in words, and with which reasons."""

    type: AccountType
    says: str
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Traits:
    """What is known about one login: what sources call it, its addresses, and the types they give.

    `logins`: user names other than the addresses; `tags`: what stands behind a + in an address. `persons` are reasons
    to take it for one person's, whatever it is called: sentences about lists of people; `signed_in` such about the
    sign-in that it shares with a person. `details` are reasons that speak for a person where nothing speaks against
    one: a job title, a manager. `unlisted`: a directory has the people of its domain, and not its address.
    """

    names: Set[str] = frozenset()
    emails: Set[str] = frozenset()
    declared: Sequence[Given] = ()
    observed: Sequence[Given] = ()
    persons: Set[str] = frozenset()
    signed_in: Set[str] = frozenset()
    logins: Set[str] = frozenset()
    tags: Set[str] = frozenset()
    details: Set[str] = frozenset()
    off: bool = False
    unlisted: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """What is known from logins that are people's: the words of their names, and whose an address is, by the address
    and by what stands before its @.
    """

    names: Collection[str] = frozenset()
    owners: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TypeJudgement:
    """A type, and why, one sentence each. `doubted`: something beside its address speaks against a person.

    `certain`: a person's by its name and an address made of it. `words`: those of its names that may be somebody's.
    """

    type: AccountType
    reasons: tuple[str, ...]
    doubted: bool = False
    certain: bool = False
    words: frozenset[str] = frozenset()


_NOBODY = Company()
_INITIAL_AND_NAME = 4  # letters; shorter ones are words of any kind


def judge_type(
    traits: Traits, places: Collection[str] = frozenset(), company: Company = _NOBODY, signs: Signs | None = None
) -> TypeJudgement:
    """The declared type, else the type that the systems give, else what names and addresses tell, else unknown.

    `places`: folded words that name products, so that the name of a product is not taken for a person's. `signs`: what
    `read_signs` found, where that was asked before.
    """
    if traits.declared:
        return _given(traits.declared)
    observed = [given for given in traits.observed if given.type is not AccountType.UNKNOWN]
    if observed:
        return _given(observed)
    return _by_signs(traits, signs or read_signs(traits, places), company)


def _given(given: Iterable[Given]) -> TypeJudgement:
    ordered = sorted(given, key=lambda item: (item.type.value, item.says, item.reasons))
    types = {item.type for item in ordered}
    reasons = [reason for item in ordered for reason in (item.reasons or (f"{item.says}: {item.type.value}",))]
    if len(types) == 1:
        return TypeJudgement(ordered[0].type, tuple(dict.fromkeys(reasons)))
    sides = " but ".join(dict.fromkeys(f"{item.says}: {item.type.value}" for item in ordered))
    doubted = types != {AccountType.HUMAN, AccountType.SHARED}
    return TypeJudgement(AccountType.UNKNOWN, (f"the sources differ: {sides}",), doubted)


def _by_signs(traits: Traits, signs: Signs, company: Company) -> TypeJudgement:
    machine = signs.machine | signs.half
    disowned = frozenset(_disowned(traits, signs, company))
    if traits.persons or traits.signed_in:
        return _of_somebody(traits, signs, machine, disowned)
    if signs.hard and disowned | signs.foreign and not traits.details:
        return _judged(AccountType.INTEGRATION, signs, signs.hard, disowned, signs.foreign)
    if signs.program and not signs.marked:
        return _judged(AccountType.INTEGRATION, signs, signs.program, machine)
    if signs.marked and not traits.details:
        return _judged(AccountType.INTEGRATION, signs, signs.marked, machine)
    if robot := _robot(traits, signs, disowned):
        return _judged(AccountType.INTEGRATION, signs, signs.robots, robot)
    return _person_or_role(traits, signs, company, machine | signs.marked, set() if traits.off else disowned)


def _person_or_role(
    traits: Traits, signs: Signs, company: Company, machine: Set[str], disowned: Set[str]
) -> TypeJudgement:
    borne, owned = frozenset(_borne(signs, company)), frozenset(_owned(traits, signs, company))
    person = signs.made_of | signs.known | borne | owned | signs.person
    if person:
        doubts = set() if traits.off else signs.foreign | disowned
        sure = bool(owned or (signs.made_of and traits.details))
        against = machine | signs.role | (set() if sure else signs.doubts)
        certain = signs.made_of or owned or ((signs.known or borne or (traits.details and signs.named)) and not doubts)
        if certain and not against:
            return _judged(AccountType.HUMAN, signs, person, traits.details if not signs.made_of or sure else ())
        return _judged(AccountType.UNKNOWN, signs, person, against | (set() if signs.made_of else doubts))
    if signs.role:
        return _judged(AccountType.SHARED, signs, signs.role)
    if signs.machine or (signs.serves and signs.words.isdisjoint(company.names)):
        return _judged(AccountType.INTEGRATION, signs, machine)
    return _judged(
        AccountType.UNKNOWN, signs, machine or {"neither its name nor its address tells whether a person uses it"}
    )


def _of_somebody(traits: Traits, signs: Signs, machine: Set[str], disowned: Set[str]) -> TypeJudgement:
    """A login whose address or directory id is on a list of people. A program may have a person's mailbox."""
    alone = signs.alone | signs.marked | (signs.hard if disowned | signs.foreign and not traits.details else set())
    if robot := _robot(traits, signs, disowned):
        alone |= signs.robots | robot
    if alone and traits.emails and not signs.impersonal and not traits.signed_in:
        return _judged(AccountType.INTEGRATION, signs, alone, {"a person has its address, as a mailbox"})
    persons = traits.persons | traits.signed_in
    if machine | signs.marked:
        judged = _judged(AccountType.UNKNOWN, signs, persons, machine | signs.marked)
        return replace(judged, doubted=judged.doubted and not signs.impersonal)
    return _judged(AccountType.HUMAN, signs, persons)


def _robot(traits: Traits, signs: Signs, disowned: Set[str]) -> Set[str]:
    """What tells a robot from a person of that name: an address that is no such person's."""
    if not signs.robots or signs.bare:
        return set()
    if signs.impersonal and not signs.named_alike:
        return {"its address is no person's"}
    if traits.unlisted and not signs.usual and not traits.details:
        return {"no directory has its address"}
    if traits.persons and not signs.named_alike and not traits.details:
        return {"its address is somebody's, and not made of its name"}
    return signs.foreign | disowned


def _judged(type_: AccountType, signs: Signs, *reasons: Iterable[str]) -> TypeJudgement:
    told = tuple(reason for some in reasons for reason in sorted(some))
    certain = type_ is AccountType.HUMAN and bool(signs.made_of)
    words = frozenset[str]() if signs.robots and not signs.made_of else signs.words
    return TypeJudgement(type_, told, bool(signs.beside or signs.foreign), certain, words)


def _borne(signs: Signs, company: Company) -> Iterator[str]:
    if signs.candidates and not signs.candidates.isdisjoint(company.names):
        yield "somebody else here has one of its names"


def _owned(traits: Traits, signs: Signs, company: Company) -> Iterator[str]:
    """Its address is a person's who may be called so; or it has no name of its own, and a mailbox like a person's."""
    if any(signs.goes_with(company.owners[address]) for address in traits.emails & company.owners.keys()):
        yield "its address is that of somebody who may be called so"
    elif signs.bare:
        for address in traits.emails:
            owner = company.owners.get(address) or company.owners.get(local_part(address), frozenset())
            if owner and (not signs.initials or set(signs.initials) <= {word[0] for word in owner}):
                yield "its address is written as somebody's, and it has no other name"
            elif not signs.initials and _is_made_of_a_family_name(local_part(address), company.names):
                yield "its address may be made of a family name that others have"


def _is_made_of_a_family_name(local: str, names: Collection[str]) -> bool:
    """Whether it is an initial, or a given name, and a name that others here have."""
    if len(local) <= _INITIAL_AND_NAME or not local.isalpha():
        return False
    return local[1:] in names or any(
        local[:end] in GIVEN_NAMES and local[end:] in names for end in range(3, len(local))
    )


def _disowned(traits: Traits, signs: Signs, company: Company) -> Iterator[str]:
    """Its address is a person's who is called otherwise. Names in two scripts are not compared."""
    if not any(map(str.isascii, signs.words)):
        return
    for address in traits.emails & company.owners.keys():
        if not signs.goes_with(company.owners[address]):
            yield "its address is that of somebody who is called otherwise"
