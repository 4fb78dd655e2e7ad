"""What if: sentences and days to come, supposed beside what was read and kept nowhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.functional.cli import contents, inside
from tests.support.notation import notation

PICTURE = """
    acme/prod/automation/sync:Automation -RUNS_AS-> acme/prod/account/1:Account {deactivated=stops/certain}
    acme/prod/automation/sync -PART_OF-> acme/prod/system/prod:System
    acme/prod/automation/owner-runs:Automation -OWNED_BY-> acme/prod/account/1 {deactivated=stops/certain}
    acme/prod/automation/routes:Automation -ROUTES_TO-> acme/prod/account/1 {deactivated=stops/certain slot=emea}
    acme/prod/automation/sync -NOTIFIES-> acme/prod/account/1
    acme/prod/account/1 -ADMINISTERS-> acme/prod/system/prod
    beta/prod/integration/bridge:Integration -AUTHENTICATES_WITH-> beta/prod/credential/key:Credential {slot=beta}
    beta/prod/credential/key -AUTHORIZED_BY-> beta/prod/account/1:Account {deactivated=stops/certain}
    beta/prod/integration/bridge -PART_OF-> beta/prod/system/prod:System
    beta/prod/integration/badge:Integration -AUTHENTICATES_WITH-> beta/prod/credential/own:Credential
    beta/prod/credential/own -AUTHORIZED_BY-> beta/prod/account/2:Account {deactivated=stops/certain}
    acme/prod/automation/old:Automation -RUNS_AS-> acme/prod/account/3:Account {deactivated=stops/certain}
    acme/prod/account/2:Account
    acme/prod/account/svc:Account {account_type=integration}
    acme/prod/account/3 {active=false}
    acme/prod/group/queue:Group
    acme/prod/account/2 -MEMBER_OF-> acme/prod/group/queue
    coverage acme/prod {kinds=Account,ADMINISTERS,Automation state=complete}
    coverage beta/prod {kinds=Account,Credential,Integration state=complete inventory=all}
