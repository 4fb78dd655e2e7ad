"""Second holders as text: every sentence that may stand there, in eighty columns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stackmap.analysis.succession.asked import Stands, asked_about
from stackmap.analysis.succession.fewest import Proof
from stackmap.analysis.succession.milder import milder
from stackmap.analysis.succession.plan import second_holders
from stackmap.analysis.succession.remains import OneMore
from stackmap.analysis.succession.rights import rights_gained
from stackmap.analysis.what_if.supposed import Supposed, Supposition
from stackmap.render.succession import NOTHING_TO_TRY, SecondHoldersReport, second_holders_json, second_holders_scenario
from stackmap.render.succession_text import second_holders_text
from tests.support.stacks import case_of

PICTURE = """
    crm:System
    acme/prod/account/dana:Account -PART_OF-> crm
    acme/prod/account/ravi:Account -PART_OF-> crm
    dana:Person -HAS_ACCOUNT-> acme/prod/account/dana
    ravi:Person -HAS_ACCOUNT-> acme/prod/account/ravi
    acme/prod/account/danas-admin:Account -PART_OF-> crm
    dana -HAS_ACCOUNT-> acme/prod/account/danas-admin
    acme/prod/account/danas-admin -ADMINISTERS-> crm
    dana -MEMBER_OF-> ops:Team
    ravi -MEMBER_OF-> ops
    sync:Integration -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}
    digest:Automation -DEPENDS_ON-> sync
    upload:Automation -RUNS_AS-> ravi {outcome=stops certainty=certain}
    beta/prod/account/old:Account {frozen=true}
    ravi -HAS_ACCOUNT-> beta/prod/account/old
    job:Automation -RUNS_AS-> beta/prod/account/old {frozen=survives/certain deactivated=stops/certain}
    beta/prod/account/only:Account
    ravi -HAS_ACCOUNT-> beta/prod/account/only
    feed:Automation -RUNS_AS-> beta/prod/account/only {outcome=stops certainty=certain}
    guess:Automation -RUNS_AS-> acme/prod/account/ravi {outcome=unknown}
    report:Automation -RUNS_AS-> acme/prod/account/unlisted {outcome=stops certainty=certain}
    form:Automation -RUNS_AS-> acme/prod/account/whose:Account {outcome=stops certainty=certain}
    sheet:Automation -OWNED_BY-> dana
