"""The made-up company shows at least one case of everything stackmap can say."""

import re
from importlib import resources
from urllib.parse import urlsplit

import pytest

from connectors import hubspot, n8n, salesforce
from stackmap.analysis import Fate, Rotation, bus_factors, login_fates, rotations
from stackmap.demo import FACT_FILES, LEAVER, PAIR, company_files
from stackmap.model import AccountType, Certainty, EdgeKind, NodeKind, Outcome, Reach
from stackmap.render.sources import rows_behind
from tests.unit.demo.larkfield import Company, company


@pytest.fixture(scope="module")
def larkfield() -> Company:
    return company()


def fates(larkfield: Company, *names: str) -> dict[str, tuple[Fate, str, set[str]]]:
    people = [larkfield.person(name) for name in names]
    return {
        larkfield.name(fate.id): (fate.what, larkfield.name(fate.by), {larkfield.name(thing) for thing in fate.things})
        for fate in login_fates(larkfield.analysis, people)
        if fate.what is not Fate.GOES_OFF or fate.by not in {"deactivated", "removed"}
    }


def rotated(larkfield: Company, name: str) -> dict[str, Rotation]:
    return {larkfield.name(item.id): item for item in rotations(larkfield.stack, [larkfield.person(name)])}


def resting_on(larkfield: Company, name: str) -> dict[str, dict[str, set[str]]]:
    """Outcome -> thing -> the departures rows of the connectors that the verdict rests on."""
    departure = larkfield.leave(name)
    found: dict[str, dict[str, set[str]]] = {}
    for row in departure.rows:
        named = {rest for cause in row.because for rest in rows_behind(departure, row, cause)}
        found.setdefault(row.outcome.value, {})[larkfield.name(row.thing)] = named
    return found


def test_it_is_a_company_of_about_40_people_and_100_things(larkfield: Company) -> None:
    assert 38 <= len(larkfield.stack.people) <= 45
    assert 90 <= len(larkfield.analysis.counted) <= 115


def test_each_verdict_on_the_ops_lead_names_the_vendors_row_it_rests_on(larkfield: Company) -> None:
    assert resting_on(larkfield, LEAVER) == {
        "stops": {
            "Campaign response roll-up": {"salesforce:scheduled-apex"},
            "Claude": {"salesforce:oauth-token"},
            "DealHub CPQ": {"salesforce:oauth-token"},
            "HubSpot–Salesforce sync": {"salesforce:oauth-token"},
            "MQL alert": {"n8n:credential-holder"},
            "Offline conversions": {"n8n:workflow-owner"},
            "Webinar registrants": {"n8n:workflow-owner"},
        },
        "starves": {"Suppression list": {"n8n:workflow-owner"}},
        "later": {"Facebook page": set()},
        "refused": {"Cases that no rule assigns": {"salesforce:default-case-owner"}, "Default lead owner": set()},
        "moved": {"Partner form to chat": set()},
        "unknown": {
            "Badge scanner": {"salesforce:oauth-token"},
            "Goldcast webinars": {"hubspot:installed-app"},
            "Website forms": {"hubspot:private-app"},
        },
        "unowned": {"Event list import": set()},
        "muted": {"Lead dedupe batch": set(), "MQL date stamp": set(), "rollup_CalculateJobs": set()},
        "survives": {"Event check-in": {"hubspot:service-key"}, "Nightly territory flow": set()},
    }


def test_the_rows_that_verdicts_rest_on_are_the_connectors_own(larkfield: Company) -> None:
    tables = {
        f"{connector.product}:{table.name}"
        for connector in (hubspot.CONNECTOR, n8n.CONNECTOR, salesforce.CONNECTOR)
        for table in connector.departures
    }
    people = [larkfield.name(person) for person in larkfield.stack.people]
    named = {
        row
        for name in people
        for things in resting_on(larkfield, name).values()
        for rows in things.values()
        for row in rows
    }
    assert {row.partition(":")[0] for row in named} == {"hubspot", "n8n", "salesforce"}
    assert named <= tables


def test_the_other_administrator_holds_the_warehouse_and_the_routing(larkfield: Company) -> None:
    assert larkfield.rows("Ravi Menon") == {
        "stops": {
            "Lead dedupe batch",
            "Lead router",
            "POST /webhook/lead-intake",
            "POST /webhook/site-form",
            "Site form relay",
            "Territory lookup",
            "Warehouse loader",
            "Weekly data export",
        },
        "muted": {"Nightly territory flow", "Old campaign status process"},
    }


