"""Findings in every form, and the top of the list."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from stackmap.analysis.compiling import supply
from stackmap.model import Acceptance, StackGraph
from stackmap.render.evidence import evidence_dict
from stackmap.render.finding_words import broken_heading, broken_things, tally
from stackmap.render.finding_words import clear as clear_lines
from stackmap.render.findings import check_csv, check_json, check_markdown, check_text, summary
from stackmap.render.rules import explain_markdown, explain_text, rules_json, rules_markdown, rules_text
from stackmap.rules import HEADINGS, RULES, Verdicts, biggest_changes, by_code
from tests.support.stacks import case_of, found, seen, verdicts_of

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
STOPS = "{outcome=stops certainty=certain}"
COMPANY = f"""
    webinar:Integration -RUNS_AS-> dana_sf:Account {STOPS}
    alert:Automation -RUNS_AS-> dana_sf {STOPS}
    upload:Automation -RUNS_AS-> dana_sf
    dana:Person -HAS_ACCOUNT-> dana_sf
    dana_sf -ADMINISTERS-> salesforce:System
    webinar -PART_OF-> salesforce
    alert -PART_OF-> salesforce
    upload -PART_OF-> salesforce
    dana_sf -PART_OF-> salesforce
    digest:Automation -RUNS_AS-> ghost:Account {STOPS}
    digest -PART_OF-> hubspot:System
    ghost -PART_OF-> hubspot
    old:Automation -RUNS_AS-> lee_sf:Account {STOPS}
    lee_sf:Account {{active=false}}
    form:Automation -DEPENDS_ON-> old
    lee_sf -ADMINISTERS-> zapier:System
    coverage zapier {{inventory=members kinds=ADMINISTERS,Account}}
    old -OWNED_BY-> dana {{how=declared}}
    form -OWNED_BY-> dana {{how=declared}}
    coverage salesforce {{inventory=users kinds=ADMINISTERS,Account}}
    coverage salesforce {{inventory=jobs kinds=RUNS_AS,Automation}}
    coverage hubspot {{inventory=apps kinds=RUNS_AS,Integration state=denied reason=forbidden}}
