"""Fact files: both ways, to the letter, and every bad line named."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackmap.declared import SourceHead, read_facts, schema, write_facts, write_readings
from stackmap.errors import ConfigError
from stackmap.model import (
    EDGE_KINDS,
    Act,
    Certainty,
    Coverage,
    Edge,
    EdgeKind,
    End,
    Evidence,
    Fact,
    FixBy,
    How,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    Reach,
    Sort,
    SourceReading,
    build_graph,
)

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "facts.jsonl"
TAKEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
SOURCE = {"type": "source", "name": "s", "taken_at": "2026-11-22T09:00:00Z"}


def stream(*lines: object) -> io.BytesIO:
    """A file of these lines: objects as JSON, bytes as they are."""
    return io.BytesIO(b"".join(_bytes(line) + b"\n" for line in lines))


def _bytes(line: object) -> bytes:
    return line if isinstance(line, bytes) else json.dumps(line).encode()


def node(node_id: str = "n", kind: str = "Automation", **more: object) -> dict[str, object]:
    """A node line."""
    return {"type": "node", "kind": kind, "id": node_id, **more}


def edge(kind: str = "DEPENDS_ON", source: str = "n", target: str = "m", **more: object) -> dict[str, object]:
    """An edge line."""
    return {"type": "edge", "kind": kind, "from": source, "to": target, **more}


def only(*lines: object) -> Fact:
    """The single fact of a file with these lines."""
    (reading,) = read_facts(stream(SOURCE, *lines)).readings
    (fact,) = reading.facts
    return fact


def complaint(*lines: object) -> str:
    """What is said about a file with these lines."""
    with pytest.raises(ConfigError) as caught:
        read_facts(stream(*lines))
    return str(caught.value)


def test_the_example_is_read() -> None:
    (reading,) = read_facts(EXAMPLE).readings
    assert (reading.source, reading.collector, reading.taken_at) == ("webinars-by-hand", "r.menon", TAKEN)
    assert reading.whole
    assert [(item.inventory, item.state, item.fix_by) for item in reading.coverage] == [
        ("users", Reach.COMPLETE, None),
        ("tokens", Reach.DENIED, FixBy.ADMIN),
    ]
    assert reading.coverage[0].read_at == TAKEN
    assert reading.coverage[1].read_at is None


def test_what_is_left_out_has_its_default() -> None:
    assert only(node()) == Node(NodeKind.AUTOMATION, "n", "", (Evidence("s", "facts"),))
    assert only(edge()) == Edge(EdgeKind.DEPENDS_ON, "n", "m", (Evidence("s", "facts"),))


def test_an_outcome_holds_for_every_act_and_is_certain_unless_said() -> None:
    fact = only(edge(outcome="stops"))
    assert isinstance(fact, Edge)
    assert fact.outcomes == Outcomes.always(Outcome.STOPS, Certainty.CERTAIN)


def test_outcomes_may_differ_by_act() -> None:
    fact = only(edge("RUNS_AS", outcomes={"frozen": ["unknown", "possible"], "removed": ["stops", "likely"]}))
    assert isinstance(fact, Edge)
    unknown, stops = Judgement(Outcome.UNKNOWN, Certainty.POSSIBLE), Judgement(Outcome.STOPS, Certainty.LIKELY)
    assert fact.outcomes == Outcomes({Act.FROZEN: unknown, Act.REMOVED: stops})


@pytest.mark.parametrize("value", ["tomorrow", 5, True, "2026-13-45", "24.12.2025", [], {}])
def test_a_last_day_that_is_no_day_is_refused(value: object) -> None:
    said = complaint(SOURCE, node("p/a", "Person", properties={"left_on": value}))
    assert "line 2: 'left_on' must be a day such as 2026-11-22, not " in said


@pytest.mark.parametrize("value", ["2026-10-01", "2026-10-01T00:00:00Z", "", None])
def test_a_last_day_may_be_a_day_or_be_left_empty(value: object) -> None:
    assert only(node("p/a", "Person", properties={"left_on": value})).properties == {"left_on": value}


@pytest.mark.parametrize("evidence", [{"how": "declared"}, [{"how": "declared"}]])
def test_evidence_is_an_object_or_a_list(evidence: object) -> None:
    assert only(edge(evidence=evidence)).evidence == (Evidence("s", "facts", how=How.DECLARED),)


def test_how_among_an_edges_properties_is_short_for_its_evidence() -> None:
    fact = only(edge(properties={"how": "inferred_name", "required": True}))
    assert fact.evidence == (Evidence("s", "facts", how=How.INFERRED_NAME),)
    assert fact.properties == {"required": True}


def test_a_fact_of_two_inventories_lives_in_each() -> None:
    (reading,) = read_facts(stream(SOURCE, node(evidence=[{"inventory": "a"}, {"inventory": "b"}]))).readings
    assert [fact.evidence[0].inventory for fact in reading.facts] == ["a", "b"]


def test_a_repeated_fact_unites_its_evidence() -> None:
    fact = only(node(evidence=[{"record": "1"}]), node(evidence=[{"record": "2"}]))
    assert [item.record for item in fact.evidence] == ["1", "2"]


def test_a_file_may_hold_several_sources() -> None:
    other = {**SOURCE, "name": "t"}
    found = read_facts(stream(SOURCE, node("a"), other, node("b"), SOURCE, node("c"))).readings
    assert [(reading.source, [fact.key for fact in reading.facts]) for reading in found] == [
        ("s", ["a", "c"]),
        ("t", ["b"]),
    ]


def test_a_file_without_a_source_line_takes_name_and_time_from_outside(tmp_path: Path) -> None:
    path = tmp_path / "by-hand.jsonl"
    path.write_bytes(stream(node()).getvalue())
    (reading,) = read_facts(path, taken_at=TAKEN).readings
    assert (reading.source, reading.taken_at) == ("by-hand", TAKEN)
    (named,) = read_facts(path, name="admin", taken_at=TAKEN).readings
    assert named.source == "admin"
    with pytest.raises(ConfigError, match="when was this read"):
        read_facts(path)


def test_a_missing_file_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_facts(tmp_path / "nothing.jsonl")


def test_blank_lines_and_foreign_line_ends_are_let_through() -> None:
    file = io.BytesIO(b"\n" + _bytes(SOURCE) + b"\r\n\r\n" + _bytes(node()) + b"\r\n")
    assert [fact.key for fact in read_facts(file).readings[0].facts] == ["n"]


BAD: dict[str, tuple[object, str]] = {
    "no JSON": (b"{nope", "no JSON"),
    "no object": (["a"], "one JSON object"),
    "not UTF-8": (b'{"type": "caf\xe9"}', "not UTF-8"),
    "a NUL": (b'{"type": "\x00"}', "NUL"),
    "a byte order mark within": (b"\xef\xbb\xbf{}", "no JSON"),
    "a key twice": (b'{"type": "node", "type": "edge"}', "the key 'type' stands twice"),
    "a key twice inside": (b'{"type": "node", "properties": {"a": 1, "a": 2}}', "the key 'a' stands twice"),
    "no number": (b'{"type": "node", "properties": {"a": NaN}}', "NaN is no JSON"),
    "half a surrogate": (b'{"type": "node", "kind": "Role", "id": "r", "name": "\\ud800"}', "surrogate"),
    "deep nesting": (b'{"a": ' + b"[" * 100_000, "nested too deeply"),
    "too long": (b'{"a": "' + b"x" * 11_000_000 + b'"}', "longer than 10 MB"),
    "no type": ({"kind": "Role"}, "'type' must be source, coverage, node or edge"),
    "an unknown type": ({"type": "nodes"}, "did you mean 'node'?"),
    "an unknown key": (node(nmae="x"), "unknown key 'nmae' in a node; did you mean 'name'?"),
    "an unknown kind of node": (node(kind="Automaton"), "did you mean 'Automation'?"),
    "an unknown kind of edge": (edge("RUN_AS"), "did you mean 'RUNS_AS'?"),
    "no id": ({"type": "node", "kind": "Role"}, "'id' is missing"),
    "an empty id": (node(" "), "'id' must not be empty"),
    "a control character in an id": (node("a\nb"), "control characters"),
    "an id that is a number": (node(id=5), "'id' must be a text"),
    "properties that are none": (node(properties=[1]), "'properties' must be an object"),
    "a flag that is none": (node(properties={"active": "yes"}), "active must be true or false"),
    "an unknown account type": (node(kind="Account", properties={"account_type": "robot"}), "robot"),
    "an unknown outcome": (edge(outcome="breaks"), "unknown outcome 'breaks'; one of stops"),
    "a computed outcome": (edge(outcome="muted"), "muted is computed"),
    "an outcome for a writer": (edge("WRITES_TO", outcome="stops"), "an outcome cannot be given"),
    "an unknown certainty": (edge(outcome="stops", certainty="sure"), "'sure' is no certainty"),
    "a certainty of nothing": (edge(certainty="likely"), "there is no 'outcome'"),
    "both outcomes": (edge(outcome="stops", outcomes={}), "either 'outcome' or 'outcomes'"),
    "an unknown act": (edge(outcomes={"fired": ["stops", "certain"]}), "unknown act 'fired'"),
    "an outcome without certainty": (edge(outcomes={"removed": "stops"}), "an outcome and its certainty"),
    "a need without group": (edge(need=2), "there is no group"),
    "a need of none": (edge(group="g", need=0), "need must be a whole number"),
    "a need that is no number": (edge(group="g", need=True), "'need' must be a whole number"),
    "proven as a word": (edge(proven="yes"), "'proven' must be true or false"),
    "evidence of another source": (node(evidence={"source": "t"}), "source 't' below the source 's'"),
    "a link that is not secure": (node(evidence={"link": "http://x.test"}), "https://"),
    "an unknown how": (node(evidence={"how": "seen"}), "unknown how 'seen'"),
    "an unknown state": ({"type": "coverage", "state": "done"}, "unknown state 'done'"),
    "an unknown listed kind": ({"type": "coverage", "state": "complete", "kinds": ["Acount"]}, "'Account'"),
    "a time without zone": ({**SOURCE, "name": "t", "taken_at": "2026-11-22T09:00:00"}, "needs its time zone"),
    "no time": ({**SOURCE, "name": "t", "taken_at": "today"}, "must be a time such as"),
    "another schema": ({**SOURCE, "schema": "stackmap.facts/9"}, "stackmap.facts/9"),
    "the same source at another time": ({**SOURCE, "taken_at": "2026-11-21T09:00:00Z"}, "opened before"),
}


@pytest.mark.parametrize(("line", "says"), BAD.values(), ids=BAD)
def test_a_bad_line_is_named_by_number_and_reason(line: object, says: str) -> None:
    said = complaint(SOURCE, node("good"), line).splitlines()
    assert said[0].startswith("the file, line 3: ")
    assert says in said[0]
    assert said[-1] == "Nothing was taken. To take the good lines: --skip-bad"
    found = read_facts(stream(SOURCE, node("good"), line, node("better")), skip_bad=True)
    assert [bad.number for bad in found.bad_lines] == [3]
    assert [fact.key for fact in found.readings[0].facts] == ["good", "better"]


def test_a_byte_order_mark_is_named() -> None:
    assert "line 1: starts with a byte order mark" in complaint(b"\xef\xbb\xbf" + _bytes(SOURCE))


def covered(*lines: object) -> dict[str, dict[str, tuple[Reach, str]]]:
    """What each source's inventories say when bad lines are skipped: how far they were read, and why."""
    found = read_facts(stream(*lines), skip_bad=True).readings
    return {one.source: {item.inventory: (item.state, item.reason) for item in one.coverage} for one in found}