def test_two_people_together_break_one_thing_that_neither_breaks_alone(larkfield: Company) -> None:
    alone = {(row.thing, row.outcome) for name in PAIR for row in larkfield.leave(name).rows}
    together = larkfield.leave(*PAIR).rows
    only_together = [row for row in together if (row.thing, row.outcome) not in alone]
    assert [larkfield.name(row.thing) for row in only_together] == ["Lead assignment rule"]
    assert only_together[0].outcome is Outcome.STOPS
    assert not only_together[0].alone


def test_every_outcome_comes_up(larkfield: Company) -> None:
    rows = [row for person in larkfield.stack.people for row in larkfield.analysis.leave([person]).rows]
    assert {row.outcome for row in rows} == set(Outcome) - {Outcome.CASCADE}


def test_an_outgoing_owner_of_a_social_account_leaves_it_running_for_a_while(larkfield: Company) -> None:
    assert larkfield.rows("Iris Chan")["later"] == {"LinkedIn company page"}


def test_a_shared_zap_silently_changes_hands(larkfield: Company) -> None:
    assert larkfield.rows("Noor Haddad") == {
        "stops": {"SheetPilot"},
        "moved": {"Trial survey to sheet"},
        "unknown": {"Website concierge"},
    }


def test_a_rotation_skips_who_is_deactivated_and_stops_with_the_last(larkfield: Company) -> None:
    rotation = larkfield.thing("Owner rotation for trial requests")
    logins = [link.target for link in larkfield.stack.graph.out(rotation, EdgeKind.ROUTES_TO)]
    people = [holder.person for login in logins for holder in larkfield.stack.accounts[login].holders]
    assert len(people) == 3
    assert rotation not in {row.thing for row in larkfield.analysis.leave(people[1:]).rows}
    (row,) = [row for row in larkfield.analysis.leave(people).rows if row.thing == rotation]
    assert row.outcome is Outcome.STOPS


def test_an_alarm_to_whoever_saved_a_class_and_to_one_mailbox_is_never_certain_to_reach_nobody(
    larkfield: Company,
) -> None:
    muted = [row for row in larkfield.leave(LEAVER).rows if row.outcome is Outcome.MUTED]
    assert {larkfield.name(row.thing): row.certainty for row in muted} == dict.fromkeys(
        ("Lead dedupe batch", "MQL date stamp", "rollup_CalculateJobs"), Certainty.LIKELY
    )


def test_a_login_drags_another_login_along(larkfield: Company) -> None:
    assert "Distributor portal feed" in larkfield.rows("Iris Chan")["stops"]
    dragged = fates(larkfield, "Iris Chan")["svc-distributor-portal"]
    assert dragged == (Fate.GOES_OFF, "Iris Chan", {"Distributor portal feed"})


def test_the_instance_owner_cannot_be_deleted(larkfield: Company) -> None:
    assert larkfield.rows("Greta Holm")["refused"] == {"n8n"}


def test_work_goes_on_as_long_as_each_queue_has_one_member(larkfield: Company) -> None:
    factor = next(
        one for one in bus_factors(larkfield.analysis) if one.thing == larkfield.thing("Lead assignment rule")
    )
    assert factor.minimal_sets == (("iris-chan",), ("dana-okafor", "ravi-menon"))


def test_a_dead_token_beside_a_live_one_is_no_second_holder(larkfield: Company) -> None:
    factor = next(one for one in bus_factors(larkfield.analysis) if one.thing == larkfield.thing("DealHub CPQ"))
    assert factor.running == factor.running_at_worst == 1
    assert factor.minimal_sets == (("dana-okafor",),)


def test_two_tokens_of_one_app_are_only_assumed_to_be_alternatives(larkfield: Company) -> None:
    factor = next(one for one in bus_factors(larkfield.analysis) if one.thing == larkfield.thing("Badge scanner"))
    assert (factor.running, factor.running_at_worst) == (2, 1)


