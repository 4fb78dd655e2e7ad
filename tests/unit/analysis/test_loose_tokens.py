"""Tokens that end with a login while nothing is known to sign in with them."""

from random import Random
from typing import Any

import pytest

from stackmap.analysis import Analysis, Leaving
from stackmap.model import Act, Certainty, Outcome
from tests.oracle import brute
from tests.support.laws import assert_on_random_stacks
from tests.support.loading import AS_OF, stack_of
from tests.support.notation import notation

OURS = """
    P:Person -HAS_ACCOUNT-> p:Account
    Q:Person -HAS_ACCOUNT-> q:Account
    zoom:Grant -AUTHORIZED_BY-> p {outcome=later certainty=likely}
"""


def told(picture: str, *people: str, moving: bool = False) -> set[tuple[str, str, str | None]]:
    departure = Analysis(stack_of(notation(OURS + picture)), Leaving(moving=moving)).leave(people)
    assert not {row.thing for row in departure.rows} & {row.thing for row in departure.tokens}
    return {
        (row.thing, row.outcome.value, None if row.certainty is None else row.certainty.word)
        for row in departure.tokens
    }


def test_a_token_of_a_leaver_that_nothing_uses_is_told_as_sure_as_its_row() -> None:
    assert told("", "P") == {("zoom", "later", "likely")}
    assert told("", "Q") == set()


@pytest.mark.parametrize(
    ("outcome", "word"), [("stops", ("key", "stops", "certain")), ("unknown", ("key", "unknown", None))]
)
def test_so_is_one_that_stops_and_one_of_which_nobody_knows(outcome: str, word: tuple[str, str, str | None]) -> None:
    assert word in told(f"key:Credential -AUTHORIZED_BY-> p {{outcome={outcome} certainty=certain}}", "P")


@pytest.mark.parametrize("outcome", ["survives", "moved moved_to=q"])
def test_a_token_that_goes_on_is_not(outcome: str) -> None:
    picture = f"key:Grant -AUTHORIZED_BY-> p {{outcome={outcome} certainty=certain}}"
    assert told(picture, "P") == {("zoom", "later", "likely")}


def test_a_token_that_passes_to_somebody_who_leaves_too_may_end_and_only_together() -> None:
    picture = "key:Grant -AUTHORIZED_BY-> p {outcome=moved certainty=certain moved_to=q}"
    assert ("key", "unknown", None) in told(picture, "P", "Q")
    rows = Analysis(stack_of(notation(OURS + picture))).leave(["P", "Q"]).tokens
    assert {row.thing: row.alone for row in rows} == {"key": False, "zoom": True}


def handed(picture: str, *people: str) -> list[tuple[str, str, bool]]:
    rows = Analysis(stack_of(notation(OURS + picture))).leave(people).handed_tokens
    assert {row.outcome for row in rows} <= {Outcome.MOVED}
    return [(row.thing, row.certainty.word if row.certainty else "", row.alone) for row in rows]


SHARED = "key:Grant -AUTHORIZED_BY-> p {outcome=moved certainty=likely moved_to=q}"


def test_a_token_that_changes_hands_is_told_apart_from_those_that_end() -> None:
    assert handed(SHARED, "P") == [("key", "likely", True)]
    assert handed(SHARED, "Q") == []
    departure = Analysis(stack_of(notation(OURS + SHARED))).leave(["P"])
    assert departure.rows == ()
    assert [cause.node for row in departure.handed_tokens for cause in row.because] == ["p"]


@pytest.mark.parametrize(
    ("picture", "people"),
    [
        (SHARED, ("P", "Q")),  # it may end
        (f"{SHARED}\nP -HAS_ACCOUNT-> r:Account\nkey -AUTHORIZED_BY-> r {{outcome=later certainty=certain}}", ("P",)),
        (f"{SHARED}\napp:Integration -AUTHENTICATES_WITH-> key", ("P",)),  # told by what uses it
        (SHARED.replace("moved certainty=likely moved_to=q", "survives certainty=certain"), ("P",)),
    ],
)
def test_a_token_that_may_end_or_is_told_otherwise_does_not_only_change_hands(
    picture: str, people: tuple[str, ...]
) -> None:
    assert handed(picture, *people) == []