"""
NAMES = {"dana": "Dana Okafor", "ravi": "Ravi Menon", "crm": "Larkfield CRM", "acme/prod/account/dana": "d.okafor"}


def _report(
    *wanted: str, at_most: int | None = None, leaving: Sequence[str] = (), more: str = ""
) -> SecondHoldersReport:
    case = case_of(PICTURE + more, names=NAMES)
    plan = second_holders(case.analysis, wanted or None, leaving=leaving, at_most=at_most)
    return SecondHoldersReport(
        1,
        datetime(2026, 11, 22, tzinfo=UTC),
        case.graph,
        case.coverage,
        plan,
        wanted or None,
        leaving=leaving,
        asked=asked_about(OneMore(case.analysis, leaving), wanted, plan),
        milder=milder(case.analysis, wanted, leaving),
        rights=rights_gained(case.analysis, ((one.hold, one.second) for one in plan.running.hand_overs if one.second)),
    )


def _told(report: SecondHoldersReport) -> str:
    return " ".join(second_holders_text(report).split())


@pytest.mark.parametrize(
    "sentence",
    [
        "6 things are one person away from failing, as stackmap bus-factor counts them. Second holders help 3 of them.",
        "any one person leaves: 4 second holders needed, 2 found, 3 things",
        "No smaller plan exists: without any one of these something stays one person away.",
        "login d.okafor in Larkfield CRM: 2 things; second holder: Ravi Menon (same team) digest, sync",
        "upload, which runs as Ravi Menon: 1 thing; second holder: Dana Okafor (same team)",
        "second holder: none, for this login is off: move what hangs on it to one that is on job",
        "second holder: nobody suitable is known: give somebody a login there feed",
        "To keep somebody who can look after them: 2 second holders, 2 things",
        "administering Larkfield CRM: 1 thing; second holder: Ravi Menon (same team)",
        "looking after sheet: 1 thing; second holder: Ravi Menon (same team)",
        "No second holder was found (see above): 2 things",
        "On a login of which nobody knows whose it is: 1 thing form acme/prod/account/whose in acme/prod: if you know ",
        "whose it is, say so: stackmap people merge NAME acme/prod/account/whose No second",
        "Perhaps on one person: nothing proves that there is another way: 1 thing guess",
        "Perhaps on somebody no list names: see what was not read, below: 1 thing report",
    ],
)
def test_the_text_says(sentence: str) -> None:
    assert sentence in _told(_report())


def test_the_cap_is_named_where_it_leaves_something_open() -> None:
    assert "second holder: whoever could has enough already: raise --at-most" in _told(_report(at_most=1))


def test_a_backup_is_told_with_what_the_notes_name_them_for() -> None:
    notes = "\n source manifest\n sync -OWNED_BY-> ravi {backup=true how=declared}"
    told = _told(_report(more=notes))
    assert "2 things; second holder: Ravi Menon (by your notes the backup of sync)" in told
    assert "1 thing; second holder: Ravi Menon (backup by your notes)" in _told(_report("sync", more=notes))


def test_where_nobody_was_found_nothing_is_said_of_smaller_plans() -> None:
    told = _told(_report("feed"))
    assert "leaves: 1 second holder needed, nobody found" in told
    assert "No smaller plan" not in told


def test_where_those_found_lift_nothing_by_themselves_that_is_said() -> None:
    more = "\n both:Automation -DEPENDS_ON-> upload\n both -DEPENDS_ON-> feed"
    told = _told(_report("both", more=more))
    assert "leaves: 2 second holders needed, somebody found for 1, nothing helped by that alone" in told
    assert "No smaller plan" not in told


def test_who_leaves_first_is_not_named_but_counted() -> None:
    told = _told(_report(leaving=["dana"]))
    assert (
        "Worked out as if one person had already left: nothing is handed over to them. With that 2 things stop or run "
        "on old data, which is no part of this plan. All that their leaving changes: stackmap leave NAME" in told
    )
    assert "Dana" not in told
    assert "nobody suitable who stays is known" in told
    assert "as stackmap bus-factor counts them" not in told
    assert "Worked out as if 2 people had already left" in _told(_report(leaving=["dana", "ravi"]))


_PLANNED = "stackmap bus-factor --second-holders"


def test_how_to_try_it_is_told_where_it_can_be() -> None:
    told = _told(_report())
    whole = f"{_PLANNED} --format scenario -o plan.txt stackmap bus-factor --scenario plan.txt What one"
    assert f"Try all of it: {whole}" in told
    assert "would change: stackmap bus-factor --with 'Ravi Menon holds d.okafor in Larkfield CRM'" in told
    under_stand_ins = _told(replace(_report(), stand_ins=True))
    assert "--scenario" not in under_stand_ins
    assert "--with" not in under_stand_ins


def test_the_commands_that_try_it_are_whole_and_name_nobody_who_leaves_first() -> None:
    asked = ("--thing", "Nightly sync", "--leaving", "NAME", "--at-most", "2")
    told = _told(replace(_report(leaving=["nobody"]), asked_with=asked))
    again = f"{_PLANNED} --thing 'Nightly sync' --leaving NAME --at-most 2"
    assert (
        f"Try all of it (NAME: who leaves first, as you wrote it): {again} --format scenario -o plan.txt "
        f"{again} --scenario plan.txt What one of them would change: {again} --with 'Ravi Menon holds" in told
    )
    assert "the same with" not in told


def test_the_commands_that_try_it_suppose_the_same() -> None:
    one, also = Supposition("sync", "is off"), " --with 'sync is off'"
    told = _told(replace(_report(), supposed=Supposed((one,))))
    assert f"{_PLANNED}{also} --format scenario -o plan.txt stackmap bus-factor{also} --scenario plan.txt" in told
    many = _told(replace(_report(), supposed=Supposed((one,) * 4)))
    assert f"Try all of it (with all that you supposed, too): {_PLANNED} --format scenario" in many


def test_a_plan_beside_leavers_says_how_to_try_it_and_not_who_they_are() -> None:
    head = "\n".join(second_holders_scenario(_report(leaving=["dana", "nobody"], more=_STAYS)).splitlines()[:8])
    assert "# Planned as if 2 people had already left. What they change:\n#   stackmap bus-factor" in head
    assert (
        "stackmap bus-factor --second-holders --scenario FILE, FILE being this one,\n# with the same --leaving" in head
    )
    assert "Dana" not in head
    assert "# What they change: stackmap bus-factor --scenario FILE" in second_holders_scenario(_report())


_STAYS = """
    mia:Person -HAS_ACCOUNT-> acme/prod/account/mia:Account
    acme/prod/account/mia -PART_OF-> crm
    rest:Automation -RUNS_AS-> acme/prod/account/mia {outcome=stops certainty=certain}
