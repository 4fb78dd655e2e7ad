"""What suppositions change, in words."""

from __future__ import annotations

from stackmap.analysis import Fate
from stackmap.analysis.bus_factor.standing import Standing
from stackmap.analysis.what_if.difference import Difference, Shift
from stackmap.render.differences import GROUPS, difference_lines
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
