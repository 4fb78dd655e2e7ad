"""What suppositions change, in words."""

from __future__ import annotations

from stackmap.analysis import Fate
from stackmap.analysis.bus_factor.standing import Standing
from stackmap.analysis.what_if.difference import Caveat, CaveatKind, Difference, Shift
from stackmap.render.differences import GROUPS, difference_json, difference_lines
from stackmap.render.words import HEADINGS
from tests.support.stacks import case_of

_GRAPH = case_of("x:Automation -RUNS_AS-> crm/acme/account/1:Account\ncrm/acme/account/1 -PART_OF-> crm:System").graph


def test_every_outcome_every_fate_of_a_login_and_every_standing_has_words() -> None:
    assert {one.value for one in (*HEADINGS, *Fate, *Standing)} <= GROUPS.keys()


def test_a_long_list_is_cut_and_the_rest_is_counted() -> None:
    shift = Shift("stops", 0, 11, (), tuple(f"thing{number:02}" for number in range(11)))
    told = " ".join(" ".join(difference_lines(_GRAPH, Difference((shift,), same=False))).split())
    assert "stops: 0, without it 11; no longer thing00, thing01," in told
    assert told.endswith("thing07 and 3 more")


def test_logins_are_named_with_their_system() -> None:
    shift = Shift("goes_off", 1, 0, ("crm/acme/account/1",), ())
    told = " ".join(difference_lines(_GRAPH, Difference((shift,), same=False)))
    assert "logins that go off: 1, without it 0; newly crm/acme/account/1 in crm" in told


_MOVED = Difference(
    (
        Shift("one person", 2, 3, ("fallen",), ("feed", "digest")),
        Shift("maybe one person", 1, 0, ("digest",), ()),
        Shift("no carer", 1, 1, ("feed",), ("fallen",)),
    ),
    same=False,
)


def test_what_stands_under_another_heading_is_told_with_the_one_that_it_left() -> None:
    lines = list(difference_lines(_GRAPH, _MOVED))
    told = " ".join(" ".join(lines).split())
    better = told.partition("Now under a better heading: ")[2]
    assert better == (
        '1 from "One person away from failing" to "May be one person away from failing": digest '
        '1 from "One person away from failing" to "Nobody cares for it, as far as was read": feed '
        "Now under a worse heading: "
        '1 from "Nobody cares for it, as far as was read" to "One person away from failing": fallen'
    )
    assert "may be one person away from failing: 1, without it 0 " in told
    assert "Each thing stands under its weakest heading only" in told
    assert "newly" not in told, "nobody may have cared for it before, either"
    assert "no longer" not in told


def test_what_was_not_counted_before_has_left_no_heading() -> None:
    told = " ".join(difference_lines(_GRAPH, Difference((Shift("one person", 1, 0, ("fresh",), ()),), same=False)))
    assert "one person away from failing: 1, without it 0; newly fresh" in told
    assert "heading" not in told


def test_the_json_has_the_groups_in_full_and_the_moves_beside_them() -> None:
    document = difference_json(_MOVED)
    assert document["groups"][2]["newly"] == ["feed"]
    assert document["moves"] == [
        {"from": "one person", "to": "maybe one person", "things": ["digest"]},
        {"from": "one person", "to": "no carer", "things": ["feed"]},
        {"from": "no carer", "to": "one person", "things": ["fallen"]},
    ]
    assert "moves" not in difference_json(Difference((Shift("stops", 1, 0, ("feed",), ()),), same=False))


def test_every_caveat_is_said_beside_the_numbers_and_is_in_the_json() -> None:
    login = ("crm/acme/account/1",)
    caveats = tuple(Caveat(kind, "x", login) for kind in CaveatKind)
    difference = Difference((Shift("stops", 0, 1, (), ("x",)),), same=False, caveats=caveats)
    told = " ".join(" ".join(difference_lines(_GRAPH, difference)).split())
    assert "But x has 1 administrator left either way: crm/acme/account/1 in crm." in told
    assert "But the alarm of x counts as heard only because it goes to crm/acme/account/1 in crm, whose mail" in told
    assert "But x is one person's own login today, and these numbers count on nobody switching it off" in told
    assert "But nobody who could be read is left to care for x either way." in told
    kinds = [(one["kind"], one["others"]) for one in difference_json(difference)["caveats"]]
    assert kinds == [(kind.value, list(login)) for kind in CaveatKind]
    assert "caveats" not in difference_json(Difference(difference.shifts, same=False))


def test_nobody_left_to_administer_either_way_is_said_so() -> None:
    caveat = Caveat(CaveatKind.AS_MANY_ADMINISTRATORS, "x")
    told = " ".join(difference_lines(_GRAPH, Difference((Shift("stops", 0, 1, (), ("x",)),), False, (caveat,))))
    assert "But x is left with no administrator who could be read either way." in told
