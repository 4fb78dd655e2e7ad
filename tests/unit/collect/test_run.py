"""A run meets failure, and turns every outcome into coverage."""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from stackmap.collect import Progress, run
from stackmap.errors import ConfigError, ConnectorError
from stackmap.model import Coverage, Evidence, Fact, FixBy, Node, NodeKind, Reach, SourceReading
from stackmap.sdk import (
    Answer,
    Authenticator,
    Inventory,
    Limits,
    NotUnderstoodError,
    Per,
    Record,
    Reply,
    Request,
    Scope,
    StandIn,
    Trouble,
    faulty,
    serve,
    transport,
)
from stackmap.sdk.sandbox import cut, rate_limited, status, stuck
from tests.unit.collect.vendor import (
    CONNECTOR,
    DETAILS_INVENTORY,
    JOBS_INVENTORY,
    KEY,
    NOW,
    SETTINGS,
    USERS_INVENTORY,
    read,
    standin,
    user,
)

_NOTHING: dict[str, Authenticator] = {}
SYSTEM = "acme/eu%2Fmain/system/eu%2Fmain"


def covered(reading: SourceReading) -> dict[str, Coverage]:
    return {item.inventory: item for item in reading.coverage}


def ids(reading: SourceReading, kind: NodeKind) -> list[str]:
    return [fact.id.rpartition("/")[2] for fact in reading.facts if isinstance(fact, Node) and fact.kind is kind]


def test_a_whole_run_reads_everything_and_says_so() -> None:
    reading = read()
    assert [(item.inventory, item.state, item.records) for item in reading.coverage] == [
        ("job-details", Reach.COMPLETE, 3),
        ("users", Reach.COMPLETE, 5),
        ("jobs", Reach.COMPLETE, 3),
    ]
    assert ids(reading, NodeKind.ACCOUNT) == ["u1", "u2", "u3", "u4", "u5"]
    assert (reading.source, reading.taken_at, reading.whole) == ("acme-prod", NOW, False)
    users = covered(reading)["users"]
    assert (users.system, users.kinds, users.needs) == (
        "acme/eu%2Fmain",
        frozenset({NodeKind.ACCOUNT}),
        ("users.read",),
    )
    assert users.read_at == NOW


def test_the_system_itself_is_a_fact_with_the_usual_act() -> None:
    found = next(fact for fact in read().facts if isinstance(fact, Node) and fact.kind is NodeKind.SYSTEM)
    assert found.id == SYSTEM
    assert found.properties == {"product": "acme", "tenant": "eu/main", "usual_act": "removed"}
    assert found.evidence == (Evidence("acme-prod", "job-details"),)


def test_a_system_that_an_inventory_describes_keeps_its_name() -> None:
    def described(record: Record, at: Scope) -> Iterator[Fact]:
        yield Node(NodeKind.SYSTEM, at.system, "Acme of the marketing team", at.evidence("org"), {"edition": "Pro"})

    users = replace(USERS_INVENTORY, facts=described, emits=frozenset({NodeKind.SYSTEM}))
    reading = read(connector=replace(CONNECTOR, inventories=(users,)))
    (system,) = reading.facts
    assert isinstance(system, Node)
    assert system.name == "Acme of the marketing team"
    assert (system.properties["edition"], system.properties["usual_act"]) == ("Pro", "removed")


def test_the_same_run_gives_the_same_reading_whatever_the_threads_do() -> None:
    assert len({repr(read()) for _ in range(5)}) == 1


def test_one_worker_is_enough_for_children_that_wait_for_parents() -> None:
    reading = run(CONNECTOR, SETTINGS, source="a", transport=transport(standin), clock=lambda: NOW, workers=1)
    assert {item.state for item in reading.coverage} == {Reach.COMPLETE}


