"""Names in sentences: those that answers have for namesakes, and where to look for one that fits nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from stackmap.app.lists import Said
from stackmap.app.opening import Reading
from stackmap.app.people.logins import find_login
from stackmap.app.what_if.supposing import suppose
from stackmap.app.what_if.unheld import leavers_asked
from stackmap.errors import UsageError
from stackmap.render.supposing import said
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines

TWINS = """
    dana:Person -HAS_ACCOUNT-> crm/live/account/1:Account {account_type=human}
    dana -HAS_ACCOUNT-> crm/test/account/1:Account {account_type=human}
    crm/live/account/1 -PART_OF-> crm/live/system/live:System
    crm/test/account/1 -PART_OF-> crm/test/system/test:System
    crm/live/automation/9:Automation -RUNS_AS-> crm/live/account/1 {outcome=stops certainty=certain}
    crm/test/automation/9:Automation -RUNS_AS-> crm/test/account/1 {outcome=stops certainty=certain}
    crm/live/automation/9 -PART_OF-> crm/live/system/live
    crm/test/automation/9 -PART_OF-> crm/test/system/test
    crm/live/automation/1:Automation -PART_OF-> crm/live/system/live
    crm/live/automation/2:Automation -PART_OF-> crm/live/system/live
    crm/live/automation/1 {folder=Sales}
    crm/live/account/3:Account -PART_OF-> crm/live/system/live
    crm/live/account/3 {account_type=human}
    crm/test/account/3:Account -PART_OF-> crm/test/system/test
    crm/test/account/3 {account_type=human}
"""
NAMES = {
    "dana": "Dana Kim",
    "crm/live/account/1": "d.kim",
    "crm/test/account/1": "d.kim",
    "crm/live/account/3": "zaps",
    "crm/test/account/3": "zaps",
    "crm/live/system/live": "CRM",
    "crm/test/system/test": "CRM",
    "crm/live/automation/9": "Sync",
    "crm/test/automation/9": "Sync",
    "crm/live/automation/1": "Pipeline",
    "crm/live/automation/2": "Pipeline",
}


def reading_of(picture: str = TWINS, names: Mapping[str, str] = NAMES) -> Reading:
    lines = notation(picture)
    return reading_of_lines([{**line, "name": names.get(line.get("id", ""), line.get("id", ""))} for line in lines])


def subjects(reading: Reading) -> Sequence[str]:
    return [one.subject for one in reading.supposed.suppositions]


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Pipeline (folder Sales) is off", "crm/live/automation/1"),
        ("Pipeline (id 2) is off", "crm/live/automation/2"),
        ("Sync in CRM (id live) is off", "crm/live/automation/9"),
        ("CRM (id test): Sync is off", "crm/test/automation/9"),
        ("d.kim in CRM (id test) is off", "crm/test/account/1"),
        ("CRM (id live) is off", "crm/live/system/live"),
    ],
)
def test_what_is_told_back_means_the_same_when_it_is_given_again(sentence: str, subject: str) -> None:
    reading = suppose(reading_of(), [sentence])
    assert subjects(reading) == [subject]
    again = said(reading.stack.graph, reading.supposed.suppositions[0])
    assert subjects(suppose(reading_of(), [again])) == [subject], again


@pytest.mark.parametrize("sentence", ["d.kim in CRM is off", "Sync in CRM is off", "CRM is off", "Pipeline is off"])
def test_a_name_that_several_have_is_asked_about_with_the_names_that_tell_them_apart(sentence: str) -> None:
    with pytest.raises(UsageError, match="Say which") as raised:
        suppose(reading_of(), [sentence])
    lines = [line.split("   ", 1)[1] for line in str(raised.value).splitlines() if line.startswith("  ")]
    assert len(lines) == len(set(lines)) == 2


def test_a_login_is_found_by_what_lists_show_of_it() -> None:
    assert find_login(reading_of(), "CRM (id test) · d.kim", str) == "crm/test/account/1"


def test_logins_of_nobody_in_systems_of_one_name_are_asked_about_by_their_own() -> None:
    asked = leavers_asked(reading_of(), ["whoever holds zaps in CRM (id test)"], then="stackmap leave")
    assert asked[1] == ["anonymous/crm/test/account/3"]
    for both in ("whoever holds zaps in CRM", "zaps in CRM"):
        with pytest.raises(UsageError, match="2 logins that nobody is known to hold match"):
            leavers_asked(reading_of(), [both], then="stackmap leave")


def test_which_of_several_is_meant_by_a_line_of_a_list_is_to_be_written_there() -> None:
    reading = reading_of(TWINS + "\n kim:Person\n mei:Person", {**NAMES, "kim": "Mei Kim", "mei": "Mei Lin"})
    said_in = [Said("Mei", "list.txt", 3), Said("zaps", "list.txt", 4), Said("mei")]
    with pytest.raises(UsageError) as raised:
        leavers_asked(reading, said_in, then="stackmap leave")
    which = [line for line in str(raised.value).splitlines() if line.startswith("Say which")]
    assert which == [
        "Say which: write kim in that line",
        "Say which: write crm/live/account/3 in that line",
    ]


def test_what_is_no_list_s_fault_is_raised_as_it_is() -> None:
    with pytest.raises(UsageError) as raised:
        leavers_asked(reading_of(), ["nobody such"], then="stackmap leave")
    assert raised.value.__cause__ is not raised.value


def test_where_no_queue_is_called_so_some_of_those_that_were_read_are_named() -> None:
    picture = TWINS + "".join(f"\n crm/live/group/{number}:Group" for number in range(7))
    queues = {f"crm/live/group/{number}": f"Queue {number}" for number in range(7)}
    told = _refused(reading_of(picture, {**NAMES, **queues}), "Dana Kim is a member of zzz")
    assert told.endswith("that were read: Queue 0, Queue 1, Queue 2, Queue 3, Queue 4 and 2 more")


def test_where_none_was_read_nobody_is_sent_anywhere() -> None:
    assert _refused(reading_of(), "Dana Kim is a member of zzz").endswith('is called "zzz"')
    assert _refused(reading_of(), "Dana Kim owns zzz").endswith("See: stackmap bus-factor --all")
    assert _refused(reading_of(), "zzz is off").endswith("for logins: stackmap people --all")


def _refused(reading: Reading, sentence: str) -> str:
    with pytest.raises(UsageError) as raised:
        suppose(reading, [sentence])
    return str(raised.value)
