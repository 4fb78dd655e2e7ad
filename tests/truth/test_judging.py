"""The judge is judged: the truth itself passes, and each planted mistake is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from stackmap.identity import Identity
from stackmap.model import AccountType, Edge, EdgeKind, Evidence, Fact, Node, NodeKind
from tests.truth.company import Company, company
from tests.truth.judging import Members, judge_outlook, judge_ties, judge_types
from tests.truth.logins import Login
from tests.truth.marriages import judge_marriages

_SEEN = (Evidence("truth", "truth"),)
_PROGRAM, _HUMAN = AccountType.INTEGRATION, AccountType.HUMAN


@dataclass(frozen=True, slots=True)
class _Hunch:
    subjects: tuple[str, ...]
    score: float = 0.9
    reason: str = "planted"


@pytest.fixture(scope="module")
def made() -> Company:
    return company(150, 3)


def _person(made: Company, key: str) -> str:
    return made.listed[key].node.id if key in made.listed else f"person/{key}"


def _identity(
    made: Company,
    holder: Callable[[Login], str] = lambda login: login.holder,
    type_: Callable[[Login], AccountType] = lambda login: login.type,
) -> Identity:
    """What identity would say if it knew the truth, or what the arguments say instead."""

    def facts() -> Iterator[Fact]:
        for login in made.logins:
            properties = {**login.properties, "account_type": type_(login).value}
            yield Node(NodeKind.ACCOUNT, login.id, login.name, _SEEN, properties)
            if key := holder(login):
                yield Edge(EdgeKind.HAS_ACCOUNT, _person(made, key), login.id, _SEEN)

    return Identity(tuple(facts()))


def _decidable(made: Company, type_: AccountType) -> Login:
    return next(one for one in made.logins if one.type is type_ and not one.undecidable and not one.aside)


def test_the_truth_itself_is_right_in_everything(made: Company) -> None:
    identity = _identity(made)
    types, ties = judge_types(made, identity), judge_ties(Members.of(made, identity))
    assert (types.share_right, types.wrong) == (1.0, ())
    assert (ties.precision, ties.recall, ties.merged, ties.taken_for_people) == (1.0, 1.0, (), ())
    assert judge_outlook(Members.of(made, identity), ()).missing == 0


def test_one_login_given_to_another_person_is_seen(made: Company) -> None:
    login = _decidable(made, _HUMAN)
    other = next(one.holder for one in made.logins if one.holder and one.holder != login.holder and not one.aside)
    identity = _identity(made, holder=lambda one: other if one is login else one.holder)
    ties = judge_ties(Members.of(made, identity))
    assert ties.precision < 1.0
    (merged,) = ties.merged
    assert login.id in merged


def test_a_program_given_to_a_person_is_seen(made: Company) -> None:
    login = _decidable(made, _PROGRAM)
    identity = _identity(made, holder=lambda one: "p00001" if one is login else one.holder)
    ties = judge_ties(Members.of(made, identity))
    assert ties.taken_for_people == (login.id,)
    assert ties.precision < 1.0


@pytest.mark.parametrize(("true", "called"), [(_PROGRAM, _HUMAN), (_HUMAN, _PROGRAM)])
def test_a_program_called_human_or_the_reverse_is_seen(made: Company, true: AccountType, called: AccountType) -> None:
    login = _decidable(made, true)
    types = judge_types(made, _identity(made, type_=lambda one: called if one is login else one.type))
    assert types.confused == ((login, called),)
    assert types.share_right < 1.0


def test_a_login_that_nobody_could_decide_changes_no_verdict(made: Company) -> None:
    login = _decidable(made, _PROGRAM)
    hidden = replace(login, undecidable="planted")
    changed = replace(made, logins=tuple(hidden if one is login else one for one in made.logins))
    identity = _identity(
        changed,
        holder=lambda one: "p00001" if one is hidden else one.holder,
        type_=lambda one: _HUMAN if one is hidden else one.type,
    )
    assert judge_types(changed, identity).share_right == 1.0
    assert judge_types(changed, identity).undecidable["planted", "human"] == 1
    assert judge_ties(Members.of(changed, identity)).precision == 1.0


def _split(made: Company) -> tuple[Members, list[tuple[str, str]]]:
    """One login of each of four people is tied to nobody; and the suggestions that would mend it."""
    held: dict[str, list[Login]] = {}
    for one in made.logins:
        if one.holder and not one.undecidable and not one.aside and "family 0" in one.shows:
            held.setdefault(one.holder, []).append(one)
    chosen = [logins for logins in held.values() if len(logins) > 1][:4]
    apart = {logins[0].id for logins in chosen}
    identity = _identity(made, holder=lambda one: "" if one.id in apart else one.holder)
    mending = [(logins[0].id, logins[1].id) for logins in chosen]
    return Members.of(made, identity), mending


def test_missing_ties_are_found_by_true_suggestions_of_the_better_half_only(made: Company) -> None:
    members, mending = _split(made)
    right = [_Hunch(pair) for pair in mending]
    wrong = [_Hunch((mending[0][0], mending[1][0]), 0.2), _Hunch((mending[2][0], mending[3][0]), 0.2)]
    outlook = judge_outlook(members, [*right, *wrong, *wrong])
    assert (outlook.missing, outlook.found_in_top, outlook.found) == (4, 4, 4)
    assert [(band.right, band.judged) for band in outlook.bands] == [(4, 4), (0, 4)]
    late = judge_outlook(members, [*wrong, *right])
    assert (late.missing, late.found_in_top, late.found) == (4, 1, 4)
    assert len(late.left) == 3


def test_saying_one_thing_twice_finds_one_tie(made: Company) -> None:
    members, mending = _split(made)
    outlook = judge_outlook(members, [_Hunch(mending[0]), _Hunch(mending[0][::-1])])
    assert (outlook.found_in_top, outlook.found) == (1, 1)


def test_logins_with_nothing_alike_lack_no_tie(made: Company) -> None:
    _, mending = _split(made)
    blank = {mending[0][0]: frozenset({"given"})}
    logins = tuple(replace(one, shows=blank.get(one.id, one.shows)) for one in made.logins)
    changed = replace(made, logins=logins)
    split = {pair[0] for pair in mending}
    identity = _identity(changed, holder=lambda one: "" if one.id in split else one.holder)
    outlook = judge_outlook(Members.of(changed, identity), ())
    assert (outlook.missing, outlook.unlinked) == (3, 1)


def test_who_married_and_fell_apart_is_counted_and_so_is_a_suggestion_of_it(made: Company) -> None:
    married = next(one for one in made.logins if one.holder in made.listed and "married" in one.marks)
    members = Members.of(made, _identity(made, holder=lambda one: "" if one is married else one.holder))
    own = (married.id, _person(made, married.holder))
    stranger = (married.id, next(one.node.id for key, one in made.listed.items() if key != married.holder))
    counted = [judge_marriages(made, members, hunches) for hunches in ((), [_Hunch(stranger)], [_Hunch(own)])]
    assert [(one.apart, one.suggested) for one in counted] == [(1, 0), (1, 0), (1, 1)]