def test_what_was_read_before_a_failure_is_kept() -> None:
    reading = read(faulty(standin, lambda request: request.query.get("after") == "4", status(500)))
    users = covered(reading)["users"]
    assert (users.state, users.fix_by, users.records, users.read_at) == (Reach.PARTIAL, FixBy.VENDOR, 4, NOW)
    assert ids(reading, NodeKind.ACCOUNT) == ["u1", "u2", "u3", "u4"]
    assert covered(reading)["jobs"].state is Reach.COMPLETE


def test_a_cursor_that_repeats_leaves_what_was_read() -> None:
    reading = read(faulty(standin, lambda request: request.path.endswith("/users"), stuck()))
    users = covered(reading)["users"]
    assert (users.state, users.records) == (Reach.PARTIAL, 4)
    assert "twice" in users.reason


def test_a_rate_limit_that_passes_is_no_news() -> None:
    assert read(rate_limited(2)(standin)) == read()


def test_a_rate_limit_that_stays_is_the_operators_to_mend() -> None:
    item = covered(read(rate_limited(retry_after=3600)(standin)))["users"]
    assert (item.state, item.fix_by) == (Reach.FAILED, FixBy.OPERATOR)
    assert item.read_at is None


def test_children_of_what_could_not_be_read_are_skipped_with_the_reason() -> None:
    found = covered(read(faulty(standin, lambda request: request.path.endswith("/search"), status(403))))
    assert found["jobs"].state is Reach.DENIED
    assert found["jobs"].reason == "not permitted (403): needs jobs.read"
    assert (found["job-details"].state, found["job-details"].fix_by) == (Reach.SKIPPED, FixBy.ADMIN)
    assert "needs jobs, which could not be read" in found["job-details"].reason
    assert found["users"].state is Reach.COMPLETE


def test_children_of_what_was_read_in_part_are_at_best_partial() -> None:
    def stumbling(record: Record, at: Scope) -> Iterator[Fact]:
        raise KeyError("title")

    broken = replace(JOBS_INVENTORY, facts=stumbling)
    found = covered(read(connector=replace(CONNECTOR, inventories=(DETAILS_INVENTORY, broken))))
    assert found["jobs"].state is Reach.PARTIAL
    assert (found["job-details"].state, found["job-details"].records) == (Reach.PARTIAL, 3)


def test_one_of_many_requests_that_brings_nothing_costs_only_itself() -> None:
    reading = read(faulty(standin, lambda request: request.path.endswith("/jobs/j2"), status(404)))
    item = covered(reading)["job-details"]
    assert (item.state, item.records) == (Reach.PARTIAL, 2)
    assert item.reason.startswith("1 of 3 requests brought nothing")


def test_requests_that_are_all_refused_are_not_tried_to_the_end() -> None:
    asked: list[str] = []

    def many(request: Request) -> Reply:
        if request.path.endswith("/search"):
            return Reply(200, {"data": [{"id": str(number)} for number in range(100)]})
        asked.append(request.path)
        return Reply(403)

    item = covered(read(many, replace(CONNECTOR, inventories=(DETAILS_INVENTORY, JOBS_INVENTORY))))["job-details"]
    assert item.state is Reach.DENIED
    assert len(asked) == 5


def test_no_parent_record_means_nothing_to_ask_and_a_complete_child() -> None:
    def empty(request: Request) -> Reply:
        return Reply(200, {"data": []})

    assert covered(read(empty))["job-details"].state is Reach.COMPLETE


def test_a_record_that_cannot_be_mapped_is_named_and_the_rest_goes_on() -> None:
    def stumbling(record: Record, at: Scope) -> Iterator[Fact]:
        yield at.node(NodeKind.ACCOUNT, record["id"], "half a record")
        if record["id"] == "u2":
            raise KeyError("content that must not show")
        if record["id"] == "u4":
            raise ValueError("content that must not show")

    users = replace(USERS_INVENTORY, facts=stumbling)
    reading = read(connector=replace(CONNECTOR, inventories=(users,)))
    item = covered(reading)["users"]
    assert (item.state, item.fix_by, item.records) == (Reach.PARTIAL, FixBy.US, 5)
    assert item.reason == "2 of 5 records could not be understood: record u2 (KeyError), record u4 (ValueError)"
    assert ids(reading, NodeKind.ACCOUNT) == ["u1", "u3", "u5"]


