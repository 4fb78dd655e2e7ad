"""What sentences come to where names, logins and keys leave room for doubt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from stackmap.app.opening import Reading
from stackmap.app.what_if.supposing import suppose
from stackmap.errors import UsageError
from stackmap.model import AccountType, EdgeKind, Outcome
from stackmap.render.supposing import supposed_lines
from tests.support.notation import notation
from tests.support.supposed import reading_of_lines


def reading_of(picture: str, names: Mapping[str, str] = MappingProxyType({})) -> Reading:
    """A picture as a reading. Everything is called by its id, where `names` says nothing else."""
    lines = notation(picture)
    for line in lines:
        if line["type"] == "node":
            line["name"] = names.get(line["id"], line["id"])
    return reading_of_lines(lines)


def holders(reading: Reading, login: str) -> list[str]:
    return [tie.person for tie in reading.stack.accounts[login].holders]


@pytest.mark.parametrize("how", ["observed", "inferred_key", "inferred_name", "declared"])
def test_a_second_holder_is_as_sure_as_the_first_and_takes_nothing_from_them(how: str) -> None:
    reading = reading_of(f"owen:Person -HAS_ACCOUNT-> a:Account {{how={how}}}\n priya:Person")
    assert holders(suppose(reading, ["priya holds a"]), "a") == ["owen", "priya"]


def test_a_login_that_is_off_or_held_already_is_told() -> None:
    reading = reading_of("owen:Person -HAS_ACCOUNT-> a:Account\n b:Account {active=false}\n priya:Person")
    assert suppose(reading, ["owen holds a"]).supposed.suppositions[0].already
    with pytest.raises(UsageError, match="b is back"):
        suppose(reading, ["priya holds b"])
    assert holders(suppose(reading, ["b is back", "priya holds b"]), "b") == ["priya"]


def test_whoever_holds_a_login_beside_somebody_is_told_of_it() -> None:
    reading = reading_of("""
        owen:Person -HAS_ACCOUNT-> a:Account {how=observed}
        ann:Person -HAS_ACCOUNT-> team:Account
        team {account_type=shared}
        nobodys:Account {account_type=human}
        priya:Person
    """)
    said = [f"priya holds {login}" for login in ("a", "team", "nobodys")]
    told = suppose(reading, said).supposed.suppositions
    assert [one.beside for one in told] == [("owen",), (), ()], "a shared one stays on as it is"


def test_without_a_holder_a_login_is_nobodys() -> None:
    reading = reading_of("owen:Person -HAS_ACCOUNT-> a:Account\n priya:Person -HAS_ACCOUNT-> a")
    assert holders(suppose(reading, ["owen no longer holds a"]), "a") == ["priya"]
    assert holders(suppose(reading, ["owen no longer holds a", "priya no longer holds a"]), "a") == []


ADMINS = """
    priya:Person -HAS_ACCOUNT-> acme/prod/account/1:Account {how=observed}
    priya -HAS_ACCOUNT-> acme/prod/account/2:Account
    priya -HAS_ACCOUNT-> acme/prod/account/team:Account
    owen:Person -HAS_ACCOUNT-> acme/prod/account/team
    acme/prod/account/1 {account_type=unknown}
    acme/prod/account/team {account_type=shared}
    acme/prod/system/prod:System
    beta/prod/system/prod:System
    loose:Automation
