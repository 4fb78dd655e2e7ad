"""What people fill in about what no system tells: one row in, facts out."""

from __future__ import annotations

from datetime import date

import pytest

from stackmap.declared.tables.notes.products import product_called, product_names
from stackmap.errors import ConnectorError
from stackmap.model import Act, Certainty, EdgeKind, Evidence, How, Node, NodeKind, Outcome, build_graph
from stackmap.sdk import NotUnderstoodError, Row, from_files
from tests.support.exports import EVERY, PRODUCTS, edges, example_row, facts_of, joined, nodes

DANA = "Dana Okafor <dana.okafor@example.com>"
BARE = "dana.okafor@example.com"
ADS: Row = {
    "platform": "LinkedIn Ads",
    "account_id": "507",
    "connected_by": DANA,
    "connected_on": date(2026, 3, 1),
    "expires_on": date(2027, 3, 1),
    "connected_to": ("HubSpot",),
}
SHEET: Row = {"name": "Territories", "where": "Google Sheets", "feeds": ("Salesforce",), "refreshed_by": DANA}
SCRIPT: Row = {
    "name": "Upload",
    "runs_where": "Google Apps Script",
    "runs_as": DANA,
    "to": ("Salesforce",),
    "owner": BARE,
}
READ = (Evidence("sf", "organization"),)
CRM = Node(NodeKind.SYSTEM, "salesforce/acme/system/acme", "Salesforce (Acme)", READ)


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("Google Ads", "google-ads"),
        ("google_ads ", "google-ads"),
        ("AdWords", "google-ads"),
        ("Facebook Ads", "meta-ads"),
        ("Salesforce", "salesforce"),
        ("Adobe Marketo Engage", "marketo"),
        ("HubSpot", "hubspot"),
        ("n8n", "n8n"),
        ("\uff21\uff44\uff53", "ads"),
        ("Größe 7", "grösse-7"),
    ],
)
def test_a_product_is_known_by_what_people_call_it(name: str, product: str) -> None:
    assert product_called(name, PRODUCTS) == product


def test_a_connector_says_itself_what_people_call_its_product() -> None:
    foreign = from_files("acme-crm", "acme", "Acme", (), usual_act=Act.REMOVED, also_called=("The Old CRM",))
    assert product_called("the old crm", product_names([foreign])) == "acme"
    assert product_called("the old crm", {}) == "the-old-crm"


def test_a_name_that_two_connectors_claim_is_an_error_that_names_it() -> None:
    two = [from_files(name, name, name, (), usual_act=Act.REMOVED, also_called=("SFDC",)) for name in ("a", "b")]
    with pytest.raises(ConnectorError, match="two products are called SFDC"):
        product_names(two)


def test_an_ads_connection_lasts_until_it_has_to_be_renewed_and_no_more_is_claimed() -> None:
    (consent,) = edges(facts_of("ads-accounts", ADS), EdgeKind.AUTHORIZED_BY)
    assert consent.outcomes is not None
    assert {consent.outcomes.of(act) for act in Act} == {consent.outcomes.of(Act.REMOVED)}
    assert consent.outcomes.of(Act.REMOVED).outcome is Outcome.LATER
    assert consent.outcomes.of(Act.REMOVED).certainty is Certainty.POSSIBLE


def test_the_day_on_which_a_connection_ends_is_kept() -> None:
    (grant,) = nodes(facts_of("ads-accounts", ADS), NodeKind.GRANT).values()
    assert (grant["created_at"], grant["expires_at"]) == ("2026-03-01", "2027-03-01")


def test_one_account_number_on_two_platforms_is_two_accounts() -> None:
    found = facts_of("ads-accounts", ADS, {**ADS, "platform": "Google Ads"})
    assert len(nodes(found, NodeKind.INTEGRATION)) == 2


