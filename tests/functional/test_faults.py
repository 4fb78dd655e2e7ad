"""Every list of n8n under every fault, through `stackmap collect`: what is said of it, and that nothing is lost."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from connectors.n8n import CONNECTOR
from stackmap.app.asking import check
from stackmap.app.opening import open_reading
from stackmap.app.workspace import Workspace
from stackmap.model import Reach, Snapshot
from stackmap.rules import RULES, Verdicts
from stackmap.sdk import Reply, Request, StandIn, serve
from stackmap.sdk.sandbox import Fault, cut, faulty, not_json, rate_limited, status
from tests.functional.cli import inside
from tests.functional.vendor import collect, coverage_of, facts_of, server, stored, workspace

FAR = 3_600


def circling() -> Fault:
    """A cursor that never ends: every page names the same next one."""

    def fault(standin: StandIn) -> StandIn:
        def answer(request: Request) -> Reply:
            first = {name: value for name, value in request.query.items() if name != "cursor"}
            whole = standin(Request(request.method, request.path, first, request.headers, request.body))
            return Reply(whole.status, {**whole.body, "nextCursor": "again"})

        return answer

    return fault


FAULTS: dict[str, Fault] = {
    "401": status(401),
    "403": status(403),
    "404": status(404),
    "429": rate_limited(retry_after=FAR),
    "500": status(500),
    "cut": cut(),
    "not json": not_json(),
    "circling": circling(),
}

LISTS = ("users", "workflows", "workflow-details", "credentials", "projects", "audit")
PAGED = ("users", "workflows", "credentials", "projects")

STATES = {
    "401": Reach.DENIED,
    "403": Reach.DENIED,
    "404": Reach.ABSENT,
    "429": Reach.FAILED,
    "500": Reach.FAILED,
    "cut": Reach.FAILED,
    "not json": Reach.FAILED,
    "circling": Reach.PARTIAL,
}
"""What a fault makes of a list. All but the last leave nothing of it to read."""

REFUSED = ("401", "403")

CASES = [(name, fault) for name in LISTS for fault in FAULTS if fault != "circling" or name in PAGED]


def _list_of(request: Request) -> str:
    head, _, below = request.path.removeprefix("/api/v1/").partition("/")
    return "workflow-details" if below else head


def broken(name: str, fault: str) -> StandIn:
    """The stand-in with one list at fault."""
    return faulty(server(), lambda request: _list_of(request) == name, FAULTS[fault])


@dataclass(frozen=True)
class Whole:
    """A workspace that was collected once, without a fault: what was read, and what the rules say of it."""

    folder: Path
    snapshot: Snapshot
    verdicts: Verdicts


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("read")
    with serve(server()) as url:
        done = collect(workspace(folder, url))
    assert done.code == 0, done.notes
    snapshot = stored(folder)
    assert all(item.state is Reach.COMPLETE for item in snapshot.coverage)
    return Whole(folder, snapshot, _verdicts(folder))


def test_the_table_names_every_list_there_is() -> None:
    assert [item.name for item in CONNECTOR.inventories] == list(LISTS)


@pytest.mark.parametrize(("name", "fault"), CASES)
def test_a_list_at_fault_says_so_and_the_others_are_read(whole: Whole, tmp_path: Path, name: str, fault: str) -> None:
    with serve(broken(name, fault)) as url:
        done = collect(workspace(tmp_path, url))
    assert done.code == 0, done.notes
    hurt = stored(tmp_path)
    found = coverage_of(hurt)
    for other in LISTS:
        assert found[other].state is _expected(name, fault, other), f"{other}: {found[other].reason}"
        if found[other].state is Reach.COMPLETE:
            assert _keys(hurt, other) >= _keys(whole.snapshot, other), other
    assert found[name].reason
    assert found[name].fix_by is not None


@pytest.mark.parametrize(("name", "fault"), CASES)
def test_a_fault_after_a_good_reading_loses_nothing_and_clears_nothing(
    whole: Whole, tmp_path: Path, name: str, fault: str
) -> None:
    folder = tmp_path / "again"
    shutil.copytree(whole.folder, folder)
    with serve(broken(name, fault)) as url:
        done = collect(workspace(folder, url))
    assert done.code == 0, done.notes
    before, after = whole.snapshot, stored(folder)
    for other in LISTS:
        kept_facts = facts_of(after, other)
        assert all(fact in kept_facts for fact in facts_of(before, other)), other
    kept = coverage_of(after)[name]
    assert kept.read_at == coverage_of(before)[name].read_at
    assert kept.kinds == coverage_of(before)[name].kinds
    if kept.state is not Reach.PARTIAL:
        answer = " ".join(inside("leave", "dana.kim@example.test", cwd=folder).out.split())
        assert f"n8n {name}: {kept.state.value}" in answer
        assert "; last read on" in answer
    assert set(_verdicts(folder).clear) <= set(whole.verdicts.clear)
    _assert_blind_where_not_read(folder, after)


def _verdicts(folder: Path) -> Verdicts:
    return check(open_reading(Workspace(folder)))


def _assert_blind_where_not_read(folder: Path, snapshot: Snapshot) -> None:
    """Every rule that needs what a list at fault lists names that list among what it could not be judged by."""
    answer = inside("check", "--format", "json", "--fail-on", "never", cwd=folder).json()
    blind = {(row["code"], row["system"]): row for row in answer["not_evaluated"]}
    for item in snapshot.coverage:
        if item.state is Reach.COMPLETE:
            continue
        for rule in RULES:
            if any(need & item.kinds for need in rule.needs):
                judged = blind.get((rule.code, item.system))
                assert judged is not None, f"{rule.code} needs {item.inventory}"
                assert item.inventory in judged["inventories"]


def _expected(name: str, fault: str, other: str) -> Reach:
    """The state of a list while another is at fault.

    The details are asked per workflow of the list of workflows. A refused audit is a sign of a member's key, which
    shows no others' workflows.
    """
    if other == name:
        return STATES[fault]
    if (name, other) == ("workflows", "workflow-details"):
        return Reach.PARTIAL if fault == "circling" else Reach.SKIPPED
    if name == "audit" and fault in REFUSED and other in ("workflows", "workflow-details"):
        return Reach.PARTIAL
    return Reach.COMPLETE


def _keys(snapshot: Snapshot, inventory: str) -> set[object]:
    return {fact.key for fact in facts_of(snapshot, inventory)}