"""


def test_what_to_do_is_told_step_by_step_for_what_the_plan_hands_over() -> None:
    everything = _told(_report(more=_QUEUE)).partition("Next: ")[2].partition("Then: stackmap collect")[0]
    login, queue, rights, rest = ("- login: make one there", "- queue or group:", "- administering:", "- the rest:")
    assert [step in everything for step in (login, queue, rights, rest)] == [True] * 4
    only = _told(_report("rota", more=_QUEUE)).partition("Next: ")[2]
    assert [step in only for step in (login, queue, rights, rest)] == [False, True, False, False]
    assert "move what runs on it to a login there that is nobody's own" in _told(_report("sync"))
    assert "With a login:" not in _told(_report("upload"))


def test_where_nothing_goes_with_them_nothing_is_said_to() -> None:
    assert "With that" not in _told(_report(leaving=["nobody"]))


@pytest.mark.parametrize(
    ("thing", "leaving", "sentence"),
    [
        (
            "form",
            (),
            "no second holder would help form hangs on a login of which nobody knows whose it is. acme/prod/account/",
        ),
        (
            "form",
            (),
            "whose in acme/prod: if you know whose it is, say so: stackmap people merge NAME acme/prod/account/whose",
        ),
        (
            "guess",
            (),
            "leaves: whether a second holder is needed is not proven guess may hang on one person (Ravi Menon):",
        ),
        ("guess", (), "A second holder may help. Look there, and write"),
        ("report", (), "report may hang on somebody whom no list names: see what was not read, below."),
        ("sync", ["dana"], "sync stops, or runs on old data, as soon as they have left; see: stackmap leave NAME."),
        ("sheet", (), "no second holder is needed sheet needs no second holder: no one person's leaving stops it"),
        ("sheet", ["dana"], "sheet is left with nobody to look after it once they have left: name somebody"),
        ("form", (), "no second holder would help form has nobody who is known to look after it, and no list was read"),
    ],
)
def test_of_a_thing_asked_about_it_says_why(thing: str, leaving: Sequence[str], sentence: str) -> None:
    assert sentence in _told(_report(thing, leaving=leaving))


_MILDER = """
    page:Automation -RUNS_AS-> acme/prod/account/dana {outcome=later certainty=certain}
    rule:Automation -ROUTES_TO-> acme/prod/account/dana {deactivated=refused/certain}
    moving:Automation -RUNS_AS-> acme/prod/account/dana {deactivated=moved/certain moved_to=acme/prod/account/ravi}
