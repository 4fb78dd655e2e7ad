"""What a reading adds, changes and ends, and what stays."""

from pathlib import Path

import pytest

from stackmap.errors import StoreError
from stackmap.model import Evidence, Fact, Node, NodeKind, Reach, Sort
from stackmap.store import open_writer
from tests.unit.store.samples import count, covered, day, edge, load, names, node, reading, save

FACTS = ("nodes", "edges", "node_values", "edge_values")
NOT_READ_THROUGH = [state for state in Reach if state is not Reach.COMPLETE]


def test_a_complete_list_ends_what_it_no_longer_names(database: Path) -> None:
    save(database, reading([node(1), node(2), edge(1, 7)]))
    save(database, reading([node(2)]))
    assert load(database).facts == (node(2),)
    assert load(database, 1).facts == (node(1), node(2), edge(1, 7))


@pytest.mark.parametrize("state", NOT_READ_THROUGH)
def test_a_list_not_read_through_ends_nothing_but_updates_what_it_read(database: Path, state: Reach) -> None:
    save(database, reading([node(1), node(2)]))
    save(database, reading([node(2, "Renamed"), node(3)], [covered(state=state)]))
    assert names(load(database)) == ["Flow 1", "Renamed", "Flow 3"]
    assert names(load(database, 1)) == ["Flow 1", "Flow 2"]


def test_events_stay_although_the_window_moved_on(database: Path) -> None:
    covers = [covered(sort=Sort.EVENT)]
    save(database, reading([node(1, last_used="2026-11-01")], covers))
    save(database, reading([node(2)], covers))
    assert load(database).facts == (node(1, last_used="2026-11-01"), node(2))


def test_each_inventory_ends_its_own_facts_only(database: Path) -> None:
    both = [node(1), node(1, at="details", owner="x")]
    save(database, reading(both, [covered(), covered("details")]))
    save(database, reading([node(1)], [covered(), covered("details")]))
    assert load(database).facts == (node(1),)
    assert load(database, 1).facts == (both[1], both[0])


def test_an_inventory_over_two_systems_ends_facts_only_when_both_were_read(database: Path) -> None:
    here, there = covered(), covered(state=Reach.DENIED)
    save(database, reading([node(1)]))
    elsewhere = type(there)(
        there.source, "acme/sandbox", there.inventory, there.state, reason=there.reason, needs=("api",)
    )
    save(database, reading([], [here, elsewhere]))
    assert names(load(database)) == ["Flow 1"]


def test_an_inventory_without_coverage_ends_nothing(database: Path) -> None:
    save(database, reading([node(1)]))
    save(database, reading([node(2)], []))
    assert names(load(database)) == ["Flow 1", "Flow 2"]


def test_a_whole_reading_replaces_the_source_and_nothing_else(database: Path) -> None:
    other = reading([node(9, source="mail")], source="mail")
    save(database, reading([node(1), node(2, at="users")], [covered(), covered("users")]), other)
    save(database, reading([node(3)], [covered(state=Reach.PARTIAL)], whole=True))
    assert names(load(database)) == ["Flow 3", "Flow 9"]
    assert names(load(database, 1)) == ["Flow 1", "Flow 2", "Flow 9"]


def test_what_comes_back_was_away_in_between(database: Path) -> None:
    for facts in ([node(1)], [], [node(1)]):
        save(database, reading(facts))
    assert [names(load(database, number)) for number in (1, 2, 3)] == [["Flow 1"], [], ["Flow 1"]]


def test_an_unchanged_reading_writes_no_facts(database: Path) -> None:
    facts: list[Fact] = [node(number, last_used="2026-11-01") for number in range(1000)]
    facts += [edge(number, number % 7) for number in range(1000)]
    save(database, reading(facts))
    before = count(database, FACTS)
    save(database, reading(reversed(facts), on=day(1)), on=day(1))
    assert count(database, FACTS) == before
    assert count(database, ("snapshots", "sources", "coverage")) == 6


def test_only_what_changed_is_written_again(database: Path) -> None:
    save(database, reading([node(1), node(2)]))
    save(database, reading([node(1), node(2, active=False)]))
    assert count(database, FACTS) == 3


