"""Whatever a fact says, it says the same after it was written down and read again."""

import shutil
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackmap.model import (
    EDGE_KINDS,
    VOLATILE_PROPERTIES,
    Act,
    Certainty,
    Coverage,
    Edge,
    EdgeKind,
    End,
    Evidence,
    FixBy,
    How,
    Judgement,
    Node,
    NodeKind,
    Outcome,
    Outcomes,
    Reach,
    Sort,
)
from stackmap.store.codec import (
    EDGES,
    NODES,
    Place,
    decode_coverage,
    decode_time,
    encode_coverage,
    encode_time,
)
from tests.unit.store.samples import load, node, reading, save

PLACE = Place("crm", "flows")

texts = st.text(max_size=12)
ids = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12).filter(str.strip)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
properties = st.builds(
    lambda free, reserved, volatile: {**free, **reserved, **volatile},
    st.dictionaries(texts.map("x-{}".format), json_values, max_size=3),
    st.fixed_dictionaries({}, optional={"active": st.booleans(), "email": texts, "required": st.booleans()}),
    st.dictionaries(st.sampled_from(sorted(VOLATILE_PROPERTIES)), json_values, max_size=3),
)


@st.composite
def evidences(draw: st.DrawFn, place: Place = PLACE) -> tuple[Evidence, ...]:
    links = st.sampled_from(["", "https://crm.example.test/flow/1"])
    one = st.builds(Evidence, st.just(place.source), st.just(place.inventory), texts, st.sampled_from(How), links)
    return tuple(draw(st.lists(one, min_size=1, max_size=3)))


def _carries(kind: EdgeKind) -> list[Outcome]:
    if kind is EdgeKind.PROVISIONED_BY:
        return [Outcome.CASCADE, Outcome.SURVIVES, Outcome.UNKNOWN]
    bare = kind in {EdgeKind.WRITES_TO, EdgeKind.HAS_ACCOUNT, EdgeKind.ADMINISTERS}
    if bare or EDGE_KINDS[kind].dependent is End.NONE:
        return []
    return sorted(set(Outcome) - {Outcome.CASCADE, Outcome.UNOWNED, Outcome.MUTED})


@st.composite
def outcomes_of(draw: st.DrawFn, kind: EdgeKind) -> Outcomes | None:
    allowed = _carries(kind)
    if not allowed or draw(st.booleans()):
        return None
    judgements = st.builds(Judgement, st.sampled_from(allowed), st.sampled_from(Certainty))
    return Outcomes(draw(st.dictionaries(st.sampled_from(Act), judgements)), draw(texts))


nodes = st.builds(Node, st.sampled_from(NodeKind), ids, texts, evidences(), properties)


@st.composite
def edges(draw: st.DrawFn) -> Edge:
    kind = draw(st.sampled_from(EdgeKind))
    group = draw(texts)
    return Edge(
        kind,
        draw(ids),
        draw(ids),
        draw(evidences()),
        outcomes=draw(outcomes_of(kind)),
        group=group,
        need=draw(st.integers(1, 9)) if group else 1,
        proven=draw(st.none() | st.booleans()),
        slot=draw(texts),
        properties=draw(properties),
    )


@given(nodes)
def test_a_node_survives_being_a_row(fact: Node) -> None:
    content, value = NODES.encode(fact, PLACE)
    assert NODES.decode(content, value, PLACE) == fact


@given(edges())
def test_an_edge_survives_being_a_row(fact: Edge) -> None:
    content, value = EDGES.encode(fact, PLACE)
    assert EDGES.decode(content, value, PLACE) == fact


@given(edges())
def test_the_first_columns_of_an_edge_are_its_key(fact: Edge) -> None:
    content, _ = EDGES.encode(fact, PLACE)
    key = fact.key
    assert content[: EDGES.keys] == (key.kind, key.source, key.target, key.group, key.slot)