USERS = {"type": "coverage", "system": "a/b", "inventory": "users", "kinds": ["Account"], "state": "complete"}
TOKENS = {"type": "coverage", "inventory": "tokens", "state": "denied", "reason": "needs a scope"}


def test_nothing_of_a_source_proves_absence_once_lines_are_left_out() -> None:
    why = "2 lines of the file could not be understood and were left out"
    bad = node(nmae="x")
    assert covered(SOURCE, USERS, TOKENS, bad, node(), bad) == {
        "s": {
            "users": (Reach.PARTIAL, why),
            "tokens": (Reach.DENIED, "needs a scope"),
            "lines left out": (Reach.PARTIAL, why),
        }
    }
    (reading,) = read_facts(stream(SOURCE, USERS, bad), skip_bad=True).readings
    (left_out,) = [item for item in reading.coverage if item.inventory == "lines left out"]
    assert left_out.kinds == {*NodeKind, *EdgeKind}
    assert (left_out.system, left_out.fix_by, left_out.read_at) == ("a/b", FixBy.OPERATOR, TAKEN)


def test_a_source_whose_lines_are_all_good_is_as_complete_as_before() -> None:
    other = {**SOURCE, "name": "t"}
    found = covered(SOURCE, USERS, other, USERS, edge("RUN_AS"))
    assert found["s"] == {"users": (Reach.COMPLETE, "")}
    assert found["t"]["users"][0] is Reach.PARTIAL


