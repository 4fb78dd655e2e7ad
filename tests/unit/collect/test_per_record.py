"""Lists that are asked for per record of another: of those that settings want, and with what was asked at hand."""

from collections.abc import Iterator
from dataclasses import replace

from stackmap.model import EdgeKind, Fact, NodeKind, Reach
from stackmap.sdk import Answer, Inventory, Per, Record, Reply, Request, Scope, Settings
from tests.unit.collect.vendor import CONNECTOR, DETAILS_INVENTORY, JOBS_INVENTORY, job_requests, read, standin


def wanted(row: Record, settings: Settings) -> bool:
    return row["id"] == "j2" and settings["region"] == "eu"


def with_details(inventory: Inventory) -> list[str]:
    """The paths that are asked for, when the details are these."""
    asked: list[str] = []

    def watched(request: Request) -> Reply:
        asked.append(request.path)
        return standin(request)

    reading = read(watched, replace(CONNECTOR, inventories=(JOBS_INVENTORY, inventory)))
    assert {item.state for item in reading.coverage} == {Reach.COMPLETE}
    return asked


def test_only_the_records_that_settings_want_are_asked_about() -> None:
    chosen = replace(DETAILS_INVENTORY, ask=Per("jobs", job_requests, wanted))
    assert with_details(chosen) == ["/api/jobs/search", "/api/jobs/j2"]
    assert len(with_details(DETAILS_INVENTORY)) == 4


def test_an_answer_says_what_was_asked_for_records_that_do_not_say_what_they_belong_to() -> None:
    def records(answer: Answer) -> list[Record]:
        return [{"id": answer.path.rpartition("/")[2], "owner": answer.body["owner"]}]

    def run_as(row: Record, at: Scope) -> Iterator[Fact]:
        yield at.edge(EdgeKind.RUNS_AS, at.id(NodeKind.AUTOMATION, row["id"]), at.id(NodeKind.ACCOUNT, "u1"), row["id"])

    nameless = replace(DETAILS_INVENTORY, records=records, facts=run_as)
    reading = read(connector=replace(CONNECTOR, inventories=(JOBS_INVENTORY, nameless)))
    found = [fact.source for fact in reading.facts if fact.kind is EdgeKind.RUNS_AS]
    assert [source.rpartition("/")[2] for source in found] == ["j1", "j2", "j3"]
