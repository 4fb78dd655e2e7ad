"""Storing readings, of notes alone too, and finding the workspace that they belong to."""

import gc
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stackmap.app import reading
from stackmap.app.asking import check
from stackmap.app.garbage import collector_paused
from stackmap.app.imports.importing import import_files
from stackmap.app.leaving import leave
from stackmap.app.map.mapping import map_page
from stackmap.app.opening import open_reading
from stackmap.app.people.finding import find_people
from stackmap.app.workspace import Workspace
from stackmap.collect import FoundConnectors
from stackmap.declared import SecretResolver
from stackmap.errors import ConfigError, StackmapError, StoreError, UsageError
from stackmap.model import Outcome, Reach

NOTES = """
people:
  dana: {name: Dana Okafor}
systems:
  crm:
  ads:
links:
  conversions: {name: Conversions, from: crm, to: ads, runs_as: dana, if_switched_off: stops}
"""
NO_CONNECTOR = "connectors: {}\n"


def no_secret(*_: object) -> str:
    raise AssertionError("no secret is needed here")


MEANS = reading.Readings(
    FoundConnectors({}),
    SecretResolver({}, no_secret, no_secret, no_secret),
    lambda: datetime(2026, 11, 22, 9, tzinfo=UTC),
    lambda *_: None,
    lambda _: None,
)


@pytest.fixture(name="workspace")
def _workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "stackmap.yaml").write_text(NO_CONNECTOR, encoding="utf-8")
    (tmp_path / "stack.yaml").write_text(NOTES, encoding="utf-8")
    return Workspace(tmp_path)


def facts(workspace: Workspace, name: str, *lines: object, source: str = "") -> Path:
    """A fact file of these lines, below a source line where it is to name its source."""
    head = [{"type": "source", "name": source, "taken_at": "2026-11-22T09:00:00Z"}] if source else []
    file = workspace.folder / name
    file.write_text("".join(f"{json.dumps(line)}\n" for line in (*head, *lines)), encoding="utf-8")
    return file


def flow(number: int) -> dict[str, object]:
    """A line that names one automation."""
    return {"type": "node", "kind": "Automation", "id": f"flows/acme/automation/{number}", "name": f"Flow {number}"}


def test_a_workspace_of_notes_alone_is_stored_and_answers(workspace: Workspace) -> None:
    assert reading.expected_calls(workspace, MEANS, ()) == {}
    stored = reading.collect(workspace, MEANS)
    assert stored.coverage == ()
    assert stored.remark == "stackmap.yaml names no connector; stored a reading of your notes alone"
    opened = open_reading(workspace)
    rows = leave(opened, find_people(opened, ["Dana Okafor"], then="stackmap leave")).departure.rows
    assert ("link/conversions", Outcome.STOPS) in {(row.thing, row.outcome) for row in rows}
    assert check(opened).findings
    assert "Conversions" in {node.name for node in map_page(opened).nodes}


def test_notes_are_stored_beside_what_was_imported_before(workspace: Workspace) -> None:
    import_files(workspace, MEANS, [facts(workspace, "flows.jsonl", flow(1))])
    stored = reading.collect(workspace, MEANS)
    assert stored.remark.endswith("stored a reading of your notes, beside what came from flows before")
    assert "flows/acme/automation/1" in open_reading(workspace).stack.graph


@pytest.mark.parametrize("notes", [None, "", "people: {}\n"])
def test_without_connectors_and_notes_there_is_nothing_to_store(workspace: Workspace, notes: str | None) -> None:
    workspace.manifest_file.unlink()
    if notes is not None:
        workspace.manifest_file.write_text(notes, encoding="utf-8")
    for ask in (reading.collect, reading.try_out):
        with pytest.raises(ConfigError, match=r"or write your notes into stack\.yaml and run stackmap collect$"):
            ask(workspace, MEANS)
    assert not workspace.database.exists()


def test_a_connector_asked_for_by_name_is_not_replaced_by_notes(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="names no connector crm; it names none"):
        reading.collect(workspace, MEANS, ["crm"])


