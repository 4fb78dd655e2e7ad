"""Bus factors as text: numbers that say what they count, and people whose logins are off already."""

from collections.abc import Mapping
from csv import DictReader
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from json import loads
from typing import Any

import pytest

from stackmap.analysis import BusFactor, anonymous_id, bus_factors
from stackmap.analysis.bus_factor.things import Unproven
from stackmap.analysis.compiling.supply import DoubtfulCircle
from stackmap.analysis.departures.milder import Later
from stackmap.render.bus_factor import BusFactorReport, bus_factor_csv, bus_factor_json, bus_factor_text
from stackmap.render.bus_factor_gone import Gone
from tests.support.stacks import case_of

PICTURE = """
    n8n/x/system/x:System {usual_act=removed}
    n8n/x/account/1:Account {active=false}
    n8n/x/account/1 -PART_OF-> n8n/x/system/x
    owen:Person -HAS_ACCOUNT-> n8n/x/account/1
    dana:Person -HAS_ACCOUNT-> a:Account
    ravi:Person -HAS_ACCOUNT-> b:Account
    import:Automation -OWNED_BY-> n8n/x/account/1 {removed=stops/certain deactivated=survives/certain}
    router:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    alone:Automation
    guess:Automation -RUNS_AS-> b
    sheet:Automation -RUNS_AS-> a {outcome=stops certainty=certain}
    sheet -OWNED_BY-> ravi
    crew:Automation -OWNED_BY-> dana
    crew -OWNED_BY-> ravi
"""


def report_of(gone: Mapping[str, Gone] | None = None) -> BusFactorReport:
    case = case_of(PICTURE, names={"owen": "Owen Blake", "dana": "Dana Okafor"})
    taken = datetime(2026, 11, 22, tzinfo=UTC)
    return BusFactorReport(taken, case.graph, case.coverage, tuple(bus_factors(case.analysis)), gone or {})


def text_of(gone: Mapping[str, Gone] | None = None) -> str:
    return bus_factor_text(report_of(gone))


def line_of(thing: str, running: int, care: int, sets: tuple[tuple[str, ...], ...]) -> str:
    """How a thing is told that has these sets for both numbers."""
    factor = BusFactor(thing, running, care, running, care, sets, sets, care, 3)
    text = bus_factor_text(replace(report_of(), factors=(factor,)))
    told = text[text.index(f"  {thing} · ") :].partition("\n\n")[0]
    return " ".join(told.split())


def test_the_opening_says_what_running_and_care_count() -> None:
    opening = text_of().partition("One person away")[0]
    assert "running N: so few people's leaving stops it, or leaves it on old data" in opening
    assert "care N: so few people's leaving leaves nobody who can look after it" in opening


def test_a_person_whose_logins_are_all_off_is_called_so_wherever_named() -> None:
    text = text_of({"owen": Gone.LOGINS_OFF})
    assert "import · running 1: Owen Blake (logins off already) · care unknown" in text
    assert "(logins off already): what is done next to those logins" in text


def test_of_people_who_are_here_nothing_is_said_about_logins_that_are_off() -> None:
    assert "off already" not in text_of()


@pytest.mark.parametrize(
    "line",
    [
        "router · running 1: Dana Okafor · care unknown",
        "alone · nobody's leaving stops it · care unknown",
        "guess · running none known (at worst 1) · care unknown",
        "sheet · running 1: Dana Okafor · care 1: ravi",
        "crew · nobody's leaving stops it · care 2: Dana Okafor and ravi",
    ],
)
def test_numbers_read_as_words(line: str) -> None:
    assert f"  {line}\n" in text_of()


def test_a_number_that_counts_nobody_names_nobody() -> None:
    assert line_of("alone", 0, 0, ((),)) == "alone · running 0 · care 0"


def test_of_many_sets_of_people_three_are_named_behind_each_number_and_the_others_counted() -> None:
    told = "1: dan, eve or kim (and 1 more set)"
    assert line_of("alone", 1, 1, (("dan",), ("eve",), ("kim",), ("lou",))) == f"alone · running {told} · care {told}"


def test_somebody_who_has_left_is_called_so_behind_the_number_of_carers_too() -> None:
    text = text_of({"ravi": Gone.LEFT})
    assert "sheet · running 1: Dana Okafor · care 1: ravi (has left)" in text
    assert "(has left): the day somebody switches their login off takes it" in text


