"""The conformance suite: the same tests for every connector, ours or anybody's. Needs pytest.

Inherit `Conformance` in a class that pytest collects and name a `case`: the connector, its stand-in, settings
that the stand-in accepts, and `stackmap.collect.run`. Real signing, paging, retries and mapping run; nothing
is patched.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

from stackmap.model import EDGE_KINDS, Coverage, Edge, EdgeKind, FixBy, Reach, SourceReading
from stackmap.sdk.asks import NotUnderstoodError, Record
from stackmap.sdk.connector import Inventory, Per, Scope
from stackmap.sdk.declaration_trial import DeclarationTrial
from stackmap.sdk.misshapen import SHAPES, endless, without_list
from stackmap.sdk.sandbox import Fault, Reply, cut, faulty, not_json, rate_limited, restated, serve, slow, status, stuck
from stackmap.sdk.settings import resolve_settings
from stackmap.sdk.trial import (
    LIMITS,
    SOURCE,
    Collect,
    ConformanceCase,
    Key,
    ancestors,
    asked,
    clean_run,
    coverage_by_name,
    facts_of,
    holes,
    is_required,
    logged,
    own_pages,
    own_requests,
    plain_run,
    records_of,
    request_key,
    run_case,
    skip,
    unjoined,
)

__all__ = ["FAULTS", "Collect", "Conformance", "ConformanceCase"]

_EMAIL = re.compile(r"[^\s/@]+@[^\s/@]+\.[a-z]{2,}", re.IGNORECASE)
_CARE_ONLY = {EdgeKind.OWNED_BY}
_TIMES_PER_FIELD = 3

FAULTS: Mapping[str, Fault] = {
    "401": status(401),
    "403": status(403),
    "404": status(404),
    "429 once": rate_limited(1),
    "429 for ever": rate_limited(),
    "500": status(500),
    "no content": lambda _: lambda _request: Reply(204),
    "empty body": lambda _: lambda _request: Reply(200),
    "null": lambda _: lambda _request: Reply(200, b"null"),
    "part of it": restated(206),
    "cut body": cut(),
    "not JSON": not_json(),
    "repeated cursor": stuck(),
    "slow answer": slow(LIMITS.timeout + 1),
}
"""What goes wrong, by name: each is tried on each inventory."""

_FELT_BY_ALL = frozenset({"401", "429 for ever", "500", "cut body", "slow answer", "not JSON"})
"""Faults of what the inventories share: the sign-in, the pace, the retries, the connection; and one odd body.

