"""stack.yaml: what its sections mean, and how its mistakes are told."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from stackmap.declared import (
    Manifest,
    check_settings,
    load_config,
    load_manifest,
    manifest_template,
    parse_config,
    parse_manifest,
    schema,
)
from stackmap.declared.templates import config_template
from stackmap.errors import ConfigError
from stackmap.model import Act, Certainty, DeclaredNote, Edge, EdgeKind, Judgement, Node, NodeKind, Outcome, Outcomes

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

PEOPLE = """\
people:
  dana: {name: Dana Okafor, emails: [d.okafor@x.test]}
  ravi: {name: Ravi Menon}
teams:
  mops: {name: Marketing Ops, members: [dana]}
systems:
  ads: {name: Ads, product: google-ads, tenant: 1-2}
  sheet:
"""


def edges(text: str) -> dict[tuple[EdgeKind, str, str], Edge]:
    """The edges that these lines, after some people and systems, declare."""
    facts = parse_manifest(PEOPLE + text).facts
    return {(fact.kind, fact.source, fact.target): fact for fact in facts if isinstance(fact, Edge)}


def nodes(text: str) -> Mapping[str, Node]:
    """The nodes that these lines, after some people and systems, declare."""
    return {fact.id: fact for fact in parse_manifest(PEOPLE + text).facts if isinstance(fact, Node)}


def about_a_thing(manifest: Manifest) -> DeclaredNote:
    """The one note about a thing."""
    (note,) = (note for note in manifest.hints.notes if not note.address)
    return note


def complaint(text: str) -> str:
    """What is said about these lines."""
    with pytest.raises(ConfigError) as caught:
        parse_manifest(text)
    return str(caught.value)


def test_an_empty_file_is_fine() -> None:
    manifest = parse_manifest("")
    assert (manifest.facts, manifest.hints.people, manifest.policy.acceptances) == ((), (), ())


def test_an_unknown_key_is_told_with_place_and_nearest() -> None:
    text = "links:\n  conversions:\n    onwer: dana\n"
    assert complaint(text) == "stack.yaml, line 3, column 5: unknown key 'onwer' in a link; did you mean 'owner'?"


def test_all_mistakes_are_listed_in_order_and_at_most_twenty() -> None:
    said = complaint("people:\n" + "".join(f"  p{n}: {{nam: x}}\n" for n in range(30))).splitlines()
    assert len(said) == 21
    assert said[0].startswith("stack.yaml, line 2, ")
    assert said[-1] == "stack.yaml: and 40 more"


def test_a_mistaken_value_is_told_with_its_place() -> None:
    assert complaint("systems:\n  ads:\n    weight: heavy\n") == (
        "stack.yaml, line 3, column 13: weight: expected a number"
    )


@pytest.mark.parametrize("owner", ["dana", "Dana Okafor", "dana okafor", "D.Okafor@X.test", "d.okafor+x@x.test"])
def test_an_owner_is_meant_by_key_name_or_address(owner: str) -> None:
    assert (EdgeKind.OWNED_BY, "link/l", "dana") in edges(f"links:\n  l: {{from: [], to: [], owner: {owner}}}\n")


def test_an_owner_may_be_a_team_and_a_backup_is_a_second_owner() -> None:
    found = edges("links:\n  l: {from: [], to: [], owner: dana, backup: Marketing Ops}\n")
    assert found[EdgeKind.OWNED_BY, "link/l", "team/mops"].properties == {"backup": True}
    assert found[EdgeKind.OWNED_BY, "link/l", "dana"].outcomes is None
    assert (EdgeKind.MEMBER_OF, "dana", "team/mops") in found


def test_an_unknown_owner_is_told_with_the_nearest() -> None:
    said = complaint(PEOPLE + "links:\n  l:\n    from: []\n    to: []\n    owner: Dana Okafr\n")
    assert "line 13, column 12: 'Dana Okafr' is not a person or a team; did you mean 'Dana Okafor'?" in said


WRONG_WORDS = {
    "an outcome": ("links:\n  l:\n    if_switched_off: break\n", 22, "if_switched_off: 'break' is not one of stops, "),
    "one act's": ("links:\n  l:\n    if_switched_off: {frozen: break}\n", 31, "frozen: 'break' is not one of stops, "),
    "an act": (
        "links:\n  l:\n    if_switched_off: {fired: stops}\n",
        23,
        "'fired' is not one of deactivated, frozen, ",
    ),
    "a list": ("links:\n  l:\n    if_switched_off: [stops]\n", 22, "if_switched_off: expected one of stops, starves, "),
    "a type": ("accounts:\n  a/b:\n    type: robot\n", 11, "type: 'robot' is not one of human, integration, "),
    "a weight": ("systems:\n  a:\n    weight: 0\n", 13, "weight: must be greater than 0"),
    "a day": ("accepted:\n  - code: x\n    until: 2027-13-01\n", 12, "until: expected a date such as 2027-03-31"),
}


@pytest.mark.parametrize(("text", "column", "says"), WRONG_WORDS.values(), ids=WRONG_WORDS)
def test_a_word_that_means_nothing_is_told_once_with_those_that_do(text: str, column: int, says: str) -> None:
    (line,) = [line for line in complaint(text).splitlines() if line.startswith("stack.yaml, line 3")]
    assert line.startswith(f"stack.yaml, line 3, column {column}: {says}")
    assert not re.search(r"literal|enum|dict\[|Value error|nput should", line)


def test_a_link_says_where_it_leads_from_and_to() -> None:
    said = complaint(PEOPLE + "links:\n  l: {from: ads}\n  m:\n").splitlines()
    assert [line.partition("add the key ")[2] for line in said] == [
        "'to' (`to: []` if that is no system)",
        "'from' (`from: []` if that is no system)",
        "'to' (`to: []` if that is no system)",
    ]
    assert nodes("links:\n  l: {from: ads, to: []}\n")["link/l"].name == "l"


def test_an_ambiguous_owner_is_told_with_the_keys() -> None:
    people = "people:\n  a: {name: Kim}\n  b: {name: Kim}\nlinks:\n  l: {from: [], to: [], owner: Kim}\n"
    assert "'Kim' may mean a or b; write the key" in complaint(people)


def test_an_address_belongs_to_one_person() -> None:
    people = "people:\n  a: {name: A, emails: x@y.test}\n  b: {name: B, emails: X@y.test}\n"
    assert "another person has this address too" in complaint(people)


def test_a_link_reads_from_one_place_and_writes_to_the_other() -> None:
    found = edges("links:\n  l: {from: sheet, to: [ads, hubspot/1/dataset/contact], needs: sheet, lives_in: sheet}\n")
    assert (EdgeKind.READS_FROM, "link/l", "system/sheet") in found
    assert (EdgeKind.WRITES_TO, "link/l", "google-ads/1-2/system/1-2") in found
    assert (EdgeKind.WRITES_TO, "link/l", "hubspot/1/dataset/contact") in found
    assert (EdgeKind.DEPENDS_ON, "link/l", "system/sheet") in found
    assert (EdgeKind.PART_OF, "link/l", "system/sheet") in found


def test_a_link_does_not_lead_to_another_link() -> None:
    assert "write this under 'needs'" in complaint(PEOPLE + "links:\n  l: {from: [], to: m}\n  m: {from: [], to: []}\n")


def test_what_switching_off_does_is_unknown_unless_said() -> None:
    link = "from: [], to: [], runs_as: dana"
    found = edges(f"links:\n  l: {{{link}}}\n  m: {{{link}, if_switched_off: stops, certainty: likely}}\n")
    assert found[EdgeKind.RUNS_AS, "link/l", "dana"].outcomes is None
    assert found[EdgeKind.RUNS_AS, "link/m", "dana"].outcomes == Outcomes.always(Outcome.STOPS, Certainty.LIKELY)


def test_what_switching_off_does_may_differ_by_act() -> None:
    found = edges(
        "links:\n  l: {from: [], to: [], runs_as: dana, if_switched_off: {removed: stops, frozen: survives}}\n"
    )
    stops, survives = (Judgement(word, Certainty.CERTAIN) for word in (Outcome.STOPS, Outcome.SURVIVES))
    expected = Outcomes({Act.REMOVED: stops, Act.FROZEN: survives})
    assert found[EdgeKind.RUNS_AS, "link/l", "dana"].outcomes == expected


def test_a_login_that_no_api_shows_is_declared_once() -> None:
    text = "accounts:\n  ads:robot: {type: integration, reason: made for it}\n"
    text += "links:\n  l: {from: [], to: [], runs_as: ads:robot}\n"
    manifest = parse_manifest(PEOPLE + text)
    logins = [fact for fact in manifest.facts if isinstance(fact, Node) and fact.kind is NodeKind.ACCOUNT]
    assert [(login.id, login.name) for login in logins] == [("login/ads/robot", "robot")]
    assert manifest.hints.account_types["login/ads/robot"] == ("integration", "made for it")


def test_an_id_never_holds_an_address() -> None:
    text = "links:\n  l: {from: [], to: [], runs_as: 'ads:a@b.test', notifies: alerts@b.test}\n"
    assert not [node_id for node_id in nodes(text) if "@" in node_id]


def test_holders_and_logins_are_hints() -> None:
    manifest = parse_manifest(PEOPLE + "accounts:\n  hubspot/1/account/9: {holders: [Ravi Menon, dana]}\n")
    assert {person.id: person.logins for person in manifest.hints.people} == {
        "dana": ("hubspot/1/account/9",),
        "ravi": ("hubspot/1/account/9",),
    }


def test_alarms_go_to_people_logins_and_mailboxes() -> None:
    text = (
        "links:\n  l: {from: [], to: [], notifies: [Ravi Menon, d.okafor@x.test, alerts@x.test, hubspot/1/account/9]}\n"
    )
    targets = [target for kind, _, target in edges(text) if kind is EdgeKind.NOTIFIES]
    (mailbox,) = [node for node in nodes(text).values() if node.kind is NodeKind.ENDPOINT]
    assert targets == ["ravi", "dana", mailbox.id, "hubspot/1/account/9"]
    assert mailbox.properties == {"mailbox": True, "email": "alerts@x.test"}


def test_a_system_of_known_product_meets_the_one_that_is_read() -> None:
    text = "  crm: {product: salesforce}\n"
    assert nodes(text)["salesforce/unknown/system/unknown"].name == "crm"
    assert nodes("")["google-ads/1-2/system/1-2"].properties == {"product": "google-ads", "tenant": "1-2"}


def test_two_systems_of_one_product_need_tenants() -> None:
    assert "give their tenants" in complaint("systems:\n  a: {product: crm}\n  b: {product: crm}\n")


@pytest.mark.parametrize("key", ["n8n/h/automation/1", "Lead router", "ads: Lead router"])
def test_a_note_about_a_thing_that_is_read_waits_for_it(key: str) -> None:
    text = f"things:\n  '{key}': {{owner: dana, backup: mops, means: leads, weight: 4}}\n"
    manifest = parse_manifest(PEOPLE + text)
    note = about_a_thing(manifest)
    assert (note.written, note.subject, note.section, note.record) == (key, key, "things", "stack.yaml:10")
    assert (note.kind, note.properties) == (None, {"means": "leads"})
    care = [(edge.target, dict(edge.properties)) for edge in note.care]
    assert care == [("dana", {}), ("team/mops", {"backup": True})]
    assert manifest.policy.weights == {key: 4.0}
    assert manifest.facts == parse_manifest(PEOPLE).facts


def test_a_system_s_key_before_a_name_says_where_it_lies() -> None:
    note = about_a_thing(parse_manifest(PEOPLE + "things:\n  'ads: Lead router': {}\n"))
    assert note.within == ("google-ads/1-2/system/1-2", "Lead router")
    note = about_a_thing(parse_manifest(PEOPLE + "things:\n  'nobody: Lead router': {}\n"))
    assert note.within is None


def test_an_id_in_notes_holds_no_control_characters() -> None:
    assert "line 2, column 3: an id may hold no control characters" in complaint('things:\n  "a\\u0001b": {means: x}\n')


def test_who_is_owner_and_backup_is_the_owner() -> None:
    found = edges("links:\n  l: {from: [], to: [], owner: dana, backup: [Dana Okafor]}\n")
    assert found[EdgeKind.OWNED_BY, "link/l", "dana"].properties == {}


def test_somebody_whom_the_file_does_not_name_is_told_with_what_to_do() -> None:
    said = complaint(PEOPLE + "links:\n  l: {from: [], to: [], owner: Mia Sorensen}\n")
    assert "'Mia Sorensen' is not a person or a team; write their e-mail address, or add them under people" in said
    said = complaint(PEOPLE + "links:\n  l: {from: [], to: [], owner: Dana Okafr}\n")
    assert "did you mean 'Dana Okafor'? If not, write their e-mail address, or add them" in said


def test_whoever_has_an_address_may_be_named_by_it_though_the_file_has_nobody_of_it() -> None:
    told = parse_manifest("systems:\n  ads: {owner: Mia@Acme.test, backup: mia@acme.test}\n")
    (person,) = [fact for fact in told.facts if isinstance(fact, Node) and fact.kind is NodeKind.PERSON]
    assert person.properties == {"email": "mia@acme.test"}
    assert "@" not in person.id
    (owned,) = [fact for fact in told.facts if isinstance(fact, Edge) and fact.kind is EdgeKind.OWNED_BY]
    assert owned.target == person.id


def test_a_login_of_a_system_without_a_key_is_told_with_the_keys_that_there_are() -> None:
    said = complaint(PEOPLE + "accounts:\n  salesforce:mia: {type: shared}\n")
    assert "no system has the key 'salesforce'; the keys under systems are ads, sheet; or write the acc" in said
    assert "there is none yet: add it under systems" in complaint("accounts:\n  salesforce:mia: {type: shared}\n")


def test_a_departures_row_is_overridden() -> None:
    text = "departures:\n  n8n:owner:\n    removed: {outcome: stops, certainty: likely, source: our test}\n"
    manifest = parse_manifest(text)
    judgement = Judgement(Outcome.STOPS, Certainty.LIKELY)
    assert manifest.policy.rows["n8n:owner"] == Outcomes({Act.REMOVED: judgement}, "n8n:owner")


def test_an_outcome_that_is_computed_cannot_be_declared() -> None:
    text = "departures:\n  n8n:owner:\n    removed: {outcome: muted, source: me}\n"
    assert "outcome: 'muted' is not one of stops, starves, later, refused, moved," in complaint(text)


def test_facts_are_written_as_in_a_fact_file() -> None:
    text = "facts:\n  - {kind: Automation, id: macro, name: Macro, properties: {active: true}}\n"
    text += "  - {kind: DEPENDS_ON, from: macro, to: ads-feed, outcome: starves, certainty: likely}\n"
    edge = edges(text)[EdgeKind.DEPENDS_ON, "macro", "ads-feed"]
    assert edge.outcomes == Outcomes.always(Outcome.STARVES, Certainty.LIKELY)
    assert [(item.how.value, item.record) for item in edge.evidence] == [("declared", "stack.yaml:11")]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{kind: DEPENDS_ON, from: a}", "'to' is missing"),
        ("{kind: DEPENDSON, from: a, to: b}", "did you mean 'DEPENDS_ON'?"),
        ("{kind: HAS_ACCOUNT, from: dana, to: ravi}", "it leads to a Person"),
        ("{kind: Automation, id: x, nmae: y}", "did you mean 'name'?"),
    ],
)
def test_a_mistaken_fact_is_told_with_its_line(entry: str, says: str) -> None:
    said = complaint(PEOPLE + f"facts:\n  - {entry}\n")
    assert "line 10, " in said
    assert says in said


def test_an_accepted_finding_names_who_says_so_and_until_when() -> None:
    text = "links:\n  l: {from: [], to: []}\n"
    text += "accepted:\n  - {code: PA02, subject: l, reason: r, owner: Ravi Menon, until: 2027-03-31}\n"
    (accepted,) = parse_manifest(PEOPLE + text).policy.acceptances
    assert (accepted.subject, accepted.owner, accepted.until) == ("link/l", "ravi", date(2027, 3, 31))


def test_every_fact_points_at_its_line() -> None:
    for fact in parse_manifest(PEOPLE).facts:
        assert re.fullmatch(r"stack\.yaml:\d+", fact.evidence[0].record)
        assert fact.evidence[0].source == "manifest"


def without_marks(template: str) -> str:
    """A template with the "#" taken away from its examples, as its first lines explain."""
    return re.sub(r"(?m)^#(?=\S|  )", "", template)


def test_the_template_declares_nothing_until_its_examples_are_uncommented() -> None:
    assert parse_manifest(manifest_template()).facts == ()
    manifest = parse_manifest(without_marks(manifest_template()))
    sections = {fact.evidence[0].inventory for fact in manifest.facts}
    assert sections == {"people", "teams", "apart", "accounts", "systems", "links", "facts"}
    assert [len(group) for group in manifest.hints.apart] == [2]
    things = [note for note in manifest.hints.notes if note.section == "things"]
    assert ["/" in note.written for note in things] == [True, False]
    assert all(note.properties["means"] and note.care for note in things)
    assert manifest.policy.acceptances
    assert manifest.policy.rows


def test_the_examples_are_read_and_fit_their_schemas() -> None:
    assert load_manifest(EXAMPLES / "stack.yaml").facts
    assert load_config(EXAMPLES / "stackmap.yaml").connectors
    for name in ("stack.yaml", "stackmap.yaml"):
        plain: Any = YAML(typ="safe", pure=True).load((EXAMPLES / name).read_text(encoding="utf-8"))
        jsonschema.validate(json.loads(json.dumps(plain, default=str)), schema(name))


def test_the_readme_s_example_is_read() -> None:
    readme = (EXAMPLES.parent / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(# stack\.yaml\n.*?)```", readme, re.DOTALL)
    manifest = parse_manifest(example)
    assert [note.written for note in manifest.hints.notes if note.section == "things"] == ["Lead router"]
    assert list(manifest.hints.account_types.values()) == [("integration", "the nightly load signs in with it")]


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"links": {"l": {"onwer": "dana"}}}, schema("stack.yaml"))


def test_a_schema_that_nobody_made_is_named_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"did you mean 'stack.yaml'\?"):
        schema("stack.yml")


@dataclass(frozen=True)
class Setting:
    """A connector's declaration of a setting."""

    name: str
    says: str
    secret: bool = False
    required: bool = True
    default: str = ""