def test_a_record_whose_id_is_an_address_is_named_by_its_place() -> None:
    def stumbling(record: Record, at: Scope) -> Iterator[Fact]:
        raise KeyError("x")

    users = replace(USERS_INVENTORY, facts=stumbling, pages=None)
    item = covered(
        read(
            lambda _: Reply(200, {"data": [{"id": "dana@example.test"}]}),
            replace(CONNECTOR, inventories=(users,)),
        )
    )["users"]
    assert "dana" not in item.reason
    assert "record number 1" in item.reason


def test_a_kind_that_was_not_declared_fails_the_inventory_and_keeps_what_came_before() -> None:
    def loose(record: Record, at: Scope) -> Iterator[Fact]:
        yield from user(record, at)
        if record["id"] == "u3":
            yield at.node(NodeKind.ROLE, "admin", "Admin")

    reading = read(connector=replace(CONNECTOR, inventories=(replace(USERS_INVENTORY, facts=loose),)))
    item = covered(reading)["users"]
    assert (item.state, item.fix_by) == (Reach.FAILED, FixBy.US)
    assert "Role" in item.reason
    assert ids(reading, NodeKind.ACCOUNT) == ["u1", "u2"]


def test_evidence_of_another_inventory_is_our_mistake_too() -> None:
    def forged(record: Record, at: Scope) -> Iterator[Fact]:
        yield Node(NodeKind.ACCOUNT, at.id(NodeKind.ACCOUNT, "1"), "", (Evidence("acme-prod", "elsewhere"),))

    item = covered(read(connector=replace(CONNECTOR, inventories=(replace(USERS_INVENTORY, facts=forged),))))["users"]
    assert (item.state, item.fix_by) == (Reach.FAILED, FixBy.US)


ONLY_USERS = replace(CONNECTOR, inventories=(USERS_INVENTORY,))


@pytest.mark.parametrize(
    "body",
    [
        {"data": "a text"},
        {"data": 5},
        {"data": [1, 2]},
        {"data": None},
        {"data": {}},
        {"data": {"id": "u1"}},
        {},
        [],
        b"null",
        b"",
    ],
    ids=str,
)
def test_an_answer_without_its_list_is_the_vendors_trouble_and_not_an_empty_list(body: object) -> None:
    item = covered(read(lambda _: Reply(200, body), ONLY_USERS))["users"]
    assert (item.state, item.fix_by, item.read_at) == (Reach.FAILED, FixBy.VENDOR, None)
    assert item.reason == "the answer has no list of records where one belongs (data)"


def test_a_later_page_without_its_list_leaves_what_was_read() -> None:
    def answer(request: Request) -> Reply:
        return Reply(200, {"data": None}) if request.query.get("after") else standin(request)

    item = covered(read(answer, ONLY_USERS))["users"]
    assert (item.state, item.fix_by, item.records) == (Reach.PARTIAL, FixBy.VENDOR, 2)


def test_a_single_object_is_a_record_only_where_the_body_itself_is_asked_for() -> None:
    alone = replace(USERS_INVENTORY, records="", pages=None)
    answer = Reply(200, {"id": "u1", "name": "Ana"})
    assert covered(read(lambda _: answer, replace(CONNECTOR, inventories=(alone,))))["users"].records == 1


@pytest.mark.parametrize("status_code", [202, 204, 206])
def test_a_success_other_than_200_is_not_a_whole_list(status_code: int) -> None:
    item = covered(read(lambda _: Reply(status_code, {"data": []}), ONLY_USERS))["users"]
    assert (item.state, item.fix_by) == (Reach.FAILED, FixBy.VENDOR)
    assert str(status_code) in item.reason