def test_of_a_workflow_with_two_credentials_each_is_needed(larkfield: Company) -> None:
    alert = larkfield.thing("MQL alert")
    tokens = larkfield.stack.graph.out(alert, EdgeKind.AUTHENTICATES_WITH)
    assert {larkfield.name(link.target) for link in tokens} == {"HubSpot of Dana", "Slack bot"}
    assert len({link.key.slot for link in tokens}) == 2
    assert "MQL alert" in larkfield.rows("Lena Vogt")["stops"]


def test_somebody_elses_sub_workflow_takes_a_workflow_with_it(larkfield: Company) -> None:
    assert {"Normalise contact", "Webinar registrants"} <= larkfield.rows("Lena Vogt")["stops"]


def test_a_chain_of_addresses_is_followed_to_the_website(larkfield: Company) -> None:
    stops = larkfield.rows("Ravi Menon")["stops"]
    assert {"Lead router", "POST /webhook/lead-intake", "Site form relay", "POST /webhook/site-form"} <= stops


def test_some_things_are_broken_already_by_a_leaver_of_the_past_or_by_policy(larkfield: Company) -> None:
    broken = {larkfield.name(loss.thing) for loss in larkfield.analysis.leave([]).already_broken}
    by_leaver = {"Campaign influence dashboard", "Form-to-CRM fallback"}
    assert broken == by_leaver | {"Lead scoring on form", "POST /webhook/score-form"}


def test_data_goes_on_with_fewer_writers(larkfield: Company) -> None:
    partial = {
        larkfield.name(item.thing): {larkfield.name(lost) for lost in item.lost}
        for item in larkfield.leave(LEAVER).partial
    }
    assert partial["Marketing contacts"] == {"Webinar registrants"}
    assert partial["Webinar attendees"] == {"Webinar registrants"}


def test_a_phone_app_of_most_sales_people_is_personal_use(larkfield: Company) -> None:
    app = larkfield.thing("Salesforce for iOS")
    graph = larkfield.stack.graph
    tokens = [link.target for link in graph.out(app, EdgeKind.AUTHENTICATES_WITH)]
    logins = [link.target for token in tokens for link in graph.out(token, EdgeKind.AUTHORIZED_BY)]
    people = [holder.person for login in logins for holder in larkfield.stack.accounts[login].holders]
    assert len(people) == 19
    assert app not in {row.thing for row in larkfield.analysis.leave(people[:-1]).rows}
    assert app in {row.thing for row in larkfield.analysis.leave(people).rows}


def test_shared_logins_and_a_known_key_are_to_be_changed(larkfield: Company) -> None:
    assert {name: item.why for name, item in rotated(larkfield, LEAVER).items()} == {
        "Larkfield Marketing": "shared login",
        "Service key 9001": "they know its secret",
        "Service key 9002": "they know its secret",
        "Token of private app 3301271": "they know its secret",
    }
    assert set(rotated(larkfield, "Pilar Ortega")) == {"agency"}


def test_some_logins_could_be_anybodys(larkfield: Company) -> None:
    found = fates(larkfield, LEAVER)
    console = larkfield.stack.accounts["salesforce/larkfield/account/005Lf00mktadminIAA"]
    assert console.type is AccountType.UNKNOWN
    assert found["Campaign Console"] == (Fate.COULD_BE_THEIRS, "", {"List Cleaner", "Partner list export"})
    unread = found["hubspot/larkfield/account/unread%3Alinkedin-forms"]
    assert unread == (Fate.COULD_BE_THEIRS, "", {"LinkedIn lead forms"})


def test_one_human_login_is_tied_to_nobody(larkfield: Company) -> None:
    assert [larkfield.name(login) for login in larkfield.identity.unresolved] == ["zaps2021"]


def test_the_notes_say_whose_a_credential_is_where_no_api_does(larkfield: Company) -> None:
    unread = {login for login in fates(larkfield, LEAVER) if login.startswith("n8n/larkfield/account/unread")}
    assert not any(login.endswith(("c-salesforce", "c-goldcast", "c-hubspot-dana")) for login in unread)
    assert unread


def test_two_people_are_called_dana(larkfield: Company) -> None:
    danas = {larkfield.name(person) for person in larkfield.stack.people if "Dana" in larkfield.name(person)}
    assert danas == {"Dana Okafor", "Dana Petrov"}


