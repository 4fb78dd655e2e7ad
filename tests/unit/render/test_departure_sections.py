"""What an answer about leavers tells beside outcomes: what is open already, mail, heirs, tokens, administrators."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from stackmap.analysis import Analysis, Leaving
from stackmap.app.leaving import departure_report
from stackmap.render.departure import departure_json
from stackmap.render.departure_text import departure_text
from stackmap.render.words import MAILED
from tests.support.stacks import case_of

TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
OWEN = """
    owen:Person {active=false left_on=2026-09-30}
    owen -HAS_ACCOUNT-> sf/acme/account/1:Account
    sf/acme/account/1:Account {active=true}
    load:Automation -OWNED_BY-> owen {how=declared}
    sf/acme/account/1 -PART_OF-> sf/acme/system/acme:System
"""


def told(picture: str, *people: str, **more: Any) -> tuple[str, Any]:
    """The text in one line, and the JSON."""
    shown = departure_report(case_of(picture, **more).analysis, people, "usual", 1, TAKEN)
    return " ".join(departure_text(shown).split()), json.loads(departure_json(shown))


def test_what_is_open_because_somebody_has_left_is_told_before_anything_else_and_nothing_sounds_like_an_all_clear() -> (
    None
):
    text, document = told(OWEN, "owen", names={"owen": "Owen Brandt"})
    assert "Owen Brandt has left. If whatever is still on of theirs went off, too (certain" in text
    assert "open because of it already: 2 findings, 2 high (below)" in text
    assert "OPEN ALREADY: Owen Brandt has left (2) OO08 high · load is owned by Owen Brandt, who has left OO11" in text
    assert "Nothing more that was read would stop" in text
    assert "Nothing that was read would" not in text
    assert "Next: stackmap explain OO08, OO11 how to close what is open already" in text
    (left,) = document["left_already"]
    assert (left["id"], [one["code"] for one in left["open"]]) == ("owen", ["OO08", "OO11"])


def test_nothing_open_of_somebody_who_has_left_is_no_all_clear_where_the_rules_could_not_look() -> None:
    text, _ = told("kim:Person {active=false}\nx:Automation -PART_OF-> crm:System", "kim")
    assert "open because of it already: no finding (below)" in text
    assert "that is no all-clear: these rules could not be judged in full in 1 system" in text
    assert "stackmap explain" not in text


def test_of_leavers_of_whom_some_are_here_the_question_is_as_ever() -> None:
    text, document = told(f"{OWEN}\nann:Person -HAS_ACCOUNT-> a:Account", "ann", "owen")
    assert "If ann, owen left (certain" in text
    assert "OPEN ALREADY: owen has left" in text
    assert [one["id"] for one in document["left_already"]] == ["owen"]
    assert "OPEN ALREADY" not in told(OWEN.replace("active=false left_on=2026-09-30", ""), "owen")[0]


MAIL = """
    ann:Person {email=ann@acme.test}
    load:Automation -RUNS_AS-> robot:Account {outcome=stops certainty=certain}
    robot:Account {account_type=integration email=ann@acme.test}
    robot -PART_OF-> crm:System
"""


def test_logins_whose_mail_goes_to_a_leaver_are_named_with_what_hangs_on_them() -> None:
    text, document = told(MAIL, "ann")
    assert f"Mail of these logins goes to them ({MAILED}): robot in crm (load)" in text
    assert document["mail"] == [{"id": "robot", "name": "robot", "system": "crm", "to": "ann", "things": ["load"]}]


def test_the_mail_of_a_login_that_goes_off_with_them_is_nobodys_worry() -> None:
    dragged = f"{MAIL}\nann -HAS_ACCOUNT-> a:Account\nrobot -PROVISIONED_BY-> a"
    text, document = told(dragged, "ann")
    assert document["mail"] == []
    assert "Mail of" not in text


HANDS = """
    ann:Person -HAS_ACCOUNT-> a:Account
    bea:Person -HAS_ACCOUNT-> b:Account
    zap:Automation -OWNED_BY-> a {outcome=moved certainty=likely HEIR}
