"""Numbers of nodes: the same for the same gates, and what falls together lies together."""

from __future__ import annotations

from array import array

from stackmap.analysis.gates.gate import Gate, Member
from stackmap.analysis.gates.marks import ALL, Reading
from stackmap.analysis.gates.network import OFF, Network
from stackmap.analysis.gates.packing import packed
from stackmap.model import Certainty, State


def gate(node: str, *members: str) -> Gate:
    return Gate(node, tuple(Member(one, State.STOPS, Certainty.CERTAIN) for one in members), need=len(members))


def test_nodes_are_numbered_breadth_first_from_each_person_then_from_what_is_off_then_by_name() -> None:
    gates = (
        gate("broken", OFF),
        gate("flow", "login-a", "system"),
        gate("login-a", "ann"),
        gate("login-b", "bo"),
        gate("mail", "login-a"),
        gate("report", "flow", "login-b"),
        gate("tool", "shop", "crm"),
    )
    network = Network(gates, {person: dict.fromkeys(Reading, (person,)) for person in ("bo", "ann")})
    of_ann, of_bo = ("ann", "login-a", "flow", "mail", "report"), ("bo", "login-b")
    assert network.names == (*of_ann, *of_bo, OFF, "broken", "crm", "shop", "system", "tool")
    assert [network.names[number] for number in network.index.values()] == list(network.names)


def test_the_rows_of_arrays_say_what_each_node_brings_down_alone_and_what_among_others() -> None:
    members = (Member("a", State.STOPS, Certainty.CERTAIN), Member("b", State.STOPS, Certainty.CERTAIN))
    network = Network((Gate("either", members), Gate("both", members, need=2)), {})
    arrays, index = network.arrays, network.index
    for node in ("a", "b"):
        assert list(arrays.alone[index[node]]) == [(index["both"], ALL)]
        assert list(arrays.among[index[node]]) == [(0, ALL)]
    assert (list(arrays.owners), list(arrays.slack)) == ([index["either"]], [2])


def test_packed_columns_keep_their_order_within_a_row() -> None:
    rows, values = array("i", [2, 0, 2, 0]), array("H", [60, 70, 80, 90])
    start, (column,) = packed(rows, 4, values)
    assert list(start) == [0, 2, 2, 4, 4]
    assert column == array("H", [70, 90, 60, 80])
    assert packed(array("i"), 0)[0] == array("i", [0])
