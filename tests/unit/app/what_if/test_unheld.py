"""Logins that nobody is known to hold: `leave` takes them for whoever holds them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest

from stackmap.analysis import ANONYMOUS, Analysis, Fate, Leaving, anonymous_id, bus_factors, login_fates
from stackmap.app.leaving import leave
from stackmap.app.lists import Said, lines_in
from stackmap.app.opening import Reading
from stackmap.app.people import finding
from stackmap.app.what_if.supposing import suppose
from stackmap.app.what_if.unheld import leavers_asked
from stackmap.app.what_if.unheld_names import UnheldNames
from stackmap.errors import UsageError
from stackmap.model import AccountType, Act, EdgeKind, Outcome
from stackmap.render.departure import departure_json
from stackmap.render.departure_beside import login_name
from stackmap.render.departure_text import departure_text
from stackmap.render.guards import plain
from stackmap.render.words import person_name
from tests.support.laws import on_random_stacks
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines

PICTURE = """
    acme/prod/automation/sync:Automation -RUNS_AS-> acme/prod/account/7:Account {outcome=stops certainty=certain}
    acme/prod/automation/other:Automation -RUNS_AS-> acme/prod/account/8:Account {outcome=stops certainty=certain}
    acme/prod/automation/ours:Automation -RUNS_AS-> acme/prod/account/9:Account {outcome=stops certainty=certain}
    acme/prod/account/7 {account_type=human}
    acme/prod/account/8 {account_type=unknown}
    acme/prod/account/svc:Account {account_type=integration}
    dana:Person -HAS_ACCOUNT-> acme/prod/account/9
    acme/prod/account/9 -PART_OF-> acme/prod/system/prod:System
    acme/prod/account/7 -PART_OF-> acme/prod/system/prod
    acme/prod/integration/relay:Integration -AUTHENTICATES_WITH-> acme/prod/credential/k:Credential
    acme/prod/credential/k -AUTHORIZED_BY-> acme/prod/account/unread%3Ak {outcome=stops certainty=certain}
    acme/prod/automation/lost:Automation -RUNS_AS-> acme/prod/account/66 {outcome=stops certainty=certain}