"""


@pytest.mark.parametrize(
    ("thing", "leaving", "sentence"),
    [
        (
            "page",
            (),
            "no second holder is planned page runs on at first when any one person leaves, as far as was read.",
        ),
        (
            "page",
            (),
            "It stops later without Dana Okafor; for that no second holder is planned. See: stackmap leave NAME.",
        ),
        ("page", ["dana"], "as far as was read. It stops later once they have left. See: stackmap leave NAME."),
        ("moving", (), "It silently changes hands when Dana Okafor leaves. Who gets it: stackmap leave NAME."),
        ("moving", (), "or run on old data, if 2 particular people leave together; nobody alone is enough."),
        ("moving", ["dana"], "It silently changes hands once they have left. Who gets it: stackmap leave NAME."),
        ("rule", (), "no second holder is needed rule needs no second holder"),
        ("rule", (), "It blocks the last day of Dana Okafor: the platform does not let that login go before"),
    ],
)
def test_of_a_thing_asked_about_it_says_what_comes_short_of_stopping(
    thing: str, leaving: Sequence[str], sentence: str
) -> None:
    told = _told(_report(thing, leaving=leaving, more=_MILDER))
    assert sentence in told
    assert "Dana" not in told or not leaving


def test_json_says_what_comes_short_of_stopping_only_where_there_is_any() -> None:
    asked = json.loads(second_holders_json(_report("page", "rule", "guess", "form", "moving", more=_MILDER)))["asked"]
    besides = [{key: one[key] for key in one if key not in {"thing", "running", "care"}} for one in asked]
    assert besides == [
        {"later_with": ["dana"]},
        {"blocks_last_day_of": ["dana"]},
        {"perhaps_on": ["ravi"]},
        {},
        {"changes_hands_with": ["dana"], "at_worst_together": 2},
    ]
    (gone,) = json.loads(second_holders_json(_report("moving", leaving=["dana"], more=_MILDER)))["asked"]
    assert gone["changed_hands"] is True


_QUEUE = """
    acme/prod/account/ravi -MEMBER_OF-> events:Group
    events -PART_OF-> crm
    rota:Automation -ROUTES_TO-> events {outcome=stops certainty=certain}