Under these all inventories are read, and the others have to go on. What the rest do to an inventory is told by its own
answers, so only those that it is asked per record of are read beside it.
"""


def _expected(inventory: Inventory, fault: str, requests: int) -> set[Reach]:
    pages = inventory.pages is not None and not isinstance(inventory.ask, Per) and requests > 1
    return {
        "401": {Reach.DENIED},
        "403": {Reach.DENIED},
        "404": {Reach.ABSENT if 404 in inventory.absent_on else Reach.FAILED},
        "429 once": {Reach.COMPLETE},
        "repeated cursor": {Reach.PARTIAL} if pages else {Reach.COMPLETE, Reach.PARTIAL},
    }.get(fault, {Reach.FAILED})


class Conformance(DeclarationTrial):
    """Inherit, name a `case`, and pytest finds the tests."""

    def pytest_generate_tests(self, metafunc: Any) -> None:
        """One test per inventory, and per fault, where a test asks for them."""
        if "inventory" in metafunc.fixturenames:
            metafunc.parametrize("inventory", [item.name for item in self.case.connector.inventories])
        if "fault" in metafunc.fixturenames:
            metafunc.parametrize("fault", list(FAULTS))
        if "shape" in metafunc.fixturenames:
            metafunc.parametrize("shape", list(SHAPES))

    def _inventory(self, name: str) -> Inventory:
        return next(item for item in self.case.connector.inventories if item.name == name)

    def test_a_clean_run_reads_every_inventory(self) -> None:
        for name, item in coverage_by_name(clean_run(self.case)).items():
            wanted = self.case.otherwise.get(name, Reach.COMPLETE)
            assert item.state is wanted, f"{name} is {item.state}: {item.reason}"

    def test_two_runs_give_the_same_reading(self) -> None:
        assert run_case(self.case) == clean_run(self.case), "the clock, the order or chance gets into the facts"

    def test_emitted_kinds_stay_within_what_is_declared(self, inventory: str) -> None:
        declared = self._inventory(inventory)
        for record, scope in records_of(self.case)[inventory]:
            for fact in declared.facts(record, scope):
                assert fact.kind in declared.emits, f"{inventory} emits {fact.kind} without declaring it"

    def test_mapping_leaves_the_record_as_it_was(self, inventory: str) -> None:
        for record, scope in records_of(self.case)[inventory]:
            before = copy.deepcopy(record)
            list(self._inventory(inventory).facts(record, scope))
            assert record == before, f"the mapping of {inventory} changes its record"

    def test_mapping_tolerates_missing_optional_fields(self, inventory: str) -> None:
        declared = self._inventory(inventory)
        tried: dict[tuple[str, str], int] = {}
        for record, scope in records_of(self.case)[inventory]:
            for path, done, changed in holes(record):
                times = tried[path, done] = tried.get((path, done), 0) + 1
                if times <= _TIMES_PER_FIELD and not is_required(path, declared.required):
                    self._map(declared, changed, scope, f"{done} {path}")

    @staticmethod
    def _map(declared: Inventory, record: Record, scope: Scope, what: str) -> None:
        try:
            list(declared.facts(record, scope))
        except NotUnderstoodError:
            return  # it says so itself, and the list counts as read in part
        except Exception as error:
            raise AssertionError(
                f"{declared.name}: a record {what} raises {error!r}; tolerate it, or list it in `required`"
            ) from error

    def test_ids_contain_no_email_address(self) -> None:
        for fact in clean_run(self.case).facts:
            ids = (fact.source, fact.target) if isinstance(fact, Edge) else (fact.id,)
            for item in ids:
                assert not _EMAIL.search(unquote(item)), f"an e-mail address is no id: {item}"

    def test_every_relation_that_depends_on_the_act_has_departures(self) -> None:
        connector = self.case.connector
        tables = {f"{connector.product}:{table.name}": table for table in connector.departures}
        emitted = {kind for item in connector.inventories for kind in item.emits if isinstance(kind, EdgeKind)}
        by_row = {kind for kind in emitted if EDGE_KINDS[kind].by_row} - _CARE_ONLY
        missing = by_row - {table.relation for table in connector.departures}
        assert not missing, f"no departures table judges {sorted(missing)}"
        for fact in clean_run(self.case).facts:
            if isinstance(fact, Edge) and fact.outcomes is not None and fact.outcomes.row:
                table = tables.get(fact.outcomes.row)
                assert table is not None, f"{fact.outcomes.row} is no departures table of this connector"
                assert table.relation is fact.kind, f"{table.name} judges {table.relation}, not {fact.kind}"

    def test_a_fault_in_one_inventory_is_named_and_the_others_go_on(self, inventory: str, fault: str) -> None:
        own = self._own_orskip(inventory)
        if fault == "repeated cursor":
            own = own_pages(self.case, inventory) or own
        found = self._with_fault(inventory, own, FAULTS[fault], with_all=fault in _FELT_BY_ALL)
        wanted = _expected(self._inventory(inventory), fault, len(own))
        assert found.state in wanted, f"{fault}: {found.state} ({found.reason}), expected {sorted(wanted)}"
        assert found.state is Reach.COMPLETE or (found.reason and found.fix_by), "say why, and who can fix it"

    def test_an_answer_without_its_list_is_never_taken_for_an_empty_one(self, inventory: str, shape: str) -> None:
        path = self._inventory(inventory).records
        if not isinstance(path, str) or not path:
            skip("its records stand at no path in the answer")
        found = self._with_fault(inventory, self._own_orskip(inventory), without_list(str(path), shape))
        assert (found.state, found.fix_by) == (Reach.FAILED, FixBy.VENDOR), f"{shape}: {found.state} ({found.reason})"

    def test_pages_without_end_are_given_up(self, inventory: str) -> None:
        own, declared = self._own_orskip(inventory), self._inventory(inventory)
        pages = [self.case.standin(request) for request in asked(self.case, inventory) if request_key(request) in own]
        fault = next((made for page in pages if (made := endless(declared, page))), None)
        if fault is None:
            skip("no answer of the stand-in names a next page")
        found = self._with_fault(inventory, own, fault)
        assert (found.state, found.fix_by) == (Reach.PARTIAL, FixBy.VENDOR), f"{found.state} ({found.reason})"

    def _with_fault(self, inventory: str, own: tuple[Key, ...], fault: Fault, *, with_all: bool = False) -> Coverage:
        """What becomes of an inventory whose own requests, and those never asked otherwise, go wrong."""
        only = "" if with_all else inventory
        others = {request_key(request) for name in self._names() for request in asked(self.case, name)} - set(own)
        reading = run_case(
            self.case,
            faulty(self.case.standin, lambda request: request_key(request) not in others, fault),
            unjoined(self.case, only),
        )
        self._check_others(reading, inventory, plain_run(self.case, only))
        return coverage_by_name(reading)[inventory]

    def test_nothing_read_before_a_failure_is_lost(self, inventory: str) -> None:
        own, pages = self._own_orskip(inventory), own_pages(self.case, inventory)
        if len(pages) < 2:
            skip("the stand-in gives it in one answer")
        later = set(own[own.index(pages[0]) + 1 :])
        reading = run_case(
            self.case,
            faulty(self.case.standin, lambda request: request_key(request) in later, status(500)),
            unjoined(self.case),
        )
        found = coverage_by_name(reading)[inventory]
        assert found.state is Reach.PARTIAL, f"{found.state}: {found.reason}"
        assert found.records > 0, "the first page was lost"
        clean = {fact.key for fact in facts_of(plain_run(self.case), inventory, self.case)}
        assert {fact.key for fact in facts_of(reading, inventory, self.case)} <= clean
        self._check_others(reading, inventory, plain_run(self.case))

    def _own_orskip(self, inventory: str) -> tuple[Key, ...]:
        if coverage_by_name(clean_run(self.case))[inventory].state is not Reach.COMPLETE:
            skip("this stand-in does not let it be read whole")
        own = own_requests(self.case, inventory)
        if not own:
            skip("it sends no request that no other inventory sends")
        return own

    def _check_others(self, reading: SourceReading, inventory: str, plain: SourceReading) -> None:
        clean = coverage_by_name(plain)
        for name, item in coverage_by_name(reading).items():
            below = inventory in ancestors(self.case.connector, name)
            if name == inventory or below:
                continue
            assert item == clean[name], f"{name} suffers from a fault in {inventory}: {item.reason}"
            assert facts_of(reading, name, self.case) == facts_of(plain, name, self.case)

    def test_a_wrong_secret_denies_everything(self) -> None:
        given = self.case.settings
        secret = [item.name for item in self.case.connector.settings if item.secret and given.get(item.name)]
        if not secret:
            skip("it has no secret")
        wrong = {**self.case.settings, **dict.fromkeys(secret, "certainly-not-this-one")}
        for item in run_case(self.case, settings=wrong).coverage:
            assert item.state in {Reach.DENIED, Reach.SKIPPED}, f"{item.inventory}: {item.state} {item.reason}"

    def test_only_reads_are_sent(self) -> None:
        sent = {request.method for item in self.case.connector.inventories for request in asked(self.case, item.name)}
        assert sent <= {"GET", "POST"}, f"a connector only reads: {sorted(sent)}"

    def test_no_secret_shows_in_logs_reprs_messages_or_facts(self) -> None:
        planted = set(resolve_settings(self.case.connector, self.case.settings).secrets)
        for request in (item for name in self._names() for item in asked(self.case, name)):
            signed = request.headers.get("authorization", "").rpartition(" ")[2]
            planted |= {signed} if signed else set()
        shown = "\n".join(self._everything_shown())
        for secret in planted:
            assert secret not in shown, "a secret shows"

    def _names(self) -> list[str]:
        return [item.name for item in self.case.connector.inventories]

    def _everything_shown(self) -> Iterator[str]:
        case = self.case
        yield repr(case)
        yield repr(resolve_settings(case.connector, case.settings))
        for standin in (case.standin, status(401)(case.standin), not_json()(case.standin)):
            with logged() as lines, serve(standin) as url:
                prefix = urlsplit(case.settings.get("base_url", "")).path
                reading = case.collect(
                    replace(case.connector, per_second=100_000),
                    {**case.settings, "base_url": f"{url}{prefix}"},
                    source=SOURCE,
                    limits=LIMITS,
                )
            assert lines, "nothing was logged: there is nothing to judge"
            yield from lines
            yield repr(reading)