"""
NAMES = {
    "acme/prod/account/7": "zaps2021",
    "acme/prod/account/8": "console",
    "acme/prod/account/9": "d.kim",
    "acme/prod/account/svc": "svc",
    "acme/prod/system/prod": "Acme",
    "acme/prod/credential/k": "Slack bot",
    "dana": "Dana Kim",
}
_HOW = Leaving(Act.DEACTIVATED)
_PROVEN = {Outcome.STOPS, Outcome.STARVES, Outcome.LATER}


def _reading() -> Reading:
    lines = notation(PICTURE)
    return reading_of_lines([{**line, "name": NAMES.get(line.get("id", ""), line.get("id", ""))} for line in lines])


def _asked(reading: Reading, *words: str) -> tuple[Reading, list[str]]:
    return leavers_asked(reading, words, then="stackmap leave")


@pytest.mark.parametrize(
    "word",
    [
        "zaps2021",
        "ZAPS2021",
        "Acme:zaps2021",
        "acme/prod/account/7",
        "anonymous/acme/prod/account/7",
        "whoever holds zaps2021 in Acme",
        "zaps2021 in Acme",
    ],
)
def test_a_login_is_asked_about_as_whoever_holds_it(word: str) -> None:
    given, people = _asked(_reading(), word)
    assert people == ["anonymous/acme/prod/account/7"]
    report = leave(given, people)
    assert [(row.thing, row.outcome) for row in report.departure.rows] == [("acme/prod/automation/sync", Outcome.STOPS)]
    text = " ".join(departure_text(report).split())
    assert "If whoever holds zaps2021 in Acme left" in text
    assert (
        "nobody is known to hold zaps2021 in Acme. If you know whose it is, say so: stackmap people merge NAME" in text
    )
    assert "runs as the login zaps2021, whose holder no list names" in text


def test_of_a_login_that_no_list_has_only_a_note_can_say_whose_it_is() -> None:
    given, people = _asked(_reading(), "acme/prod/account/66")
    text = " ".join(departure_text(leave(given, people)).split())
    assert 'logins: ["acme/prod/account/66"]' in text
    assert "A list of the logins there would tell." in text
    assert "people merge" not in text
    assert "people classify" not in text


def test_whoever_is_said_to_hold_a_login_that_no_list_has_is_not_who_is_asked_about() -> None:
    lines = notation(f"{PICTURE}\ndana -HAS_ACCOUNT-> acme/prod/account/66")
    reading = reading_of_lines([{**line, "name": NAMES.get(line.get("id", ""), "")} for line in lines])
    lost = ("acme/prod/automation/lost", Outcome.UNKNOWN)
    unnamed, said = (leave(*_asked(reading, asked)) for asked in ("whoever holds 66 in acme/prod", "Dana Kim"))
    for report in (unnamed, said):
        assert lost in [(row.thing, row.outcome) for row in report.departure.rows]
    assert "Logins that may go off: 66 in acme/prod" in departure_text(said)


@pytest.mark.parametrize(
    "word",
    ["console in Acme", "console in acme/prod", "whoever holds console in Acme", "whoever holds console in acme/prod"],
)
def test_a_system_is_understood_by_both_of_the_names_that_answers_have_for_it(word: str) -> None:
    assert _asked(_reading(), word)[1] == ["anonymous/acme/prod/account/8"]


def test_of_a_login_of_unknown_type_what_hangs_on_it_only_may_stop() -> None:
    given, people = _asked(_reading(), "console", "Dana Kim")
    rows = {row.thing.rpartition("/")[2]: row.outcome for row in leave(given, people).departure.rows}
    assert rows == {"other": Outcome.UNKNOWN, "ours": Outcome.STOPS}


@pytest.mark.parametrize("word", ["Dana Kim", "d.kim"])
def test_where_somebody_is_named_nobody_is_made_up(word: str) -> None:
    reading = _reading()
    given, people = _asked(reading, word)
    assert given is reading
    assert people == ["dana"]


@pytest.mark.parametrize(
    "word",
    [
        "Whoever stands behind Slack bot",
        "acme/prod/account/unread%3Ak",
        "anonymous/acme/prod/account/unread%3Ak",
    ],
)
def test_a_login_that_nobody_read_is_asked_about_as_whoever_stands_behind_its_key(word: str) -> None:
    given, people = _asked(_reading(), word)
    report = leave(given, people)
    assert [(row.thing, row.outcome) for row in report.departure.rows] == [
        ("acme/prod/integration/relay", Outcome.UNKNOWN)
    ]
    text = " ".join(departure_text(report).split())
    assert "If whoever stands behind Slack bot left" in text
    assert "no list says who stands behind Slack bot. How to find out, and how to say so: stackmap explain CV04" in text
    assert "which was authorised by whoever stands behind Slack bot [" in text
    assert "Logins that may go off: whoever stands behind Slack bot" in text


@pytest.mark.parametrize("word", ["acme/prod/account/66", "whoever stands behind acme/prod/account/66"])
def test_a_login_that_a_list_was_not_read_for_is_asked_about_too(word: str) -> None:
    given, people = _asked(_reading(), word)
    assert people == ["anonymous/acme/prod/account/66"]
    rows = leave(given, people).departure.rows
    assert [(row.thing, row.outcome) for row in rows] == [("acme/prod/automation/lost", Outcome.UNKNOWN)]


def test_everybody_whom_no_list_names_is_nobody_to_ask_about_and_it_is_said_whom_to_ask() -> None:
    with pytest.raises(UsageError, match="nobody can be asked about as that") as raised:
        _asked(_reading(), "somebody no list names")
    assert str(raised.value).splitlines()[1] == "  whoever holds console in acme/prod"


@on_random_stacks(40)
def test_every_holder_that_an_answer_names_can_be_asked_about(lines: list[dict[str, Any]]) -> None:
    reading = reading_of_lines([{**line, "name": line["id"]} if line["type"] == "node" else line for line in lines])
    graph, analysis = reading.stack.graph, reading.analysis()
    people = {one for factor in bus_factors(analysis) for some in factor.minimal_sets for one in some}
    people |= {one for factor in bus_factors(analysis) for some in factor.care_sets for one in some}
    logins = {fate.id for fate in login_fates(analysis, ()) if fate.what is Fate.COULD_BE_THEIRS}
    told = {person_name(graph, one): one for one in people - {ANONYMOUS}}
    told |= {login_name(graph, login): anonymous_id(login) for login in logins}
    for word, person in told.items():
        if len(graph.out(word.removeprefix("whoever stands behind "), EdgeKind.AUTHORIZED_BY)) > 1:
            with pytest.raises(UsageError, match="Say which"):  # one key tells nobody which of the two is meant
                _asked(reading, plain(word))
            continue
        given, asked = _asked(reading, plain(word))
        assert asked == [person]
        assert leave(given, asked).departure.leavers == (person,)


@on_random_stacks(40)
def test_whoever_stands_behind_an_unread_login_takes_nothing_for_sure_and_no_more_than_all_nameless_ones(
    lines: list[dict[str, Any]],
) -> None:
    for login in [one["id"] for one in lines if one.get("kind") == "Account"]:
        reading = reading_of_lines([one for one in lines if not _tells_of(one, login)])
        if login not in UnheldNames(reading).logins or _may_be_personal(lines):
            continue
        given, asked = _asked(reading, login)
        assert _broken_already(given) == _broken_already(reading), login
        outcomes = Analysis(given.stack, _HOW).outcomes(asked)
        assert not {one for one in outcomes if one[1] in _PROVEN}, login
        lost = {thing for thing, outcome in outcomes if outcome is Outcome.UNKNOWN}
        assert lost <= {thing for thing, _ in Analysis(reading.stack, _HOW).outcomes([ANONYMOUS])}, login


def test_what_stands_in_a_list_is_refused_line_by_line() -> None:
    said: list[Said | str] = [
        *lines_in('"Dana Kim"\nNobody\nzaps2021 # ours\nd.kim # hers\n\nsvc\n', "list.txt"),
        "Zoe",
    ]
    with pytest.raises(UsageError) as raised:
        leavers_asked(_reading(), said, then="stackmap leave")
    told = str(raised.value).splitlines()
    assert [line.partition(": ")[0] for line in told if line.startswith("list.txt")] == ["list.txt:2", "list.txt:6"]
    assert 'nobody here is called "Zoe"' in told[-1]


def test_of_many_lines_that_fit_nobody_the_first_ten_are_told_and_the_others_counted() -> None:
    said = list(lines_in("\n".join(f"0{number}x" for number in range(14)), "list.txt"))
    with pytest.raises(UsageError) as raised:
        leavers_asked(_reading(), said, then="stackmap leave")
    assert str(raised.value).splitlines()[-1] == "and 4 more names that cannot be used"


@pytest.mark.parametrize("word", ["svc", "zaps2022", "", "whoever holds d.kim in Acme"])
def test_what_fits_nobody_is_still_an_error(word: str) -> None:
    with pytest.raises(UsageError):
        _asked(_reading(), word, "zaps2021")


def test_of_several_such_logins_it_is_asked_which() -> None:
    lines = notation("a/1/account/1:Account {account_type=human}\n b/1/account/1:Account {account_type=unknown}")
    reading = reading_of_lines([{**line, "name": "zaps"} for line in lines])
    with pytest.raises(UsageError, match="2 logins that nobody is known to hold match") as raised:
        _asked(reading, "zaps")
    assert "Say which: stackmap leave a/1/account/1" in str(raised.value)
    assert _asked(reading, "a/1/account/1")[1] == ["anonymous/a/1/account/1"]


def test_where_somebody_is_supposed_to_hold_it_they_are_meant() -> None:
    given, people = _asked(suppose(_reading(), ["Dana Kim holds zaps2021"]), "zaps2021")
    assert people == ["dana"]
    report = leave(given, people)
    told = "You asked about zaps2021 in Acme: supposed so, Dana Kim holds it, so Dana Kim is meant."
    assert told in " ".join(departure_text(report).split())
    document = json.loads(departure_json(report))
    assert document["asked"] == [{"login": "acme/prod/account/7", "person": "dana"}]


@pytest.mark.parametrize("word", ["dana", "d.kim", "console"])
def test_whoever_is_meant_without_what_is_supposed_too_is_not_told(word: str) -> None:
    given, people = _asked(suppose(_reading(), ["Dana Kim holds zaps2021"]), word)
    assert "You asked about" not in departure_text(leave(given, people))


def test_without_what_is_supposed_the_same_is_asked() -> None:
    supposed = suppose(_reading(), ["d.kim is off"])
    given, people = _asked(supposed, "zaps2021")
    assert given.unsupposed is not None
    assert people[0] in given.unsupposed.stack.people
    held = replace(supposed, unsupposed=suppose(_reading(), ["Dana Kim holds zaps2021"]))
    before = _asked(held, "zaps2021")[0].unsupposed
    assert before is not None
    assert [tie.person for tie in before.stack.accounts["acme/prod/account/7"].holders] == ["dana"]


@on_random_stacks(40)
def test_what_is_proven_of_a_nameless_holder_is_proven_of_whoever_holds_the_login(lines: list[dict[str, Any]]) -> None:
    for login in [one.id for one in reading_of_lines(lines).stack.accounts.values() if one.type is AccountType.HUMAN]:
        reading = reading_of_lines(
            [one for one in lines if not (one.get("kind") == "HAS_ACCOUNT" and one["to"] == login)]
        )
        person = anonymous_id(login)
        given, asked = _asked(reading, login)
        assert asked == [person]
        assert _proven(given, person) == _proven(reading, person), login


def _proven(reading: Reading, person: str) -> set[tuple[str, Outcome]]:
    return {one for one in Analysis(reading.stack, _HOW).outcomes([person]) if one[1] in _PROVEN}


def _broken_already(reading: Reading) -> set[tuple[str, Outcome]]:
    return {(one.thing, one.outcome) for one in Analysis(reading.stack, _HOW).leave([]).already_broken}


def _tells_of(line: dict[str, Any], login: str) -> bool:
    """Whether a line is a login's own, says whose it is, or what it needs: nobody read that of one never read."""
    needs = line.get("from") == login and line["kind"] in {"DEPENDS_ON", "PART_OF"}
    return line.get("id") == login or (line.get("kind"), line.get("to")) == ("HAS_ACCOUNT", login) or needs