def test_a_login_is_a_person_s_where_a_name_beside_the_address_tells_it() -> None:
    short = "dokafor@example.com"
    named = joined(facts_of("ads-accounts", {**ADS, "connected_by": f"Dana Okafor <{short}>"})).facts
    bare = joined(facts_of("ads-accounts", {**ADS, "connected_by": short})).facts
    assert {known["account_type"] for known in nodes(named, NodeKind.ACCOUNT).values()} == {"human"}
    assert {known["account_type"] for known in nodes(bare, NodeKind.ACCOUNT).values()} == {"unknown"}


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("ads-accounts", {**ADS, "connected_by": "Dana Okafor"}),
        ("ads-accounts", {**ADS, "admins": ("Dana",)}),
        ("spreadsheets", {**SHEET, "owner": "Dana Okafor"}),
        ("spreadsheets", {**SHEET, "refreshed_by": "the intern"}),
        ("scripts", {**SCRIPT, "runs_as": "dokafor"}),
        ("renewals", {"system": "HubSpot", "contract_end": date(2027, 6, 30), "contact": "Dana"}),
    ],
)
def test_nobody_is_known_by_a_name_alone(kind: str, row: Row) -> None:
    with pytest.raises(NotUnderstoodError, match="give the e-mail address"):
        facts_of(kind, row)


def test_a_message_does_not_repeat_the_cell() -> None:
    with pytest.raises(NotUnderstoodError) as caught:
        facts_of("scripts", {**SCRIPT, "runs_as": "dokafor"})
    assert "dokafor" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "says"),
    [({"platform": "Google Ads"}, "neither an account id nor a name"), ({**ADS, "platform": "???"}, "neither letters")],
)
def test_an_ads_account_that_is_called_nothing_is_refused(row: Row, says: str) -> None:
    with pytest.raises(NotUnderstoodError, match=says):
        facts_of("ads-accounts", row)


@pytest.mark.parametrize(
    ("word", "outcome"), [("stops", Outcome.STOPS), ("Later", Outcome.LATER), ("unknown", None), ("", None)]
)
def test_what_switching_off_does_is_what_the_row_says_and_else_unknown(word: str, outcome: Outcome | None) -> None:
    row = {**SCRIPT, "if_switched_off": word} if word else SCRIPT
    (runs_as,) = edges(facts_of("scripts", row), EdgeKind.RUNS_AS)
    assert (runs_as.outcomes.of(Act.REMOVED).outcome if runs_as.outcomes else None) is outcome


def test_another_word_for_what_switching_off_does_is_refused() -> None:
    with pytest.raises(NotUnderstoodError, match="if_switched_off is none of"):
        facts_of("scripts", {**SCRIPT, "if_switched_off": "breaks"})


def test_the_owner_of_a_spreadsheet_answers_for_its_feed_and_its_refresh_too() -> None:
    found = facts_of("spreadsheets", {**SHEET, "owner": BARE})
    things = {NodeKind.DATASET, NodeKind.INTEGRATION, NodeKind.AUTOMATION}
    owned = {fact.id for fact in found if isinstance(fact, Node) and fact.kind in things}
    assert len(owned) == 3
    assert {edge.source for edge in edges(found, EdgeKind.OWNED_BY)} == owned


def test_a_spreadsheet_feeds_systems_and_is_written_by_its_refresh() -> None:
    found = facts_of("spreadsheets", {**SHEET, "fed_from": ("HubSpot",)})
    ends = {
        (edge.kind, edge.source.split("/")[3], "/".join(edge.target.split("/")[:3]))
        for kind in (EdgeKind.READS_FROM, EdgeKind.WRITES_TO)
        for edge in edges(found, kind)
    }
    assert ends == {
        (EdgeKind.READS_FROM, "feed%3Aterritories", "google-sheets/unknown/dataset"),
        (EdgeKind.WRITES_TO, "feed%3Aterritories", "salesforce/unknown/system"),
        (EdgeKind.WRITES_TO, "refresh%3Aterritories", "google-sheets/unknown/dataset"),
        (EdgeKind.READS_FROM, "refresh%3Aterritories", "hubspot/unknown/system"),
    }


def test_a_system_in_a_note_is_the_one_that_is_read() -> None:
    found = joined(facts_of("spreadsheets", SHEET), facts_of("scripts", SCRIPT), [CRM]).facts
    assert {edge.target for edge in edges(found, EdgeKind.WRITES_TO) if edge.target.startswith("salesforce")} == {
        CRM.id
    }
    assert "salesforce/unknown/system/unknown" not in nodes(found, NodeKind.SYSTEM)