"""
HEADER = ["Read     salesforce: 2 lists", "Not read hubspot: apps (forbidden)"]
ACCEPTED = (
    Acceptance("OO07", "alert", "small", "Ops", date(2027, 1, 31)),
    Acceptance("PA02", "gone", "was moved", "Ops", date(2027, 1, 31)),
)


@pytest.fixture(name="verdicts")
def _verdicts() -> Verdicts:
    return verdicts_of(COMPANY, accepted=ACCEPTED)


@pytest.fixture(name="graph")
def _graph() -> StackGraph:
    return case_of(COMPANY).graph


def _joined(text: str) -> str:
    return " ".join(text.split())


def expect(name: str, text: str, *, update: bool) -> None:
    path = GOLDEN / name
    if update:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_the_text_starts_with_coverage_and_the_biggest_changes(
    verdicts: Verdicts, graph: StackGraph, update_golden: bool
) -> None:
    expect("check.txt", check_text(verdicts, graph, header=HEADER), update=update_golden)


def test_the_long_text_shows_every_finding_and_its_fix(
    verdicts: Verdicts, graph: StackGraph, update_golden: bool
) -> None:
    expect("check-all.txt", check_text(verdicts, graph, header=HEADER, everything=True), update=update_golden)


def test_the_markdown_shows_every_finding(verdicts: Verdicts, graph: StackGraph, update_golden: bool) -> None:
    expect("check.md", check_markdown(verdicts, graph, header=HEADER), update=update_golden)


def test_the_json_is_what_the_contract_says(verdicts: Verdicts, update_golden: bool) -> None:
    text = check_json(verdicts, [{"system": "salesforce"}])
    expect("check.json", text, update=update_golden)
    content = json.loads(text)
    assert list(content) == ["schema", "findings", "not_evaluated", "coverage"]
    assert content["schema"] == "stackmap.findings/1"
    keys = ["code", "severity", "title", "subject", "because", "evidence", "fix", "fingerprint", "accepted"]
    assert all(list(finding) == keys for finding in content["findings"])
    assert all(list(item) == ["code", "system", "inventories", "reason"] for item in content["not_evaluated"])


def test_evidence_says_source_list_record_how_and_link() -> None:
    assert evidence_dict(seen("crm", "tokens")) == {
        "source": "crm",
        "inventory": "tokens",
        "record": "",
        "how": "observed",
        "link": None,
    }


def test_text_fits_on_eighty_columns(verdicts: Verdicts, graph: StackGraph) -> None:
    text = check_text(verdicts, graph, everything=True) + "".join(map(explain_text, RULES)) + rules_text()
    assert max(map(len, text.splitlines())) <= 80


def test_the_summary_counts_open_findings_and_says_what_it_counts_apart(verdicts: Verdicts) -> None:
    assert summary(verdicts) == (
        "9 open findings: 3 critical, 2 high, 4 medium · counted apart: 1 accepted until 31 Jan 2027, 2 about what"
        " could not be seen · 3 systems could not be judged in full (below)"
    )


def test_text_and_markdown_count_the_same(verdicts: Verdicts, graph: StackGraph) -> None:
    text, page = _joined(check_text(verdicts, graph)), check_markdown(verdicts, graph)
    for code in ("PA02", "SA01", "OO07", "CV01", "CV04"):
        counts = tally(found(verdicts, code))
        assert f"{code} {by_code[code].title} {counts}" in text
        assert f"## {code} {by_code[code].title} ({counts})" in page
    assert all(summary(verdicts) in shown and broken_heading(verdicts) in shown for shown in (text, page))


def test_an_accepted_gap_in_sight_is_counted_once() -> None:
    gap = "coverage org {inventory=apps state=denied reason=no}"
    verdicts = verdicts_of(gap, accepted=[Acceptance("CV01", "org", "stays shut", "Ops", date(2027, 1, 31))])
    assert "counted apart: 1 accepted until 31 Jan 2027 ·" in f"{summary(verdicts)} ·"
    assert "could not be seen" not in summary(verdicts)


def test_what_is_broken_already_comes_first_with_its_whole_cause(verdicts: Verdicts, graph: StackGraph) -> None:
    assert broken_things(verdicts, graph) == [
        ("form depends on old, which runs as the login lee_sf, which is off already", "comes back with old"),
        ("old runs as the login lee_sf, which is off already", "let it run as an integration login, then run it once"),
    ]
    assert check_text(verdicts, graph).startswith("Broken already, whoever stays (2)\n  form depends on old")
    assert "## Broken already, whoever stays (2)" in check_markdown(verdicts, graph)


def test_what_waits_for_something_missing_names_it_and_how_many_more() -> None:
    picture = """
        flow:Automation -CALLS-> acme/prod/endpoint/call%3Aa {group=routes}
        flow -CALLS-> acme/prod/endpoint/call%3Ab {group=routes}
        coverage acme/prod {inventory=endpoints kinds=Endpoint}
    """
    ((thing, _),) = broken_things(verdicts_of(picture), case_of(picture).graph)
    assert thing == "flow waits for the endpoint call:a, which is not there (and 1 more)"


def test_what_is_perhaps_broken_is_said_to_be_only_that() -> None:
    picture = "flow:Automation -RUNS_AS-> off:Account {outcome=unknown}\noff:Account {active=false}"
    verdicts, graph = verdicts_of(picture), case_of(picture).graph
    assert broken_heading(verdicts) == "Broken already, whoever stays (1, of them 1 perhaps)"
    ((thing, _),) = broken_things(verdicts, graph)
    assert thing.startswith("flow may be broken, not known for sure: it runs as the login off")


def test_of_what_may_be_broken_it_is_said_what_it_may_be() -> None:
    picture = """
        flow:Automation -DEPENDS_ON-> old:Automation {outcome=starves certainty=certain}
        late:Automation -DEPENDS_ON-> old {outcome=later certainty=certain}
        old -RUNS_AS-> off:Account {outcome=unknown}
        off:Account {active=false}
    """
    told = [thing for thing, _ in broken_things(verdicts_of(picture), case_of(picture).graph)]
    assert told[0].startswith("flow may run on old data, not known for sure: it depends on old")
    assert told[1].startswith("late may stop later, not known for sure: it depends on old")


def test_of_a_circle_that_may_only_feed_itself_nobody_says_that_it_could_not_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supply, "_MOST", 0)  # too large to be judged
    picture = f"""
        a:Automation -DEPENDS_ON-> b:Automation {{supply=true group=feeds}}
        a -DEPENDS_ON-> feed:Automation {{supply=true group=feeds}}
        b -DEPENDS_ON-> a {{supply=true}}
        feed -RUNS_AS-> off:Account {STOPS}
        off:Account {{active=false}}
        on_it:Automation -DEPENDS_ON-> a
    """
    a, b, _, on_it = (thing for thing, _ in broken_things(verdicts_of(picture), case_of(picture).graph))
    assert a.startswith("a may be broken, as it may only feed itself: it depends on b")
    assert b.startswith("b may be broken, as it may only feed itself: it depends on a")
    assert on_it.startswith("on_it may be broken, not known for sure: it depends on a")


def test_a_stack_in_which_all_works_has_no_section_about_what_is_broken() -> None:
    verdicts, graph = verdicts_of("x:Automation"), case_of("x:Automation").graph
    assert "Broken" not in check_text(verdicts, graph) + check_markdown(verdicts, graph)


def test_many_broken_things_are_cut_unless_all_are_asked_for() -> None:
    picture = "\n".join(["off:Account {active=false}", *(f"x{n}:Automation -RUNS_AS-> off {STOPS}" for n in range(15))])
    verdicts, graph = verdicts_of(picture), case_of(picture).graph
    assert "  and 3 more: --all" in check_text(verdicts, graph)
    assert check_text(verdicts, graph, everything=True).count("off already") == 15


def test_why_a_severity_differs_is_told_only_in_full(verdicts: Verdicts, graph: StackGraph) -> None:
    why = "lower: one automation, not a whole app"
    assert why not in _joined(check_text(verdicts, graph))
    assert f"high ({why})" in _joined(check_text(verdicts, graph, everything=True))
    assert f"({why})." in check_markdown(verdicts, graph)


def test_what_was_not_judged_is_short_unless_all_is_asked_for() -> None:
    many = "\n".join(f"coverage s{n} {{inventory=list{n} kinds=RUNS_AS state=denied reason=no}}" for n in range(20))
    text = check_text(verdicts_of(many), case_of(many).graph).partition("Not judged in full")[2]
    short = text.splitlines()[1:]
    assert len(short[: short.index("")]) <= 12
    assert not any(code in text for code in ("PA02", "OO01", "SA01"))


def test_rules_about_our_sight_are_shown_even_when_all_was_seen() -> None:
    text = check_text(verdicts_of("x:Dataset"), case_of("x:Dataset").graph)
    assert all(code in text for code in ("CV01", "CV02", "CV03", "CV04", "CV05"))
    assert text.startswith("0 open findings")


def test_one_change_closes_what_hangs_on_one_login(verdicts: Verdicts, graph: StackGraph) -> None:
    first = biggest_changes(graph, verdicts.findings)[0]
    assert first.says == "Move webinar, alert and upload off dana's login in salesforce"
    assert {finding.subject for finding in first.closes} == {"webinar", "alert", "upload"}
    assert tally(first.closes) == "1 critical, 1 high, 1 medium"


def test_changes_are_sorted_by_the_findings_they_are_shown_to_close(verdicts: Verdicts, graph: StackGraph) -> None:
    counts = [change.counts for change in biggest_changes(graph, verdicts.findings, limit=99)]
    assert len(counts) > 3
    assert counts == sorted(counts, reverse=True)


def test_why_a_milder_change_stands_on_top_is_said_where_one_does(verdicts: Verdicts, graph: StackGraph) -> None:
    left = "owen:Person {active=false}\nowen -HAS_ACCOUNT-> owen_crm\nowen_crm:Account {active=true}"
    why = "n top: people who have left and can still get in, for that is open today"
    for write in (check_text, check_markdown):
        assert why in write(verdicts_of(left), case_of(left).graph)
        assert why not in write(verdicts, graph)


def test_changes_are_at_most_five_and_leave_accepted_findings_out(graph: StackGraph) -> None:
    many = verdicts_of("\n".join(f"x{number}:Automation -PART_OF-> s{number}:System" for number in range(9)))
    assert len(biggest_changes(graph, many.findings)) == 5
    accepted = verdicts_of("x:Automation", accepted=[Acceptance("OO07", "x", "r", "o", date(2027, 1, 1))])
    assert biggest_changes(graph, accepted.findings) == ()


def test_a_hostile_name_breaks_no_format() -> None:
    picture = "x:Automation"
    verdicts, graph = verdicts_of(picture), case_of(picture).graph
    hostile = "=cmd|' /C calc'!A0\x1b[2J\n# pwned [x](http://x)"
    finding = found(verdicts, "OO07")[0]
    worse = _with(verdicts, hostile, finding.code)
    assert "\x1b" not in check_text(worse, graph, everything=True)
    assert "\n# pwned" not in check_markdown(worse, graph)
    assert "\\[x\\](" in check_markdown(worse, graph)
    rows = list(csv.DictReader(io.StringIO(check_csv(worse, graph))))
    assert rows[0]["because"].startswith("'=")
    assert json.loads(check_json(worse, []))["findings"][0]["because"] == hostile


def _with(verdicts: Verdicts, because: str, code: str) -> Verdicts:
    changed = tuple(replace(one, because=because) if one.code == code else one for one in verdicts.findings)
    return replace(verdicts, findings=changed)


def test_the_csv_has_a_row_for_every_finding(verdicts: Verdicts, graph: StackGraph) -> None:
    rows = list(csv.DictReader(io.StringIO(check_csv(verdicts, graph))))
    assert [row["fingerprint"] for row in rows] == [one.fingerprint for one in verdicts.findings]
    assert [row["subject"] for row in rows if row["accepted_until"]] == ["alert"]


@pytest.mark.parametrize("code", by_code)
def test_an_explanation_has_all_five_parts(code: str) -> None:
    text, page = explain_text(by_code[code]), explain_markdown(by_code[code])
    assert text.startswith(code)
    assert all(f"\n{heading}\n" in text and f"\n## {heading}\n" in page for heading in HEADINGS)


def test_the_list_of_rules_names_every_rule_once_in_each_form() -> None:
    content = json.loads(rules_json())
    assert content["schema"] == "stackmap.rules/1"
    assert [one["code"] for one in content["rules"]] == [one.code for one in RULES]
    assert all(rules_text().count(f"{one.code}  ") == 1 == rules_markdown().count(f"| {one.code} |") for one in RULES)


def test_a_missing_target_is_called_what_its_connector_calls_it() -> None:
    picture = """
        flow:Automation -CALLS-> acme/prod/endpoint/call%3Aa {target_name=Scoring}
        coverage acme/prod {inventory=endpoints kinds=Endpoint}
    """
    ((thing, _),) = broken_things(verdicts_of(picture), case_of(picture).graph)
    assert thing == "flow waits for Scoring, which is not there"


def test_how_sure_a_breakage_is_stands_beside_it() -> None:
    picture = """
        a:Automation -RUNS_AS-> off:Account {outcome=stops certainty=likely}
        b:Automation -RUNS_AS-> off {outcome=starves certainty=possible}
        c:Automation -RUNS_AS-> off {outcome=later certainty=certain}
        d:Automation -RUNS_AS-> off {outcome=stops certainty=certain}
        e:Automation -RUNS_AS-> off {outcome=unknown}
        off:Account {active=false}
    """
    verdicts, graph = verdicts_of(picture), case_of(picture).graph
    cause = "runs as the login off, which is off already"
    assert broken_heading(verdicts) == "Broken already, whoever stays (5, of them 1 likely, 1 possibly, 1 perhaps)"
    assert [thing for thing, _ in broken_things(verdicts, graph)] == [
        f"a is likely broken: it {cause}",
        f"b possibly runs on old data: it {cause}",
        f"c stops later: it {cause}",
        f"d {cause}",
        f"e may be broken, not known for sure: it {cause}",
    ]


def test_a_frozen_login_is_called_frozen() -> None:
    picture = "x:Automation -RUNS_AS-> ice:Account {frozen=stops/certain}\nice:Account {frozen=true}"
    ((thing, _),) = broken_things(verdicts_of(picture), case_of(picture).graph)
    assert thing == "x runs as the login ice, which is frozen already"


def test_a_rule_without_a_finding_does_not_say_that_there_is_no_such_thing() -> None:
    verdicts = verdicts_of(COMPANY)
    assert "PA08 Dashboard runs as a person: no finding in salesforce" in clear_lines(verdicts)