def _may_be_personal(lines: list[dict[str, Any]]) -> bool:
    """Whether somebody more may be the sixth with a token of one app: that makes another app of it (rule 15)."""
    tokens = Counter(line["from"] for line in lines if line.get("kind") == "AUTHENTICATES_WITH")
    return max(tokens.values(), default=0) > 5


def test_a_thing_that_is_asked_about_as_a_person_is_called_a_thing_and_nobody_is_suggested() -> None:
    with pytest.raises(UsageError) as raised:
        leavers_asked(_thing_called("Dana router"), ["dana ROUTER"], then="stackmap leave")
    told = str(raised.value)
    assert told.startswith('"dana ROUTER" is a thing (automation in Acme), not a person')
    assert "stackmap bus-factor --second-holders --thing acme/prod/automation/sync" in told
    assert "nearest" not in told


def test_a_thing_in_a_list_is_told_with_its_line() -> None:
    said = Said("Dana router", "list.txt", 3)
    with pytest.raises(UsageError, match=r'list\.txt:3: "Dana router" is a thing'):
        leavers_asked(_thing_called("Dana router"), [said], then="stackmap leave")


def test_a_person_goes_before_a_thing_of_the_same_name() -> None:
    assert leavers_asked(_thing_called("Dana Kim"), ["Dana Kim"], then="stackmap leave")[1] == ["dana"]


def _thing_called(name: str) -> Reading:
    names = {**NAMES, "acme/prod/automation/sync": name}
    lines = notation(PICTURE)
    return reading_of_lines([{**line, "name": names.get(line.get("id", ""), line.get("id", ""))} for line in lines])


def test_of_a_long_list_each_name_is_looked_up_once_and_what_is_near_only_where_it_is_told() -> None:
    listed = "\n".join(f"Nobody {number}" for number in range(25))
    said = [*lines_in(f"{listed}\n{listed}", "list.txt")]
    with patch.object(finding, "near_people", wraps=finding.near_people) as near, pytest.raises(UsageError) as raised:
        leavers_asked(_reading(), said, then="stackmap leave")
    told = str(raised.value).splitlines()
    assert [line.partition(": ")[0] for line in told[:-1]] == [f"list.txt:{line}" for line in range(1, 11)]
    assert told[-1] == "and 15 more names that cannot be used"
    assert near.call_count == 11, "once for the first that fits nobody, and for the ten that are told"