"""


def administrators(reading: Reading, system: str) -> list[str]:
    return [link.source for link in reading.stack.graph.into(system, EdgeKind.ADMINISTERS)]


def test_somebody_administers_with_their_own_login_and_not_with_one_that_others_hold() -> None:
    reading = suppose(reading_of(ADMINS), ["priya administers acme/prod/system/prod"])
    assert administrators(reading, "acme/prod/system/prod") == ["acme/prod/account/2"]
    owen = suppose(reading_of(ADMINS), ["owen administers acme/prod/system/prod"])
    (login,) = administrators(owen, "acme/prod/system/prod")
    assert owen.stack.accounts[login].type is AccountType.HUMAN
    assert holders(owen, login) == ["owen"]


def test_a_login_of_unknown_type_is_taken_where_there_is_no_other() -> None:
    sentences = ["priya no longer holds acme/prod/account/2", "priya administers acme/prod/system/prod"]
    assert administrators(suppose(reading_of(ADMINS), sentences), "acme/prod/system/prod") == ["acme/prod/account/1"]


def test_each_new_login_is_one_of_its_own() -> None:
    sentences = [f"{name} administers beta/prod/system/prod" for name in ("priya", "owen")]
    reading = suppose(reading_of(ADMINS), sentences)
    logins = administrators(reading, "beta/prod/system/prod")
    assert [holders(reading, login) for login in logins] == [["priya"], ["owen"]]


def test_what_lies_in_no_system_is_owned_not_administered() -> None:
    with pytest.raises(UsageError, match="lies in no system"):
        suppose(reading_of(ADMINS), ["priya administers loose"])
    reading = suppose(reading_of(ADMINS), ["priya owns loose"])
    assert [link.target for link in reading.stack.graph.out("loose", EdgeKind.OWNED_BY)] == ["priya"]
    gone = suppose(reading, ["priya no longer owns loose"])
    assert not gone.stack.graph.out("loose", EdgeKind.OWNED_BY)


def test_through_a_login_that_others_hold_nobody_stops_administering_alone() -> None:
    reading = reading_of(ADMINS + "acme/prod/account/team -ADMINISTERS-> acme/prod/system/prod")
    with pytest.raises(UsageError, match="others hold"):
        suppose(reading, ["priya no longer administers acme/prod/system/prod"])


def test_of_somebody_who_is_here_an_old_login_stays_off() -> None:
    picture = "priya:Person -HAS_ACCOUNT-> a:Account {how=observed}\n priya -HAS_ACCOUNT-> b:Account\n b {active=false}"
    reading = suppose(reading_of(picture), ["priya is back"])
    assert reading.supposed.suppositions[0].already
    assert reading.stack.accounts["b"].off


TOKENS = """
    app:Integration -AUTHENTICATES_WITH-> key:Credential {slot=acme}
    other:Integration -AUTHENTICATES_WITH-> key {slot=acme}
    flow:Automation -AUTHENTICATES_WITH-> own:Grant {slot=acme}
    flow -AUTHENTICATES_WITH-> far:Grant {slot=beta}
    key -AUTHORIZED_BY-> acme/prod/account/1:Account {deactivated=stops/certain}
    own -AUTHORIZED_BY-> acme/prod/account/1 {deactivated=later/likely}
    far -AUTHORIZED_BY-> beta/prod/account/1:Account {deactivated=stops/certain}
    dana:Person -HAS_ACCOUNT-> acme/prod/account/1
    dana -HAS_ACCOUNT-> beta/prod/account/1
    priya:Person -HAS_ACCOUNT-> acme/prod/account/2:Account
    priya -HAS_ACCOUNT-> beta/prod/account/2:Account