def test_something_runs_that_nobody_looks_after(larkfield: Company) -> None:
    factors = {larkfield.name(one.thing): one for one in bus_factors(larkfield.analysis)}
    assert factors["Distributor newsletter"].care == 0
    assert factors["UTM stitching"].care == "unknown"
    assert not larkfield.stack.graph.out(larkfield.thing("UTM stitching"), EdgeKind.OWNED_BY)


def test_refused_lists_name_the_permission_that_opens_them(larkfield: Company) -> None:
    denied = {(item.source, item.inventory): item.needs for item in larkfield.coverage if item.state is Reach.DENIED}
    assert denied == {
        ("hubspot", "teams"): ("settings.users.teams.read",),
        ("n8n", "audit"): ("securityAudit:generate",),
    }
    absent = {(item.source, item.inventory) for item in larkfield.coverage if item.state is Reach.ABSENT}
    assert {("hubspot", "audit-log"), ("n8n", "projects"), ("salesforce", "mcp-tools")} <= absent
    assert not [item for item in larkfield.coverage if item.state is Reach.FAILED]


def test_what_an_org_does_not_have_is_said_though_the_list_was_read(larkfield: Company) -> None:
    (users,) = [item for item in larkfield.coverage if (item.source, item.inventory) == ("salesforce", "users")]
    assert users.state is Reach.COMPLETE
    assert "FederationIdentifier" in users.reason


def test_important_things_say_what_the_business_notices(larkfield: Company) -> None:
    weights = larkfield.manifest.policy.weights
    said = {vertex.id for vertex in larkfield.analysis.counted.values() if vertex.properties.get("means")}
    assert len(weights) >= 10
    assert set(weights) <= said


def test_teams_own_things_and_owners_have_backups(larkfield: Company) -> None:
    owned = [link for link in larkfield.stack.graph.links(EdgeKind.OWNED_BY) if link.declared]
    teams = {vertex.id for vertex in larkfield.stack.graph.vertices(NodeKind.TEAM)}
    assert len(teams) == 6
    assert {link.target for link in owned} & teams
    assert [link for link in owned if any(fact.properties.get("backup") for fact in link.facts)]


def test_the_sync_seen_from_both_ends_is_one_thing(larkfield: Company) -> None:
    sync = larkfield.stack.graph.get(larkfield.thing("HubSpot–Salesforce sync"))
    assert sync is not None
    assert {item.source for item in sync.evidence} == {"hubspot", "manifest", "salesforce"}
    assert not larkfield.stack.graph.out(sync.id, EdgeKind.RUNS_AS)


def test_a_workflow_of_one_vendor_waits_for_one_of_another(larkfield: Company) -> None:
    assert {"Consent change to n8n", "Consent sync"} <= larkfield.rows("Jules Petit")["stops"]


def test_no_note_is_stale_and_no_tie_is_in_conflict(larkfield: Company) -> None:
    assert larkfield.identity.stale_notes == ()
    assert larkfield.identity.conflicts == ()
    assert larkfield.identity.suggestions == ()


def test_evidence_leads_to_the_vendors_own_pages(larkfield: Company) -> None:
    links = {item.link for link in larkfield.stack.graph.links() for item in link.evidence if item.link}
    hosts = {link.split("/")[2] for link in links}
    assert {"help.salesforce.com", "knowledge.hubspot.com", "help.zapier.com"} <= hosts


def test_all_addresses_are_made_up() -> None:
    files = company_files({})
    addresses = re.findall(r"[\w.+-]+@([\w.-]+\w)", "\n".join(files[name] for name in ("stack.yaml", *FACT_FILES)))
    assert set(addresses) == {"larkfield.test", "brightwater.test"}


def test_what_the_stand_ins_hold_is_made_up() -> None:
    shares = [resources.files(f"connectors.{name}").joinpath("demo.json") for name in ("hubspot", "n8n", "salesforce")]
    text = "\n".join(share.read_text(encoding="utf-8") for share in shares)
    own = {"00dlf0larkfieldmaa", "00dlf0larkfieldmaa.ext"}  # Salesforce calls its system users after the org
    assert set(re.findall(r"[\w.+-]+@([\w.-]+\w)", text)) == {"larkfield.test", *own}
    assert {urlsplit(url).hostname for url in re.findall(r"https?://[^\"\s]+", text)} <= {
        "api.goldcast.test",
        "api.zoominfo.test",
        "automation.larkfield.test",
    }