def test_lines_left_out_are_said_with_every_answer(workspace: Workspace) -> None:
    users = {
        "type": "coverage",
        "inventory": "users",
        "system": "flows/acme",
        "kinds": ["Account"],
        "state": "complete",
    }
    file = facts(workspace, "flows.jsonl", users, flow(1), {"type": "node", "kind": "Acount", "id": "x"})
    done = import_files(workspace, MEANS, [file], skip_bad=True)
    assert [(name, line.number) for name, line in done.bad_lines] == [("flows.jsonl", 3)]
    said = {item.inventory: (item.state, item.reason) for item in open_reading(workspace).coverage}
    reason = "1 line of flows.jsonl could not be understood and was left out"
    assert said == dict.fromkeys(("users", "lines left out"), (Reach.PARTIAL, reason))


def test_the_same_ids_under_a_second_name_are_told(workspace: Workspace) -> None:
    first = facts(workspace, "flows.jsonl", flow(1), flow(2))
    assert import_files(workspace, MEANS, [first]).notes == ()
    assert import_files(workspace, MEANS, [first]).notes == ()
    again = facts(workspace, "flows-nov.jsonl", flow(1), flow(2), flow(3))
    (note,) = import_files(workspace, MEANS, [again]).notes
    assert note == "flows-nov: the same 2 ids come from source flows already: both count; `--as flows` replaces it"
    assert import_files(workspace, MEANS, [again], name="flows").notes == ()


def test_a_file_that_names_its_source_is_told_to_change_that_name(workspace: Workspace) -> None:
    import_files(workspace, MEANS, [facts(workspace, "a.jsonl", flow(1), source="flows")])
    (note,) = import_files(workspace, MEANS, [facts(workspace, "b.jsonl", flow(1), source="again")]).notes
    assert note.endswith(
        "the same 1 id comes from source flows already: both count; the name flows in the file replaces it"
    )


def test_a_source_that_shares_a_few_ids_is_another_source(workspace: Workspace) -> None:
    import_files(workspace, MEANS, [facts(workspace, "flows.jsonl", flow(1), flow(2))])
    other = facts(workspace, "more.jsonl", flow(2), flow(3))
    assert import_files(workspace, MEANS, [other]).notes == ()