def test_what_a_mapping_understands_of_a_record_stands_and_the_list_is_partial() -> None:
    def half(record: Record, at: Scope) -> Iterator[Fact]:
        yield from user(record, at)
        if record["id"] in {"u1", "u2", "u3", "u4"}:
            raise NotUnderstoodError("no nodes")

    reading = read(connector=replace(CONNECTOR, inventories=(replace(USERS_INVENTORY, facts=half),)))
    item = covered(reading)["users"]
    assert (item.state, item.fix_by) == (Reach.PARTIAL, FixBy.US)
    assert item.reason == (
        "4 of 5 records could not be understood: "
        "record u1 (no nodes), record u2 (no nodes), record u3 (no nodes) and 1 more"
    )
    assert ids(reading, NodeKind.ACCOUNT) == ["u1", "u2", "u3", "u4", "u5"]


@pytest.mark.parametrize("record", [{"id": None}, {}], ids=str)
def test_a_record_without_a_required_field_is_bad_whatever_its_mapping_makes_of_it(record: object) -> None:
    def lenient(record: Record, at: Scope) -> Iterator[Fact]:
        yield at.node(NodeKind.ACCOUNT, str(record.get("id")), "somebody")

    users = replace(USERS_INVENTORY, facts=lenient)
    reading = read(lambda _: Reply(200, {"data": [record]}), replace(CONNECTOR, inventories=(users,)))
    item = covered(reading)["users"]
    assert (item.state, item.reason) == (
        Reach.PARTIAL,
        "1 of 1 records could not be understood: record number 1 (no id)",
    )
    assert ids(reading, NodeKind.ACCOUNT) == []


def fresh_pages(rows: list[dict[str, str]]) -> tuple[StandIn, list[int]]:
    """A vendor that names another next page each time, and how many it gave."""
    given = [0]

    def answer(_: Request) -> Reply:
        given[0] += 1
        following = f"page-{given[0]}" if given[0] < 500 else None
        return Reply(200, {"data": rows, "next": following})

    return answer, given


def test_empty_pages_without_end_are_given_up() -> None:
    answer, given = fresh_pages([])
    item = covered(read(answer, ONLY_USERS))["users"]
    assert (item.state, item.fix_by, item.records) == (Reach.PARTIAL, FixBy.VENDOR, 0)
    assert item.reason == "the vendor names a next page for ever: given up after 100 empty pages in a row"
    assert given == [100]


def test_full_pages_without_end_are_given_up_too() -> None:
    answer, given = fresh_pages([{"id": "u1"}])
    limits = Limits(pause=lambda _seconds: None, pages=7)
    item = covered(read(answer, ONLY_USERS, limits=limits))["users"]
    assert (item.state, item.fix_by, item.records) == (Reach.PARTIAL, FixBy.VENDOR, 7)
    assert "given up after 7 pages" in item.reason
    assert given == [7]


def test_as_many_pages_as_the_bound_allows_are_a_whole_list() -> None:
    assert covered(read(connector=ONLY_USERS, limits=Limits(pages=3)))["users"].state is Reach.COMPLETE


def test_an_empty_page_now_and_then_is_no_end() -> None:
    def answer(request: Request) -> Reply:
        number = int(request.query.get("after", "0"))
        rows = [{"id": f"u{number}"}] if number % 2 else []
        return Reply(200, {"data": rows, "next": str(number + 1) if number < 9 else None})

    item = covered(read(answer, ONLY_USERS, limits=Limits(empty_pages=2)))["users"]
    assert (item.state, item.records) == (Reach.COMPLETE, 5)


def test_a_run_that_is_stopped_before_it_begins_asks_nothing() -> None:
    halt = threading.Event()
    halt.set()
    asked: list[str] = []

    def watch(request: Request) -> Reply:
        asked.append(request.path)
        return standin(request)

    reading = read(watch, halt=halt)
    assert {(item.state, item.read_at) for item in reading.coverage} == {(Reach.SKIPPED, None)}
    assert covered(reading)["users"].reason == "the run was stopped"
    assert not asked


