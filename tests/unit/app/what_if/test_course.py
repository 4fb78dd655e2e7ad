"""Sentences on top of each other: as if each had been applied before the next was read, whatever they say."""

from __future__ import annotations

from random import Random
from typing import Any
from unittest.mock import patch

import pytest

from stackmap import model
from stackmap.analysis.what_if.changes import Change
from stackmap.analysis.what_if.supposed import Supposition
from stackmap.app.leaving import leave
from stackmap.app.lists import Said
from stackmap.app.opening import Reading
from stackmap.app.what_if import course as module
from stackmap.app.what_if.course import Course, with_changes
from stackmap.app.what_if.meaning import meaning_of
from stackmap.app.what_if.sentences import Verb
from stackmap.app.what_if.supposing import suppose
from stackmap.errors import UsageError
from stackmap.render.departure import departure_json
from stackmap.render.departure_text import departure_text
from tests.support.laws import on_random_stacks
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines

_ODD = [
    "",
    '"',
    ".",
    "# x",
    "-1",
    "\u00fcn\u00ef",
    "\x00\x1b[2J",
    "x" * 500,
    "a/b/c/d",
    "without",
    "no longer",
    "\u201cq\u201d",
    "%",
    "1e9",
]


def _named(lines: list[dict[str, Any]]) -> Reading:
    return reading_of_lines([{**line, "name": line["id"]} if line["type"] == "node" else line for line in lines])


def _sentences(lines: list[dict[str, Any]], dice: Random, count: int) -> list[Said]:
    """Some that can be understood, some that nearly can, and some that make no sense."""
    ids = sorted({line["id"] for line in lines if line["type"] == "node"}) or ["nothing"]
    people = [one["id"] for one in lines if one.get("kind") == "Person"] or ids
    joined = [one["id"] for one in lines if one.get("kind") in {"Group", "Team"}] or ids
    said = []
    for _ in range(count):
        verb = dice.choice([verb.value for verb in Verb])
        of_people = verb.split()[-1] in {"administers", "owns", "holds", "of"}
        subject, thing = dice.choice(people if of_people else ids), dice.choice(joined if verb.endswith("of") else ids)
        words = [subject, verb, *([] if verb in {"is off", "is back"} else [thing])]
        if dice.random() < 0.2:
            words[dice.randrange(len(words))] = dice.choice(_ODD)
        said.append(Said(" ".join(words)))
    return said


def _one_by_one(reading: Reading, said: list[Said]) -> tuple[list[Supposition | None], list[Change]]:
    """What each sentence is told as, None where it is refused, and all changes: the graph built anew for each."""
    now, changes, told = reading, list[Change](), list[Supposition | None]()
    for one in said:
        try:
            meant = meaning_of(now, one)
        except UsageError:
            told.append(None)
            continue
        told.append(meant.told)
        changes += meant.changes
        now = with_changes(reading, changes, reading.supposed)
    return told, changes


def _in_a_course(reading: Reading, said: list[Said]) -> tuple[list[Supposition | None], list[Change]]:
    course, told = Course(reading), list[Supposition | None]()
    for one in said:
        try:
            course.take(one)
        except UsageError:
            told.append(None)
        else:
            told.append(course.told[-1])
    return told, course.changes


@on_random_stacks(60)
def test_whatever_is_said_it_is_understood_as_if_the_graph_were_built_anew_for_each(
    lines: list[dict[str, Any]],
) -> None:
    reading = _named(lines)
    said = _sentences(lines, Random(f"course {len(lines)}"), 12)
    assert _in_a_course(reading, said) == _one_by_one(reading, said)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("a2 is back", "x runs as p"),
        ("a2 is back", "q holds p"),
        ("q no longer holds a3", "x runs as p"),
    ],
)
def test_whom_a_name_means_is_asked_after_what_was_said_of_their_other_logins(first: str, then: str) -> None:
    reading = _named(
        notation("""
            x:Automation -RUNS_AS-> a0:Account {outcome=stops certainty=certain}
            p:Person -HAS_ACCOUNT-> a1:Account
            p -HAS_ACCOUNT-> a2:Account
            p -HAS_ACCOUNT-> a3:Account
            q:Person -HAS_ACCOUNT-> a3
            a2 {active=false}
        """)
    )
    said = [Said(first), Said(then)]
    assert _in_a_course(reading, said[1:])[0] != [None]
    assert _in_a_course(reading, said)[0][1] is None  # two logins of p could be meant now
    assert _in_a_course(reading, said) == _one_by_one(reading, said)