@dataclass(frozen=True)
class Vendor:
    """As much of a connector as a template needs."""

    name: str
    title: str
    settings: Sequence[Setting]


def test_the_settings_template_becomes_a_whole_file_when_one_mark_is_taken_from_each_line() -> None:
    key, tenant = (
        Setting("api_key", "the key", secret=True),
        Setting("tenant", "a name", required=False, default="main"),
    )
    text = config_template([Vendor("post-box", "Postbox", (key, tenant)), Vendor("other", "Other", ())])
    assert parse_config(text).connectors == ()
    postbox, other = parse_config(without_marks(text)).connectors
    assert dict(postbox.settings) == {"api_key": "env:POST_BOX_API_KEY"}, "what may be left out keeps its mark"
    assert '#tenant: "main"' in text
    assert (postbox.connector, other.connector) == ("post-box", "other")
    check_settings(postbox, (key, tenant))


APART = f"{PEOPLE}apart:\n  - [dana, 'ads:ads-dana', Ravi@X.test]\n  - [crm/1/account/5, person-7]\n"


def test_who_is_never_one_person_is_written_as_people_logins_and_addresses() -> None:
    hints = parse_manifest(APART).hints
    login = next(note.subject for note in hints.notes if note.written == "ads:ads-dana" and note.section == "apart")
    assert hints.apart == (("dana", login, "ravi@x.test"), ("crm/1/account/5", "person-7"))
    assert [(note.written, note.record) for note in hints.notes if note.section == "apart"] == [
        ("dana", "stack.yaml:10"),
        ("ads:ads-dana", "stack.yaml:10"),
        ("Ravi@X.test", "stack.yaml:10"),
        ("crm/1/account/5", "stack.yaml:11"),
        ("person-7", "stack.yaml:11"),
    ]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("apart:\n  - [dana]\n", "two at least, each once"),
        ("apart:\n  - [dana, Dana Okafor]\n", "two at least, each once"),
        ("apart:\n  - [dana, nobody]\n", "'nobody' is not a person"),
        (
            "accounts:\n  ads:x: {holders: [dana]}\napart:\n  - [dana, 'ads:x']\n",
            "your notes give this login to dana too",
        ),
    ],
)
def test_a_list_of_what_is_never_one_person_names_two_that_may_be_told_apart(lines: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        parse_manifest(PEOPLE + lines)
