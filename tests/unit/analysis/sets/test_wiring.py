"""What is left of a network at one mark: only what can change an answer."""

from __future__ import annotations

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import Reading, Run, mark_of
from stackmap.analysis.gates.network import OFF, Network
from stackmap.analysis.gates.solve import Solver
from stackmap.analysis.sets.wiring import NEVER, Wiring, wiring_at
from stackmap.model import Certainty, State


def gate(node: str, members: str, need: int | None = None, cap: State = State.STOPS) -> Gate:
    names = members.split()
    sure = tuple(Member(OFF if name == "off" else name, cap, Certainty.CERTAIN) for name in names)
    return Gate(node, sure, len(names) if need is None else need)


def wired(*gates: Gate, state: State = State.STOPS, targets: str = "") -> tuple[Network, Wiring]:
    network = Network(gates, {person: dict.fromkeys(Reading, (person,)) for person in "abc"})
    numbers = [network.index[name] for name in targets.split() or network.names]
    return network, wiring_at(Solver(network), mark_of(Run.POSSIBLE, state), numbers)


def stands_for(network: Network, wiring: Wiring, name: str) -> str | None:
    number = wiring.stands_for.get(network.index[name], NEVER)
    return None if number == NEVER else network.names[number]


def test_what_hangs_on_one_node_alone_falls_with_it_however_long_the_chain() -> None:
    chain = [gate("x0", "a"), *(gate(f"x{number}", f"x{number - 1}") for number in range(1, 3_000))]
    network, wiring = wired(*chain)
    assert stands_for(network, wiring, "x2999") == "a"
    assert len(wiring.nodes) == 3


def test_what_hangs_on_the_very_same_is_one_node() -> None:
    network, wiring = wired(gate("x", "a b", 1), gate("y", "b a", 1), gate("z", "x y"), gate("w", "x y", 1))
    assert len({stands_for(network, wiring, name) for name in "xyzw"}) == 1


def test_a_circle_that_nobody_is_in_is_never_lost_nor_what_hangs_on_it_alone() -> None:
    network, wiring = wired(gate("x", "y"), gate("y", "x"), gate("z", "x"), gate("w", "x a", 1))
    assert [stands_for(network, wiring, name) for name in "xyzw"] == [None] * 4


def test_what_is_lost_whoever_leaves_leaves_fewer_to_spare() -> None:
    network, wiring = wired(gate("off1", "off"), gate("x", "off1 a b c", 2), targets="x")
    [hanging] = [one for node, one in wiring.nodes.items() if network.names[node] == "x"]
    assert [(spared, len(members)) for spared, members in hanging.gates] == [(1, 3)]


def test_a_member_counts_only_up_to_its_cap() -> None:
    mild = gate("x", "a", cap=State.STARVES)
    assert stands_for(*wired(mild, state=State.STARVES), "x") == "a"
    assert stands_for(*wired(mild, state=State.STOPS), "x") is None


def test_only_people_who_can_bring_about_a_target_have_a_place() -> None:
    _, wiring = wired(gate("x", "c a", 1), gate("y", "b"), targets="x")
    assert wiring.people == ("a", "c")
    assert wiring.names(0b11) == ("a", "c")