@pytest.mark.parametrize("line", [b"{nope", {**SOURCE, "name": "u", "nmae": "x"}, {"type": "nodes"}])
def test_a_line_that_may_have_opened_a_source_may_be_missing_from_any(line: object) -> None:
    found = covered(SOURCE, USERS, line, node(), {**SOURCE, "name": "t"}, USERS, node("m"))
    assert {source: items["users"][0] for source, items in found.items()} == dict.fromkeys("st", Reach.PARTIAL)


def test_what_was_left_out_is_said_on_when_the_facts_are_handed_over() -> None:
    first = read_facts(stream(SOURCE, USERS, node(nmae="x")), skip_bad=True)
    handed = "".join(write_readings(first.readings))
    (again,) = read_facts(io.BytesIO(handed.encode())).readings
    assert set(again.coverage) == set(first.readings[0].coverage)
    (worse,) = read_facts(io.BytesIO(handed.encode() + _bytes(node(nmae="y"))), skip_bad=True).readings
    (left_out,) = [item for item in worse.coverage if item.inventory == "lines left out"]
    assert left_out.reason == "1 line of the file could not be understood and was left out"


FOREIGN = {
    "notes": b"# stack.yaml: your notes\npeople:\n  dana:\n    name: Dana\n",
    "a page that shows facts": b"# stackmap\n\nA fact:\n\n" + _bytes(SOURCE) + b"\n\nand more\n",
    "one object over many lines": json.dumps(SOURCE, indent=2).encode(),
    "a list": json.dumps([SOURCE]).encode(),
    "a spreadsheet": b"PK\x03\x04\x00\x00\n\x00\xff\n",
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("skip_bad", [True, False])
def test_another_sort_of_file_is_told_once(content: bytes, skip_bad: bool) -> None:
    with pytest.raises(ConfigError) as caught:
        read_facts(io.BytesIO(content), taken_at=TAKEN, skip_bad=skip_bad)
    assert str(caught.value) == "the file: this is no fact file (a fact file is one JSON object a line)"


def test_an_edge_that_joins_the_wrong_kinds_is_a_bad_line_wherever_the_nodes_stand() -> None:
    lines = (SOURCE, edge("RUNS_AS"), node("n"), node("m", "Role"))
    assert "line 2: n RUNS_AS m: it leads to a Role" in complaint(*lines)
    found = read_facts(stream(*lines), skip_bad=True)
    assert [fact.key for fact in found.readings[0].facts] == ["n", "m"]


def test_a_node_has_one_kind_in_a_file() -> None:
    assert "line 4: n has the kind Automation elsewhere" in complaint(
        SOURCE, node(), {**SOURCE, "name": "t"}, node(kind="Role")
    )


def test_two_versions_of_an_edge_are_both_kept() -> None:
    lines = (edge(outcome="stops"), edge(outcome="starves"), edge(outcome="starves", evidence={"record": "9"}))
    for order in (lines, lines[::-1]):
        (reading,) = read_facts(stream(SOURCE, *order)).readings
        told = {_word_of(fact): [item.inventory for item in fact.evidence] for fact in reading.facts}
        assert told == {"starves": ["facts"] * 2, "stops": ["facts (2)"]}, "numbered by what they say"
        (link,) = build_graph(reading.facts).links()
        assert len(link.facts) == 2


def _word_of(fact: Fact) -> str:
    assert isinstance(fact, Edge)
    assert fact.outcomes is not None
    assert fact.outcomes.uniform is not None
    return fact.outcomes.uniform.outcome.value


def test_a_line_that_contradicts_an_earlier_one_is_bad() -> None:
    assert "line 3: an earlier line" in complaint(SOURCE, node(name="a"), node(name="b"))
    cover = {"type": "coverage", "inventory": "i", "state": "complete"}
    assert "line 3: inventory 'i'" in complaint(SOURCE, cover, {**cover, "records": 5})


def test_at_most_twenty_bad_lines_are_listed() -> None:
    said = complaint(SOURCE, *([{"type": "x"}] * 30)).splitlines()
    assert len(said) == 22
    assert said[20] == "the file: and 10 more bad lines"


def test_a_state_without_reason_is_given_one() -> None:
    (reading,) = read_facts(stream(SOURCE, {"type": "coverage", "state": "denied"})).readings
    assert reading.coverage[0].reason == "the file gives no reason"


def test_a_source_without_head_was_taken_when_last_read() -> None:
    cover = Coverage("s", "a/b", "users", Reach.COMPLETE, read_at=TAKEN)
    first = json.loads(next(write_facts([], [cover])))
    assert first == {**SOURCE, "schema": "stackmap.facts/1"}
    with pytest.raises(ValueError, match="nothing says when"):
        list(write_facts([Node(NodeKind.ROLE, "r", "", (Evidence("t", "i"),))], []))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
IDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(str.strip)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
RESERVED = {"active", "frozen", "mailbox", "internal", "directory", "supply", "required", "account_type"} | {
    "email",
    "aliases",
    "directory_id",
    "manager",
    "moved_to",
    "act",
    "how",
    "left_on",
}
PROPERTIES = st.dictionaries(TEXT.filter(lambda name: name not in RESERVED), JSON_VALUES, max_size=3)
INVENTORY = st.sampled_from(["users", "flows"])
SPREADING = [Outcome.STOPS, Outcome.STARVES, Outcome.LATER, Outcome.REFUSED, Outcome.SURVIVES, Outcome.UNKNOWN]
JUDGEMENTS = st.builds(Judgement, st.sampled_from(SPREADING), st.sampled_from(Certainty))
OUTCOMES = st.builds(Outcomes, st.dictionaries(st.sampled_from(Act), JUDGEMENTS), TEXT)
FREE = [kind for kind in EDGE_KINDS if EDGE_KINDS[kind].dependent is End.FROM and kind is not EdgeKind.PROVISIONED_BY]


@st.composite
def evidences(draw: st.DrawFn) -> tuple[Evidence, ...]:
    inventory = draw(INVENTORY)
    links = st.sampled_from(["", "https://vendor.test/1"])
    one = st.builds(Evidence, st.just("s"), st.just(inventory), TEXT, st.sampled_from(How), links)
    return tuple(draw(st.lists(one, min_size=1, max_size=3, unique=True)))


@st.composite
def edges(draw: st.DrawFn) -> Edge:
    kind = draw(st.sampled_from([EdgeKind.WRITES_TO, *FREE]))
    group = draw(st.sampled_from(["", "g", "h"]))
    return Edge(
        kind,
        draw(IDS),
        draw(IDS),
        draw(evidences()),
        None if kind is EdgeKind.WRITES_TO else draw(st.none() | OUTCOMES),
        group,
        draw(st.integers(1, 3)) if group else 1,
        draw(st.none() | st.booleans()),
        draw(TEXT),
        draw(PROPERTIES),
    )


NODES = st.builds(Node, st.just(NodeKind.DATASET), IDS, TEXT, evidences(), PROPERTIES)
COVERAGE = st.builds(
    Coverage,
    st.just("s"),
    TEXT,
    INVENTORY,
    st.sampled_from(Reach),
    st.frozensets(st.sampled_from([*NodeKind, *EdgeKind])),
    st.sampled_from(Sort),
    st.none() | st.sampled_from(FixBy),
    TEXT.filter(bool),
    st.lists(TEXT, max_size=2).map(tuple),
    st.integers(0, 10**9),
    st.none() | st.datetimes(timezones=st.just(UTC)),
    TEXT,
)


def _key(fact: Fact) -> Any:
    return fact.evidence[0].inventory, fact.key


@st.composite
def readings(draw: st.DrawFn) -> SourceReading:
    some_edges = draw(st.lists(edges(), max_size=4, unique_by=_key))
    ends = {end for edge in some_edges for end in (edge.source, edge.target)}
    nodes = [fact for fact in draw(st.lists(NODES, max_size=4, unique_by=_key)) if fact.id not in ends]
    coverage = draw(st.lists(COVERAGE, max_size=2, unique_by=lambda item: item.inventory))
    taken_at = draw(st.datetimes(timezones=st.just(UTC)))
    return SourceReading("s", taken_at, (*nodes, *some_edges), tuple(coverage), True, draw(TEXT))


@given(readings())
def test_what_is_written_and_read_again_says_the_same(reading: SourceReading) -> None:
    text = "".join(write_readings([reading]))
    (again,) = read_facts(io.BytesIO(text.encode())).readings
    assert sorted(again.facts, key=repr) == sorted(reading.facts, key=repr)
    assert sorted(again.coverage, key=repr) == sorted(reading.coverage, key=repr)
    assert (again.source, again.taken_at, again.collector) == (reading.source, reading.taken_at, reading.collector)


@given(readings(), st.randoms(use_true_random=False))
def test_the_order_of_facts_makes_no_difference_to_the_file(reading: SourceReading, random: Any) -> None:
    facts = list(reading.facts)
    random.shuffle(facts)
    head = [SourceHead("s", reading.taken_at)]
    assert list(write_facts(facts, [], head)) == list(write_facts(reading.facts, [], head))


def test_a_fact_of_several_sources_is_written_below_each() -> None:
    fact = Node(NodeKind.ROLE, "r", "", (Evidence("s", "i"), Evidence("t", "i")))
    lines = [json.loads(line) for line in write_facts([fact], [], [SourceHead("s", TAKEN), SourceHead("t", TAKEN)])]
    assert [(line["type"], line.get("name")) for line in lines] == [
        ("source", "s"),
        ("node", ""),
        ("source", "t"),
        ("node", ""),
    ]


def test_every_line_that_is_written_fits_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(schema("facts"))
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        validator.validate(json.loads(line))
    for line in write_readings(read_facts(EXAMPLE).readings):
        validator.validate(json.loads(line))
    assert list(validator.iter_errors({**node(), "nmae": "x"}))
    assert list(validator.iter_errors(edge("DEPENDSON")))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"type": "source", "name": "s", "taken_at": "9999-12-31T23:59:59-23:59"}, "years 1 to 9999"),
        ({"type": "coverage", "system": "s", "inventory": "i", "state": "complete", "records": 10**30}, "count"),
        ({"type": "edge", "kind": "DEPENDS_ON", "from": "a", "to": "b", "group": "g", "need": 10**30}, "members"),
    ],
)
def test_a_number_or_time_beyond_all_measure_is_a_bad_line(line: dict[str, object], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        read_facts(io.BytesIO(json.dumps(line).encode()), name="s", taken_at=datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize("value", ["1e999", "[" * 900 + "]" * 900])
def test_a_property_that_could_not_be_written_again_is_a_bad_line(value: str) -> None:
    line = '{"type":"node","kind":"Team","id":"t","properties":{"x":' + value + "}}"
    with pytest.raises(ConfigError, match="line 1"):
        read_facts(io.BytesIO(line.encode()), name="s", taken_at=datetime(2026, 11, 22, tzinfo=UTC))