"""


def behind(reading: Reading, token: str) -> list[str]:
    return [link.target for link in reading.stack.graph.out(token, EdgeKind.AUTHORIZED_BY)]


def test_a_key_that_others_use_too_is_not_repointed_with_one_of_them() -> None:
    with pytest.raises(UsageError, match=r'so does other.*"key is authorised by priya"'):
        suppose(reading_of(TOKENS), ["app runs as priya"])
    assert behind(suppose(reading_of(TOKENS), ["key is authorised by priya"]), "key") == ["acme/prod/account/2"]


def test_of_several_keys_the_logins_own_product_tells_which_is_meant() -> None:
    reading = suppose(reading_of(TOKENS), ["flow runs as acme/prod/account/2"])
    assert (behind(reading, "own"), behind(reading, "far")) == (["acme/prod/account/2"], ["beta/prod/account/1"])
    with pytest.raises(UsageError, match="2 logins match"):
        suppose(reading_of(TOKENS), ["flow runs as priya"])


def test_one_token_more_ends_as_the_others_do_and_either_will_do() -> None:
    reading = suppose(reading_of(TOKENS), ["flow also runs as acme/prod/account/2"])
    analysis = reading.analysis()
    before = {row.thing: row.outcome for row in reading_of(TOKENS).analysis().leave(["priya"]).rows}
    alone = {row.thing: row.outcome for row in analysis.leave(["priya"]).rows}
    both = {row.thing: row.outcome for row in analysis.leave(["dana", "priya"]).rows}
    assert "flow" not in {**before, **alone}
    assert both["flow"] is Outcome.STOPS, "the other key stops it whoever stands behind this one"
    spared = suppose(reading, ["far is authorised by beta/prod/account/2"]).analysis()
    assert "flow" not in {row.thing for row in spared.leave(["dana"]).rows}


def test_among_several_who_get_work_nobody_is_replaced() -> None:
    reading = reading_of("""
        rule:Automation -ROUTES_TO-> a:Account {slot=x outcome=stops}
        rule -ROUTES_TO-> b:Account {slot=y outcome=stops}
        c:Account
    """)
    with pytest.raises(UsageError, match="hands work to a, b"):
        suppose(reading, ["rule hands work to c"])


def test_a_sentence_that_may_be_read_in_two_ways_is_asked_about() -> None:
    names = {"one": "leads runs as a", "two": "priya owns leads"}
    reading = reading_of(
        "priya:Person -HAS_ACCOUNT-> a:Account\n one:Automation -RUNS_AS-> a\n two:Automation -RUNS_AS-> a", names
    )
    with pytest.raises(UsageError, match="in two ways"):
        suppose(reading, ["priya owns leads runs as a"])
    told = suppose(reading, ['priya owns "leads runs as a"']).supposed.suppositions[0]
    assert (told.subject, told.object) == ("priya", "one")


@pytest.mark.parametrize(
    ("said", "verb"),
    [
        ("priya is an administrator of acme/prod/system/prod", "administers"),
        ("priya is admin of acme/prod/system/prod", "administers"),
        ("priya also administers acme/prod/system/prod.", "administers"),
        ("priya is no longer an admin of acme/prod/system/prod", "no longer administers"),
        ("priya is the owner of loose", "owns"),
    ],
)
def test_what_comes_to_the_same_is_told_the_same_way(said: str, verb: str) -> None:
    (told,) = suppose(reading_of(ADMINS), [said]).supposed.suppositions
    assert (told.subject, told.verb) == ("priya", verb)


@pytest.mark.parametrize("said", ["priya is off", "priya has left", "priya leaves."])
def test_of_a_person_who_is_off_it_is_told_how_to_ask(said: str) -> None:
    with pytest.raises(
        UsageError, match="stackmap leave priya\nTogether with somebody else: stackmap leave NAME priya"
    ):
        suppose(reading_of(ADMINS), [said])


def test_a_figure_is_no_part_of_a_name_but_may_be_a_whole_one() -> None:
    reading = reading_of("f:Automation -RUNS_AS-> a:Account\n g:Automation -RUNS_AS-> a", {"f": "Flow 1", "g": "12"})
    for said in ("-1 is off", "1 is off"):
        with pytest.raises(UsageError, match="is called"):
            suppose(reading, [said])
    assert suppose(reading, ["12 is off"]).supposed.suppositions[0].subject == "g"
    assert suppose(reading, ["flow is off"]).supposed.suppositions[0].subject == "f"


def test_a_full_stop_ends_a_sentence_unless_a_name_ends_with_it() -> None:
    reading = reading_of(
        "f:Automation -RUNS_AS-> a:Account\n g:Automation -RUNS_AS-> a", {"f": "Flow", "g": "Acme Inc."}
    )
    said = ["Flow is off.", "without Flow.", "without Acme Inc.", "Acme Inc. is off."]
    assert [suppose(reading, [one]).supposed.suppositions[0].subject for one in said] == ["f", "f", "g", "g"]


def test_the_id_to_say_instead_stands_where_the_name_stood() -> None:
    picture = "ann:Person -HAS_ACCOUNT-> x/1/account/p:Account\n ann -HAS_ACCOUNT-> x/1/account/q:Account"
    reading = reading_of(picture, {"x/1/account/p": "a", "x/1/account/q": "a"})
    with pytest.raises(UsageError, match="Say which: --with 'ann holds x/1/account/p'"):
        suppose(reading, ["ann holds a"])


def test_of_a_thing_that_signs_in_with_keys_those_are_named() -> None:
    with pytest.raises(UsageError, match=r'"other" is a thing, and signs in with "key"') as raised:
        suppose(reading_of(TOKENS), ["other is authorised by priya"])
    assert "Try: --with 'key is authorised by priya'" in str(raised.value)
    with pytest.raises(UsageError, match=r'signs in with "far" and "own"'):
        suppose(reading_of(TOKENS), ["flow is authorised by priya"])
    with pytest.raises(UsageError, match="none of the keys and consents"):
        suppose(reading_of(f"{TOKENS}\n lone:Automation"), ["lone is authorised by priya"])


OWNED = """
    acme/prod/automation/flow:Automation -OWNED_BY-> acme/prod/account/1:Account {deactivated=stops/certain}
    dana:Person -HAS_ACCOUNT-> acme/prod/account/1
    priya:Person -HAS_ACCOUNT-> acme/prod/account/2:Account
    ann:Person
    plain:Automation -OWNED_BY-> acme/prod/account/1
"""


def told_of(sentence: str) -> str:
    reading = suppose(reading_of(OWNED), [sentence])
    return " ".join(supposed_lines(reading.stack.graph, reading.supposed))


def test_where_the_platform_looks_to_its_own_owner_the_other_sentence_is_named() -> None:
    told = told_of("priya owns acme/prod/automation/flow")
    assert "in acme/prod it still belongs to acme/prod/account/1." in " ".join(told.split())
    assert '"acme/prod/automation/flow belongs to priya"' in " ".join(told.split())
    suppose(reading_of(OWNED), ["acme/prod/automation/flow belongs to priya"])


@pytest.mark.parametrize("sentence", ["priya owns plain", "dana owns acme/prod/automation/flow"])
def test_where_the_other_sentence_would_change_nothing_it_is_not_named(sentence: str) -> None:
    assert "belongs to" not in told_of(sentence)


def test_to_whoever_has_no_login_there_nothing_can_belong() -> None:
    assert "belongs to" not in told_of("ann owns acme/prod/automation/flow")