def test_a_login_in_a_note_is_the_read_one_with_that_address() -> None:
    login = Node(NodeKind.ACCOUNT, "hubspot/1/account/501", "Dana Okafor", READ, {"email": BARE})
    portal = Node(NodeKind.SYSTEM, "hubspot/1/system/1", "HubSpot", READ)
    agency = {"company": "Example Agency", "name": "Dana Okafor", "email": BARE, "systems": ("HubSpot",)}
    found = joined(facts_of("agency-contacts", agency), [login, portal]).facts
    assert set(nodes(found, NodeKind.ACCOUNT)) == {login.id}


def test_a_login_in_a_note_is_none_of_another_person_of_that_name() -> None:
    login = Node(NodeKind.ACCOUNT, "hubspot/1/account/501", "Dana Okafor", READ, {"email": "dana.okafor2@example.com"})
    portal = Node(NodeKind.SYSTEM, "hubspot/1/system/1", "HubSpot", READ)
    agency = {"company": "Example Agency", "name": "Dana Okafor", "email": BARE, "systems": ("HubSpot",)}
    found = joined(facts_of("agency-contacts", agency), [login, portal]).facts
    assert len(nodes(found, NodeKind.ACCOUNT)) == 2


def test_an_owner_is_the_person_behind_the_login_with_that_address() -> None:
    found = joined(facts_of("scripts", SCRIPT)).facts
    (owned,) = edges(found, EdgeKind.OWNED_BY)
    assert {edge.source for edge in edges(found, EdgeKind.HAS_ACCOUNT)} == {owned.target}


@pytest.mark.parametrize(("login", "name"), [("Dana Okafor", "Dana Okafor"), ("", BARE)])
def test_an_owner_goes_by_the_name_of_a_login_and_by_the_address_where_there_is_none(login: str, name: str) -> None:
    read = [Node(NodeKind.ACCOUNT, "hubspot/1/account/501", login, READ, {"email": BARE})] if login else []
    row = {"system": "HubSpot", "contract_end": date(2027, 6, 30), "contact": BARE}
    found = joined(facts_of("renewals", row), read).facts
    graph = build_graph(found)
    assert [vertex.name for vertex in graph.vertices(NodeKind.PERSON)] == [name]


def test_a_staff_list_s_word_on_a_person_stands_before_a_note_s() -> None:
    known = Node(
        NodeKind.PERSON, "staff/1001", "Dana Okafor", (Evidence("hr", "people", how=How.DECLARED),), {"email": BARE}
    )
    found = joined(facts_of("scripts", SCRIPT), [known]).facts
    (owned,) = edges(found, EdgeKind.OWNED_BY)
    assert owned.target == "staff/1001"


def test_a_contract_s_end_is_a_company_s_and_never_a_person_s() -> None:
    found = facts_of("agency-contacts", {**example_row(EVERY["agency-contacts"][1])})
    assert [known["contract_end"] for known in nodes(found, NodeKind.TEAM).values()] == ["2027-06-30"]
    assert "2027" not in str([*nodes(found, NodeKind.PERSON).values(), *nodes(found, NodeKind.ACCOUNT).values()])


def test_a_contract_adds_to_the_system_that_is_read() -> None:
    row = {"system": "Salesforce", "contract_end": date(2027, 6, 30), "notice_by": date(2027, 3, 31), "contact": DANA}
    found = joined(facts_of("renewals", row), [CRM]).facts
    (known,) = nodes(found, NodeKind.SYSTEM).values()
    assert (known["contract_end"], known["notice_by"]) == ("2027-06-30", "2027-03-31")
    (owned,) = edges(found, EdgeKind.OWNED_BY)
    assert owned.source == CRM.id


def test_systems_are_only_concluded_and_what_people_wrote_is_declared() -> None:
    found = facts_of("scripts", SCRIPT)
    systems = {
        item.how for fact in found if isinstance(fact, Node) and fact.kind is NodeKind.SYSTEM for item in fact.evidence
    }
    things = {
        item.how
        for fact in found
        if isinstance(fact, Node) and fact.kind is NodeKind.AUTOMATION
        for item in fact.evidence
    }
    assert (systems, things) == ({How.INFERRED_KEY}, {How.DECLARED})