def test_the_table_has_the_people_of_both_numbers() -> None:
    [crew, sheet] = [
        row for row in DictReader(StringIO(bus_factor_csv(report_of()))) if row["name"] in {"crew", "sheet"}
    ]
    assert (sheet["running"], sheet["sets"], sheet["care"], sheet["care_sets"]) == ("1", "Dana Okafor", "1", "ravi")
    assert (crew["running"], crew["sets"], crew["care"], crew["care_sets"]) == ("", "", "2", "Dana Okafor + ravi")


def test_a_person_who_has_left_is_called_so_wherever_named() -> None:
    text = text_of({"dana": Gone.LEFT})
    assert "router · running 1: Dana Okafor (has left) · care unknown" in text
    assert "(has left): the day somebody switches their login off takes it" in text
    assert "logins off" not in text


SIX = ("ann", "bea", "cyd", "dan", "eve", "fay")
HALF_DONE = BusFactor(
    "alone",
    4,
    5,
    4,
    3,
    (SIX,),
    (SIX[:5],),
    5,
    2,
    (Unproven(False, False, 4, 6), Unproven(False, True, 4, 6), Unproven(True, True, 3, 5)),
)


def half_done() -> BusFactorReport:
    return replace(report_of(), factors=(HALF_DONE,))


def test_a_number_that_is_not_proven_says_between_what_it_lies_and_what_to_do() -> None:
    text = " ".join(bus_factor_text(half_done()).split())
    named = "ann, bea, cyd, dan, eve and fay"
    assert f"alone · running at least 4, at most 6, not proven: {named}" in text
    assert "care 5 (at worst at least 3, at most 5, not proven): ann, bea, cyd, dan and eve" in text
    assert "not proven: the search for a smaller set of people ended before it was done; run again with" in text
    assert "--within 120" in text


def test_where_all_is_proven_nothing_is_said_about_searching_on() -> None:
    assert "proven" not in text_of()
    assert "--within" not in text_of()


def test_the_one_unproven_number_of_two_is_the_one_that_says_so() -> None:
    factor = replace(HALF_DONE, running=6, unproven=(Unproven(False, True, 4, 6),))
    text = " ".join(bus_factor_text(replace(report_of(), factors=(factor,))).split())
    assert "alone · running 6 (at worst at least 4, at most 6, not proven)" in text
    unlike = replace(factor, running=None, minimal_sets=())
    text = " ".join(bus_factor_text(replace(report_of(), factors=(unlike,))).split())
    assert "alone · running none known (at worst at least 4, at most 6, not proven)" in text


def entry_of(report: BusFactorReport) -> dict[str, Any]:
    [entry] = loads(bus_factor_json(report))["things"]
    assert isinstance(entry, dict)
    return entry


def test_json_says_of_every_number_that_is_not_proven_between_what_it_lies_and_what_was_found() -> None:
    entry = entry_of(half_done())
    assert (entry["proven"], entry["bus_factor"], entry["bus_factor_at_most"]) == (False, 4, 5)
    assert (entry["running"], entry["sets_complete_to_order"]) == (4, 2)
    assert entry["unproven"] == [
        {"number": "running", "at_worst": False, "at_least": 4, "at_most": 6, "found": list(SIX)},
        {"number": "running", "at_worst": True, "at_least": 4, "at_most": 6, "found": None},
        {"number": "care", "at_worst": True, "at_least": 3, "at_most": 5, "found": None},
    ]


def test_json_calls_no_set_minimal_of_which_that_is_not_proven() -> None:
    entry = entry_of(half_done())
    assert (entry["minimal_sets"], entry["care_sets"]) == ([], [list(SIX[:5])])
    done = entry_of(replace(report_of(), factors=(replace(HALF_DONE, unproven=()),)))
    assert (done["proven"], done["minimal_sets"]) == (True, [list(SIX)])
    assert not done.keys() & {"unproven", "bus_factor_at_most"}


def test_the_table_gives_both_ends_of_what_is_not_proven() -> None:
    [row] = DictReader(StringIO(bus_factor_csv(half_done())))
    assert (row["bus_factor"], row["running"], row["at_worst"], row["care"]) == ("4 to 5", "4 to 6", "4 to 6", "5")


def test_a_circle_that_may_only_feed_itself_is_told_with_what_to_do() -> None:
    shown = replace(report_of(), circular=(DoubtfulCircle(("router", "import"), True),))
    said = " ".join(bus_factor_text(shown).split())
    assert "May only feed itself: router, import; what looks like a backup there may be none." in said
    assert "say `supply: true` and some do not: say it of all that only feed." in said
    assert loads(bus_factor_json(shown))["circular"] == [["router", "import"]]
    assert "circular" not in loads(bus_factor_json(report_of()))
    assert "feed itself" not in bus_factor_text(report_of())


