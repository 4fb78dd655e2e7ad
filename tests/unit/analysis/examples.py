"""The worked examples of the rules of leaving, as pictures and the answers that they must give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = dict[str, Any]

AS_OF = date(2026, 11, 22)
STOPS = "{outcome=stops certainty=certain}"


@dataclass(frozen=True, slots=True)
class Check:
    """What the answer is when these persons leave. None: the example says nothing about it.

    Rows, `partial`, `already_broken`, `rotate` and `accounts` have the shapes of the machine-readable
    output, with ids in place of objects; `rows` are all rows, by thing and outcome.
    """

    leavers: tuple[str, ...]
    rows: tuple[Row, ...]
    partial: tuple[Row, ...] = ()
    already_broken: tuple[Row, ...] = ()
    rotate: tuple[Row, ...] | None = None
    accounts: tuple[Row, ...] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """`running` and `care`: of a thing, the proven number and the number at worst."""

    title: str
    picture: str
    checks: tuple[Check, ...]
    running: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    care: Mapping[str, tuple[int | str | None, int | str | None]] = field(default_factory=dict)


def row(
    thing: str,
    outcome: str,
    certainty: str | None = "certain",
    *,
    at_worst: str | None = None,
    alone: bool = True,
) -> Row:
    """One row of the answer."""
    return {
        "thing": thing,
        "outcome": outcome,
        "certainty": certainty,
        "at_worst": at_worst,
        "alone": alone,
    }


def may_stop(thing: str, *, alone: bool = True) -> Row:
    """An `unknown` row of a thing that stops at worst."""
    return row(thing, "unknown", None, at_worst="stops", alone=alone)


def broken(thing: str, outcome: str, certainty: str = "certain", at_worst: str | None = None) -> Row:
    """One entry of what is broken already."""
    return {"thing": thing, "outcome": outcome, "certainty": certainty, "at_worst": at_worst}


def without(thing: str, *lost: str) -> Row:
    """One entry of what goes on with less."""
    return {"thing": thing, "lost": list(lost)}


P_AND_Q = """
    P:Person -HAS_ACCOUNT-> a:Account
    Q:Person -HAS_ACCOUNT-> b:Account
"""
TWO_TOKENS = f"""{P_AND_Q}
    t1:Grant -AUTHORIZED_BY-> a {STOPS}
    t2:Grant -AUTHORIZED_BY-> b {STOPS}
"""
TWO_WRITERS = f"""{P_AND_Q}
    X:Automation -RUNS_AS-> a {STOPS}
    Y:Automation -RUNS_AS-> b {STOPS}
    Y -WRITES_TO-> Contact:Dataset
    R:Automation -READS_FROM-> Contact
"""
TWO_ROUTES = f"""{P_AND_Q}
    rule:Automation -ROUTES_TO-> a {{outcome=stops certainty=certain slot=EMEA}}
    rule -ROUTES_TO-> b {{outcome=stops certainty=certain slot=US}}
"""
MANY_TOKENS = "\n".join(
    f"""
    P{n}:Person -HAS_ACCOUNT-> a{n}:Account
    t{n}:Grant -AUTHORIZED_BY-> a{n} {STOPS}
    app:Integration -AUTHENTICATES_WITH-> t{n} {{slot=phone}}"""
    for n in range(300)
)
THREE_FEEDS = f"""{P_AND_Q}
    R:Person -HAS_ACCOUNT-> c:Account
    f1:Automation -RUNS_AS-> a {STOPS}
    f2:Automation -RUNS_AS-> b {STOPS}
    f3:Automation -RUNS_AS-> c {{outcome=later certainty=certain}}
    X:Automation -DEPENDS_ON-> f1 {{group=feeds need=2}}
    X -DEPENDS_ON-> f2 {{group=feeds need=2}}
    X -DEPENDS_ON-> f3 {{group=feeds need=2}}
