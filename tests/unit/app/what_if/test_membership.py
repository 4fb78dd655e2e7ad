"""Who is in a queue, another group or a team: what one member more or less comes to, and what nobody can tell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from stackmap.app.opening import Reading
from stackmap.app.what_if.supposing import suppose
from stackmap.errors import UsageError
from stackmap.model import EdgeKind
from stackmap.render.supposing import said
from tests.unit.app.what_if.test_meanings import reading_of

QUEUE = """
    rule:Automation -ROUTES_TO-> acme/prod/group/queue:Group {outcome=stops certainty=certain}
    acme/prod/group/queue -PART_OF-> acme/prod/system/prod:System
    acme/prod/account/p:Account -MEMBER_OF-> acme/prod/group/queue
    priya:Person -HAS_ACCOUNT-> acme/prod/account/p
    owen:Person -HAS_ACCOUNT-> acme/prod/account/o:Account
    owen -HAS_ACCOUNT-> beta/prod/account/o:Account
    ann:Person -HAS_ACCOUNT-> beta/prod/account/a:Account
    ben:Person -HAS_ACCOUNT-> acme/prod/account/b:Account
    acme/prod/account/b {active=false}
    beta/prod/system/prod:System
"""
NAMES = {
    "acme/prod/system/prod": "Acme CRM",
    "acme/prod/group/queue": "Case queue",
    "acme/prod/account/p": "p.shah",
    "acme/prod/account/o": "o.blake",
    "acme/prod/account/b": "b.hall",
    "beta/prod/system/prod": "Beta Mail",
    "beta/prod/account/o": "owen@beta",
}
WHOLE = "coverage acme/prod {kinds=Group,MEMBER_OF state=complete}"
TEAM = """
    priya:Person -MEMBER_OF-> ops:Team
    owen:Person -HAS_ACCOUNT-> acme/prod/account/o:Account
    sheet:Automation -OWNED_BY-> ops
