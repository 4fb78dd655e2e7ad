"""A made-up vendor that uses every feature of the SDK, for the tests of the runner and of the suite."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from threading import Event

from stackmap.collect import run
from stackmap.model import Act, Certainty, EdgeKind, Fact, Judgement, NodeKind, Outcome, SourceReading
from stackmap.sdk import (
    Answer,
    Connector,
    Departure,
    Departures,
    Get,
    Inventory,
    Limits,
    Per,
    ReadPost,
    Record,
    Reply,
    Request,
    Scope,
    Setting,
    StandIn,
    api_key,
    cursor,
    transport,
)

KEY = "made-up-acme-key"
SETTINGS = {"base_url": "https://acme.example.test/api", "key": KEY}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGE = 2
USERS = [{"id": f"u{number}", "name": name} for number, name in enumerate(("Ana", "Bo", "Cy", "Di", "Eli"), 1)]
JOBS = [{"id": f"j{number}", "title": f"Job {number}", "owner": f"u{number}"} for number in (1, 2, 3)]

ROW = Departures(
    "job-owner",
    EdgeKind.RUNS_AS,
    "a job and the login it runs as",
    (Departure(Act.REMOVED, Judgement(Outcome.STOPS, Certainty.CERTAIN), "made up", "2026-11-22", "It stops."),),
    gap="nobody wrote the rest down",
)


def user(record: Record, at: Scope) -> Iterator[Fact]:
    yield at.node(NodeKind.ACCOUNT, record["id"], record.get("name") or "")


def job(record: Record, at: Scope) -> Iterator[Fact]:
    yield at.node(NodeKind.AUTOMATION, record["id"], record.get("title") or "")


def run_as(record: Record, at: Scope) -> Iterator[Fact]:
    if owner := record.get("owner"):
        job_id, account = at.id(NodeKind.AUTOMATION, record["id"]), at.id(NodeKind.ACCOUNT, owner)
        yield at.edge(EdgeKind.RUNS_AS, job_id, account, record["id"], row=ROW)


def job_requests(jobs: Sequence[Record]) -> Iterator[Get]:
    return (Get(f"/jobs/{row['id']}") for row in jobs)


def quota(answer: Answer) -> tuple[int, int] | None:
    used = answer.headers.get("x-calls-used")
    return (int(used), 1000) if used else None


USERS_INVENTORY = Inventory(
    "users",
    Get("/users", {"size": PAGE}),
    user,
    frozenset({NodeKind.ACCOUNT}),
    ("users.read",),
    "who can sign in",
    records="data",
    pages=cursor("after", "next"),
)
JOBS_INVENTORY = Inventory(
    "jobs",
    ReadPost("/jobs/search", body={"all": True}),
    job,
    frozenset({NodeKind.AUTOMATION}),
    ("jobs.read",),
    "what runs",
    records="data",
)
DETAILS_INVENTORY = Inventory(
    "job-details",
    Per("jobs", job_requests),
    run_as,
    frozenset({EdgeKind.RUNS_AS}),
    ("jobs.read",),
    "as whom it runs",
)

CONNECTOR = Connector(
    name="acme",
    product="acme",
    title="Acme",
    settings=(
        Setting("base_url", "where it is"),
        Setting("key", "an API key", secret=True),
        Setting("region", "where it lies", required=False, default="eu"),
    ),
    base_url=lambda settings: settings["base_url"],
    tenant=lambda settings: f"{settings['region']}/main",
    authenticate=lambda settings: api_key("X-Key", settings["key"]),
    # A child before its parent: the order of declaration must not matter.
    inventories=(DETAILS_INVENTORY, USERS_INVENTORY, JOBS_INVENTORY),
    departures=(ROW,),
    usual_act=Act.REMOVED,
    per_second=100_000,
    quota=quota,
)


def standin(request: Request) -> Reply:
    """The vendor, strict about its key and its page size."""
    path = request.path.rpartition("/api")[2]
    if request.headers.get("x-key") != KEY:
        return Reply(401, {"code": "bad_key"})
    if path == "/users":
        start = int(request.query.get("after", "0"))
        more = start + PAGE < len(USERS)
        return Reply(200, {"data": USERS[start : start + PAGE], "next": str(start + PAGE) if more else None})
    if path == "/jobs/search" and request.method == "POST":
        return Reply(200, {"data": [{"id": row["id"], "title": row["title"]} for row in JOBS]})
    found = next((row for row in JOBS if path == f"/jobs/{row['id']}"), None)
    return Reply(200, found) if found else Reply(404, {"code": "not_found"})


def read(
    answers: StandIn = standin,
    connector: Connector = CONNECTOR,
    *,
    quota_floor: float = 0.3,
    limits: Limits | None = None,
    halt: Event | None = None,
) -> SourceReading:
    """A run in this process, without waits, at a fixed time."""
    return run(
        connector,
        SETTINGS,
        source="acme-prod",
        transport=transport(answers),
        limits=limits or Limits(pause=lambda _seconds: None),
        clock=lambda: NOW,
        quota_floor=quota_floor,
        halt=halt,
    )
