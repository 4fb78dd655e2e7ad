"""The conformance suite passes a good connector, and catches each kind of bad one."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from stackmap.collect import run
from stackmap.model import EdgeKind, Fact, FixBy, Node, NodeKind, Reach, SourceReading
from stackmap.sdk import Answer, Ask, Connector, Get, NotUnderstoodError, Pages, Record, Scope, Setting, Trouble
from stackmap.sdk.misshapen import SHAPES
from stackmap.sdk.testing import Conformance, ConformanceCase
from stackmap.sdk.trial import LIMITS
from tests.unit.collect.vendor import (
    CONNECTOR,
    JOBS_INVENTORY,
    KEY,
    NOW,
    ROW,
    SETTINGS,
    USERS_INVENTORY,
    standin,
    user,
)


class TestAcme(Conformance):
    case = ConformanceCase(CONNECTOR, standin, SETTINGS, run)


def suite(connector: Connector, **changes: Any) -> Conformance:
    """The suite over another connector, not collected by pytest."""

    class Suite(Conformance):
        case = ConformanceCase(connector, standin, SETTINGS, run, **changes)

    return Suite()


def with_users(**changes: Any) -> Connector:
    users = replace(USERS_INVENTORY, **changes)
    return replace(CONNECTOR, inventories=(users, JOBS_INVENTORY))


def caught(test: Callable[..., None], *arguments: object) -> str:
    with pytest.raises(AssertionError) as error:
        test(*arguments)
    return str(error.value)


def test_names_used_twice_are_caught() -> None:
    connector = replace(CONNECTOR, inventories=(USERS_INVENTORY, USERS_INVENTORY))
    tested = suite(connector)
    assert "share a name" in caught(tested.test_inventories_have_names_of_their_own_and_say_what_they_are)


def test_an_inventory_without_needs_is_caught() -> None:
    assert "users" in caught(suite(with_users(needs=())).test_every_inventory_states_what_it_needs)


def test_a_list_of_what_is_never_emitted_is_caught() -> None:
    tested = suite(with_users(lists=frozenset({NodeKind.ROLE})))
    assert "never emits" in caught(tested.test_what_an_inventory_lists_is_among_what_it_emits)


def test_a_base_url_that_cannot_be_set_is_caught() -> None:
    fixed = replace(CONNECTOR, base_url=lambda _: "https://fixed.example.test")
    assert "ignored" in caught(suite(fixed).test_the_base_url_is_a_setting)


def test_a_secret_with_a_default_is_caught() -> None:
    loud = replace(CONNECTOR, settings=(*CONNECTOR.settings, Setting("pin", "a pin", secret=True, default="1234")))
    assert "pin" in caught(suite(loud).test_no_secret_has_a_default)


def test_an_inventory_that_cannot_be_read_is_caught_unless_expected() -> None:
    broken = with_users(ask=Get("/nowhere"))
    assert "users is absent" in caught(suite(broken).test_a_clean_run_reads_every_inventory)
    suite(broken, otherwise={"users": Reach.ABSENT}).test_a_clean_run_reads_every_inventory()


def test_chance_in_the_facts_is_caught() -> None:
    count = iter(range(1000))

    def random(record: Record, at: Scope) -> Iterator[Fact]:
        yield at.node(NodeKind.ACCOUNT, record["id"], f"{next(count)}")

    assert "chance" in caught(suite(with_users(facts=random)).test_two_runs_give_the_same_reading)


def test_an_undeclared_kind_is_caught() -> None:
    tested = suite(with_users(emits=frozenset({NodeKind.ROLE})))
    assert "without declaring" in caught(tested.test_emitted_kinds_stay_within_what_is_declared, "users")


def test_a_mapping_that_changes_its_record_is_caught() -> None:
    def greedy(record: Any, at: Scope) -> Iterator[Fact]:
        record.pop("name", None)
        yield from user(record, at)

    assert "changes its record" in caught(
        suite(with_users(facts=greedy)).test_mapping_leaves_the_record_as_it_was, "users"
    )


@pytest.mark.parametrize("field", ["name", "id"])
def test_a_field_that_may_not_be_missing_is_caught_unless_required(field: str) -> None:
    def brittle(record: Record, at: Scope) -> Iterator[Fact]:
        yield at.node(NodeKind.ACCOUNT, record["id"], record["name"].upper())

    tested = suite(with_users(facts=brittle, required=("id", "name")))
    tested.test_mapping_tolerates_missing_optional_fields("users")
    tested = suite(with_users(facts=brittle, required=tuple({"id", "name"} - {field})))
    assert f" {field} raises" in caught(tested.test_mapping_tolerates_missing_optional_fields, "users")


def test_a_null_where_a_text_was_is_caught() -> None:
    def hopeful(record: Record, at: Scope) -> Iterator[Fact]:
        yield at.node(NodeKind.ACCOUNT, record["id"], record.get("name", "").upper())

    tested = suite(with_users(facts=hopeful))
    assert "with null for name" in caught(tested.test_mapping_tolerates_missing_optional_fields, "users")


def test_a_mapping_that_says_what_it_cannot_read_tolerates_enough() -> None:
    def candid(record: Record, at: Scope) -> Iterator[Fact]:
        yield at.node(NodeKind.ACCOUNT, record["id"], "")
        if not record.get("name"):
            raise NotUnderstoodError("no name")

    suite(with_users(facts=candid)).test_mapping_tolerates_missing_optional_fields("users")


@pytest.mark.parametrize("shape", list(SHAPES))
def test_a_list_that_is_not_there_and_is_passed_off_as_empty_is_caught(shape: str) -> None:
    def forgiving(answer: Answer) -> Trouble | None:
        rows = answer.body.get("data") if isinstance(answer.body, dict) else None
        return None if isinstance(rows, list) else Trouble(Reach.COMPLETE, "nobody there", FixBy.NOBODY)

    tested = suite(with_users(outcome=forgiving))
    test = tested.test_an_answer_without_its_list_is_never_taken_for_an_empty_one
    assert f"{shape}: complete" in caught(test, "users", shape)
    suite(CONNECTOR).test_an_answer_without_its_list_is_never_taken_for_an_empty_one("users", shape)


def test_pages_without_end_that_are_read_to_the_end_are_caught() -> None:
    patient = replace(LIMITS, empty_pages=1_000_000)

    def collect(*given: Any, **named: Any) -> SourceReading:
        return run(*given, **{**named, "limits": patient})

    class Patient(Conformance):
        case = ConformanceCase(CONNECTOR, standin, SETTINGS, collect)

    assert "complete" in caught(Patient().test_pages_without_end_are_given_up, "users")


def test_an_address_as_an_id_is_caught() -> None:
    def addressed(record: Record, at: Scope) -> Iterator[Fact]:
        yield at.node(NodeKind.ACCOUNT, f"{record['id']}@example.test", "")

    assert "no id" in caught(suite(with_users(facts=addressed)).test_ids_contain_no_email_address)


def test_a_departures_row_without_source_or_date_is_caught() -> None:
    row = ROW.rows[0]
    for bad in (replace(row, source=""), replace(row, checked="last week"), replace(row, says=" ")):
        table = replace(ROW, rows=(bad,))
        tested = suite(replace(CONNECTOR, departures=(table,)))
        caught(tested.test_every_departures_row_names_its_source_and_date)


def test_an_act_without_row_or_gap_is_caught() -> None:
    tested = suite(replace(CONNECTOR, departures=(replace(ROW, gap=""),)))
    assert "deactivated" in caught(tested.test_every_act_has_a_departures_row_or_a_stated_gap)


def test_a_relation_without_departures_is_caught() -> None:
    tested = suite(replace(CONNECTOR, departures=()))
    assert "RUNS_AS" in caught(tested.test_every_relation_that_depends_on_the_act_has_departures)
    other = replace(ROW, name="another")
    tested = suite(replace(CONNECTOR, departures=(other,)))
    assert "acme:job-owner" in caught(tested.test_every_relation_that_depends_on_the_act_has_departures)
    wrong = replace(ROW, relation=EdgeKind.ROUTES_TO)
    tested = suite(replace(CONNECTOR, departures=(ROW, replace(wrong, name="x"))))
    tested.test_every_relation_that_depends_on_the_act_has_departures()


def test_a_refusal_that_is_passed_off_as_absence_is_caught() -> None:
    def lenient(answer: Answer) -> Trouble | None:
        absent = Trouble(Reach.ABSENT, "not offered", FixBy.NOBODY)
        return absent if answer.status == 403 else None

    tested = suite(with_users(outcome=lenient))
    test = tested.test_a_fault_in_one_inventory_is_named_and_the_others_go_on
    test("users", "404")
    assert "403: absent" in caught(test, "users", "403")


@pytest.mark.parametrize("fault", ["401", "429 for ever", "500", "cut body", "slow answer", "not JSON"])
def test_a_list_that_suffers_from_the_fault_of_another_is_caught(fault: str) -> None:
    class Touchy(Conformance):
        case = ConformanceCase(CONNECTOR, standin, SETTINGS, _jobs_only_beside_users)

    tested = Touchy()
    test = tested.test_a_fault_in_one_inventory_is_named_and_the_others_go_on
    assert "suffers from a fault in users: called off" in caught(test, "users", fault)


def _jobs_only_beside_users(*given: Any, **named: Any) -> SourceReading:
    """A run that calls off the list of jobs as soon as something is wrong with the users."""
    reading = run(*given, **named)
    if all(item.state is Reach.COMPLETE for item in reading.coverage if item.inventory == "users"):
        return reading
    users = [item for item in reading.coverage if item.inventory == "users"]
    jobs = [replace(item, state=Reach.SKIPPED, reason="called off") for item in reading.coverage if item not in users]
    return replace(reading, coverage=(*users, *jobs))


def test_a_paginator_that_keeps_quiet_about_a_repeated_cursor_is_caught() -> None:
    def quiet(first: Ask) -> Pages:
        seen, ask = set[str](), first
        while True:
            answer = yield ask
            token = answer.body.get("next")
            if not token or token in seen:
                return None
            seen.add(token)
            ask = Get("/users", {"size": 2, "after": token})

    tested = suite(with_users(pages=quiet))
    test = tested.test_a_fault_in_one_inventory_is_named_and_the_others_go_on
    assert "repeated cursor: complete" in caught(test, "users", "repeated cursor")


def test_a_secret_in_a_log_line_is_caught() -> None:
    def loud(record: Record, at: Scope) -> Iterator[Fact]:
        logging.getLogger("a.logger.of.its.own").warning("the key is %s", KEY)
        return user(record, at)

    assert "secret" in caught(suite(with_users(facts=loud)).test_no_secret_shows_in_logs_reprs_messages_or_facts)


def test_a_secret_in_a_fact_is_caught() -> None:
    def loud(record: Record, at: Scope) -> Iterator[Fact]:
        yield Node(NodeKind.ACCOUNT, at.id(NodeKind.ACCOUNT, record["id"]), KEY, at.evidence(record["id"]))

    assert "secret" in caught(suite(with_users(facts=loud)).test_no_secret_shows_in_logs_reprs_messages_or_facts)


def test_a_key_that_is_not_needed_is_caught() -> None:
    open_house = replace(CONNECTOR, authenticate=lambda _: CONNECTOR.authenticate(SETTINGS))
    assert "complete" in caught(suite(open_house).test_a_wrong_secret_denies_everything)


def test_the_time_is_passed_in() -> None:
    def dated(record: Record, at: Scope) -> Iterator[Fact]:
        yield at.node(NodeKind.ACCOUNT, record["id"], "", {"seen": at.taken_at.isoformat()})

    suite(with_users(facts=dated), taken_at=NOW).test_two_runs_give_the_same_reading()