def test_a_stop_ends_a_list_between_two_pages_and_keeps_what_was_read() -> None:
    halt = threading.Event()

    def stopping(request: Request) -> Reply:
        if request.query.get("after"):
            halt.set()
        return standin(request)

    item = covered(read(stopping, ONLY_USERS, halt=halt))["users"]
    assert (item.state, item.fix_by, item.reason) == (Reach.PARTIAL, FixBy.OPERATOR, "the run was stopped")


def test_a_stop_ends_the_wait_that_a_vendor_asked_for() -> None:
    halt = threading.Event()

    def limited(_: Request) -> Reply:
        halt.set()
        return Reply(429, None, {"retry-after": "50"})

    started = time.monotonic()
    item = covered(read(limited, ONLY_USERS, limits=Limits(), halt=halt))["users"]
    assert time.monotonic() - started < 5
    assert (item.state, item.reason) == (Reach.SKIPPED, "the run was stopped")


def test_a_stop_ends_the_wait_for_a_hosts_turn() -> None:
    halt = threading.Event()
    slow = replace(ONLY_USERS, per_second=1 / 60)

    def stopping(request: Request) -> Reply:
        threading.Timer(0.1, halt.set).start()
        return standin(request)

    started = time.monotonic()
    item = covered(read(stopping, slow, halt=halt))["users"]
    assert time.monotonic() - started < 5
    assert (item.state, item.records) == (Reach.PARTIAL, 2)


def test_an_interrupted_run_does_not_wait_for_a_server_that_is_silent() -> None:
    silent = threading.Event()

    def answer(request: Request) -> Reply:
        if request.path.endswith("/users"):
            silent.wait(20)
        return standin(request)

    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(CONNECTOR, SETTINGS, source="a", transport=transport(answer), progress=interrupt)
    silent.set()
    assert time.monotonic() - started < 5


def test_a_key_that_no_header_can_carry_is_named_and_the_operators_to_mend() -> None:
    settings = {**SETTINGS, "key": "schlüssel-4711"}
    item = covered(run(CONNECTOR, settings, source="a", transport=transport(standin)))["users"]
    assert (item.state, item.fix_by) == (Reach.FAILED, FixBy.OPERATOR)
    assert "the setting key cannot be sent" in item.reason
    assert "4711" not in repr(item)


def test_a_connectors_own_bug_stops_only_its_inventory() -> None:
    def broken(_: Answer) -> Trouble | None:
        raise ZeroDivisionError("secret content")

    inventories = (replace(USERS_INVENTORY, outcome=broken), JOBS_INVENTORY)
    found = covered(read(connector=replace(CONNECTOR, inventories=inventories)))
    assert (found["users"].state, found["users"].fix_by) == (Reach.FAILED, FixBy.US)
    assert found["users"].reason == "our connector failed (ZeroDivisionError)"
    assert found["jobs"].state is Reach.COMPLETE


def test_an_error_inside_a_200_is_judged_by_the_inventory() -> None:
    def outcome(answer: Answer) -> Trouble | None:
        return Trouble(Reach.DENIED, "the vendor says no", FixBy.ADMIN, "601") if "error" in answer.body else None

    users = replace(USERS_INVENTORY, outcome=outcome)
    item = covered(read(lambda _: Reply(200, {"error": 601}), replace(CONNECTOR, inventories=(users,))))["users"]
    assert (item.state, item.vendor_code) == (Reach.DENIED, "601")


def test_a_wrong_key_is_coverage_not_an_exception() -> None:
    reading = run(CONNECTOR, {**SETTINGS, "key": "wrong-key"}, source="a", transport=transport(standin))
    assert {item.state for item in reading.coverage} == {Reach.DENIED, Reach.SKIPPED}
    assert not reading.facts
    assert covered(reading)["users"].vendor_code == "bad_key"


def test_a_server_that_is_not_there_is_coverage_not_an_exception() -> None:
    settings = {**SETTINGS, "base_url": "http://127.0.0.1:9"}
    reading = run(CONNECTOR, settings, source="a", limits=Limits(pause=lambda _seconds: None))
    assert {item.state for item in reading.coverage} == {Reach.FAILED, Reach.SKIPPED}
    assert covered(reading)["users"].fix_by is FixBy.OPERATOR