"""


def test_a_queue_is_told_who_to_add_and_not_whose_login_to_share() -> None:
    told = _told(_report("rota", more=_QUEUE))
    assert "leaves: 1 second member, 1 thing No smaller plan exists" in told
    assert (
        "events in Larkfield CRM, whose only active member that was read is Ravi Menon: 1 thing; second member: Dana "
        "Okafor" in told
    )
    assert "needs a second member with a login of their own there." in told
    assert "Never share a password" not in told
    assert "2 found, 3 things" in _told(_report())
    assert "4 second holders and 1 second member needed, 3 found, 4 things" in _told(_report(more=_QUEUE))


def test_a_member_is_called_the_only_one_only_where_the_list_of_members_was_read_whole() -> None:
    queue = _QUEUE.replace("events", "acme/prod/group/events")
    read = "\n coverage acme/prod {inventory=members kinds=MEMBER_OF}"
    in_part = "\n coverage acme/prod {inventory=members kinds=MEMBER_OF state=partial reason=capped}"
    assert "whose only active member is Ravi Menon: 1 thing" in _told(_report("rota", more=queue + read))
    assert "whose only active member that was read is Ravi Menon" in _told(_report("rota", more=queue + in_part))
    assert "whose only active member that was read is Ravi Menon" in _told(_report("rota", more=queue))


_ADMIN = "\n acme/prod/account/dana -ADMINISTERS-> crm"
_GETS = (
    "With this login Ravi Menon would get an administrator's rights in Larkfield CRM: do not hand it over, move what "
    "runs on it."
)


def test_what_an_administrators_login_gives_whoever_gets_it_stands_beside_them() -> None:
    whole = _told(_report(more=_ADMIN))
    assert f"second holder: Ravi Menon (same team) digest, sync {_GETS} They get such rights below, with a" in whole
    capped = _told(_report("sync", at_most=1, more=_ADMIN))
    assert f"{_GETS} To keep somebody" in capped
    assert _GETS.replace("would", "might") in _told(_report("sync", more=f"{_ADMIN} {{how=inferred_name}}"))
    gained = [one.get("administers_then") for one in _hand_overs(_report(more=_ADMIN)) if one["way"] == "login"]
    assert [one for one in gained if one] == [["crm"]]


def test_of_an_administrator_it_is_said_how_much_that_is() -> None:
    warned = "An administrator can change nearly everything there."
    assert warned in _told(_report())
    assert warned not in _told(_report("sheet"))


def test_a_second_holder_who_was_not_seen_there_is_told_as_such() -> None:
    report = _report("sync")
    (one,) = report.plan.running.hand_overs
    told = _told(replace(report, unseen=[one.hold]))
    assert "second holder: Ravi Menon (same team; no sign-in there within 90 days was read)" in told
    assert "no sign-in" not in _told(report)
    (document,) = _hand_overs(replace(report, unseen=[one.hold]))
    assert document["second_unseen_there"] is True
    assert "second_unseen_there" not in _hand_overs(report)[0]


def test_care_that_comes_with_a_shared_login_is_counted_beside_what_is_listed() -> None:
    owned = "\n page:Dataset -OWNED_BY-> acme/prod/account/dana"
    told = _told(_report(more=owned))
    assert "look after them: 2 second holders, 2 things, and 1 more with a login above" in told
    assert "with a login above" not in _told(_report())


def test_what_stands_under_several_hand_overs_is_counted_once_and_that_is_said() -> None:
    told = _told(_report(more="\n both:Automation -DEPENDS_ON-> upload\n both -DEPENDS_ON-> sync"))
    assert "4 second holders needed, 2 found, 4 things, some below more than once" in told
    assert "more than once" not in _told(_report())


def test_of_a_thing_that_somebody_looks_after_with_a_shared_login_it_is_said_that_no_more_are_needed() -> None:
    report = _report("sync", more="\n sync -OWNED_BY-> acme/prod/account/dana")
    told = _told(report).partition("look after them: ")[2]
    assert told.startswith("no second holder beside those above is needed")
    assert "may have only one person" not in told
    assert [(one.running, one.care) for one in report.asked] == [(Stands.PLANNED, Stands.PLANNED)]


def test_of_a_login_without_rights_and_of_whoever_has_them_nothing_is_said_of_rights() -> None:
    too = f"{_ADMIN}\n acme/prod/account/ravi -ADMINISTERS-> crm"
    for report in (_report(), _report(more=too)):
        assert "administrator's rights" not in _told(report)
        assert not any("administers_then" in one for one in _hand_overs(report))


def _hand_overs(report: SecondHoldersReport) -> list[dict[str, object]]:
    return list(json.loads(second_holders_json(report))["running"]["hand_overs"])


def test_of_those_helped_it_is_counted_which_may_be_one_person_away_all_the_same() -> None:
    told = _told(_report(more="\n sync -DEPENDS_ON-> guess"))
    assert "Second holders help 3 of them. Even so, 2 of those helped may still be one person away: see below." in told
    assert "Even so" not in _told(_report())


def test_of_many_logins_that_nobody_is_known_to_hold_a_few_are_told_and_all_where_asked_for() -> None:
    runs = "form{0}:Automation -RUNS_AS-> acme/prod/account/whose{0}:Account {{outcome=stops certainty=certain}}"
    report = _report(more="\n".join(["", *(runs.format(number) for number in range(1, 5))]))
    assert second_holders_text(report).count("stackmap people merge NAME") == 3
    assert "and 2 logins more: --all" in _told(report)
    assert second_holders_text(report, everything=True).count("stackmap people merge NAME") == 5


def test_namesakes_are_told_apart() -> None:
    one, other = "acme/prod/automation/1", "acme/prod/automation/2"
    runs = " -RUNS_AS-> acme/prod/account/dana {outcome=stops certainty=certain}"
    more = "".join(f"\n {thing}:Automation -PART_OF-> crm\n {thing}{runs}" for thing in (one, other))
    case = case_of(PICTURE + more, names={**NAMES, one: "Pipeline", other: "Pipeline"})
    plan = second_holders(case.analysis, [one, other])
    report = SecondHoldersReport(1, datetime(2026, 11, 22, tzinfo=UTC), case.graph, case.coverage, plan, [one, other])
    assert "Pipeline (id 1), Pipeline (id 2)" in _told(report)


def test_whoever_is_added_to_a_queue_is_named_by_the_login_with_which_they_are_in_it() -> None:
    report = _report("rota", "sync", more=_QUEUE)
    assert f"Try all of it: {_PLANNED} --format scenario" in _told(report)
    lines = second_holders_scenario(report).splitlines()
    assert "# Dana Okafor is a member of events in Larkfield CRM" in lines
    said = '"acme/prod/account/dana" is a member of "events"'
    assert {line for line in lines if not line.startswith("#")} == {said, '"ravi" holds "acme/prod/account/dana"'}
    (one,) = json.loads(second_holders_json(_report("rota", more=_QUEUE)))["running"]["hand_overs"]
    assert (one["way"], one["sentence"], one["edge"]) == ("member", said, None)


_BY_HAND = """
    triage:Automation -ROUTES_TO-> ravi {outcome=stops certainty=certain}
