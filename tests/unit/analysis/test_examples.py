"""The worked examples of the rules of leaving: each shows one thing, in a picture of its own."""

from __future__ import annotations

from stackmap.analysis import Analysis, BusFactor, Departure, Row, bus_factors, login_fates, rotations
from tests.support.loading import stack_of
from tests.support.notation import notation

P_AND_Q = """
    P:Person -HAS_ACCOUNT-> a:Account
    Q:Person -HAS_ACCOUNT-> b:Account
"""
TWO_TOKENS = f"""{P_AND_Q}
    t1:Grant -AUTHORIZED_BY-> a {{outcome=stops}}
    t2:Grant -AUTHORIZED_BY-> b {{outcome=stops}}
"""
TWO_WRITERS = f"""{P_AND_Q}
    X:Automation -RUNS_AS-> a {{outcome=stops}}
    Y:Automation -RUNS_AS-> b {{outcome=stops}}
    X -WRITES_TO-> Contact:Dataset
    Y -WRITES_TO-> Contact
    R:Automation -READS_FROM-> Contact
"""
ALL_STARVE = ["Contact starves, certain, only together", "R starves, certain, only together", "X stops, certain"]


def analysis_of(picture: str) -> Analysis:
    return Analysis(stack_of(notation(picture)))


def left(picture: str, *leavers: str) -> Departure:
    return analysis_of(picture).leave(leavers)


def rows(picture: str, *leavers: str) -> list[str]:
    """The rows when these people leave: `X stops, certain`, or `X may stop`."""
    return [_words(row) for row in left(picture, *leavers).rows]


def _words(row: Row) -> str:
    at_worst = "" if row.at_worst is None else row.at_worst.name.lower()
    together = "" if row.alone else ", only together"
    if row.certainty is None:
        return f"{row.thing} unknown, at worst {at_worst}{together}"
    sure = f"{row.thing} {row.outcome.value}, {row.certainty.word}"
    return sure + (f", at worst {at_worst}" if at_worst else "") + together


def without(picture: str, *leavers: str) -> dict[str, tuple[str, ...]]:
    return {one.thing: one.lost for one in left(picture, *leavers).partial}


def broken(picture: str) -> list[str]:
    return [f"{one.thing} {one.outcome.value}" for one in left(picture).already_broken]


def numbers(picture: str, thing: str) -> BusFactor:
    [found] = [one for one in bus_factors(analysis_of(picture)) if one.thing == thing]
    return found


def test_each_slot_of_a_workflow_needs_its_own_token() -> None:
    picture = f"""{TWO_TOKENS}
        workflow:Automation -AUTHENTICATES_WITH-> t1 {{slot=hubspot}}
        workflow -AUTHENTICATES_WITH-> t2 {{slot=salesforce}}
    """
    assert rows(picture, "P") == ["workflow stops, certain"]


def test_of_two_tokens_in_one_slot_nobody_knows_whether_one_suffices() -> None:
    picture = f"""{TWO_TOKENS}
        sync:Integration -AUTHENTICATES_WITH-> t1 {{slot=hubspot}}
        sync -AUTHENTICATES_WITH-> t2 {{slot=hubspot}}
    """
    assert rows(picture, "P") == ["sync unknown, at worst stops"]
    found = numbers(picture, "sync")
    assert (found.running, found.running_at_worst) == (2, 1)


def test_a_list_with_another_writer_goes_on_with_less() -> None:
    assert rows(TWO_WRITERS, "P") == ["X stops, certain"]
    assert without(TWO_WRITERS, "P") == {"Contact": ("X",)}


def test_a_list_starves_with_its_last_writer_and_its_readers_with_it() -> None:
    assert rows(TWO_WRITERS, "P", "Q") == [*ALL_STARVE, "Y stops, certain"]
    assert without(TWO_WRITERS, "P", "Q") == {}


def test_a_switched_off_writer_keeps_no_list_fresh() -> None:
    picture = f"""{TWO_WRITERS}
        import:Automation {{active=false}}
        import -WRITES_TO-> Contact
    """
    assert rows(picture, "P", "Q") == [*ALL_STARVE, "Y stops, certain"]


def test_a_required_writer_is_needed_by_itself() -> None:
    picture = TWO_WRITERS.replace("X -WRITES_TO-> Contact:Dataset", "X -WRITES_TO-> Contact:Dataset {required=true}")
    assert rows(picture, "P") == ["Contact starves, certain", "R starves, certain", "X stops, certain"]


def test_a_login_that_is_off_drags_others_only_when_its_holder_leaves() -> None:
    picture = """
        flow:Automation -RUNS_AS-> i:Account {outcome=stops}
        i:Account {account_type=integration active=true}
        okta:Account {active=false}
        P:Person -HAS_ACCOUNT-> okta
        i -PROVISIONED_BY-> okta
    """
    assert broken(picture) == []
    assert rows(picture, "P") == ["flow stops, certain"]