"""


def supposing(*sentences: str, picture: str = QUEUE) -> Reading:
    return suppose(reading_of(picture, NAMES), sentences)


def stops(reading: Reading, *leavers: str) -> bool:
    return "rule" in {row.thing for row in reading.analysis().leave(leavers).rows}


def members(reading: Reading, group: str = "acme/prod/group/queue") -> list[str]:
    return sorted(link.source for link in reading.stack.graph.into(group, EdgeKind.MEMBER_OF))


@pytest.mark.parametrize(
    "sentence",
    [
        "owen is a member of Case queue",
        "Owen is also a member of Case queue in Acme CRM.",
        "o.blake in Acme CRM is member of acme/prod/group/queue",
        '"acme/prod/account/o" is a member of "Case queue"',
    ],
)
def test_with_a_second_member_a_queue_goes_on_until_both_have_left(sentence: str) -> None:
    before, after = supposing(), supposing(sentence)
    assert stops(before, "priya")
    assert not stops(after, "priya")
    assert not stops(after, "owen")
    assert stops(after, "priya", "owen")


def test_whoever_is_taken_out_of_a_queue_leaves_it_to_the_others() -> None:
    reading = supposing("owen is a member of Case queue", "priya is no longer a member of Case queue")
    assert members(reading) == ["acme/prod/account/o"]
    assert stops(reading, "owen")
    assert not stops(reading, "priya")


def test_what_is_told_can_be_said_again() -> None:
    sentences = ["owen is a member of Case queue", "p.shah in Acme CRM is no longer a member of Case queue"]
    reading = supposing(*sentences)
    told = [said(reading.stack.graph, one) for one in reading.supposed.suppositions]
    assert told == sentences
    assert [one.by for one in reading.supposed.suppositions] == [("acme/prod/account/o",), ()]
    assert members(supposing(*told)) == members(reading)


def test_without_its_last_member_a_queue_would_look_as_if_it_hung_on_nobody() -> None:
    for who in ("priya", "p.shah"):
        with pytest.raises(UsageError, match=r"is the only member of Case queue that was read\. .*Case queue is off"):
            supposing(f"{who} is no longer a member of Case queue")
    two = (
        QUEUE
        + "priya -HAS_ACCOUNT-> acme/prod/account/q:Account\n acme/prod/account/q -MEMBER_OF-> acme/prod/group/queue"
    )
    with pytest.raises(UsageError, match="is the only member"):
        supposing("priya is no longer a member of Case queue", picture=two)


@pytest.mark.parametrize("said_of_it", ["is a member of", "is no longer a member of"])
@pytest.mark.parametrize(
    ("more", "group", "why"),
    [
        ("acme/prod/group/new:Group", "acme/prod/group/new", "no member was read"),
        (
            "acme/prod/account/o -MEMBER_OF-> acme/prod/group/queue {group=pair need=2}",
            "Case queue",
            "stand in for each other",
        ),
    ],
)
def test_nobody_supposes_members_where_it_is_not_known_how_they_count(
    said_of_it: str, more: str, group: str, why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        supposing(f"priya {said_of_it} {group}", picture=QUEUE + more)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("ann is a member of Case queue", "ann has no login in Acme CRM that was read and is on"),
        ("ben is a member of Case queue", "say so before it: --with 'ben is back'"),
        ("b.hall is a member of Case queue", "say so before it: --with 'ben is back'"),
        ("acme/prod/account/b is a member of Case queue", r"b\.hall is off.*b\.hall is back"),
        ("owen@beta in Beta Mail is a member of Case queue", "another system: here it takes one of Acme CRM"),
        ("Case queue is a member of Case queue", "is a group itself: say it of each of its people or logins"),
        ("carla is a member of Case queue", "nobody here is called"),
        ("owen is a member of Sales queue", "none of the queues, groups and teams"),
        ("owen is a member of rule", "none of the queues, groups and teams"),
    ],
)
def test_whoever_cannot_be_a_member_is_told_why(sentence: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        supposing(sentence)


def test_in_a_queue_that_is_off_nobody_is_put() -> None:
    with pytest.raises(UsageError, match=r"Case queue is off.*Case queue is back"):
        supposing("Case queue is off", "owen is a member of Case queue")
    back = supposing("Case queue is off", "Case queue is back", "owen is a member of Case queue")
    assert not stops(back, "priya")


def test_whoever_is_in_or_not_in_already_is_told_so() -> None:
    reading = supposing(
        "priya is a member of Case queue", "owen is no longer a member of Case queue", picture=QUEUE + WHOLE
    )
    assert [one.already for one in reading.supposed.suppositions] == [True, True]
    assert members(reading) == ["acme/prod/account/p"]


def test_of_several_ways_to_be_a_member_the_one_that_was_read_is_meant() -> None:
    two = QUEUE + "priya -HAS_ACCOUNT-> acme/prod/account/another:Account"
    (told,) = supposing("priya is a member of Case queue", picture=two).supposed.suppositions
    assert (told.already, told.by) == (True, ("acme/prod/account/p",))
    in_person = QUEUE + "ann -MEMBER_OF-> acme/prod/group/queue"
    (told,) = supposing("ann is a member of Case queue", picture=in_person).supposed.suppositions
    assert (told.already, told.by) == (True, ())


@pytest.mark.parametrize(
    "unread", ["", WHOLE + "\n acme/prod/account/unread%3Agroup-1 -MEMBER_OF-> acme/prod/group/queue"]
)
def test_of_a_list_that_was_not_read_whole_nobody_is_said_to_be_missing(unread: str) -> None:
    with pytest.raises(UsageError, match="not all of its members were read"):
        supposing("owen is no longer a member of Case queue", picture=QUEUE + unread)


def test_a_membership_through_a_login_that_others_hold_ends_for_all_of_them() -> None:
    shared = """
        acme/prod/account/team:Account -MEMBER_OF-> acme/prod/group/queue
        owen -HAS_ACCOUNT-> acme/prod/account/team
        priya -HAS_ACCOUNT-> acme/prod/account/team
        acme/prod/account/team {account_type=shared}
    """
    with pytest.raises(UsageError, match=r"which others hold too.*name that login: acme/prod/account/team"):
        supposing("owen is no longer a member of Case queue", picture=QUEUE + shared)
    reading = supposing("acme/prod/account/team is no longer a member of Case queue", picture=QUEUE + shared)
    assert members(reading) == ["acme/prod/account/p"]


def test_in_a_group_that_lies_in_no_system_people_are_in_person_and_logins_as_they_are() -> None:
    loose = """
        rota:Group
        ann:Person -MEMBER_OF-> rota
        priya:Person -HAS_ACCOUNT-> acme/prod/account/p:Account
        owen:Person
    """
    sentences = ["owen is a member of rota", "p.shah is a member of rota", "ann is no longer a member of rota"]
    # A login's name that is its one holder's alone means that person, as in every sentence; its id means the login.
    by_id = [one.replace("p.shah", "acme/prod/account/p") for one in sentences]
    assert members(supposing(*by_id, picture=loose), "rota") == ["acme/prod/account/p", "owen"]


def test_a_login_that_is_only_called_as_somebody_is_told_as_that_login() -> None:
    bot = QUEUE + "acme/prod/account/bot:Account {account_type=integration}"
    reading = suppose(reading_of(bot, {**NAMES, "acme/prod/account/bot": "ann"}), ["ann is a member of Case queue"])
    (told,) = reading.supposed.suppositions
    assert (told.subject, told.by) == ("acme/prod/account/bot", ())


def carers(reading: Reading) -> Sequence[str]:
    return sorted(one.person for one in reading.analysis().care.carers("sheet"))


def test_people_are_members_of_teams_and_look_after_what_those_own() -> None:
    more = supposing("owen is a member of ops", picture=TEAM)
    assert carers(more) == ["owen", "priya"]
    assert carers(suppose(more, ["priya is no longer a member of ops"])) == ["owen"]
    alone = supposing("priya is no longer a member of ops", "owen is no longer a member of ops", picture=TEAM)
    assert carers(alone) == []
    assert [one.already for one in alone.supposed.suppositions] == [False, True]


def test_a_queue_and_a_team_of_one_name_are_told_apart() -> None:
    both = QUEUE + "ann -MEMBER_OF-> cases:Team"
    reading = reading_of(both, {**NAMES, "cases": "Case queue"})
    with pytest.raises(UsageError, match="2 queues, groups and teams"):
        suppose(reading, ["owen is a member of Case queue"])
    assert members(suppose(reading, ["owen is a member of Case queue in Acme CRM"])) == [
        "acme/prod/account/o",
        "acme/prod/account/p",
    ]
    assert members(suppose(reading, ["owen is a member of cases"]), "cases") == ["ann", "owen"]
