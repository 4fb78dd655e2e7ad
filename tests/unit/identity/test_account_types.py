"""Which type a login has is judged from its own evidence, with reasons."""

import pytest

from stackmap.identity import normalise_email
from stackmap.identity.account_types import Given, Traits, judge_type
from stackmap.model import AccountType

HUMAN, ROBOT = AccountType.HUMAN, AccountType.INTEGRATION
SHARED, UNKNOWN = AccountType.SHARED, AccountType.UNKNOWN

SIGNS = {
    ("Dana Okafor", "dana.okafor@x.test"): HUMAN,
    ("Dana Okafor", "dokafor@x.test"): HUMAN,
    ("Dana Okafor", "d.okafor@x.test"): HUMAN,
    ("Dana Okafor", "danao@x.test"): HUMAN,
    ("Dana Okafor", "okafor_dana@x.test"): HUMAN,
    ("Dana Okafor", "dana@x.test"): HUMAN,
    ("Dana Okafor", "dana.okafor2@x.test"): HUMAN,
    ("Zoë Müller-Lüdenscheidt", "zoe.muller-ludenscheidt@x.test"): HUMAN,
    ("Siobhán O’Brien", "sobrien@x.test"): HUMAN,
    ("Ana María de la Cruz", "ana.cruz@x.test"): HUMAN,
    ("Lena Bot", "lena.bot@x.test"): UNKNOWN,
    ("Dana Okafor", "ravi.menon@x.test"): UNKNOWN,
    ("Dana", "dana@x.test"): UNKNOWN,
    ("", ""): UNKNOWN,
    ("山田 太郎", "t.yamada@x.test"): UNKNOWN,
    ("svc-salesforce", ""): ROBOT,
    ("svc_sync", "dana.okafor@x.test"): ROBOT,
    ("Dana (API)", "dana@x.test"): ROBOT,
    ("Api User", "api.user@x.test"): ROBOT,
    ("HubSpot Integration", "hs-integration@x.test"): ROBOT,
    ("No Reply", "no-reply@x.test"): ROBOT,
    ("n8n Bot", "n8n@x.test"): ROBOT,
    ("Integration User", "d.okafor@x.test"): ROBOT,
    ("Capi Servicewala", "capi.servicewala@x.test"): HUMAN,
    ("Marketing", "marketing@x.test"): SHARED,
    ("Dana Okafor", "marketing@x.test"): SHARED,
    ("Demand", "marketing.emea@x.test"): SHARED,
    ("Growth", "growth-team@x.test"): SHARED,
    ("Info", "info@x.test"): SHARED,
}


@pytest.mark.parametrize(("signs", "expected"), SIGNS.items(), ids=[" ".join(signs) for signs in SIGNS])
def test_name_and_address_tell_the_type(signs: tuple[str, str], expected: AccountType) -> None:
    name, email = signs
    judged = judge_type(Traits({name} - {""}, {normalise_email(email)} - {""}))
    assert judged.type is expected
    assert judged.reasons
    assert all(judged.reasons)


def test_what_is_declared_outweighs_everything() -> None:
    traits = Traits({"svc-sync"}, declared=[Given(HUMAN, "declared")], observed=[Given(ROBOT, "crm says")])
    assert judge_type(traits).type is HUMAN
    assert judge_type(traits).reasons == ("declared: human",)


def test_what_the_system_says_outweighs_the_signs() -> None:
    assert judge_type(Traits({"svc-sync"}, observed=[Given(HUMAN, "crm says")])).type is HUMAN


def test_a_system_that_does_not_know_leaves_it_to_the_signs() -> None:
    assert judge_type(Traits({"svc-sync"}, observed=[Given(UNKNOWN, "crm says")])).type is ROBOT


def test_sources_that_differ_leave_it_unknown_and_are_both_named() -> None:
    judged = judge_type(Traits(observed=[Given(HUMAN, "crm says"), Given(ROBOT, "directory says")]))
    assert judged.type is UNKNOWN
    assert judged.reasons == ("the sources differ: crm says: human but directory says: integration",)


ADDRESSES = {
    " D.Okafor@Larkfield.TEST ": "d.okafor@larkfield.test",
    "d.okafor+ads@larkfield.test": "d.okafor@larkfield.test",
    "d.okafor@larkfield.co.test": "d.okafor@larkfield.test",
    "\uff44@larkfield.test": "d@larkfield.test",
    "+tag@larkfield.test": "+tag@larkfield.test",
    "dana": "",
    "@larkfield.test": "",
    "dana@": "",
    "dana@larkfield": "",
}


@pytest.mark.parametrize(("written", "expected"), ADDRESSES.items(), ids=ADDRESSES)
def test_addresses_have_one_spelling(written: str, expected: str) -> None:
    assert normalise_email(written, {"larkfield.co.test": "larkfield.test"}) == expected


def test_what_is_no_text_is_no_address() -> None:
    assert normalise_email(None) == ""