def test_a_token_that_something_uses_is_told_by_what_uses_it() -> None:
    assert told("app:Integration -AUTHENTICATES_WITH-> zoom", "P") == set()


@pytest.mark.parametrize("off", ["zoom:Grant {active=false}", "p:Account {active=false}"])
def test_what_was_off_already_does_not_end_again(off: str) -> None:
    assert told(off, "P") == set()


def test_apps_that_everybody_uses_for_themselves_are_not_meant() -> None:
    people = "\n".join(
        f"u{number}:Person -HAS_ACCOUNT-> a{number}:Account\n"
        f"phone:Integration -AUTHENTICATES_WITH-> t{number}:Grant {{slot=app}}\n"
        f"t{number} -AUTHORIZED_BY-> a{number} {{outcome=stops certainty=certain}}"
        for number in range(6)
    )
    assert told(people, "u1") == set()


def test_of_whoever_only_moves_nothing_is_sure() -> None:
    assert told("", "P", moving=True) == {("zoom", "later", "possible")}


def test_what_a_token_hangs_on_can_be_followed_to_the_leaver() -> None:
    departure = Analysis(stack_of(notation(OURS))).leave(["P"])
    (row,) = departure.tokens
    assert row.outcome is Outcome.LATER
    assert [cause.node for cause in row.because] == ["p"]
    assert [cause.node for cause in departure.via["p"].because] == ["P"]


def _oracle_rows(lines: list[dict[str, Any]], leavers: frozenset[str]) -> set[tuple[str, str, str | None, str | None]]:
    """What the oracle's states of the tokens come to, as rows."""

    def states(reading: str, gone: frozenset[str], grade: str = "possible") -> dict[str, str]:
        return brute.states(lines, gone, Act.REMOVED.value, reading, grade, AS_OF)

    nobody = frozenset[str]()
    proven, worst = states("proven", leavers), states("worst", leavers)
    before, worst_before = states("proven", nobody), states("worst", nobody)
    graded = {grade.word: states("proven", leavers, grade.word) for grade in sorted(Certainty, reverse=True)}
    rows = set[tuple[str, str, str | None, str | None]]()
    for token in {line["from"] for line in lines if line.get("kind") == "AUTHORIZED_BY"}:
        if proven[token] != before[token]:
            sure = next(grade for grade, found in graded.items() if found[token] == proven[token])
            rows.add((token, proven[token], sure, worst[token] if worst[token] != proven[token] else None))
        elif worst[token] != worst_before[token]:
            rows.add((token, "unknown", None, worst[token]))
    return rows


def test_on_random_stacks_they_have_the_states_of_the_oracle() -> None:
    told: list[str] = []

    def agrees(lines: list[dict[str, Any]]) -> None:
        loose = [line for line in lines if line.get("kind") != "AUTHENTICATES_WITH"]
        stack = stack_of(loose)
        rng = Random(len(repr(loose)))
        leavers = frozenset(rng.sample(stack.people, min(2, len(stack.people))))
        tokens = Analysis(stack, Leaving(Act.REMOVED)).leave(leavers).tokens
        told.extend(row.outcome.value for row in tokens)
        assert {
            (
                row.thing,
                row.outcome.value,
                None if row.certainty is None else row.certainty.word,
                None if row.at_worst is None else row.at_worst.name.lower(),
            )
            for row in tokens
        } == _oracle_rows(loose, leavers)

    assert_on_random_stacks(agrees, 40, "loose tokens")
    assert {"stops", "later", "unknown"} <= set(told)