def test_a_verdict_is_as_sure_as_the_weakest_link_of_its_chain() -> None:
    picture = """
        flow:Automation -RUNS_AS-> i:Account {outcome=stops}
        i:Account {account_type=integration}
        P:Person -HAS_ACCOUNT-> okta:Account
        i -PROVISIONED_BY-> okta {outcome=cascade certainty=likely}
    """
    assert rows(picture, "P") == ["flow stops, likely"]


def test_a_workflow_with_another_trigger_goes_on_with_less() -> None:
    picture = f"""{P_AND_Q}
        hubspot:Automation -RUNS_AS-> a {{outcome=stops}}
        salesforce:Automation -RUNS_AS-> b {{outcome=stops}}
        hubspot -TRIGGERS-> workflow:Automation
        salesforce -TRIGGERS-> workflow
    """
    assert rows(picture, "P") == ["hubspot stops, certain"]
    assert without(picture, "P") == {"workflow": ("hubspot",)}


def test_each_entry_of_a_routing_rule_needs_somebody() -> None:
    picture = f"""{P_AND_Q}
        rule:Automation -ROUTES_TO-> a {{outcome=stops slot=EMEA}}
        rule -ROUTES_TO-> b {{outcome=stops slot=US}}
    """
    assert rows(picture, "P") == ["rule stops, certain"]


def test_without_named_entries_nobody_knows_whether_receivers_stand_in_for_each_other() -> None:
    picture = f"{P_AND_Q}\nrule:Automation -ROUTES_TO-> a {{outcome=stops}}\nrule -ROUTES_TO-> b {{outcome=stops}}"
    assert rows(picture, "P") == ["rule unknown, at worst stops"]


def test_a_queue_works_while_it_has_a_member() -> None:
    picture = f"""{P_AND_Q}
        a -MEMBER_OF-> queue:Group
        b -MEMBER_OF-> queue
        rule:Automation -ROUTES_TO-> queue {{outcome=stops}}
    """
    assert rows(picture, "P") == []
    assert rows(picture, "P", "Q") == ["rule stops, certain, only together"]


def test_a_rule_that_routes_to_a_queue_of_people_who_left_is_broken_already() -> None:
    picture = """
        a:Account {active=false}
        P:Person -HAS_ACCOUNT-> a
        a -MEMBER_OF-> queue:Group
        rule:Automation -ROUTES_TO-> queue {outcome=stops}
    """
    assert broken(picture) == ["rule stops"]
    assert rows(picture, "P") == []


def test_a_personal_login_with_two_holders_may_go_with_the_last_of_them() -> None:
    picture = """
        X:Automation -RUNS_AS-> a:Account {outcome=stops}
        P:Person -HAS_ACCOUNT-> a
        Q:Person -HAS_ACCOUNT-> a
    """
    assert rows(picture, "P") == []
    assert rows(picture, "P", "Q") == ["X unknown, at worst stops, only together"]
    fates = login_fates(analysis_of(picture), ("P", "Q"))
    assert ("a", "no_holder_left") in [(fate.id, fate.what.value) for fate in fates]


def test_a_shared_login_stays_and_its_password_changes() -> None:
    picture = """
        X:Automation -RUNS_AS-> a:Account {outcome=stops}
        a:Account {account_type=shared}
        P:Person -HAS_ACCOUNT-> a
    """
    assert rows(picture, "P") == []
    assert [(one.id, one.things) for one in rotations(analysis_of(picture).stack, ("P",))] == [("a", ("X",))]


def test_logins_tied_to_nobody_are_several_people_or_all_the_same_one() -> None:
    picture = """
        X:Integration -AUTHENTICATES_WITH-> t1:Grant {group=tokens}
        X -AUTHENTICATES_WITH-> t2:Grant {group=tokens}
        t1 -AUTHORIZED_BY-> a:Account {outcome=stops}
        t2 -AUTHORIZED_BY-> b:Account {outcome=stops}
    """
    found = numbers(picture, "X")
    assert (found.running, found.running_at_worst) == (2, 1)
    assert found.minimal_sets == (("anonymous/a", "anonymous/b"),)


def test_what_moves_to_a_login_is_safe_while_that_login_stays() -> None:
    picture = f"{P_AND_Q}\nX:Automation -RUNS_AS-> a {{outcome=moved moved_to=b}}"
    assert rows(picture, "P") == ["X moved, certain"]
    assert rows(picture, "P", "Q") == ["X unknown, at worst stops, only together"]


