"""Which type a login has is judged from its own evidence, with reasons; no single word makes a robot of a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackmap.identity.account_types import Traits, TypeJudgement, judge_type
from stackmap.model import (
    AccountType,
    normalise_email,
)

HUMAN, ROBOT = AccountType.HUMAN, AccountType.INTEGRATION
SHARED, UNKNOWN = AccountType.SHARED, AccountType.UNKNOWN

PRODUCTS = frozenset({"hubspot", "zapier"})
NOTES = "your notes give its address to a person"

PERSONS = [
    ("山田 太郎", "t.yamada@x.test"),
    ("dana.okafor@x.test", "dana.okafor@x.test"),
    ("dana.okafor", "dana.okafor@x.test"),
    ("Dana", "dana@x.test"),
    ("Dana Okafor", "dana.okafor@x.test"),
    ("Dana Okafor", "dokafor@x.test"),
    ("Dana Okafor", "d.okafor@x.test"),
    ("Dana Okafor", "danao@x.test"),
    ("Dana Okafor", "okafor_dana@x.test"),
    ("Dana Okafor", "okafor.d@x.test"),
    ("Dana Okafor", "dana@x.test"),
    ("Dana Okafor", "dana+crm@x.test"),
    ("Dana Okafor", "dana.okafor2@x.test"),
    ("Dana Okafor", "dana@okafor.test"),
    ("Okafor, Dana", "d.okafor@x.test"),
    ("D. Okafor", "d.okafor@x.test"),
    ("Dana Okafor (Marketing Automation)", "dana.okafor@x.test"),
    ("Dana Okafor - Customer Service", "dana.okafor@x.test"),
    ("Dana Okafor – API Lead", "dana.okafor@x.test"),
    ("Dana Okafor | Integrations", "d.okafor@x.test"),
    ("Dana Okafor, Senior Integration Engineer", "d.okafor@x.test"),
    ("Marketing Automation Manager Dana Okafor", "d.okafor@x.test"),
    ("(Sales) Dana Okafor", "d.okafor@x.test"),
    ("Team Lead Jane Doe", "jane.doe@x.test"),
    ("Dr. Jane Doe", "jdoe@x.test"),
    ("Zoë Müller-Lüdenscheidt", "zoe.muller-ludenscheidt@x.test"),
    ("Zoë Müller", "z.mueller@x.test"),
    ("Zoe\u0308 Mu\u0308ller", "z.muller@x.test"),
    ("Søren Ørsted", "soren.orsted@x.test"),
    ("Łukasz Wałęsa", "l.walesa@x.test"),
    ("Siobhán O’Brien", "sobrien@x.test"),
    ("Ana María de la Cruz", "ana.cruz@x.test"),
    ("Jean-Luc Picard", "jl.picard@x.test"),
    ("Jean-Luc Picard", "jlpicard@x.test"),
    ("Nguyễn Thị Hương", "huong.nguyen@x.test"),
    ("Capi Servicewala", "capi.servicewala@x.test"),
    ("Priya Raghunathan", "praghunathan@x.test"),
    ("Oluwaseun Adebayo", "adebayo.oluwaseun@x.test"),
]

ROBOTS = [
    ("Dana Integration", "d.integration@x.test"),
    ("HubSpot Integration", "hs-integration@x.test"),
    ("HubSpot Sync", "hubspot-sync@x.test"),
    ("Dana Okafor", "svc-crm@x.test"),
    ("Dana", "api.dana@x.test"),
    ("API Dana", "api.dana@x.test"),
    ("Zapier", "zapier@x.test"),
    ("svc-salesforce", ""),
    ("svc_hubspot", "svc_hubspot@x.test"),
    ("svc_sync", "ops.sync@x.test"),
    ("svc_sync", "dana.okafor@x.test"),
    ("svc-dana-okafor", "svc-dana-okafor@x.test"),
    ("", "svc-dana@x.test"),
    ("Api User", "api.user@x.test"),
    ("API", ""),
    ("ApiUser", ""),
    ("No Reply", "no-reply@x.test"),
    ("", "noreply@x.test"),
    ("", "donotreply@x.test"),
    ("n8n Bot", "n8n@x.test"),
    ("Integration User", "d.okafor@x.test"),
    ("Automated Process", ""),
    ("Lead Sync", "lead-sync@x.test"),
    ("System", ""),
    ("Service Account", "service-account@x.test"),
    ("X Automation", "automation@x.test"),
    ("Zapier", "api@x.test"),
    ("Marketing Sync", "marketing-sync@x.test"),
    ("Dana (API)", "dana@x.test"),
]

SHARED_ONES = [
    ("Marketing", "marketing@x.test"),
    ("Marketing Automation", "marketing@x.test"),
    ("Larkfield Marketing", "marketing@larkfield.test"),
    ("Demand", "marketing.emea@x.test"),
    ("Growth", "growth-team@x.test"),
    ("Customer Service", "service@x.test"),
    ("Info", "info@x.test"),
    ("", "marketing@x.test"),
    ("", "integration-team@x.test"),
    ("svc-mail", "marketing@x.test"),
    ("Campaign Console", "mktadmin@x.test"),
    ("System Administrator", "sysadmin@x.test"),
]

UNDECIDED = [
    ("", ""),
    ("Dana Okafor", "ravi.menon@x.test"),
    ("Campaign Console", "campaign.console@x.test"),
    ("山田太郎", "api@x.test"),
    ("प्रिया शर्मा", "bot@x.test"),
    ("Lena Bot", "lena.bot@x.test"),
    ("Robin Service", "robin.service@x.test"),
    ("Robin Service", "service@x.test"),
    ("Ana Marketing", "a.marketing@x.test"),
    ("Jo Press", "press@x.test"),
    ("Lena Bot", "bot.lena@x.test"),
    ("API Dana", ""),
    ("API Dana", "dana@x.test"),
    ("svc Dana Okafor", "d.okafor@x.test"),
    ("Dana Okafor", "api@x.test"),
    ("Dana Okafor", "marketing@x.test"),
    ("Dana Okafor", "dana.okafor.team@x.test"),
    ("Integration Manager", "integration.manager@x.test"),
    ("Integration Manager", "integration@x.test"),
    ("Marketing Automation", "d.okafor@x.test"),
    ("Business Systems", "d.okafor@x.test"),
]

TABLE = [
    *((*signs, HUMAN) for signs in PERSONS),
    *((*signs, ROBOT) for signs in ROBOTS),
    *((*signs, SHARED) for signs in SHARED_ONES),
    *((*signs, UNKNOWN) for signs in UNDECIDED),
]

OF_SOMEBODY = {
    ("Dana", "dana@x.test"): HUMAN,
    ("山田 太郎", "t.yamada@x.test"): HUMAN,
    ("Robin Service", "robin.service@x.test"): HUMAN,
    ("Lena Bot", "lena.bot@x.test"): HUMAN,
    ("tyler.robot@x.test", "tyler.robot@x.test"): HUMAN,
    ("Tyler Robot", "r.menon@x.test"): ROBOT,
    ("Jo Press", "press@x.test"): HUMAN,
    ("Ana Marketing", "a.marketing@x.test"): HUMAN,
    ("Marketing", "marketing@x.test"): HUMAN,
    ("Dana Okafor", "dana.okafor.team@x.test"): HUMAN,
    ("Campaign Console", "d.okafor@x.test"): HUMAN,
    ("", "d.okafor@x.test"): HUMAN,
    ("Dana Okafor", "dana.okafor.sync@x.test"): UNKNOWN,
    ("API Dana", "dana@x.test"): UNKNOWN,
    ("Dana Okafor (API)", "dana.okafor@x.test"): ROBOT,
    ("Integration User", "d.okafor@x.test"): ROBOT,
    ("svc-sync", "d.okafor@x.test"): ROBOT,
    ("", "noreply@x.test"): UNKNOWN,
    ("svc-sync", "svc-sync@x.test"): UNKNOWN,
}


def judged(name: str, email: str, places: frozenset[str] = frozenset(), persons: str = "") -> TypeJudgement:
    """The judgement about a login of this name and address. `persons`: why the address is somebody's."""
    traits = Traits({name} - {""}, {normalise_email(email)} - {""}, persons={persons} - {""})
    return judge_type(traits, places)


