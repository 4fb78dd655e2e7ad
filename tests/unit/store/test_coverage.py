"""Coverage from one snapshot to the next: the latest attempt, and when the facts in hand were last read."""

from pathlib import Path

import pytest

from stackmap.errors import StoreError
from stackmap.model import Coverage, EdgeKind, FixBy, NodeKind, Reach
from tests.unit.store.samples import covered, day, load, node, reading, save

KINDS = frozenset({NodeKind.AUTOMATION, EdgeKind.RUNS_AS})


def only(coverage: tuple[Coverage, ...]) -> Coverage:
    (one,) = coverage
    return one


def test_a_complete_inventory_was_read_on_the_day_of_the_reading(database: Path) -> None:
    save(database, reading(on=day(1)))
    assert only(load(database).coverage).read_at == day(1)


@pytest.mark.parametrize("state", [Reach.DENIED, Reach.PARTIAL, Reach.FAILED, Reach.ABSENT, Reach.SKIPPED])
def test_what_was_not_read_through_says_so_and_when_it_last_was(database: Path, state: Reach) -> None:
    save(database, reading([node(1)], [covered(kinds=KINDS, records=1)]))
    attempt = covered(state=state, fix_by=FixBy.ADMIN, needs=("api",), vendor_code="403")
    save(database, reading([], [attempt], on=day(1)), on=day(1))
    now = only(load(database).coverage)
    assert (now.state, now.reason, now.fix_by, now.needs) == (state, attempt.reason, FixBy.ADMIN, ("api",))
    assert (now.read_at, now.kinds, now.vendor_code) == (day(0), KINDS, "403")
    assert only(load(database, 1).coverage).state is Reach.COMPLETE


def test_the_last_day_survives_several_failures_and_ends_with_success(database: Path) -> None:
    states = [Reach.COMPLETE, Reach.PARTIAL, Reach.DENIED, Reach.COMPLETE]
    for number, state in enumerate(states):
        save(database, reading([], [covered(state=state)], on=day(number)), on=day(number))
    assert [only(load(database, number).coverage).read_at for number in (1, 2, 3, 4)] == [
        day(0),
        day(0),
        day(0),
        day(3),
    ]


def test_what_was_never_read_has_no_day(database: Path) -> None:
    save(database, reading([], [covered(state=Reach.DENIED)]))
    assert only(load(database).coverage).read_at is None


def test_what_was_read_in_part_the_first_time_has_that_day(database: Path) -> None:
    save(database, reading([node(1)], [covered(state=Reach.PARTIAL)], on=day(2)))
    assert only(load(database).coverage).read_at == day(2)


def test_a_source_that_was_not_read_keeps_its_coverage(database: Path) -> None:
    save(database, reading(), reading([], [covered(source="mail", records=3)], source="mail"))
    save(database, reading(on=day(1)), on=day(1))
    assert [(each.source, each.read_at, each.records) for each in load(database).coverage] == [
        ("crm", day(1), 0),
        ("mail", day(0), 3),
    ]


def test_an_inventory_the_connector_gave_up_stays_as_skipped_with_its_facts(database: Path) -> None:
    old = [covered(), covered("old", kinds=KINDS)]
    save(database, reading([node(1, at="old")], old))
    save(database, reading([], on=day(1)), on=day(1))
    _, given_up = load(database).coverage
    assert (given_up.inventory, given_up.state, given_up.read_at) == ("old", Reach.SKIPPED, day(0))
    assert (given_up.reason, given_up.kinds) == ("no longer read by this connector", KINDS)
    assert load(database).facts == (node(1, at="old"),)


def test_a_whole_reading_replaces_the_coverage(database: Path) -> None:
    save(database, reading([], [covered(), covered("old")]))
    save(database, reading([], [covered(state=Reach.DENIED)], whole=True, on=day(1)), on=day(1))
    now = only(load(database).coverage)
    assert (now.inventory, now.state, now.read_at) == ("flows", Reach.DENIED, None)


def test_coverage_that_contradicts_itself_is_refused(database: Path) -> None:
    with pytest.raises(StoreError, match="coverage of flows in acme/prod twice"):
        save(database, reading([], [covered(), covered(state=Reach.DENIED)]))


def test_coverage_of_another_source_is_refused(database: Path) -> None:
    with pytest.raises(ValueError, match="coverage of mail in a reading of crm"):
        save(database, reading([], [covered(source="mail")]))