def test_an_old_snapshot_has_the_volatile_values_of_its_day(database: Path) -> None:
    used = [{"last_used": "2026-11-01"}, {"last_used": "2026-11-09"}, {}, {"last_used": "2026-11-20"}]
    for properties in used:
        save(database, reading([node(1, active=True, **properties)]))
    assert [load(database, number).facts for number in (1, 2, 3, 4)] == [
        (node(1, active=True, **properties),) for properties in used
    ]
    assert count(database, ["nodes"]) == 1


def test_volatile_values_last_while_a_list_is_not_read_through(database: Path) -> None:
    save(database, reading([node(1, runs_seen=5)]))
    save(database, reading([], [covered(state=Reach.DENIED)]))
    assert load(database).facts == (node(1, runs_seen=5),)


def test_volatile_values_of_edges_are_kept_as_well(database: Path) -> None:
    save(database, reading([edge(1, 2, last_used="2026-11-01")]))
    save(database, reading([edge(1, 2, last_used="2026-11-09")]))
    assert load(database, 1).facts == (edge(1, 2, last_used="2026-11-01"),)
    assert load(database).facts == (edge(1, 2, last_used="2026-11-09"),)
    assert count(database, ["edges"]) == 1


def test_batches_neither_lose_nor_end_what_they_just_began(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stackmap.store.history._BATCH", 3)  # real batches would take minutes to fill
    for day_number in (1, 2):
        save(database, reading([node(number, last_used=str(day_number)) for number in range(10)]))
    assert {fact.properties["last_used"] for fact in load(database).facts} == {"2"}
    assert {fact.properties["last_used"] for fact in load(database, 1).facts} == {"1"}


def test_a_fact_that_one_list_states_twice_is_kept_once(database: Path) -> None:
    save(database, reading([node(1), node(1)]))
    assert load(database).facts == (node(1),)


def test_a_list_that_contradicts_itself_is_refused_and_nothing_is_stored(database: Path) -> None:
    save(database, reading([node(1)]))
    with pytest.raises(StoreError, match=r"crm/flows says two different things of acme/prod/automation/2"):
        save(database, reading([node(2), node(2, "Otherwise")]))
    assert load(database).id == 1
    assert names(load(database)) == ["Flow 1"]


def test_a_source_that_was_not_read_goes_on(database: Path) -> None:
    save(database, reading([node(1)]), reading([node(2, source="mail")], source="mail"))
    save(database, reading([], on=day(1)), on=day(1))
    assert load(database).facts == (node(2, source="mail"),)


def test_a_dropped_source_is_gone_but_earlier_snapshots_keep_it(database: Path) -> None:
    save(database, reading([node(1), edge(1, 2)]), reading([node(2, source="mail")], source="mail"))
    with open_writer(database, who="test", wait=0) as writer:
        assert writer.drop_source("crm", taken_at=day(1)) == 2
    assert load(database).facts == (node(2, source="mail"),)
    assert {each.source for each in load(database).coverage} == {"mail"}
    assert names(load(database, 1)) == ["Flow 1", "Flow 2"]


def test_dropping_an_unknown_source_names_the_known_ones(database: Path) -> None:
    save(database, reading(), reading(source="mail"))
    with (
        open_writer(database, who="test", wait=0) as writer,
        pytest.raises(StoreError, match=r"no source 'cmr'; known: crm, mail"),
    ):
        writer.drop_source("cmr", taken_at=day(1))


def test_one_source_cannot_be_read_twice_in_one_run(database: Path) -> None:
    with pytest.raises(ValueError, match="read twice"):
        save(database, reading(), reading())


def test_sources_that_assert_one_node_keep_their_own_word(database: Path) -> None:
    account = f"{'acme/prod'}/account/1"
    said = [
        Node(NodeKind.ACCOUNT, account, name, (Evidence(name, "users"),), {"active": active})
        for name, active in (("crm", True), ("hr", False))
    ]
    covers = [reading([fact], [covered("users", source=fact.name)], source=fact.name) for fact in said]
    save(database, *covers)
    assert load(database).facts == tuple(said)