def test_whether_somebody_is_the_last_member_is_asked_after_what_was_said_of_the_others() -> None:
    reading = _named(
        notation("""
            x:Automation -ROUTES_TO-> g:Group {outcome=stops certainty=certain}
            a1:Account -MEMBER_OF-> g
            p:Person -HAS_ACCOUNT-> a1
            q:Person -HAS_ACCOUNT-> a2:Account
        """)
    )
    said = [Said("a2 is a member of g"), Said("p is no longer a member of g"), Said("q is no longer a member of g")]
    told, changes = _in_a_course(reading, said)
    assert [one is not None for one in told] == [True, True, False]
    assert (told, changes) == _one_by_one(reading, said)
    assert _in_a_course(reading, said[1:])[0] == [None, None]


@on_random_stacks(15)
def test_whatever_is_supposed_answers_can_be_given_and_say_what_it_changes(lines: list[dict[str, Any]]) -> None:
    reading = _named(lines)
    said = _sentences(lines, Random(f"answers {len(lines)}"), 12)
    taken = [one for one, told in zip(said, _one_by_one(reading, said)[0], strict=True) if told is not None]
    supposed = suppose(reading, taken)
    for person in reading.stack.people:
        now, before = leave(supposed, [person]), leave(reading, [person])
        assert departure_json(now)
        difference = now.supposed.difference
        assert (difference is None) is (not taken)
        if difference is not None and difference.same:
            assert departure_text(now).endswith(departure_text(before))


def test_sentences_about_different_things_cost_one_graph() -> None:
    pairs = "\n".join(f"p{number}:Person -HAS_ACCOUNT-> a{number}:Account\n q{number}:Person" for number in range(6))
    course = Course(_named(notation(pairs)))
    with patch.object(module, "build_graph", wraps=model.build_graph) as built:  # counts graphs, changes nothing
        for number in range(6):
            course.take(Said(f"q{number} holds a{number}"))
        reading = course.reading()
    assert built.call_count == 1
    assert [len(reading.stack.accounts[f"a{number}"].holders) for number in range(6)] == [2] * 6


def test_equal_sentences_are_looked_up_again_only_where_something_changed_in_between() -> None:
    reading = _named(notation("p:Person -HAS_ACCOUNT-> a:Account\n q:Person\n r:Person"))
    said = ["q holds a", "r holds a"] * 50
    with patch.object(module, "meaning_of", wraps=meaning_of) as looked_up:
        found = suppose(reading, said)
    assert looked_up.call_count < 10
    assert [one.subject for one in found.supposed.suppositions] == ["q", "r"]


@pytest.mark.parametrize("seed", range(40))
def test_passing_over_equal_sentences_changes_nothing(seed: int) -> None:
    lines = notation("p:Person -HAS_ACCOUNT-> a:Account\n q:Person\n x:Automation -RUNS_AS-> a {outcome=stops}")
    verbs = ["q holds a", "q no longer holds a", "p is off", "p is back", "x is off", "x is back", "q owns x"]
    reading, said = _named(lines), Random(seed).choices(verbs, k=12)
    course = Course(reading)
    for one in said:
        try:
            course.take(Said(one))
        except UsageError:
            with pytest.raises(UsageError):
                suppose(reading, said)
            return
    each, once = course.reading(), suppose(reading, said)
    assert once.supposed == each.supposed
    assert once.identity.facts == each.identity.facts