@pytest.mark.parametrize(("name", "email", "expected"), TABLE, ids=[f"{name} {email}" for name, email, _ in TABLE])
def test_name_and_address_tell_the_type(name: str, email: str, expected: AccountType) -> None:
    judgement = judged(name, email)
    assert judgement.type is expected
    assert judgement.reasons
    assert all(judgement.reasons)


@pytest.mark.parametrize(("signs", "expected"), OF_SOMEBODY.items(), ids=[" ".join(signs) for signs in OF_SOMEBODY])
def test_an_address_that_is_somebodys_makes_no_person_of_what_is_called_a_program(
    signs: tuple[str, str], expected: AccountType
) -> None:
    judgement = judged(*signs, persons=NOTES)
    assert judgement.type is expected
    assert judgement.reasons[0] == NOTES or expected is ROBOT


MAY_BE_SOMEBODYS = [(name, email) for name, email, _ in TABLE if email and judged(name, "", PRODUCTS).type is not ROBOT]


@pytest.mark.parametrize(("name", "email"), MAY_BE_SOMEBODYS, ids=map(" ".join, MAY_BE_SOMEBODYS))
def test_a_login_whose_name_may_be_somebodys_is_not_taken_from_whom_its_address_is_given_to(
    name: str, email: str
) -> None:
    assert judged(name, email, persons=NOTES).type in {HUMAN, UNKNOWN}
    assert judged(name, email, PRODUCTS, NOTES).type in {HUMAN, UNKNOWN}