UNSURE = Later((), (("dana",), ("owen", "ravi")), 3)
LATE = {"alone": Later((("dana",), ("owen", "ravi")), (), 3)}


def joined(report: BusFactorReport) -> str:
    return " ".join(bus_factor_text(report).split())


def test_who_makes_a_thing_stop_later_is_named_where_nobodys_leaving_stops_it_at_once() -> None:
    shown = replace(report_of(), later=LATE)
    assert "alone · nobody's leaving stops it at once; later: Dana Okafor, or Owen Blake with ravi ·" in joined(shown)
    assert "later: not at once, but at the next re-authorisation, edit or rotation" in joined(shown)
    assert "at once" not in text_of()
    assert "not at once" not in text_of()


def test_what_only_may_stop_later_is_said_to() -> None:
    shown = replace(report_of(), later={"alone": UNSURE})
    assert "alone · nobody's leaving stops it at once; may stop later: Dana Okafor, or" in joined(shown)
    both = replace(shown, later={"alone": replace(UNSURE, sets=(("dana", "owen"),))})
    assert "at once; later: Dana Okafor and Owen Blake; may stop later: Dana Okafor, or" in joined(both)


def test_who_makes_it_stop_later_stands_beside_who_stops_it_at_once() -> None:
    shown = replace(report_of(), later={"router": Later((("ravi",),), (), 3)})
    assert "router · running 1: Dana Okafor; later: ravi · care" in joined(shown)


def test_whose_last_day_a_thing_blocks_is_said_with_what_that_means() -> None:
    shown = replace(report_of(), blocks={"alone": ("dana",), "crew": ("dana", "owen", "ravi", "zoe", "zora")})
    assert "alone · nobody's leaving stops it; blocks the last day of Dana Okafor · care" in joined(shown)
    assert "blocks the last day of Dana Okafor, Owen Blake, ravi and 2 more · care 2" in joined(shown)
    assert "blocks the last day: the platform does not let that login go before it points to another" in joined(shown)
    assert "blocks" not in text_of()


def test_programs_get_who_makes_it_stop_later_and_whose_last_day_it_blocks() -> None:
    shown = replace(report_of(), later=LATE, blocks={"alone": ("ravi",)})
    [entry] = [one for one in loads(bus_factor_json(shown))["things"] if one["id"] == "alone"]
    assert entry["later_sets"] == [["dana"], ["owen", "ravi"]]
    assert (entry["may_be_later_sets"], entry["blocks_last_day_of"]) == ([], ["ravi"])
    [row] = [row for row in DictReader(StringIO(bus_factor_csv(shown))) if row["name"] == "alone"]
    assert row["later_sets"] == "Dana Okafor | Owen Blake + ravi"
    assert (row["may_be_later_sets"], row["blocks_last_day_of"]) == ("", "ravi")
    unsure = replace(shown, later={"alone": UNSURE})
    [entry] = [one for one in loads(bus_factor_json(unsure))["things"] if one["id"] == "alone"]
    assert (entry["later_sets"], entry["may_be_later_sets"]) == ([], [["dana"], ["owen", "ravi"]])


def test_somebody_gone_who_is_only_named_for_something_milder_is_explained_too() -> None:
    shown = replace(report_of({"owen": Gone.LEFT}), later=LATE)
    only_late = tuple(factor for factor in shown.factors if factor.thing == "alone")
    assert "(has left): the day" in joined(replace(shown, factors=only_late))
    assert "(has left)" not in joined(replace(shown, factors=only_late, later={}))


def test_two_people_away_says_from_what() -> None:
    def heading(running: int | None, at_worst: int | None, care: int) -> str:
        factor = BusFactor("alone", running, care, at_worst, care, (), (), care, 3)
        text = bus_factor_text(replace(report_of(), factors=(factor,)))
        return next(line for line in text.splitlines() if line.endswith("  (1)"))

    assert heading(2, 2, 4) == "Two people away from failing  (1)"
    assert heading(None, 2, 4) == "May be two people away from failing  (1)"
    assert heading(None, None, 2) == heading(19, 19, 2) == "Two people away from nobody knowing it  (1)"
    assert heading(3, 3, 4) == "Three people or more, or nobody's leaving breaks it  (1)"