"""
BOTH_WRITERS_LEFT = (
    row("Contact", "starves", alone=False),
    row("R", "starves", alone=False),
    row("X", "stops"),
    row("Y", "stops"),
)

EXAMPLES: dict[int, Example] = {
    1: Example(
        "each slot of a workflow needs its own token",
        f"""{TWO_TOKENS}
        workflow:Automation -AUTHENTICATES_WITH-> t1 {{slot=hubspot}}
        workflow -AUTHENTICATES_WITH-> t2 {{slot=salesforce}}
        """,
        (Check(("P",), (row("workflow", "stops"),)),),
    ),
    2: Example(
        "of two tokens in one slot nobody knows whether one suffices",
        f"""{TWO_TOKENS}
        sync:Integration -AUTHENTICATES_WITH-> t1 {{slot=hubspot}}
        sync -AUTHENTICATES_WITH-> t2 {{slot=hubspot}}
        """,
        (
            Check(("P",), (may_stop("sync"),)),
            Check(("P", "Q"), (row("sync", "stops", alone=False),)),
        ),
        running={"sync": (2, 1)},
    ),
    3: Example(
        "a list with another writer goes on with less",
        f"{TWO_WRITERS}\nX -WRITES_TO-> Contact",
        (Check(("P",), (row("X", "stops"),), partial=(without("Contact", "X"),)),),
    ),
    4: Example(
        "a list starves with its last writer, and its readers with it",
        f"{TWO_WRITERS}\nX -WRITES_TO-> Contact",
        (Check(("P", "Q"), BOTH_WRITERS_LEFT),),
        running={"Contact": (2, 2), "R": (2, 2)},
    ),
    5: Example(
        "a switched-off writer keeps no list fresh",
        f"""{TWO_WRITERS}
        X -WRITES_TO-> Contact
        import:Automation {{active=false}}
        import -WRITES_TO-> Contact
        """,
        (Check(("P", "Q"), BOTH_WRITERS_LEFT),),
    ),
    6: Example(
        "a required writer is needed by itself",
        f"{TWO_WRITERS}\nX -WRITES_TO-> Contact {{required=true}}",
        (Check(("P",), (row("Contact", "starves"), row("R", "starves"), row("X", "stops"))),),
    ),
    7: Example(
        "a login that is off already drags others only when its holder leaves",
        f"""
        flow:Automation -RUNS_AS-> i:Account {STOPS}
        i:Account {{account_type=integration active=true}}
        okta:Account {{active=false}}
        P:Person -HAS_ACCOUNT-> okta
        i -PROVISIONED_BY-> okta
        """,
        (Check((), ()), Check(("P",), (row("flow", "stops"),))),
    ),
    8: Example(
        "a verdict is as sure as the weakest link of its chain",
        f"""
        flow:Automation -RUNS_AS-> i:Account {STOPS}
        i:Account {{account_type=integration}}
        P:Person -HAS_ACCOUNT-> okta:Account
        i -PROVISIONED_BY-> okta {{outcome=cascade certainty=likely}}
        """,
        (Check(("P",), (row("flow", "stops", "likely"),)),),
    ),
    9: Example(
        "a workflow with another trigger goes on with less",
        f"""{P_AND_Q}
        hubspot:Automation -RUNS_AS-> a {STOPS}
        salesforce:Automation -RUNS_AS-> b {STOPS}
        hubspot -TRIGGERS-> workflow:Automation
        salesforce -TRIGGERS-> workflow
        """,
        (Check(("P",), (row("hubspot", "stops"),), partial=(without("workflow", "hubspot"),)),),
        running={"workflow": (2, 2)},
    ),
    10: Example(
        "each entry of a routing rule needs somebody",
        TWO_ROUTES,
        (Check(("P",), (row("rule", "stops"),)),),
    ),
    11: Example(
        "without named entries nobody knows whether the receivers stand in for each other",
        TWO_ROUTES.replace(" slot=EMEA", "").replace(" slot=US", ""),
        (Check(("P",), (may_stop("rule"),)),),
    ),
    12: Example(
        "a queue works while it has a member",
        f"{P_AND_Q}\na -MEMBER_OF-> queue:Group\nb -MEMBER_OF-> queue\nrule:Automation -ROUTES_TO-> queue {STOPS}",
        (
            Check(("P",), ()),
            Check(("P", "Q"), (row("rule", "stops", alone=False),)),
        ),
        running={"rule": (2, 2)},
    ),
    13: Example(
        "a rule that routes to a queue of people who left is broken already",
        f"""
        a:Account {{active=false}}
        P:Person -HAS_ACCOUNT-> a
        a -MEMBER_OF-> queue:Group
        rule:Automation -ROUTES_TO-> queue {STOPS}
        """,
        (Check((), (), already_broken=(broken("rule", "stops"),)),),
        running={"rule": (0, 0)},
    ),
    14: Example(
        "a personal login with two holders may go with the last of them",
        f"""
        X:Automation -RUNS_AS-> a:Account {STOPS}
        P:Person -HAS_ACCOUNT-> a
        Q:Person -HAS_ACCOUNT-> a
        """,
        (
            Check(("P",), (), rotate=({"id": "a", "things": ["X"]},), accounts=()),
            Check(
                ("P", "Q"),
                (may_stop("X", alone=False),),
                accounts=({"id": "a", "what": "no holder left", "things": ["X"]},),
            ),
        ),
        running={"X": (None, 2)},
    ),
    15: Example(
        "a shared login stays and its password changes",
        f"""
        X:Automation -RUNS_AS-> a:Account {STOPS}
        a:Account {{account_type=shared}}
        P:Person -HAS_ACCOUNT-> a
        """,
        (
            Check(
                ("P",),
                (),
                rotate=({"id": "a", "things": ["X"]},),
                accounts=({"id": "a", "what": "no holder left", "things": ["X"]},),
            ),
        ),
        running={"X": (None, None)},
    ),
    16: Example(
        "logins tied to nobody are several people, or all the same one",
        f"""
        X:Integration -AUTHENTICATES_WITH-> t1:Grant {{group=tokens}}
        X -AUTHENTICATES_WITH-> t2:Grant {{group=tokens}}
        t1 -AUTHORIZED_BY-> a:Account {STOPS}
        t2 -AUTHORIZED_BY-> b:Account {STOPS}
        """,
        (
            Check(
                (),
                (),
                accounts=(
                    {"id": "a", "what": "could be theirs", "things": ["X"]},
                    {"id": "b", "what": "could be theirs", "things": ["X"]},
                ),
            ),
        ),
        running={"X": (2, 1)},
    ),
    17: Example(
        "what moves to a login is safe while that login stays",
        f"{P_AND_Q}\nX:Automation -RUNS_AS-> a {{outcome=moved certainty=certain moved_to=b}}",
        (
            Check(("P",), (row("X", "moved"),)),
            Check(("P", "Q"), (may_stop("X", alone=False),)),
        ),
    ),
    18: Example(
        "a cycle stands until something outside breaks it",
        """
        P:Person -HAS_ACCOUNT-> a:Account
        A:Automation -RUNS_AS-> a {outcome=stops certainty=likely}
        A -CALLS-> B:Automation
        B -CALLS-> A
        """,
        (Check(("P",), (row("A", "stops", "likely"), row("B", "stops", "likely"))),),
    ),
    19: Example(
        "a gentler act does not heal what a harder one broke",
        """
        X:Automation -RUNS_AS-> a:Account {frozen=stops/certain deactivated=survives/certain}
        a:Account {frozen=true}
        P:Person -HAS_ACCOUNT-> a
        """,
        (Check(("P",), (), already_broken=(broken("X", "stops"),)),),
    ),
    20: Example(
        "the owner of a system cares for what is in it",
        "flow:Automation -PART_OF-> org:System\norg -OWNED_BY-> P:Person",
        (Check(("P",), (row("flow", "unowned"), row("org", "unowned"))),),
        running={"flow": (None, None)},
        care={"flow": (1, 1)},
    ),
    21: Example(
        "an owner whose logins are all off cares for nothing",
        """
        flow:Automation -OWNED_BY-> D:Person
        D -HAS_ACCOUNT-> d:Account
        d:Account {active=false}
        flow -PART_OF-> org:System
        P:Person -HAS_ACCOUNT-> a:Account
        a -ADMINISTERS-> org
        """,
        (Check(("P",), (row("flow", "unowned"), row("org", "unowned"))),),
        care={"flow": (1, 1)},
    ),
    22: Example(
        "an alarm is muted when it reaches nobody",
        f"""{P_AND_Q}
        alarm:Automation -NOTIFIES-> a
        alarm -NOTIFIES-> box:Endpoint
        box:Endpoint {{mailbox=true}}
        box -MAILBOX_OF-> Q
        """,
        (
            Check(("P",), ()),
            Check(("P", "Q"), (row("alarm", "muted", alone=False),)),
        ),
    ),
    23: Example(
        "an app of many people stops with the last of them only",
        MANY_TOKENS,
        (Check(("P0",), ()),),
    ),
    24: Example(
        "of three feeds two are needed, and the second best decides",
        THREE_FEEDS,
        (
            Check(("P", "Q"), (row("X", "stops", alone=False), row("f1", "stops"), row("f2", "stops"))),
            Check(("P", "R"), (row("X", "later", alone=False), row("f1", "stops"), row("f3", "later"))),
        ),
    ),
    25: Example(
        "an address fails with the automation behind it, and its callers with it",
        """
        P:Person -HAS_ACCOUNT-> a:Account
        W:Automation -RUNS_AS-> a {outcome=later certainty=certain}
        address:Endpoint -SERVED_BY-> W
        S:Automation -CALLS-> address
        """,
        (Check(("P",), (row("S", "later"), row("W", "later"), row("address", "later"))),),
        running={"S": (None, None)},
    ),
    26: Example(
        "an old dead token is no reason to worry about the live one",
        f"""
        app:Integration -AUTHENTICATES_WITH-> t1:Grant {{slot=hubspot}}
        app -AUTHENTICATES_WITH-> t2:Grant {{slot=hubspot}}
        t1 -AUTHORIZED_BY-> b:Account {STOPS}
        t2 -AUTHORIZED_BY-> c:Account {STOPS}
        c:Account {{active=false}}
        Q:Person -HAS_ACCOUNT-> b
        D:Person -HAS_ACCOUNT-> c
        """,
        (Check(("Q",), (row("app", "stops"),)),),
        running={"app": (1, 1)},
    ),
    27: Example(
        "a weaker tie makes no holder beside a stronger one",
        f"""
        X:Automation -RUNS_AS-> a:Account {STOPS}
        Q:Person -HAS_ACCOUNT-> a
        P:Person -HAS_ACCOUNT-> a {{how=inferred_name}}
        """,
        (Check(("Q",), (row("X", "stops"),)), Check(("P",), ())),
        running={"X": (1, 1)},
    ),
    28: Example(
        "a system goes on without its only writer",
        f"""
        P:Person -HAS_ACCOUNT-> a:Account
        X:Automation -RUNS_AS-> a {STOPS}
        X -WRITES_TO-> org:System
        """,
        (Check(("P",), (row("X", "stops"),), partial=(without("org", "X"),)),),
    ),
}
