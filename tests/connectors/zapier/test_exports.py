"""Rows of Zapier's files, and what they come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.zapier import CONNECTOR
from connectors.zapier.exports import MEMBERS, ZAPS, item
from stackmap.declared.tables import Kind, read_table
from stackmap.errors import ConfigError
from stackmap.model import Act, Certainty, EdgeKind, Node, NodeKind, Outcome
from stackmap.sdk import NotUnderstoodError, Row
from tests.support.exports import edges, facts_of, nodes, scope_of

DANA, OLGA = "dana.okafor@example.com", "olga.petrov@example.com"
ZAP: Row = {
    "type": "Zap",
    "id": "181818",
    "name": "New leads to the CRM",
    "link": "https://zapier.com/editor/181818",
    "private": True,
}
AUTH: Row = {"type": "Auth", "id": "2727", "name": "HubSpot d.okafor", "private": True, "app": "HubSpot"}


def account(email: str) -> str:
    at = scope_of("zapier-zaps")
    return at.id(NodeKind.ACCOUNT, at.hashed(email))


def outcome(row: Row, act: Act = Act.REMOVED, **options: str) -> tuple[Outcome, Certainty, str | None]:
    found = facts_of("zapier-zaps", row, member=DANA, **options)
    edge = next(one for kind in (EdgeKind.OWNED_BY, EdgeKind.AUTHORIZED_BY) for one in edges(found, kind))
    assert edge.outcomes is not None
    judged = edge.outcomes.of(act)
    return judged.outcome, judged.certainty, edge.properties.get("moved_to")


def test_a_file_says_that_it_holds_the_things_of_one_member() -> None:
    assert ZAPS.only_of is not None
    assert ZAPS.only_of({"member": DANA}) == f"only what {DANA} built and connected; other members' Zaps are not in it"
    assert MEMBERS.only_of is None


@pytest.mark.parametrize("private", [True, False])
def test_a_zap_passes_to_the_owner_who_was_named_and_no_surer_than_the_page_whose_editions_differ(
    private: bool,
) -> None:
    zap = {**ZAP, "private": private}
    assert outcome(zap, owner=OLGA) == (Outcome.MOVED, Certainty.LIKELY, account(OLGA))
    assert outcome(zap, Act.TRANSFERRED) == (Outcome.SURVIVES, Certainty.LIKELY, None)


@pytest.mark.parametrize("private", [True, False])
def test_a_zap_passes_to_nobody_known_where_no_owner_was_named_or_it_is_the_owners_own(private: bool) -> None:
    zap = {**ZAP, "private": private}
    assert outcome(zap)[2] is None
    assert outcome(zap, owner=DANA)[2] is None


def test_the_owner_to_whom_zaps_pass_is_a_login_with_an_address_so_that_it_can_be_somebodys() -> None:
    found = facts_of("zapier-zaps", ZAP, member=DANA, owner=OLGA)
    assert nodes(found, NodeKind.ACCOUNT)[account(OLGA)]["email"] == OLGA
    assert account(OLGA) in {edge.source for edge in edges(found, EdgeKind.PART_OF)}


@pytest.mark.parametrize("options", [{}, {"owner": DANA}])
def test_without_another_owner_there_is_no_other_login(options: dict[str, str]) -> None:
    told = item(ZAP, scope_of("zapier-zaps", member=DANA, **options))
    (login,) = [fact for fact in told if fact.kind is NodeKind.ACCOUNT]
    assert login == Node(NodeKind.ACCOUNT, account(DANA), DANA, login.evidence, {"email": DANA, "login": DANA})


def test_a_private_connection_ends_later_and_a_shared_one_moves() -> None:
    assert outcome(AUTH, owner=OLGA) == (Outcome.LATER, Certainty.LIKELY, None)
    assert outcome({**AUTH, "private": False}, owner=OLGA) == (Outcome.MOVED, Certainty.CERTAIN, account(OLGA))


@pytest.mark.parametrize("act", [Act.DEACTIVATED, Act.FROZEN])
def test_what_closing_a_login_does_is_not_told(act: Act) -> None:
    assert outcome(ZAP, act)[0] is Outcome.UNKNOWN


def test_which_zap_uses_which_connection_is_not_in_the_file_and_is_not_said() -> None:
    found = facts_of("zapier-zaps", ZAP, AUTH, member=DANA)
    assert not edges(found, EdgeKind.AUTHENTICATES_WITH)


def test_the_system_says_that_members_are_removed() -> None:
    (system,) = nodes(facts_of("zapier-zaps", ZAP, member=DANA), NodeKind.SYSTEM).values()
    assert system["usual_act"] == "removed"


def test_only_zapiers_own_address_is_a_link() -> None:
    links = {
        evidence.link
        for link in ("https://zapier.com/editor/181818", "https://elsewhere.example/editor/1", "javascript:alert(1)")
        for fact in facts_of("zapier-zaps", {**ZAP, "link": link}, member=DANA)
        for evidence in fact.evidence
    }
    assert links == {"", "https://zapier.com/editor/181818"}


@pytest.mark.parametrize(
    ("row", "member", "says"),
    [
        (ZAP, "", "whose file"),
        (ZAP, "Dana", "whose file"),
        ({**ZAP, "type": "Table"}, DANA, "neither Zap nor Auth"),
        ({**ZAP, "id": "a b"}, DANA, "ID"),
    ],
)
def test_a_row_that_cannot_be_placed_is_refused_with_what_to_do(row: Row, member: str, says: str) -> None:
    with pytest.raises(NotUnderstoodError, match=says):
        facts_of("zapier-zaps", row, member=member)


def test_the_owner_and_super_admins_look_after_the_account_and_admins_only_have_a_role() -> None:
    rows = [
        {"email": f"{role.replace(' ', '.')}@example.com", "role": role}
        for role in ("owner", "super admin", "admin", "member")
    ]
    found = facts_of("zapier-members", *rows)
    carers = {edge.source for edge in edges(found, EdgeKind.ADMINISTERS)}
    assert carers == {account("owner@example.com"), account("super.admin@example.com")}
    assert len(edges(found, EdgeKind.HAS_ROLE)) == 4


def test_the_owner_cannot_be_removed() -> None:
    (owned,) = edges(facts_of("zapier-members", {"email": OLGA, "role": "Owner"}), EdgeKind.OWNED_BY)
    assert owned.outcomes is not None
    assert owned.target == account(OLGA)
    assert owned.outcomes.of(Act.REMOVED).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("status", "active", "frozen"),
    [
        ("Active", True, None),
        ("deactivated", False, None),
        ("Suspended", None, True),
        ("Invited", None, None),
        ("inactive", None, None),
        ("removed", None, None),
        ("", None, None),
    ],
)
def test_a_status_says_on_off_or_frozen_and_one_that_no_source_explains_says_nothing(
    status: str, active: bool | None, frozen: bool | None
) -> None:
    row = {"email": DANA, "role": "member", "status": status}
    (known,) = nodes(facts_of("zapier-members", row), NodeKind.ACCOUNT).values()
    assert (known.get("active"), known.get("frozen")) == (active, frozen)


def test_both_files_speak_of_one_login() -> None:
    members = facts_of("zapier-members", {"email": "Dana.Okafor@Example.com", "name": "Dana Okafor", "role": "member"})
    zaps = facts_of("zapier-zaps", ZAP, member=DANA)
    assert set(nodes(members, NodeKind.ACCOUNT)) == set(nodes(zaps, NodeKind.ACCOUNT))


def test_a_tenant_is_called_as_it_was_given() -> None:
    found = facts_of("zapier-members", {"email": DANA, "role": "member"}, tenant="emea")
    assert set(nodes(found, NodeKind.SYSTEM)) == {"zapier/emea/system/emea"}


def test_a_list_of_members_is_read_when_its_kind_is_named_and_taken_for_nothing_when_not(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text(f"Name,Email,Role,Status\nDana Okafor,{DANA},Member,Active\n", encoding="utf-8")
    kind = Kind(MEMBERS, CONNECTOR)
    assert len(read_table(file, [kind], kind=kind).rows) == 1
    with pytest.raises(ConfigError, match="no known kind of file"):
        read_table(file, [kind])