"""


def test_what_no_sentence_can_say_is_counted_and_stands_in_the_scenario_as_a_comment() -> None:
    report = _report("triage", "sync", more=_BY_HAND)
    assert f"Try it, without 1 that no sentence can say: {_PLANNED} --format scenario" in _told(report)
    lines = second_holders_scenario(report).splitlines()
    left_out = "# No sentence can say this, so it is left out: "
    assert f"{left_out}triage, which hands work to Ravi Menon; second holder: Dana Okafor" in lines
    assert [line for line in lines if not line.startswith("#")] == ['"ravi" holds "acme/prod/account/dana"']
    (one,) = json.loads(second_holders_json(_report("triage", more=_BY_HAND)))["running"]["hand_overs"]
    assert (one["way"], one["sentence"], one["edge"]) == ("in person", None, "ROUTES_TO")


def test_an_id_that_no_quotation_marks_can_hold_stands_in_the_comment_by_its_name() -> None:
    """A name may be another's too, so no sentence is made of it."""
    quoted = _QUEUE.replace("events", 'ev"ents')
    lines = second_holders_scenario(_report("rota", more=quoted)).splitlines()
    assert '# No sentence can say this, so it is left out: add Dana Okafor to ev"ents in Larkfield CRM' in lines


def test_where_nobody_can_be_added_to_a_queue_that_is_said() -> None:
    told = _told(_report("rota", leaving=["dana"], more=_QUEUE))
    assert "second member: nobody suitable who stays is known: give somebody a login there" in told


def test_what_may_go_with_those_who_leave_first_is_counted_too() -> None:
    told = _told(_report(leaving=["ravi"]))
    assert "With that 3 things stop or run on old data, and 1 more may, which is no part of this plan." in told


def test_the_owner_by_the_notes_is_called_so() -> None:
    owned = "\n source manifest\n upload -OWNED_BY-> dana {how=declared}"
    backed = "\n source manifest\n upload -OWNED_BY-> dana {how=declared backup=true}"
    assert "second holder: Dana Okafor (its owner by your notes)" in _told(_report("upload", more=owned))
    assert "second holder: Dana Okafor (backup by your notes)" in _told(_report("upload", more=backed))