def test_settings_that_cannot_be_used_are_an_error_before_anything_is_asked() -> None:
    with pytest.raises(ConfigError, match="plain http"):
        run(CONNECTOR, {**SETTINGS, "base_url": "http://acme.example.test"}, source="a")
    with pytest.raises(ConfigError, match="key is missing"):
        run(CONNECTOR, {"base_url": "https://acme.example.test"}, source="a")


def test_a_connector_that_chokes_on_its_settings_is_named_without_their_content() -> None:
    broken = replace(CONNECTOR, authenticate=lambda settings: _NOTHING[settings["key"]])
    with pytest.raises(ConnectorError, match="acme: its settings cannot be used") as caught:
        run(broken, SETTINGS, source="a")
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("inventories", "words"),
    [
        ((USERS_INVENTORY, USERS_INVENTORY), "two inventories have one name"),
        ((DETAILS_INVENTORY,), "asks per jobs, which is none"),
        ((replace(DETAILS_INVENTORY, ask=Per("job-details", lambda _: ())),), "waits for itself"),
    ],
)
def test_inventories_that_do_not_fit_together_are_an_error(inventories: tuple[Inventory, ...], words: str) -> None:
    with pytest.raises(ConnectorError, match=words):
        read(connector=replace(CONNECTOR, inventories=inventories))


def test_only_what_is_asked_for_is_read_and_its_parents_with_it() -> None:
    reading = run(CONNECTOR, SETTINGS, source="a", transport=transport(standin), only=["job-details"])
    found = covered(reading)
    assert (found["jobs"].state, found["job-details"].state) == (Reach.COMPLETE, Reach.COMPLETE)
    assert (found["users"].state, found["users"].reason) == (Reach.SKIPPED, "not asked for")
    with pytest.raises(ConfigError, match="it has job-details, users, jobs"):
        run(CONNECTOR, SETTINGS, source="a", transport=transport(standin), only=["typo"])


def test_reading_stops_before_the_daily_allowance_is_gone() -> None:
    users = replace(CONNECTOR, inventories=(USERS_INVENTORY,))
    used = [500]

    def answer(request: Request) -> Reply:
        reply = standin(request)
        used[0] += 150
        return Reply(reply.status, reply.body, {"x-calls-used": str(used[0])})

    reading = read(answer, users)
    item = covered(reading)["users"]
    assert (item.state, item.fix_by, item.records) == (Reach.PARTIAL, FixBy.OPERATOR, 4)
    assert item.reason == "stopped to leave 30% of the vendor's daily calls to others: 800 of 1000 are used"
    assert ids(reading, NodeKind.ACCOUNT) == ["u1", "u2", "u3", "u4"]


def test_the_share_to_leave_is_a_setting() -> None:
    def nearly_spent(request: Request) -> Reply:
        reply = standin(request)
        return Reply(reply.status, reply.body, {"x-calls-used": "950"})

    users = replace(CONNECTOR, inventories=(USERS_INVENTORY,))
    assert covered(read(nearly_spent, users, quota_floor=0.01))["users"].state is Reach.COMPLETE
    assert covered(read(nearly_spent, users))["users"].records == 2


def test_an_inventory_whose_turn_comes_after_the_stop_is_skipped() -> None:
    def spent(request: Request) -> Reply:
        reply = standin(request)
        return Reply(reply.status, reply.body, {"x-calls-used": "999"})

    found = covered(read(spent, replace(CONNECTOR, inventories=(JOBS_INVENTORY, DETAILS_INVENTORY))))
    assert found["jobs"].state is Reach.COMPLETE
    assert (found["job-details"].state, found["job-details"].read_at) == (Reach.SKIPPED, None)