"""


@pytest.mark.parametrize(
    ("heir", "says"),
    [("moved_to=b", "Bea Roux"), ("", "somebody else: to whom is not said"), ("moved_to=spare", "spare")],
)
def test_what_changes_hands_says_to_whom(heir: str, says: str) -> None:
    picture = f"{HANDS.replace('HEIR', heir)}\nspare:Account {{account_type=integration}}"
    text, document = told(picture, "ann", names={"bea": "Bea Roux"})
    assert f"the platform hands it to {says} fix:" in text
    (row,) = [row for row in document["outcomes"] if row["outcome"] in {"moved", "unknown"}]
    assert row["moved_to"] == ([heir.partition("=")[2]] if heir else [])


def test_what_passes_to_somebody_who_leaves_too_does_not_hang_on_their_login_before() -> None:
    text, document = told(HANDS.replace("HEIR", "moved_to=b"), "ann", "bea")
    assert "belongs to ann's login a [picture facts, 22 Nov] the platform hands it to bea, who leaves, too" in text
    assert "belongs to bea" not in text
    (row,) = [row for row in document["outcomes"] if row["outcome"] == "unknown"]
    assert {cause["cause"] for cause in row["because"]} == {"a", "b"}


def test_what_changes_hands_is_told_in_full_once_and_stays_counted_where_nobody_is_left_to_care() -> None:
    text, document = told(HANDS.replace("HEIR", "moved_to=b"), "ann")
    section = text[text.index("RUNS ON, NOBODY LEFT TO CARE") :]
    assert section.startswith("RUNS ON, NOBODY LEFT TO CARE (1) zap · changes hands, above fix: name an owner")
    assert "1 runs on with nobody left to care" in text
    assert {row["outcome"] for row in document["outcomes"]} == {"moved", "unowned"}


def test_what_may_stop_is_told_in_full_once_too() -> None:
    picture = f"{HANDS.replace('HEIR', 'moved_to=b')}\nlone:Automation -OWNED_BY-> ann {{how=declared}}"
    text, document = told(picture, "ann", "bea")
    below = text[text.index("RUNS ON, NOBODY LEFT TO CARE") :]
    assert "MAY STOP, NOT KNOWN FOR SURE (1) zap · at worst it would stop, only together belongs to ann's login" in text
    assert below.startswith(
        "RUNS ON, NOBODY LEFT TO CARE (2) lone belongs to ann [declared] fix: name an owner in stack.yaml and "
        "give a second person access zap · may stop, above fix: name an owner in stack.yaml"
    )
    assert "2 run on with nobody left to care" in text
    assert sorted(row["outcome"] for row in document["outcomes"]) == ["unknown", "unowned", "unowned"]


def test_a_thing_that_is_not_shown_above_is_told_in_full() -> None:
    """Of fifteen that change hands a dozen are shown; six have another owner, so the last three are only below."""
    many = [f"zap{number:02}:Automation -OWNED_BY-> a {{outcome=moved moved_to=b}}" for number in range(14)]
    cared = [f"zap{number:02} -OWNED_BY-> bea {{how=declared}}" for number in range(6)]
    text, _ = told("\n".join([HANDS.replace("HEIR", "moved_to=b"), *many, *cared]), "ann")
    section = text[text.index("RUNS ON, NOBODY LEFT TO CARE (9)") :]
    assert re.findall(r"(zap\d*) · changes hands, above", section) == ["zap", *(f"zap{n:02}" for n in range(6, 11))]
    assert re.findall(r"(zap\d*) belongs to ann", section) == ["zap11", "zap12", "zap13"]


def test_a_connection_that_passes_to_somebody_who_leaves_too_says_so() -> None:
    picture = f"{HANDS.replace('HEIR', '')}\nkey:Grant -AUTHORIZED_BY-> a {{outcome=moved moved_to=b}}"
    text, document = told(picture, "ann", "bea")
    assert "was authorised by ann's login a [picture facts, 22 Nov] the platform hands it to bea, who leaves" in text
    assert [row["moved_to"] for row in document["tokens"]] == [["b"]]


def test_what_ends_while_no_list_says_what_uses_it_is_told_with_its_source() -> None:
    picture = "ann:Person -HAS_ACCOUNT-> a:Account\nzoom:Grant -AUTHORIZED_BY-> a {outcome=later certainty=likely}"
    text, document = told(picture, "ann")
    assert "1 key or connection ends (likely) zoom" in text
    assert (
        "KEYS AND CONNECTIONS THAT END, NO LIST SAYS WHAT USES THEM (1) zoom · stops later · likely "
        "was authorised by ann's login a [picture facts, 22 Nov] fix: find out what uses it"
    ) in text
    assert "Nothing more that was read would stop" in text
    (row,) = document["tokens"]
    assert (row["thing"]["id"], row["outcome"], row["certainty"]) == ("zoom", "later", "likely")
    assert row["fix"].startswith("find out what uses it")
    assert document["via"]["a"]["because"][0]["cause"] == "ann"


@pytest.mark.parametrize(
    ("others", "heading", "counted"),
    [
        ("", "THAT MAY END,", "1 key or connection may end zoom"),
        ("last:Grant -AUTHORIZED_BY-> a {outcome=stops}", "THAT END OR MAY END,", "2 keys or connections end or may"),
    ],
)
def test_what_only_may_end_is_not_said_to_end(others: str, heading: str, counted: str) -> None:
    text, _ = told(
        f"ann:Person -HAS_ACCOUNT-> a:Account\nzoom:Grant -AUTHORIZED_BY-> a {{outcome=unknown}}\n{others}", "ann"
    )
    assert f"KEYS AND CONNECTIONS {heading} NO LIST" in text
    assert counted in text


def test_of_a_thing_that_goes_on_with_less_it_is_told_what_would_be_if_it_stopped_altogether() -> None:
    picture = """
        ann:Person -HAS_ACCOUNT-> a:Account
        upload:Integration -RUNS_AS-> a {outcome=stops certainty=certain}
        upload -WRITES_TO-> ads:System
    """
    text, _ = told(picture, "ann", properties={"ads": {"means": "paid search runs blind"}})
    assert "ads goes on without upload if it stopped altogether: paid search runs blind" in text


def test_what_a_thing_means_to_the_business_is_no_consequence_where_the_thing_goes_on() -> None:
    picture = """
        ann:Person -HAS_ACCOUNT-> a:Account
        stops:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
        lasts:Automation -RUNS_AS-> a {outcome=survives certainty=certain}
        blocks:Automation -ROUTES_TO-> a {outcome=refused certainty=certain}
        passes:Automation -RUNS_AS-> a {outcome=moved certainty=certain moved_to=b}
        bob:Person -HAS_ACCOUNT-> b:Account
        cares:Automation -OWNED_BY-> ann {how=declared}
        quiet:Automation -NOTIFIES-> a
    """
    names = ("stops", "lasts", "blocks", "passes", "cares", "quiet")
    text, _ = told(picture, "ann", properties={name: {"means": f"no {name} work"} for name in names})
    assert "stops no stops work runs as" in text
    assert [name for name in names if f"if it stopped: no {name} work" in text] == list(names[1:])


def test_whoever_changes_roles_has_not_left() -> None:
    picture = "ann:Person -HAS_ACCOUNT-> a:Account\nbob:Person\nx:Automation -RUNS_AS-> a {outcome=stops}"
    analysis = case_of(picture).analysis
    shown = departure_report(Analysis(analysis.stack, Leaving(moving=True)), ["ann", "bob"], "changes-role", 1, TAKEN)
    text = " ".join(departure_text(shown).split())
    assert "If ann, bob changed roles and kept their logins (certain" in text
    assert "left (certain" not in text
    assert "without these logins" not in text


ADMINS = """
    ann:Person -HAS_ACCOUNT-> crm/acme/account/1:Account
    crm/acme/account/1 -PART_OF-> crm/acme/system/acme:System
    ann -HAS_ACCOUNT-> mail/acme/account/1:Account
    mail/acme/account/1 -PART_OF-> mail/acme/system/acme:System
    other/acme/system/acme:System
"""


def test_of_systems_in_which_a_login_goes_off_it_is_said_where_nobody_knows_who_administers_them() -> None:
    read = "coverage crm/acme {inventory=admins kinds=ADMINISTERS}"
    text, document = told(f"{ADMINS}\n{read}", "ann")
    assert "ADMINISTRATORS not known for mail/acme/system/acme: no list that was read in full says" in text
    assert document["administrators"] == {"changes": [], "not_known": ["mail/acme/system/acme"], "known_in_part": []}
    both = f"{ADMINS}\n{read}\n{read.replace('crm/', 'mail/').replace('admins', 'mail-admins')}"
    assert "ADMINISTRATORS" not in told(both, "ann")[0]


def test_a_system_of_which_it_is_known_who_is_left_is_not_called_unknown() -> None:
    picture = f"{ADMINS}\ncrm/acme/account/1 -ADMINISTERS-> crm/acme/system/acme"
    _, document = told(picture, "ann")
    (change,) = document["administrators"]["changes"]
    assert (change["system"], change["before"], change["after"]) == ("crm/acme/system/acme", ["ann"], [])
    assert document["administrators"]["not_known"] == ["mail/acme/system/acme"]