PIECES = st.sampled_from(
    ["Dana", "Okafor", "API", "svc", "bot", "Press", "lead", "-", " - ", ".", "(", ")", " ", "7", "é"]
)
TEXTS = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=8).map("".join))


@given(st.sets(TEXTS, max_size=2), st.sets(TEXTS.map(lambda local: normalise_email(f"{local}@x.test")), max_size=2))
def test_whatever_it_is_called_a_list_of_people_makes_no_shared_login(names: set[str], emails: set[str]) -> None:
    assert judge_type(Traits(names, emails - {""})).reasons
    assert judge_type(Traits(names, emails - {""}, persons={NOTES})).type in {HUMAN, UNKNOWN, ROBOT}
    assert judge_type(Traits(names, emails - {""}, signed_in={NOTES})).type in {HUMAN, UNKNOWN}


@pytest.mark.parametrize("words", ["dana okafor", "okafor dana", "dana  okafor"])
@pytest.mark.parametrize("also", ["Service", "Automation", "- Integrations", "Press", "(Process)"])
def test_no_word_beside_a_first_and_a_last_name_makes_a_robot_or_a_shared_login(words: str, also: str) -> None:
    for name in (f"{words} {also}", f"{also} {words}"):
        for local in ("dana.okafor", "d.okafor", "marketing"):
            assert judged(name.title(), f"{local}@x.test", PRODUCTS).type in {HUMAN, UNKNOWN}, (name, local)
        for local in ("api", "svc-crm", "hubspot-sync", "noreply"):
            assert judged(name.title(), f"{local}@x.test", PRODUCTS).type in {ROBOT, UNKNOWN}, (name, local)


@pytest.mark.parametrize("words", ["dana okafor", "okafor dana", "dana"])
@pytest.mark.parametrize("mark", ["API", "Sync", "(Bot)", "- svc", "Integration User", "- token", "[Connector]"])
def test_a_mark_behind_a_name_makes_no_person_of_what_is_called_after_them(words: str, mark: str) -> None:
    for local in ("dana.okafor", "d.okafor", "marketing", "api", "svc-crm"):
        assert judged(f"{words} {mark}".title(), f"{local}@x.test").type in {ROBOT, UNKNOWN}
    assert judged(f"{words} {mark}".title(), "d.okafor@x.test").type is ROBOT
    assert judged(f"{words} {mark}".title(), "d.okafor@x.test", persons=NOTES).type is ROBOT
    assert judged(f"{mark} {words}".title(), "dana.okafor@x.test").type in {ROBOT, UNKNOWN}


@pytest.mark.parametrize(
    ("name", "email"),
    [("Postbird Sync", "postbird-sync@x.test"), ("", "postbird-sync@x.test"), ("Postbird Bot", "postbird@x.test")],
)
def test_what_is_called_after_a_product_of_the_stack_is_called_after_nobody(name: str, email: str) -> None:
    assert judged(name, email).type in {UNKNOWN, ROBOT}
    assert judged(name, email, frozenset({"postbird"})).type is ROBOT


def test_a_product_that_is_called_like_somebody_makes_no_robot_of_them() -> None:
    assert judged("Robin Slack", "r.slack@x.test", frozenset({"slack"})).type is HUMAN
    assert judged("Robin Slack", "slack.sync@x.test", frozenset({"slack"})).type is UNKNOWN


def test_where_signs_differ_both_sides_are_told() -> None:
    assert judged("Dana Okafor", "api@x.test").reasons == (
        "its name may be a first and a last name",
        "one of its names is a given name",
        "its address holds the word 'api'",
    )
    assert judged("Jo Press", "press@x.test").reasons == (
        "it has a first and a last name, and an address made of them",
        "its address is a role mailbox ('press')",
        "its name holds the word 'press', which may say what it is",
    )


def test_reasons_quote_no_word_that_may_be_somebodys_name() -> None:
    names = {"dana", "okafor", "jane", "doe", "robin", "lena", "yamada"}
    for name, email, _ in TABLE:
        said = " ".join(judged(name, email).reasons).casefold()
        assert not any(f"'{word}" in said or f"{word}'" in said for word in names)