def test_a_trial_asks_one_page_of_each_inventory() -> None:
    asked: list[str] = []

    def watch(request: Request) -> Reply:
        asked.append(request.path)
        return standin(request)

    reading = run(CONNECTOR, SETTINGS, source="a", transport=transport(watch), first_page_only=True)
    assert {item.state for item in reading.coverage} == {Reach.COMPLETE}
    assert sorted(asked) == ["/api/jobs/j1", "/api/jobs/search", "/api/users"]


def test_progress_is_told_one_call_at_a_time_and_ends_with_each_state() -> None:
    told: list[Progress] = []
    inside = threading.Lock()

    def tell(progress: Progress) -> None:
        assert inside.acquire(blocking=False), "two calls at once"
        told.append(progress)
        inside.release()

    run(CONNECTOR, SETTINGS, source="a", transport=transport(standin), progress=tell)
    last = {item.inventory: item for item in told}
    assert last["users"] == Progress("acme", "users", Reach.COMPLETE, 5)
    assert [item.records for item in told if item.inventory == "users" and item.state is None] == [2, 4, 5]


def test_an_interrupted_run_does_not_read_on() -> None:
    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    asked: list[str] = []

    def watch(request: Request) -> Reply:
        asked.append(request.path)
        return standin(request)

    users = replace(CONNECTOR, inventories=(USERS_INVENTORY,))
    with pytest.raises(KeyboardInterrupt):
        run(users, SETTINGS, source="a", transport=transport(watch), progress=interrupt)
    assert len(asked) == 1


def test_repeats_within_an_inventory_become_one_fact() -> None:
    def role(record: Record, at: Scope) -> Iterator[Fact]:
        yield Node(NodeKind.ROLE, at.id(NodeKind.ROLE, "member"), "Member", at.evidence(record["id"]))

    users = replace(USERS_INVENTORY, facts=role, emits=frozenset({NodeKind.ROLE}))
    reading = read(connector=replace(CONNECTOR, inventories=(users,)))
    (found,) = (fact for fact in reading.facts if fact.kind is NodeKind.ROLE)
    assert [item.record for item in found.evidence] == ["u1", "u2", "u3", "u4", "u5"]


def test_reasons_and_codes_hold_no_secret() -> None:
    def echoing(_: Answer) -> Trouble | None:
        return Trouble(Reach.DENIED, f"the key {KEY} is not liked", FixBy.ADMIN, KEY)

    item = covered(read(connector=replace(CONNECTOR, inventories=(replace(USERS_INVENTORY, outcome=echoing),))))[
        "users"
    ]
    assert KEY not in repr(item)


def test_mapping_functions_are_not_given_secrets() -> None:
    seen: list[Scope] = []

    def watching(record: Record, at: Scope) -> Iterator[Fact]:
        seen.append(at)
        return user(record, at)

    read(connector=replace(CONNECTOR, inventories=(replace(USERS_INVENTORY, facts=watching),)))
    assert seen[0].settings == {"base_url": SETTINGS["base_url"], "region": "eu"}


def test_who_reads_is_noted_where_the_settings_tell() -> None:
    telling = replace(CONNECTOR, collector=lambda settings, facts: f"svc-{settings['region']} of {len(facts)}")
    reading = read(connector=telling)
    assert reading.collector == f"svc-eu of {len(reading.facts)}"
    assert read().collector == ""


def test_a_run_over_a_real_socket_gives_the_same_facts(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), serve(standin) as url:
        reading = run(CONNECTOR, {**SETTINGS, "base_url": f"{url}/api"}, source="acme-prod", clock=lambda: NOW)
    assert reading == read()
    assert caplog.records
    assert KEY not in caplog.text


def test_a_cut_answer_over_a_real_socket_is_the_vendors_trouble() -> None:
    broken = faulty(standin, "/api/users", cut())
    with serve(broken) as url:
        reading = run(CONNECTOR, {**SETTINGS, "base_url": f"{url}/api"}, source="acme-prod")
    item = covered(reading)["users"]
    assert (item.state, item.fix_by) == (Reach.FAILED, FixBy.VENDOR)
    assert "cut short" in item.reason
