"""Who is who in a made-up company whose truth is known: 5,000 people, and 800 others without a staff list.

`python -m tests.truth` prints the figures, `--examples N` what went wrong.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from stackmap.identity import Identity, resolve, suggest_ties
from stackmap.model import Edge, EdgeKind, Node, NodeKind
from tests.truth.company import Company, company
from tests.truth.renaming import new_names
from tests.truth.telling import failures, table
from tests.truth.verdict import Verdict, verdict_on

LARGE = (5000, 20261122, True)
SMALL = (800, 3, False)
_PERSON = NodeKind.PERSON

both = pytest.mark.parametrize("which", [LARGE, SMALL], ids=["5000 people", "800 people without a staff list"])


@cache
def _company(people: int, seed: int, staff_list: bool) -> Company:
    return company(people, seed, staff_list=staff_list)


@cache
def _judged(people: int, seed: int, staff_list: bool) -> Verdict:
    """The verdict; its table and some examples are told where a test fails."""
    made = _company(people, seed, staff_list)
    verdict = verdict_on(made)
    sys.stdout.write("\n".join([*table(made, verdict), *failures(made, verdict, 3)]) + "\n")
    return verdict


@both
def test_no_two_people_are_taken_for_one_and_nobodys_login_for_somebodys(which: tuple[int, int, bool]) -> None:
    ties = _judged(*which).ties
    merged, nobodys, precision = len(ties.merged), len(ties.taken_for_people), ties.precision
    assert (merged, nobodys, precision) == (0, 0, 1.0)


@both
def test_most_logins_of_one_person_are_tied_without_anybodys_help(which: tuple[int, int, bool]) -> None:
    recall = _judged(*which).ties.recall
    assert recall >= 0.75


@both
def test_ninety_nine_of_a_hundred_logins_have_the_right_type(which: tuple[int, int, bool]) -> None:
    share = _judged(*which).types.share_right
    assert share >= 0.99


@both
def test_no_program_is_called_human_and_no_human_a_program(which: tuple[int, int, bool]) -> None:
    confused = [(login.name, got) for login, got in _judged(*which).types.confused]
    assert not confused


@both
def test_the_better_half_of_the_suggestions_holds_nine_of_ten_missing_ties(which: tuple[int, int, bool]) -> None:
    outlook = _judged(*which).outlook
    missing, share = outlook.missing, outlook.share_in_top
    assert missing > 0
    assert share >= 0.9


def test_other_names_of_people_change_no_tie_and_no_id_of_a_person() -> None:
    """A login's own name is a sign of whose it is; what a list calls a person is none."""
    made = _company(800, 3, True)
    rename = new_names()
    people = {fact.id: rename(fact.name) for fact in made.facts if isinstance(fact, Node) and fact.kind is _PERSON}
    other = [
        replace(fact, name=people[fact.id]) if isinstance(fact, Node) and fact.id in people else fact
        for fact in made.facts
    ]
    changed = sum(
        fact.name != before.name
        for fact, before in zip(other, made.facts, strict=True)
        if isinstance(fact, Node) and isinstance(before, Node)
    )
    assert changed > len(people) * 0.8
    before, after = (resolve(facts, made.hints, {}) for facts in (made.facts, other))
    assert _ties(before)
    assert _ties(after) == _ties(before)
    assert after.person_ids == before.person_ids


def test_other_display_names_bring_no_two_people_together() -> None:
    merged = verdict_on(_company(*SMALL).renamed()).ties.merged
    assert not merged


def test_facts_in_another_order_give_the_same_people_and_the_same_suggestions() -> None:
    made, identity = _company(*SMALL), _judged(*SMALL).identity
    facts = list(made.facts)
    Random(11).shuffle(facts)
    again = resolve(facts, made.hints, {})
    assert again.person_ids == identity.person_ids
    assert (again.unresolved, again.conflicts) == (identity.unresolved, identity.conflicts)
    assert sorted(map(repr, again.facts)) == sorted(map(repr, identity.facts))
    hunches = suggest_ties(identity, made.hints)
    assert suggest_ties(again, made.hints) == hunches
    assert [hunch.score for hunch in hunches] == sorted((hunch.score for hunch in hunches), reverse=True)


def _ties(identity: Identity) -> set[tuple[str, str]]:
    edges = (fact for fact in identity.facts if isinstance(fact, Edge) and fact.kind is EdgeKind.HAS_ACCOUNT)
    return {(edge.source, edge.target) for edge in edges}