"""
NAMES = {
    "acme/prod/system/prod": "Acme CRM",
    "beta/prod/system/prod": "Beta Mail",
    "acme/prod/automation/sync": "Nightly sync",
    "acme/prod/automation/owner-runs": "Score of leads",
    "acme/prod/automation/routes": "Case routing",
    "acme/prod/automation/old": "Old report",
    "beta/prod/integration/bridge": "Mail bridge",
    "beta/prod/integration/badge": "Badge scanner",
    "beta/prod/credential/key": "bridge key",
    "beta/prod/credential/own": "badge key",
    "acme/prod/account/1": "Dana Kim",
    "beta/prod/account/1": "Dana Kim",
    "acme/prod/account/2": "Priya Shah",
    "beta/prod/account/2": "Priya Shah",
    "acme/prod/account/3": "Owen Blake",
    "acme/prod/account/svc": "svc-sync",
    "acme/prod/group/queue": "Case queue",
}
EMAILS = {"Dana Kim": "d.kim", "Priya Shah": "p.shah", "Owen Blake": "o.blake"}
DANA = ("leave", "Dana Kim")
NEW_LOGIN = ("Priya no longer holds Priya Shah in Acme CRM", "Priya administers Acme CRM")
RUNS_AS = "Nightly sync runs as svc-sync"


def _lines() -> list[dict[str, Any]]:
    lines = notation(PICTURE)
    for line in lines:
        if line["type"] == "node":
            name = line["name"] = NAMES[line["id"]]
            if name in EMAILS:
                line["properties"]["email"] = f"{EMAILS[name]}@larkfield.test"
        if line.get("id") == "beta/prod/credential/own":
            line["properties"]["expires_at"] = "2098-05-01T00:00:00Z"
    return lines


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("what-if") / "workspace"
    folder.mkdir()
    (folder.parent / "stack.jsonl").write_text("\n".join(map(json.dumps, _lines())), encoding="utf-8")
    done = inside("import", folder.parent / "stack.jsonl", cwd=folder)
    assert done.code == 0, done.notes
    return folder


def answer(folder: Path, *arguments: str | Path) -> dict[str, Any]:
    done = inside(*arguments, "-f", "json", cwd=folder)
    assert done.code == 0, done.notes
    found: dict[str, Any] = done.json()
    return found


def outcomes(document: dict[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in document["outcomes"]:
        found.setdefault(row["thing"]["name"], set()).add(row["outcome"])
    return found


def with_(*sentences: str) -> list[str]:
    return [word for sentence in sentences for word in ("--with", sentence)]


@pytest.mark.parametrize("hidden", [(), ("--pseudonymise",)])
def test_whom_an_address_means_is_not_changed_by_a_second_holder_of_the_login(
    folder: Path, hidden: tuple[str, ...]
) -> None:
    plan = folder.parent / "plan.txt"
    assert inside("bus-factor", "--second-holders", "--format", "scenario", "-o", plan, cwd=folder).code == 0
    assert " holds " in plan.read_text(encoding="utf-8")
    for supposed in (("--with", "Priya Shah holds Dana Kim in Acme CRM"), ("--scenario", plan)):
        by_name = answer(folder, *DANA, *supposed, *hidden)
        assert answer(folder, "leave", "d.kim@larkfield.test", *supposed, *hidden) == by_name


def test_without_suppositions_dana_takes_all_this_with_her(folder: Path) -> None:
    document = answer(folder, *DANA)
    assert "supposing" not in document
    assert {name: sorted(found) for name, found in outcomes(document).items()} == {
        "Acme CRM": ["unowned"],
        "Case routing": ["stops"],
        "Mail bridge": ["stops"],
        "Nightly sync": ["stops"],
        "Score of leads": ["stops"],
    }


@pytest.mark.parametrize(
    ("sentence", "said", "spares"),
    [
        (RUNS_AS, "Nightly sync runs as svc-sync in Acme CRM", {"Nightly sync"}),
        ("nightly SYNC runs as Priya", "Nightly sync runs as Priya Shah in Acme CRM", {"Nightly sync"}),
        ("Nightly sync also runs as svc-sync", "Nightly sync also runs as svc-sync in Acme CRM", {"Nightly sync"}),
        ("Mail bridge runs as p.shah@larkfield.test", "Mail bridge runs as Priya Shah in Beta Mail", {"Mail bridge"}),
        ("Mail bridge also runs as Priya", "Mail bridge also runs as Priya Shah in Beta Mail", {"Mail bridge"}),
        (
            "bridge key is authorised by Priya Shah",
            "bridge key in Beta Mail is authorised by Priya Shah in Beta Mail",
            {"Mail bridge"},
        ),
        ("Score of leads belongs to svc-sync", "Score of leads belongs to svc-sync in Acme CRM", {"Score of leads"}),
        ("Case routing hands work to Case queue", "Case routing hands work to Case queue", {"Case routing"}),
        ("Priya Shah administers Acme CRM", "Priya Shah administers Acme CRM", {"Acme CRM"}),
        ("Priya Shah owns Acme CRM", "Priya Shah owns Acme CRM", {"Acme CRM"}),
        (
            "Priya Shah holds Dana Kim in Acme CRM",
            "Priya Shah holds Dana Kim in Acme CRM",
            {"Nightly sync", "Score of leads", "Case routing", "Acme CRM"},
        ),
        ("without Mail bridge", "Mail bridge is off", {"Mail bridge"}),
    ],
)
def test_each_form_spares_what_it_says_and_nothing_else(
    folder: Path, sentence: str, said: str, spares: set[str]
) -> None:
    before, after = answer(folder, *DANA), answer(folder, *DANA, *with_(sentence))
    assert [one["said"] for one in after["supposing"]] == [said]
    assert {name for name, found in outcomes(before).items() if found - outcomes(after).get(name, set())} == spares
    assert {name for name, found in outcomes(after).items() if found - outcomes(before).get(name, set())} <= spares
    again = answer(folder, *DANA, *with_(said))
    assert again == after, "what is said can be said again"


def test_what_the_alternative_hangs_on_is_not_spared_with_it(folder: Path) -> None:
    both = answer(folder, *DANA, "Priya Shah", *with_("Nightly sync also runs as Priya"))
    assert "stops" in outcomes(both)["Nightly sync"]


def test_sentences_hold_one_on_top_of_the_other(folder: Path) -> None:
    done = answer(folder, "leave", "Owen Blake", *with_("Owen Blake is back"))
    assert outcomes(done) == {"Old report": {"stops"}}
    back = with_("Owen Blake is back", "Nightly sync runs as Owen Blake")
    assert "Nightly sync" in outcomes(answer(folder, "leave", "Owen Blake", *back))


def test_repointed_there_and_back_only_the_assumptions_differ(folder: Path) -> None:
    there_and_back = with_(RUNS_AS, "Nightly sync runs as Dana Kim")
    document = answer(folder, *DANA, *there_and_back)
    assert [one["already"] for one in document.pop("supposing")] == [False, False]
    assert document.pop("changes") == {"same_answer": True, "groups": []}
    assert document == answer(folder, *DANA)


def test_a_login_that_is_off_is_broken_already_and_nobodys_leaving(folder: Path) -> None:
    document = answer(folder, *DANA, *with_("Dana Kim in Acme CRM is off"))
    broken = {loss["thing"].rpartition("/")[2] for loss in document["already_broken"]}
    assert {"sync", "owner-runs", "routes"} <= broken
    assert outcomes(document).keys() == {"Mail bridge"}


def test_a_second_administrator_without_a_login_gets_a_new_one_and_that_is_said(folder: Path) -> None:
    document = answer(folder, *DANA, *with_(*NEW_LOGIN))
    supposed = document["supposing"][1]
    assert supposed["new_login"] is True
    (login,) = supposed["logins"]
    assert not {"priya", "shah"} & set(login.casefold().replace("%3a", "/").split("/"))
    assert "Acme CRM" not in outcomes(document)
    text = inside(*DANA, *with_(*NEW_LOGIN), cwd=folder)
    assert "with a new login: none of Priya Shah's own was read there" in " ".join(text.out.split())


def test_alarms_reach_one_more(folder: Path) -> None:
    muted = outcomes(answer(folder, *DANA, *with_(RUNS_AS)))["Nightly sync"]
    told = outcomes(answer(folder, *DANA, *with_(RUNS_AS, "Nightly sync alarms Priya Shah")))["Nightly sync"]
    assert muted - told == {"muted"}


def test_the_answer_says_first_what_it_supposes(folder: Path) -> None:
    text = inside(*DANA, *with_(RUNS_AS, "Dana Kim administers Acme CRM"), cwd=folder).out
    assert text.startswith(
        "Supposing, beside what was read (nothing of it is stored):\n"
        "  Nightly sync runs as svc-sync in Acme CRM\n"
        "  Dana Kim administers Acme CRM (so already: it changes nothing)\n"
        "What that changes in this answer:\n"
        "  stops: 3, without it 4; no longer Nightly sync\n"
        "  runs on, nobody left to care: 2, without it 1; newly Nightly sync\n"
        "  alarm reaches nobody: 1, without it 0; newly Nightly sync\n\nRead"
    )
    assert list(answer(folder, *DANA, *with_(RUNS_AS)))[:3] == ["schema", "supposing", "changes"]


def test_supposed_edges_are_told_as_such(folder: Path) -> None:
    done = inside("leave", "Priya Shah", *with_("Nightly sync runs as Priya Shah"), cwd=folder)
    assert "runs as Priya Shah's login  [supposed]" in " ".join(done.out.split(" ")).replace("\n", " ")


def test_a_scenario_is_the_same_sentences_one_a_line(folder: Path) -> None:
    file = folder.parent / "scenario.txt"
    file.write_text(f"\ufeff# what we plan\n\n{RUNS_AS}\n  Priya Shah owns Acme CRM\n", encoding="utf-8")
    said = inside(*DANA, *with_(RUNS_AS, "Priya Shah owns Acme CRM"), cwd=folder)
    assert inside(*DANA, "--scenario", file, cwd=folder) == said
    assert inside(*DANA, "--scenario", "-", cwd=folder, stdin=file.read_text(encoding="utf-8")) == said


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_a_scenario_that_supposes_nothing_is_refused(folder: Path, text: str) -> None:
    file = folder.parent / "empty.txt"
    file.write_text(text, encoding="utf-8")
    done = inside(*DANA, "--scenario", file, cwd=folder)
    assert (done.code, done.out) == (2, "")
    assert "empty.txt says nothing" in done.notes


def test_what_is_wrong_in_a_scenario_is_told_line_by_line(folder: Path) -> None:
    file = folder.parent / "wrong.txt"
    file.write_text(f"{RUNS_AS}. # soon\nNightly sink is off\nNightly sync hums\n", encoding="utf-8")
    done = inside(*DANA, "--scenario", file, cwd=folder)
    assert done.code == 2
    assert f'{file}:2: in the line "Nightly sink is off": none of' in done.notes
    assert f'{file}:3: in the line "Nightly sync hums": no verb' in done.notes
    assert f"{file}:1" not in done.notes
    assert "\nTry: acme/prod/automation/sync is off\n" in done.notes


def changed(document: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {one["group"]: (one["now"], one["without"]) for one in document["changes"]["groups"]}


def test_what_changes_is_what_both_answers_say(folder: Path) -> None:
    before, after = answer(folder, *DANA), answer(folder, *DANA, *with_(RUNS_AS))
    groups = ("stops", "unowned", "muted")
    now, without = (
        {group: sum(row["outcome"] == group for row in document["outcomes"]) for group in groups}
        for document in (after, before)
    )
    assert changed(after) == {group: (now[group], without[group]) for group in groups}
    (stops,) = (one for one in after["changes"]["groups"] if one["group"] == "stops")
    assert (stops["newly"], stops["no_longer"]) == ([], ["acme/prod/automation/sync"])
    assert "changes" not in before


def test_a_login_that_two_hold_is_shared_then_and_both_lists_of_logins_say_so(folder: Path) -> None:
    sentence = with_("Priya Shah holds Dana Kim in Acme CRM")
    document, text = answer(folder, *DANA, *sentence), inside(*DANA, *sentence, cwd=folder).out
    groups = changed(document)
    assert (groups["goes_off"], groups["rotate"]) == ((1, 2), (1, 0))
    flat = " ".join(text.split())
    assert "(beside Dana Kim: it is shared then, and stays on while one of them is here)" in flat
    assert "logins that go off: 1, without it 2; no longer Dana Kim in Acme CRM" in flat
    assert [len(one["beside"]) for one in document["supposing"]] == [1]


def test_one_administrator_left_is_as_few_as_none(folder: Path) -> None:
    group, priya = "administrators_one_or_none", "Priya Shah administers Acme CRM"
    assert group not in changed(answer(folder, *DANA, *with_(priya)))
    owen = ("Owen Blake is back", "Owen Blake administers Acme CRM")
    assert changed(answer(folder, *DANA, *with_(priya, *owen)))[group] == (0, 1)


def test_what_changes_nothing_says_so(folder: Path) -> None:
    nothing = inside(*DANA, *with_("Dana Kim administers Acme CRM"), cwd=folder).out
    assert "\nThat changes nothing in this answer.\n" in nothing


def test_what_moves_nothing_but_is_otherwise_said_is_no_all_clear(folder: Path) -> None:
    repointed = answer(folder, *DANA, *with_("Mail bridge also runs as Dana Kim"))
    assert repointed["changes"] == {"same_answer": False, "groups": []}
    text = inside(*DANA, *with_("Mail bridge also runs as Dana Kim"), cwd=folder).out
    assert "That moves nothing to another place in this answer; what is said of it may differ." in text


def test_bus_factors_say_whose_last_day_is_blocked_no_more_and_what_stops_later_no_more(tmp_path: Path) -> None:
    picture = """
        crm/x/automation/rule:Automation -ROUTES_TO-> crm/x/account/1:Account {outcome=refused certainty=certain}
        crm/x/automation/page:Automation -RUNS_AS-> crm/x/account/1 {outcome=later certainty=certain}
        crm/x/account/2:Account -PART_OF-> crm/x/system/x:System
        crm/x/account/1 -PART_OF-> crm/x/system/x
    """
    names = {"crm/x/account/1": "Dana Kim", "crm/x/account/2": "Priya Shah", "crm/x/system/x": "Acme CRM"}
    lines = notation(picture)
    for line in lines:
        if name := names.get(line.get("id", "")):
            line["name"] = name
            line["properties"]["email"] = f"{EMAILS.get(name, 'crm')}@larkfield.test"
    (tmp_path / "stack.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert inside("import", "stack.jsonl", cwd=tmp_path).code == 0
    document = answer(tmp_path, "bus-factor", *with_("Priya Shah holds Dana Kim in Acme CRM"))
    lost = {one["group"]: one["no_longer"] for one in document["changes"]["groups"]}
    assert lost["blocks_last_day_of"] == ["crm/x/automation/rule"]
    assert lost["later_sets"] == ["crm/x/automation/page"]
    assert [(one["kind"], one["subject"]) for one in document["changes"]["caveats"]] == [
        ("counted_as_staying_on", "crm/x/account/1")
    ]


def test_bus_factors_say_which_things_stand_elsewhere(folder: Path) -> None:
    sentence = with_("Nightly sync also runs as Priya Shah")
    document = answer(folder, "bus-factor", *sentence)
    shifts = {one["group"]: one for one in document["changes"]["groups"]}
    assert document["changes"]["same_answer"] is False
    assert shifts["one person"]["no_longer"] == ["acme/prod/automation/sync"]
    assert shifts["one person"]["without"] - shifts["one person"]["now"] == 1
    moved = next(one for one in document["changes"]["moves"] if one["from"] == "one person")
    assert moved["things"] == ["acme/prod/automation/sync"]
    assert 'from "One person away from failing" to' in " ".join(inside("bus-factor", *sentence, cwd=folder).out.split())
    cared_for = answer(folder, "bus-factor", *with_("Priya Shah owns Score of leads"))
    assert cared_for["changes"]["same_answer"] is False, "who looks after it is part of the answer"
    same = inside("bus-factor", *with_("Dana Kim administers Acme CRM"), cwd=folder).out
    assert "That changes nothing in this answer." in same
    assert "changes" not in answer(folder, "bus-factor", "--within", "5", *sentence), "two clocks cannot be compared"


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Nightly sink runs as svc-sync", "nearest:\n   acme/prod/automation/sync   Nightly sync"),
        ("Nightly sync runs as svc-snyc", "nearest:\n  acme/prod/account/svc"),
        ("Dana Kim is off", "is a person. What breaks if they leave: stackmap leave"),
        ("Dana Kim has left", "Together with somebody else: stackmap leave NAME"),
        ('"Nightly sync is off', "quotation mark is not closed"),
        ("key is authorised by Priya Shah", "2 keys and consents match"),
        ("Priya holds svc-sync", "is a program's login"),
        ("Owen Blake administers Acme CRM", "--with 'Owen Blake is back'"),
        ("Nightly sync runs as Priya Shah in Beta Mail", "is a login of another system"),
        ("Mail bridge belongs to Priya Shah", 'Mail bridge runs as LOGIN"'),
        ("Dana Kim no longer owns Score of leads", "say whom it belongs to instead"),
        ("Nightly sync hums", "What can be said:"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_what_to_say_instead(folder: Path, sentence: str, says: str) -> None:
    done = inside(*DANA, *with_(sentence), cwd=folder)
    assert done.code == 2
    assert done.out == ""
    assert says in done.notes


def test_a_scenario_that_is_not_there_and_two_lists_on_one_input_are_refused(folder: Path) -> None:
    for file, why in (("nowhere.txt", "there is no file nowhere.txt"), (".", ".: is a directory")):
        notes = inside(*DANA, "--scenario", file, cwd=folder).notes
        assert f"the scenario cannot be read: {why}" in notes
        assert "Errno" not in notes
    both = inside("leave", "--file", "-", "--scenario", "-", cwd=folder, stdin="Dana Kim")
    assert (both.code, "not both" in both.notes) == (2, True)


def test_a_scenario_that_lies_in_a_shared_place_is_warned_of(folder: Path) -> None:
    place = folder.parent / "Dropbox"
    place.mkdir(exist_ok=True)
    (place / "scenario.txt").write_text(RUNS_AS, encoding="utf-8")
    done = inside(*DANA, "--scenario", place / "scenario.txt", cwd=folder)
    assert "careful: the scenario lies in what looks like a Dropbox folder" in done.notes


def test_bus_factors_and_everybodys_departure_suppose_the_same(folder: Path) -> None:
    sentence = with_("Nightly sync also runs as Priya Shah")

    def running(*more: str) -> int:
        things = answer(folder, "bus-factor", *more)["things"]
        return next(int(one["running"]) for one in things if one["name"] == "Nightly sync")

    assert (running(), running(*sentence)) == (1, 2)
    assert inside("bus-factor", *sentence, cwd=folder).out.startswith("Supposing")
    everyone = answer(folder, "bus-factor", "--everyone", *sentence)
    assert list(everyone)[:2] == ["schema", "supposing"]
    assert inside("bus-factor", "--everyone", *sentence, cwd=folder).out.startswith("Supposing")
    assert "Supposing: Nightly sync also runs as" in inside("bus-factor", *sentence, "-f", "csv", cwd=folder).notes


def test_the_map_says_what_it_supposes(folder: Path) -> None:
    file = folder.parent / "map.html"
    assert inside("map", "-o", file, *with_(RUNS_AS), cwd=folder).code == 0
    page = file.read_text(encoding="utf-8")
    assert "Supposing" in page
    assert "Nightly sync runs as svc-sync in Acme CRM" in page


def test_nothing_of_what_is_supposed_is_stored(folder: Path) -> None:
    asked = [
        (*DANA, *with_(RUNS_AS, "Priya Shah administers Beta Mail"), "--on", "2099-01-01"),
        (*DANA, *with_("Nobody At All administers Acme CRM")),
        (*DANA, *with_(RUNS_AS), "--pseudonymise", "-f", "json"),
        ("bus-factor", *with_("Owen Blake is back")),
        ("map", "-o", str(folder.parent / "other.html"), *with_("without Acme CRM")),
    ]
    others = (("export", "facts"), ("bus-factor",), ("people",))
    before, said = (contents(folder), folder.stat().st_mtime_ns), [inside(*other, cwd=folder).out for other in others]
    for command in asked:
        assert inside(*command, cwd=folder).code in {0, 2}
    assert (contents(folder), folder.stat().st_mtime_ns) == before
    assert [inside(*other, cwd=folder).out for other in others] == said


class TestUnderStandIns:
    """What is supposed names people, so stand-ins replace them there too."""

    names = ("dana", "kim", "priya", "shah", "owen", "blake")
    sentences = with_(
        "Nightly sync runs as Priya Shah",
        "Priya Shah administers Beta Mail",
        "Owen Blake is back",
        "Dana Kim owns Badge scanner",
        "Dana Kim is a member of Case queue",
        "Case routing hands work to Case queue",
    )

    def _clear(self, text: str) -> bool:
        return not any(name in text.casefold() for name in self.names)

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_no_name_is_told(self, folder: Path, form: str) -> None:
        done = inside("leave", "Priya Shah", *self.sentences, "--pseudonymise", "--all", "-f", form, cwd=folder)
        assert done.code == 0, done.notes
        assert "Nightly sync runs as" in done.out
        assert self._clear(done.out + done.notes)

    def test_a_new_login_gives_nobody_away(self, folder: Path) -> None:
        alone = with_(*NEW_LOGIN)
        done = inside(*DANA, *alone, "--pseudonymise", "-f", "json", cwd=folder)
        assert done.json()["supposing"][1]["new_login"] is True
        assert self._clear(done.out + done.notes)
        assert "Acme CRM" not in outcomes(done.json())

    def test_the_verdict_is_that_under_real_names(self, folder: Path) -> None:
        hidden = answer(folder, *DANA, *self.sentences, "--pseudonymise")
        assert outcomes(hidden) == outcomes(answer(folder, *DANA, *self.sentences))

    def test_what_cannot_be_understood_is_told_by_number(self, folder: Path) -> None:
        done = inside(*DANA, *with_(RUNS_AS, "Priya Shahh owns Acme CRM"), "--pseudonymise", cwd=folder)
        assert done.code == 2
        assert "sentence 2" in done.notes
        assert self._clear(done.notes)

    def test_in_a_scenario_only_its_line_is_told(self, folder: Path) -> None:
        file = folder.parent / "dana.txt"
        file.write_text(f"{RUNS_AS}\n\nPriya Shahh owns Acme CRM\n", encoding="utf-8")
        done = inside(*DANA, "--scenario", file, "--pseudonymise", cwd=folder)
        assert "line 3 of the scenario" in done.notes
        assert self._clear(done.out + done.notes)

    def test_whom_a_holder_stands_beside_has_a_stand_in(self, folder: Path) -> None:
        hidden = answer(folder, *DANA, *with_("Priya Shah holds Dana Kim in Acme CRM"), "--pseudonymise")
        assert hidden["supposing"][0]["beside"] == [one["id"] for one in hidden["leavers"]]

    def test_what_changes_is_that_under_real_names(self, folder: Path) -> None:
        hidden = answer(folder, *DANA, *with_(RUNS_AS), "--pseudonymise")
        assert changed(hidden) == changed(answer(folder, *DANA, *with_(RUNS_AS)))


class TestOnADay:
    """As of a day to come: by the dates that were read, and nothing else."""

    def test_what_ends_by_then_is_told_and_counts_as_over(self, folder: Path) -> None:
        document = answer(folder, *DANA, "--on", "2099-12-31")
        assert document["on"]["day"] == "2099-12-31"
        (ended,) = document["on"]["ended"]
        assert (ended["name"], ended["day"], ended["things"]) == (
            "badge key",
            "2098-05-01",
            ["beta/prod/integration/badge"],
        )
        assert "beta/prod/integration/badge" in {loss["thing"] for loss in document["already_broken"]}
        text = inside(*DANA, "--on", "2099-12-31", cwd=folder).out
        assert text.startswith("As of 31 Dec 2099")
        assert "  badge key in Beta Mail ends on 1 May 2098: Badge scanner" in text

    def test_what_ends_later_goes_on(self, folder: Path) -> None:
        document = answer(folder, *DANA, "--on", "2098-04-30")
        assert document["on"] == {"day": "2098-04-30", "ended": []}
        assert {key: value for key, value in document.items() if key != "on"} == answer(folder, *DANA)
        told = " ".join(inside(*DANA, "--on", "2098-04-30", cwd=folder).out.split())
        assert "nothing of which a date was read ends by then. What lasts so many days from a start that was" in told

    def test_a_key_may_be_supposed_to_be_renewed(self, folder: Path) -> None:
        document = answer(folder, *DANA, "--on", "2099-12-31", *with_("badge key is back"))
        assert "beta/prod/integration/badge" not in {loss["thing"] for loss in document["already_broken"]}

    @pytest.mark.parametrize("day", ["soon", "2026-13-01", "01.12.2099", "2099-12-1x"])
    def test_what_is_no_day_is_told_in_plain_words(self, folder: Path, day: str) -> None:
        done = inside(*DANA, "--on", day, cwd=folder)
        assert done.code == 2
        assert f"'{day}' is no day; write it as 2026-12-31" in " ".join(done.notes.split())
        assert "Value error" not in done.notes

    def test_a_day_before_the_reading_is_refused(self, folder: Path) -> None:
        done = inside(*DANA, "--on", "2001-01-01", cwd=folder)
        assert done.code == 2
        assert "1 Jan 2001 is before this reading" in done.notes

    def test_it_is_told_under_stand_ins_too(self, folder: Path) -> None:
        document = answer(folder, *DANA, "--on", "2099-12-31", "--pseudonymise")
        assert [one["day"] for one in document["on"]["ended"]] == ["2098-05-01"]