@given(nodes, st.dictionaries(st.sampled_from(sorted(VOLATILE_PROPERTIES)), json_values))
def test_volatile_values_are_no_part_of_what_a_fact_says(fact: Node, moved: dict[str, Any]) -> None:
    steady = {name: said for name, said in fact.properties.items() if name not in VOLATILE_PROPERTIES}
    later = Node(fact.kind, fact.id, fact.name, fact.evidence, {**moved, **steady})
    assert NODES.encode(later, PLACE)[0] == NODES.encode(fact, PLACE)[0]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and one empty snapshot, to be copied."""
    path = tmp_path_factory.mktemp("template") / "stackmap.db"
    save(path)
    return path


@given(facts=st.lists(st.one_of(nodes, edges()), max_size=8, unique_by=lambda fact: fact.key), data=st.data())
@settings(max_examples=40)
def test_saving_and_loading_changes_nothing_in_whatever_order(
    facts: list[Node | Edge], data: st.DataObject, empty: Path
) -> None:
    loaded = []
    for order in (facts, data.draw(st.permutations(facts))):
        path = Path(shutil.copy(empty, empty.with_name("copy.db")))
        save(path, reading(order))
        loaded.append(load(path).facts)
    assert loaded[0] == loaded[1]
    expected_nodes = sorted((fact for fact in facts if isinstance(fact, Node)), key=lambda fact: fact.key)
    expected_edges = sorted((fact for fact in facts if isinstance(fact, Edge)), key=lambda fact: fact.key)
    assert loaded[0] == (*expected_nodes, *expected_edges)


def test_the_order_of_properties_says_nothing() -> None:
    one, other = node(1, a=1, b={"c": 1, "d": 2}), node(1, b={"d": 2, "c": 1}, a=1)
    assert NODES.encode(one, PLACE) == NODES.encode(other, PLACE)


def test_a_frozen_mapping_within_properties_is_a_json_object() -> None:
    content, value = NODES.encode(node(1, link=MappingProxyType({"a": ["crm", None]})), PLACE)
    assert NODES.decode(content, value, PLACE).properties == {"link": {"a": ["crm", None]}}


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError, match="datetime is no JSON value"):
        NODES.encode(node(1, seen=datetime(2026, 1, 1, tzinfo=UTC)), PLACE)


def test_half_a_surrogate_pair_becomes_a_replacement_character() -> None:
    content, value = NODES.encode(node(1, "broken \ud83d name", note="\udc00"), PLACE)
    assert content[2] == "broken \ufffd name"
    assert NODES.decode(content, value, PLACE).properties == {"note": "\ufffd"}


@pytest.mark.parametrize("place", [Place("crm", "users"), Place("mail", "flows")])
def test_evidence_from_elsewhere_is_refused(place: Place) -> None:
    with pytest.raises(ValueError, match="evidence from crm/flows in a fact of"):
        NODES.encode(node(1), place)


coverages = st.builds(
    Coverage,
    source=texts,
    system=texts,
    inventory=texts,
    state=st.sampled_from(Reach),
    kinds=st.frozensets(st.sampled_from([*NodeKind, *EdgeKind])),
    sort=st.sampled_from(Sort),
    fix_by=st.none() | st.sampled_from(FixBy),
    reason=st.text(min_size=1),
    needs=st.lists(texts, max_size=3).map(tuple),
    records=st.integers(0, 2**40),
    read_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    vendor_code=texts,
)


@given(coverages)
def test_coverage_survives_being_a_row(coverage: Coverage) -> None:
    assert decode_coverage(encode_coverage(coverage)) == coverage


def test_time_is_kept_in_utc() -> None:
    vienna = timezone(timedelta(hours=1))
    assert encode_time(datetime(2026, 11, 22, 10, tzinfo=vienna)) == "2026-11-22T09:00:00+00:00"
    assert decode_time("2026-11-22T09:00:00+00:00") == datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        encode_time(datetime(2026, 11, 22))  # noqa: DTZ001 - it is refused