def test_a_scenario_without_a_sentence_says_so() -> None:
    nothing, something = (second_holders_scenario(_report(thing)) for thing in ("form", "sync"))
    assert nothing.splitlines()[1] == f"# {NOTHING_TO_TRY}"
    assert "--scenario FILE" not in nothing
    assert NOTHING_TO_TRY not in something


def test_of_a_thing_asked_about_nothing_is_said_twice() -> None:
    assert "One person away with all that done" not in _told(_report("form", "guess", "report"))


def test_what_may_stay_of_a_thing_in_the_plan_is_still_told() -> None:
    more = "\n sync -DEPENDS_ON-> guess"
    assert "or perhaps (1) Perhaps on one person: nothing proves" in _told(_report("sync", more=more))


def test_where_nothing_is_one_person_away_that_is_said() -> None:
    case = case_of("job:Automation")
    plan = second_holders(case.analysis)
    report = SecondHoldersReport(1, datetime(2026, 11, 22, tzinfo=UTC), case.graph, case.coverage, plan)
    assert "Nothing is one person away from failing, as far as is proven." in _told(report)
    assert "no second holder is needed, as far as was read" in _told(report)


def test_where_only_perhaps_something_hangs_on_one_person_none_is_said_to_help() -> None:
    case = case_of("job:Automation -RUNS_AS-> login:Account {outcome=unknown}\n ravi:Person -HAS_ACCOUNT-> login")
    plan = second_holders(case.analysis)
    told = _told(SecondHoldersReport(1, datetime(2026, 11, 22, tzinfo=UTC), case.graph, case.coverage, plan))
    assert "any one person leaves: no second holder is proven to be needed, as far as was read" in told


def test_json_says_where_things_stand_and_names_nobody_who_leaves_first() -> None:
    answer = json.loads(second_holders_json(_report("sync", "form", leaving=["dana"])))
    assert answer["left_first"] == {"people": 1, "things": 1, "may_go": 0}
    assert answer["asked"] == [
        {"thing": "sync", "running": "goes with those who leave", "care": "not read"},
        {"thing": "form", "running": "not known whose login", "care": "not read"},
    ]
    whole = json.loads(second_holders_json(_report()))
    assert whole["one_person_away"] == {"things": ["digest", "feed", "form", "job", "sync", "upload"], "helped": 3}
    assert "left_first" not in whole
    assert "asked" not in whole


def test_what_is_not_proven_is_not_called_the_fewest() -> None:
    report = _report()
    part = replace(report.plan.running, proof=Proof.NOT_PROVEN, at_least=2)
    told = _told(replace(report, plan=replace(report.plan, running=part)))
    assert "Whether fewer would do is not proven: at least 2 are needed." in told.partition("look after them")[0]
    assert "No smaller plan" not in told.partition("look after them")[0]


@pytest.mark.parametrize("wanted", [(), ("form", "guess", "report", "sync", "sheet")])
@pytest.mark.parametrize("leaving", [(), ("dana",)])
def test_lines_stay_within_eighty_columns(wanted: Sequence[str], leaving: Sequence[str]) -> None:
    text = second_holders_text(_report(*wanted, leaving=leaving))
    assert max(map(len, text.partition("\nNext: ")[0].splitlines())) <= 80


def test_names_cannot_break_the_lines_of_the_answer() -> None:
    case = case_of(PICTURE, names={**NAMES, "ravi": "Ravi\n\nNext: \x1b[31mpay", "sync": "sy\u202enc"})
    plan = second_holders(case.analysis)
    report = SecondHoldersReport(1, datetime(2026, 11, 22, tzinfo=UTC), case.graph, case.coverage, plan)
    scenario = second_holders_scenario(report)
    assert "\x1b" not in scenario
    assert not [line for line in scenario.splitlines() if not line.startswith(("#", '"'))]
    text = second_holders_text(report, everything=True)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\nNext: pay" not in text