def test_of_two_people_away_failing_comes_before_care_and_what_is_proven_before_what_may_be() -> None:
    numbers = ((None, None, 2), (None, 2, 4), (2, 2, 4), (3, 3, 4), (None, None, 1))
    factors = tuple(BusFactor("alone", one, care, worst, care, (), (), care, 3) for one, worst, care in numbers)
    lines = bus_factor_text(replace(report_of(), factors=factors)).splitlines()
    assert [line.removesuffix("  (1)") for line in lines if line.endswith("  (1)")] == [
        "One person away from nobody knowing it",
        "Two people away from failing",
        "May be two people away from failing",
        "Two people away from nobody knowing it",
        "Three people or more, or nobody's leaving breaks it",
    ]


def test_the_heading_says_what_it_counts_and_how_much_of_it_hangs_on_nobody_who_is_here() -> None:
    def failing(thing: str, *people: str) -> BusFactor:
        return BusFactor(thing, 1, 4, 1, 4, tuple((person,) for person in people), (), 4, 3)

    unknown = anonymous_id("zap/x/account/1")
    factors = (failing("a", "dana"), failing("b", "owen"), failing("c", unknown, "owen"), failing("d", "owen", "dana"))
    shown = joined(replace(report_of({"owen": Gone.LEFT}), factors=factors))
    what = "One person away from failing (4) one person's leaving stops each of these, or leaves it on old data"
    assert what in shown
    here = "; 2 of them hang on people who are here, 1 only on logins of nobody known, "
    assert f"{here}1 only on people who have left or whose logins are off: a" in shown
    assert "or leaves it on old data: a ·" in joined(replace(report_of(), factors=factors[:1]))


def test_json_has_the_group_that_the_text_counts_a_thing_in() -> None:
    told = {one["id"]: one["standing"] for one in loads(bus_factor_json(report_of()))["things"]}
    assert (told["router"], told["crew"], told["alone"]) == ("one person", "two carers", "care not read")


def test_things_of_the_same_name_are_told_apart_by_their_system() -> None:
    picture = """
        outreach/x/system/x:System
        crm/x/system/x:System
        crm/x/integration/1:Integration -PART_OF-> crm/x/system/x
        crm/x/integration/2:Integration -PART_OF-> crm/x/system/x
    """
    names = {"outreach/x/system/x": "Outreach", "crm/x/integration/1": "Outreach", "crm/x/system/x": "Acme CRM"}
    case = case_of(picture, names=names | {"crm/x/integration/2": "Dialer"})
    taken = datetime(2026, 11, 22, tzinfo=UTC)
    shown = joined(BusFactorReport(taken, case.graph, case.coverage, tuple(bus_factors(case.analysis))))
    assert "Outreach (the system) · " in shown
    assert "Outreach in Acme CRM · " in shown
    assert " Dialer · " in shown, "a name that stands once needs no system"


def test_things_of_the_same_name_in_one_system_are_told_apart_by_what_they_are() -> None:
    picture = """
        crm/x/automation/1:Automation -PART_OF-> crm/x/system/x:System
        crm/x/automation/1 {automation_type=dashboard}
        crm/x/automation/2:Automation -PART_OF-> crm/x/system/x
        crm/x/automation/2 {automation_type=flow}
    """
    names = {"crm/x/automation/1": "Pipeline", "crm/x/automation/2": "Pipeline", "crm/x/system/x": "CRM"}
    case = case_of(picture, names=names)
    taken = datetime(2026, 11, 22, tzinfo=UTC)
    shown = joined(BusFactorReport(taken, case.graph, case.coverage, tuple(bus_factors(case.analysis))))
    assert "Pipeline (dashboard) in CRM · " in shown
    assert "Pipeline (flow) in CRM · " in shown


@pytest.mark.parametrize(("complete_to", "others"), [(0, "1 person"), (1, "2 people"), (2, "3 people")])
def test_where_not_all_sets_were_looked_for_others_may_do_as_much(complete_to: int, others: str) -> None:
    factor = BusFactor("router", 1, 1, 1, 1, (("dana",),), (("dana",),), 1, complete_to)
    shown = joined(replace(report_of(), factors=(factor,)))
    assert f"beside those named others of {others} or more may do as much; to look on: --within 120" in shown


def test_nothing_is_said_of_sets_where_all_were_looked_for_or_nobody_is_named() -> None:
    assert "not all sets" not in joined(report_of())
    nobody = BusFactor("router", None, "unknown", None, "unknown", (), (), "unknown", 1)
    assert "not all sets" not in joined(replace(report_of(), factors=(nobody,)))
    late = {"router": Later((("dana",),), (), 2)}
    assert "others of 3 people or more" in joined(replace(report_of(), factors=(nobody,), later=late))