def test_a_cycle_stands_until_something_outside_breaks_it() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        A:Automation -RUNS_AS-> a {outcome=stops certainty=likely}
        A -CALLS-> B:Automation
        B -CALLS-> A
    """
    departure = left(picture, "P")
    assert rows(picture, "P") == ["A stops, likely", "B stops, likely"]
    assert {row.thing: [cause.node for cause in row.because] for row in departure.rows} == {"A": ["a"], "B": ["A"]}


def test_a_gentler_act_does_not_heal_what_a_harder_one_broke() -> None:
    picture = """
        X:Automation -RUNS_AS-> a:Account {frozen=stops/certain deactivated=survives/certain}
        a:Account {frozen=true}
        P:Person -HAS_ACCOUNT-> a
    """
    assert broken(picture) == ["X stops"]
    assert rows(picture, "P") == []


def test_the_owner_of_a_system_cares_for_what_is_in_it() -> None:
    picture = "flow:Automation -PART_OF-> org:System\norg -OWNED_BY-> P:Person"
    assert rows(picture, "P") == ["flow unowned, certain", "org unowned, certain"]
    assert numbers(picture, "flow").care == 1


def test_an_owner_whose_logins_are_all_off_cares_for_nothing() -> None:
    picture = """
        flow:Automation -OWNED_BY-> D:Person
        d:Account {active=false}
        D -HAS_ACCOUNT-> d
        flow -PART_OF-> org:System
        P:Person -HAS_ACCOUNT-> a:Account
        a -ADMINISTERS-> org
    """
    assert rows(picture, "P") == ["flow unowned, certain", "org unowned, certain"]
    assert numbers(picture, "flow").care == 1


def test_an_alarm_is_heard_while_one_of_its_receivers_is_there() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        X:Automation -NOTIFIES-> a
        X -NOTIFIES-> box:Endpoint
        box:Endpoint {mailbox=true}
        box -MAILBOX_OF-> Q:Person
    """
    assert rows(picture, "P") == []
    assert rows(picture, "P", "Q") == ["X muted, certain, only together"]


def test_an_app_that_three_hundred_people_use_stops_with_the_last_of_them() -> None:
    picture = "\n".join(
        f"""
        P{n}:Person -HAS_ACCOUNT-> a{n}:Account
        t{n}:Grant -AUTHORIZED_BY-> a{n} {{outcome=stops}}
        app:Integration -AUTHENTICATES_WITH-> t{n} {{slot=phone}}"""
        for n in range(300)
    )
    assert rows(picture, "P7") == []
    assert rows(picture, *(f"P{n}" for n in range(300))) == ["app stops, certain, only together"]


def test_of_three_feeds_two_are_needed() -> None:
    picture = f"""{P_AND_Q}
        R:Person -HAS_ACCOUNT-> c:Account
        f1:Automation -RUNS_AS-> a {{outcome=stops}}
        f2:Automation -RUNS_AS-> b {{outcome=stops}}
        f3:Automation -RUNS_AS-> c {{outcome=later}}
        X:Automation -DEPENDS_ON-> f1 {{group=feeds need=2}}
        X -DEPENDS_ON-> f2 {{group=feeds need=2}}
        X -DEPENDS_ON-> f3 {{group=feeds need=2}}
    """
    assert "X stops, certain, only together" in rows(picture, "P", "Q")
    assert "X later, certain, only together" in rows(picture, "P", "R")


def test_an_address_fails_with_the_automation_behind_it_and_its_callers_with_it() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        W:Automation -RUNS_AS-> a {outcome=later}
        address:Endpoint -SERVED_BY-> W
        S:Automation -CALLS-> address
    """
    assert rows(picture, "P") == ["S later, certain", "W later, certain", "address later, certain"]


def test_an_old_dead_token_is_no_reason_to_worry_about_the_live_one() -> None:
    picture = """
        app:Integration -AUTHENTICATES_WITH-> t1:Grant {slot=hubspot}
        app -AUTHENTICATES_WITH-> t2:Grant {slot=hubspot}
        t1 -AUTHORIZED_BY-> b:Account {outcome=stops}
        t2 -AUTHORIZED_BY-> c:Account {outcome=stops}
        c:Account {active=false}
        Q:Person -HAS_ACCOUNT-> b
        D:Person -HAS_ACCOUNT-> c
    """
    assert broken(picture) == []
    assert rows(picture, "Q") == ["app stops, certain"]
    found = numbers(picture, "app")
    assert (found.running, found.running_at_worst) == (1, 1)


def test_a_weaker_tie_makes_no_holder_beside_a_stronger_one() -> None:
    picture = """
        X:Automation -RUNS_AS-> a:Account {outcome=stops}
        Q:Person -HAS_ACCOUNT-> a
        P:Person -HAS_ACCOUNT-> a {how=inferred_name}
    """
    assert rows(picture, "Q") == ["X stops, certain"]
    assert rows(picture, "P") == []


def test_a_system_goes_on_without_its_only_writer() -> None:
    picture = """
        P:Person -HAS_ACCOUNT-> a:Account
        X:Automation -RUNS_AS-> a {outcome=stops}
        X -WRITES_TO-> org:System
    """
    assert rows(picture, "P") == ["X stops, certain"]
    assert without(picture, "P") == {"org": ("X",)}
