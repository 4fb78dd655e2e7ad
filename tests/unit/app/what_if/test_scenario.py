"""Scenarios: files of sentences, and everything that is wrong with one at once."""

from __future__ import annotations

import pytest

from stackmap.app.opening import Reading
from stackmap.app.what_if.forms import forms_told
from stackmap.app.what_if.scenario import sentences_in
from stackmap.app.what_if.supposing import suppose
from stackmap.errors import UsageError
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines


def test_sentences_keep_the_numbers_of_their_lines() -> None:
    text = "\ufeff# a plan\n\n  a is off\r\n\tb is off\n"
    assert [(one.text, one.file, one.line) for one in sentences_in(text, "plan.txt")] == [
        ("a is off", "plan.txt", 3),
        ("b is off", "plan.txt", 4),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Form is off # since May", "Form is off"),
        ("Form is off #", "Form is off"),
        ("Form #12 is off", "Form #12 is off"),
        ('"Form # 12" is off # since "May"', '"Form # 12" is off'),
        ("\u201cForm # 12\u201d is off", "\u201cForm # 12\u201d is off"),
    ],
)
def test_a_comment_ends_a_line_but_no_name(line: str, said: str) -> None:
    assert [one.text for one in sentences_in(line, "plan.txt")] == [said]


@pytest.mark.parametrize("text", ["", "\n \n", "# a is off\n  # b is off\n#c\n"])
def test_a_file_that_says_nothing_is_an_error(text: str) -> None:
    with pytest.raises(UsageError, match=r"plan\.txt says nothing"):
        sentences_in(text, "plan.txt")


def _reading() -> Reading:
    return reading_of_lines(
        [{**line, "name": line.get("id", "")} for line in notation("flow:Automation -RUNS_AS-> a:Account")]
    )


def _wrong(text: str) -> str:
    with pytest.raises(UsageError) as raised:
        suppose(_reading(), sentences_in(text, "plan.txt"))
    return str(raised.value)


def test_every_wrong_line_is_told_with_its_place_and_its_words() -> None:
    told = _wrong('flow is off\nflwo is off\nflow hums\n"flow is back\nflow is back')
    places = [line for line in told.splitlines() if line.startswith("plan.txt:")]
    assert [place.partition(": in the line ")[0] for place in places] == ["plan.txt:2", "plan.txt:3", "plan.txt:4"]
    assert 'plan.txt:2: in the line "flwo is off": none of' in told
    assert told.count(forms_told()) == 1, "what can be said is listed once"


def test_what_to_try_is_a_line_and_not_an_option() -> None:
    told = _wrong("flwo is off")
    assert "Try: flow is off" in told
    assert "--with" not in told


def test_of_many_errors_the_first_ten_are_told_and_the_rest_are_counted() -> None:
    told = _wrong("\n".join(f"nothing{number} is off" for number in range(13)))
    assert told.count("plan.txt:") == 10
    assert told.endswith("and 3 more that cannot be read")


def test_equal_lines_are_told_once() -> None:
    text = "flow is off\n" * 1_000 + "a is off\nflow is off\n"
    told = suppose(_reading(), sentences_in(text, "plan.txt")).supposed.suppositions
    assert [(one.subject, one.already) for one in told] == [("flow", False), ("a", False)]


def test_what_was_taken_back_in_between_is_told_again() -> None:
    text = "flow is off\nflow is back\nflow is back\nflow is off\nflow is off\n"
    told = suppose(_reading(), sentences_in(text, "plan.txt")).supposed.suppositions
    assert [one.verb for one in told] == ["is off", "is back", "is off"]


@pytest.mark.parametrize(
    "sentence",
    [
        "x is off",
        "q administers prod",
        "q owns x",
        "q holds a/t/account/1",
        "p no longer administers prod",
        "x runs as a/t/account/2",
        "x also runs as a/t/account/2",
        "i also runs as a/t/account/2",
        "k is authorised by a/t/account/2",
        "o belongs to a/t/account/2",
        "w hands work to a/t/account/2",
        "x alarms q",
    ],
)
def test_whatever_is_said_twice_changes_nothing_the_second_time(sentence: str) -> None:
    once, twice = suppose(_company(), [sentence]), suppose(_company(), [sentence] * 2)
    assert twice.supposed == once.supposed
    assert not once.supposed.suppositions[0].already
    assert [one.key for one in twice.stack.graph.links()] == [one.key for one in once.stack.graph.links()]


def _company() -> Reading:
    picture = """
        p:Person -HAS_ACCOUNT-> a/t/account/1:Account {account_type=human}
        q:Person -HAS_ACCOUNT-> a/t/account/2:Account {account_type=human}
        a/t/account/1 -ADMINISTERS-> prod:System
        a/t/account/1 -PART_OF-> prod
        a/t/account/2 -PART_OF-> prod
        x:Automation -RUNS_AS-> a/t/account/1 {outcome=stops}
        x -PART_OF-> prod
        o:Automation -OWNED_BY-> a/t/account/1 {outcome=stops}
        w:Automation -ROUTES_TO-> a/t/account/1 {outcome=stops slot=e}
        i:Integration -AUTHENTICATES_WITH-> k:Credential
        k -AUTHORIZED_BY-> a/t/account/1
    """
    return reading_of_lines([{**line, "name": line.get("id", "")} for line in notation(picture)])