COMMANDS: dict[str, Callable[[Workspace], object]] = {
    "answers": open_reading,
    "collect": lambda workspace: reading.collect(workspace, MEANS),
    "its first note": lambda workspace: reading.expected_calls(workspace, MEANS, ()),
    "doctor": lambda workspace: reading.try_out(workspace, MEANS),
    "import": lambda workspace: import_files(workspace, MEANS, []),
    "export": lambda workspace: list(reading.export_facts(workspace)),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_workspace_that_is_no_folder_is_told_and_not_made(
    command: Callable[[Workspace], object], tmp_path: Path
) -> None:
    (tmp_path / "a-file").touch()
    for name in ("nowhere", "a-file"):
        with pytest.raises(UsageError, match=f"there is no folder .*{name}"):
            command(Workspace(tmp_path / name))
    assert [path.name for path in tmp_path.iterdir()] == ["a-file"]


@pytest.mark.parametrize("command", ["answers", "export"])
def test_a_folder_without_a_workspace_points_at_the_demo_below_it(
    command: str, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading.collect(workspace, MEANS)
    above = tmp_path / "above"
    above.mkdir()
    assert "run `stackmap init`, then `stackmap collect`" in refusal(command, Workspace(above))
    workspace.folder.joinpath("stackmap.db").rename(_made(above / "demo") / "stackmap.db")
    monkeypatch.chdir(above)
    assert refusal(command, Workspace(Path())) == (
        "no workspace here (no stackmap.db); is it in ./demo? Then add --workspace demo, or go there"
    )
    assert f"is it in {above}/demo? Then add --workspace {above}/demo, " in refusal(command, Workspace(above))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def refusal(command: str, workspace: Workspace) -> str:
    """What a command says where no workspace is."""
    with pytest.raises(StackmapError) as caught:
        COMMANDS[command](workspace)
    assert isinstance(caught.value, UsageError)
    return str(caught.value)


def test_a_workspace_that_was_never_read_says_what_to_do(workspace: Workspace) -> None:
    with pytest.raises(StoreError, match="no reading yet; run `stackmap collect`"):
        open_reading(workspace)


def _divided_by_nothing() -> float:
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            pass
        assert not gc.isenabled()
        return 1 / 0


def test_the_collector_runs_again_after_a_pause_however_it_ends() -> None:
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        _divided_by_nothing()
    assert gc.isenabled()


NAMED = """
people:
  dana: {name: Dana Okafor}
things:
  Flow 1: {owner: dana, means: leads, weight: 5}
  Flow one: {owner: dana}
  flows/acme/automation/2: {owner: dana}
  Own macro: {kind: Automation, owner: dana}
  flow 8: {kind: Automation, owner: dana}
accounts:
  flows/acme/account/dana: {type: shared}
"""
MET_NOTHING = (
    'stack.yaml:6 "Flow one"; did you mean "Flow 1"?',
    'stack.yaml:7 "flows/acme/automation/2"; did you mean "flows/acme/automation/1"?',
    'stack.yaml:9 "flow 8" is taken for a thing of its own; did you mean "Flow 1"?',
    'stack.yaml:11 "flows/acme/account/dana"',
)


def test_notes_that_met_nothing_are_told_with_the_nearest_by_whatever_reads(workspace: Workspace) -> None:
    workspace.manifest_file.write_text(NAMED, encoding="utf-8")
    imported = import_files(workspace, MEANS, [facts(workspace, "flows.jsonl", flow(1))])
    stored = reading.collect(workspace, MEANS)
    assert imported.unmet == stored.unmet == MET_NOTHING


def test_namesakes_are_told_with_their_ids(workspace: Workspace) -> None:
    workspace.manifest_file.write_text(NAMED, encoding="utf-8")
    lines = [flow(number) | {"name": "Flow 1"} for number in range(1, 8)]
    imported = import_files(workspace, MEANS, [facts(workspace, "flows.jsonl", *lines)])
    ids = " or ".join(f"flows/acme/automation/{number}" for number in range(1, 6))
    assert imported.unmet[0] == f'stack.yaml:5 "Flow 1" may be {ids} or 2 more; write the id that is meant'


def test_what_a_name_means_is_weighed_and_accepted_as_by_its_id(workspace: Workspace) -> None:
    accepted = "accepted:\n  - {code: PA02, subject: FLOW 1, reason: r, owner: dana, until: 2027-03-31}\n"
    workspace.manifest_file.write_text(NAMED + accepted, encoding="utf-8")
    import_files(workspace, MEANS, [facts(workspace, "flows.jsonl", flow(1))])
    opened = open_reading(workspace)
    assert opened.policy.weights == {"flows/acme/automation/1": 5.0}
    assert [one.subject for one in opened.policy.acceptances] == ["flows/acme/automation/1"]


def test_a_thing_of_one_s_own_is_a_reading_and_a_note_about_nothing_is_none(workspace: Workspace) -> None:
    workspace.manifest_file.write_text("things:\n  Own macro: {means: leads}\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        reading.collect(workspace, MEANS)
    workspace.manifest_file.write_text("things:\n  Own macro: {kind: Automation, means: leads}\n", encoding="utf-8")
    assert reading.collect(workspace, MEANS).unmet == ()
    assert "Own macro" in open_reading(workspace).stack.graph


def test_the_larger_of_two_weights_counts_in_any_order(workspace: Workspace) -> None:
    import_files(workspace, MEANS, [facts(workspace, "flows.jsonl", flow(1))])
    lines = ["  Flow 1: {weight: 5}\n", "  flows/acme/automation/1: {weight: 2}\n"]
    for order in (lines, lines[::-1]):
        workspace.manifest_file.write_text("things:\n" + "".join(order), encoding="utf-8")
        assert open_reading(workspace).policy.weights == {"flows/acme/automation/1": 5.0}


def test_an_address_of_two_people_is_told_with_their_names(workspace: Workspace) -> None:
    workspace.manifest_file.write_text("systems:\n  crm: {owner: ol@fern.test}\n", encoding="utf-8")
    said = {"type": "node", "kind": "Person", "properties": {"email": "ol@fern.test"}}
    staff = [said | {"id": "staff/1", "name": "Ola Berg"}, said | {"id": "staff/2", "name": "Otto Brandt"}]
    (told,) = import_files(workspace, MEANS, [facts(workspace, "staff.jsonl", *staff)]).unmet
    both = "is the address of Ola Berg and Otto Brandt; write another address of whom you mean"
    assert told == f'stack.yaml:2 "ol@fern.test" {both}'
