"""What could not be judged, as a reader without the catalogue understands it."""

from collections import Counter
from dataclasses import replace

from stackmap.render.unjudged import ABOUT, not_judged
from stackmap.rules import RULES, Verdicts
from tests.support.stacks import verdicts_of

JOBS = "coverage crm {inventory=jobs kinds=RUNS_AS,Automation}"
USERS_IN_PART = "coverage crm {inventory=users kinds=ADMINISTERS,Account state=partial reason=capped}"


def short(picture: str) -> list[str]:
    return not_judged(verdicts_of(picture), full=False)


def test_every_rule_that_may_be_blind_is_about_one_subject() -> None:
    told = Counter(code for codes in ABOUT.values() for code in codes)
    assert told == Counter(rule.code for rule in RULES if not rule.about_sight)


def told_by(picture: str, **sources: str) -> Verdicts:
    """The verdicts over a picture in which these sources name the systems of which no list was asked for."""
    verdicts = verdicts_of(picture)
    assert set(verdicts.unlisted) == set(sources)
    return replace(verdicts, unlisted={system: frozenset(names.split()) for system, names in sources.items()})


def test_systems_that_only_notes_tell_of_stand_in_one_line() -> None:
    verdicts = told_by("sheet:System\nads:System\nslack:System", sheet="manifest", ads="manifest", slack="manifest crm")
    assert not_judged(verdicts, full=False) == [
        "ads, sheet: only your notes tell of them",
        "slack: no list of its own was asked for",
    ]
    assert not_judged(told_by("sheet:System", sheet="manifest"), full=False) == ["sheet: only your notes tell of it"]


def test_codes_stand_only_where_all_is_asked_for() -> None:
    verdicts = told_by(f"{JOBS}\n{USERS_IN_PART}\nsheet:System", sheet="manifest")
    codes = [rule.code for rule in RULES if not rule.about_sight]
    told = " ".join(not_judged(verdicts, full=False))
    assert not [code for code in codes if code in told]
    shown = not_judged(verdicts, full=True)
    assert shown[0] == "sheet: everything (every rule): only your notes tell of it"
    assert "crm: logins of people who have left (OO11), mailboxes of integration logins (PA09): not wholly read:" in (
        " ".join(shown)
    )
    blind = {item.code for item in verdicts.not_evaluated if item.system == "crm"}
    assert {code for code in codes if code in " ".join(shown)} == blind


def test_a_subject_stands_once_for_each_system_with_its_main_reason() -> None:
    told = short(f"{JOBS}\n{USERS_IN_PART}")
    assert told == [
        (
            "crm: what runs as a person (in part), AI connections and agents, tokens, apps that share a login, "
            "what blocks a last day: no list that was asked for shows it in full"
        ),
        (
            "crm: administrators, logins of people who have left, mailboxes of integration logins, alarms: "
            "not wholly read (users)"
        ),
    ]


def test_of_a_subject_that_other_rules_still_judge_only_a_part_is_said_to_be_missing() -> None:
    (entry,) = [line for line in short(JOBS) if "what runs as a person" in line]
    assert "what runs as a person (in part)" in entry
    assert "owners" not in entry


def test_systems_that_fare_alike_share_an_entry_and_each_names_its_lists() -> None:
    kinds = "ADMINISTERS,Account,RUNS_AS,OWNED_BY,AUTHORIZED_BY,Automation,Integration,NOTIFIES,ROUTES_TO"
    lists = [f"coverage {name} {{inventory={name}-all kinds={kinds} state=partial reason=capped}}" for name in "ba"]
    assert short("\n".join(lists)) == ["a, b: everything: not wholly read (a-all, b-all)"]


def test_a_reason_of_a_rules_own_is_told_as_it_is() -> None:
    picture = "coverage crm {inventory=users kinds=ADMINISTERS,Account}"
    assert "crm: administrators (in part): no active administrator (SA01)" in short(
        f"lee:Account {{active=false}}\nlee -ADMINISTERS-> crm:System\nlee -PART_OF-> crm\n{picture}"
    )
