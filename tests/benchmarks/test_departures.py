"""Ours and the graph libraries are asked the same, and answer the same: but for reachability, which cannot."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading
from stackmap.analysis.gates.network import OFF, Network
from stackmap.model import Certainty, State
from tests.benchmarks.courses import Course, Shape, course
from tests.benchmarks.figures import Doing
from tests.benchmarks.measuring import Effort
from tests.benchmarks.methods import Ask, Method
from tests.benchmarks.networks import made_up_network
from tests.benchmarks.ours import COLUMNS, COMPILED, OURS, PLAIN
from tests.benchmarks.peers import PEERS
from tests.benchmarks.picture import as_svg
from tests.benchmarks.racing import FIRST_TIME, Race, Raced, race
from tests.benchmarks.standings import as_grid, as_rows, distances, growths, speed_ups, unmeasured

METHODS = {method.name: method for method in (*OURS, *PEERS)}
EXACT = sorted(name for name, method in METHODS.items() if method.exact)
REACHING = sorted(name for name, method in METHODS.items() if not method.exact)
ONCE = Effort(most=1, seconds=0, warms_up=False)


def members(*nodes: str) -> tuple[Member, ...]:
    return tuple(Member(node, State.STOPS, Certainty.CERTAIN) for node in nodes)


def small() -> Course:
    """Ann's and Bo's feeds, either of which will do; two of three; and a circle that stands until Ann leaves.

    Ann: ann, feed-a, ring-1, ring-2, report. Bo: bo, feed-b. Cy: cy, feed-c.
    """
    gates = (
        Gate("feed-a", members("ann")),
        Gate("feed-b", members("bo")),
        Gate("feed-c", members("cy")),
        Gate("either", members("feed-a", "feed-b")),
        Gate("two-of-three", members("feed-a", "feed-b", "feed-c"), need=2),
        Gate("ring-1", members("ring-2")),
        Gate("ring-2", members("ring-1", "feed-a"), need=2),
        Gate("report", members("either", "feed-c")),
        Gate("report", members("ring-1", "system"), need=2),
    )
    seeds = {person: dict.fromkeys(Reading, (person,)) for person in ("ann", "bo", "cy")}
    return course("small", Network(gates, seeds))


SMALL = small()


def ready(name: str, of: Course) -> Ask:
    try:
        return METHODS[name].ready(of)
    except ImportError as missing:
        pytest.skip(f"{missing.name} is not installed")


@pytest.mark.parametrize("name", EXACT)
def test_either_will_do_two_of_three_and_a_circle_are_lost_with_the_right_people(name: str) -> None:
    ask = ready(name, SMALL)
    assert [ask([person]) for person in range(3)] == [5, 2, 2]
    assert ask(range(3)) == 9


@pytest.mark.parametrize("name", REACHING)
def test_what_only_reaches_finds_losses_that_are_none(name: str) -> None:
    ask = ready(name, SMALL)
    assert [ask([person]) for person in range(3)] == [7, 5, 4]


@pytest.mark.parametrize("name", EXACT)
def test_all_agree_about_everybody_on_a_network_made_up(name: str) -> None:
    of = course("300", made_up_network(300))
    ask = ready(name, of)
    assert tuple(ask([person]) for person in range(of.shape.people)) == of.lost


def test_a_network_made_up_is_the_same_for_the_same_seed_and_has_real_circles() -> None:
    network = made_up_network(2_000)
    again = made_up_network(2_000)
    assert (again.gates, again.names) == (network.gates, network.names)
    assert made_up_network(2_000, seed=1).gates != network.gates
    shape = course("2,000", network).shape
    assert (shape.nodes, shape.people) == (2_001, 40)  # and the node that is off from the start
    assert len(shape.circles) > 5
    assert shape.circles[-1] > 3
    assert any(1 < gate.need < len(gate.members) for gate in network.gates)


def test_a_network_in_which_something_is_lost_from_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="old is lost before anybody leaves"):
        course("broken", Network((Gate("old", members(OFF)),), {}))


def test_the_race_tells_what_it_could_not_measure_and_which_methods_find_too_much() -> None:
    def absent(_: Course) -> Ask:
        raise ModuleNotFoundError("No module named 'swift'", name="swift")

    methods = (
        *OURS[:1],
        Method("absent", absent),
        Method("crowded", OURS[0].ready, most=3),
        Method("slow", OURS[0].ready, slow=True),
        Method("double", lambda _: lambda people: 6 * len(people)),
    )
    *doing, done = race(SMALL, methods, ONCE)
    assert isinstance(done, Race)
    assert Doing("small: slow, some people") in doing
    assert [one.method for one in done.raced] == [PLAIN, PLAIN + FIRST_TIME, "absent", "crowded", "slow", "double"]
    assert [(one.what, one.why) for one in unmeasured([done])] == [
        ("absent, small", "swift is not installed"),
        ("crowded, small", "left out of so large a network, to keep the run short"),
    ]
    lines = {line.split("  ")[0]: line for line in as_grid([done]).splitlines()}
    assert lines["circles (nodes of the largest)"].endswith("  1 (2)")
    assert lines["absent"].endswith("  not measured")
    assert " *, " in lines["slow"]
    assert lines["double"].endswith(" x, finds 2.0 x")
    assert "finds" not in lines[PLAIN]


def raced(name: str, nodes: int, **seconds: float) -> Race:
    """A race as if it had been run."""
    words = {"plain": PLAIN, "columns": COLUMNS, "compiled": COMPILED, "rustworkx": "rustworkx, worklist"}
    shape = Shape(name, nodes, edges=3 * nodes, people=2, circles=(), pairs=5, touched=1_000)
    return Race(shape, tuple(Raced(words[method], (time,)) for method, time in seconds.items()))


def test_of_the_plain_ways_the_quicker_is_held_against_the_peers_and_only_where_a_target_says_so() -> None:
    races = [
        raced("10,000", 10_000, plain=1, rustworkx=9),
        raced("Debian", 80_000, plain=4, columns=2, compiled=0.5, rustworkx=8),
    ]
    assert [(figure.what, figure.best, figure.met) for figure in speed_ups(races)] == [
        ("everybody's departure, Debian: ours, plain Python, as fast as rustworkx, worklist", 4, True),
        ("everybody's departure, Debian: ours, compiled, as fast as rustworkx, worklist", 16, True),
    ]


def test_growth_is_told_from_ten_thousand_nodes_to_the_largest_made_up_network() -> None:
    races = [
        raced("1,000", 1_000, plain=7),
        raced("10,000", 10_000, plain=1, rustworkx=1),
        raced("1,000,000", 1_000_000, plain=100, rustworkx=1_000),
        raced("Debian", 80_000, plain=9),
    ]
    ours, theirs = growths(races)
    assert ours.what == f"everybody's departure, growth exponent, 10,000 to 1,000,000: {PLAIN}"
    assert (round(ours.best, 9), ours.met, round(theirs.best, 9), theirs.met) == (1.0, True, 1.5, None)


def test_the_distance_to_copying_counts_twelve_bytes_for_each_edge_that_a_loss_leads_over() -> None:
    (plain, compiled) = distances(raced("Debian", 80_000, plain=0.5, compiled=0.02), bandwidth=12e6)
    assert (round(plain.best, 9), plain.met) == (500, None)
    assert (round(compiled.best, 9), compiled.met) == (20, False)
    assert not list(distances(raced("1,000", 1_000, plain=1), bandwidth=12e6))


def test_the_picture_is_drawn_from_the_rows_and_needs_some() -> None:
    rows = as_rows([one for one in race(SMALL, OURS[:1], ONCE) if isinstance(one, Race)])
    larger = [{**row, "nodes": 100 * row["nodes"], "seconds": 50.0} for row in rows]
    drawn = ElementTree.fromstring(as_svg([*rows, *larger]))  # noqa: S314 - our own
    words = ["".join(text.itertext()) for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {PLAIN, "1,000", "10 s", "things and people"} <= set(words)
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}circle"))) == 2
    with pytest.raises(ValueError, match="nothing to draw"):
        as_svg([{**row, "network": "Debian"} for row in rows])
