"""Taking somebody out of the database: every table, every state a fact was in, every byte."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from stackmap.errors import StoreError
from stackmap.model import Edge, EdgeKind, Evidence, Fact, Node, NodeKind, Reach, SourceReading
from stackmap.store import Erased, Erasing, open_reader, open_writer
from tests.unit.store.samples import covered, day

SEEN = (Evidence("larkfield-zaps", "users", "okafor@larkfield.test"),)
LOGIN = "acme/prod/account/okafor"
KEYS = {"email:okafor@larkfield.test": "person-1", f"account:{LOGIN}": "person-1", "email:kim@x.test": "person-2"}


def stored(database: Path) -> None:
    """Three readings in which the login, its name, its last use and the notes change."""
    for number, (name, used) in enumerate(
        (("Okafor", "2026-01-01"), ("D. Okafor", "2026-02-01"), ("DO", "2026-03-01"))
    ):
        login = Node(NodeKind.ACCOUNT, LOGIN, name, SEEN, {"last_used": f"okafor {used}"})
        flow = Node(NodeKind.AUTOMATION, "acme/prod/automation/1", "Nightly", SEEN, {"note": "by Okafor"})
        runs = Edge(EdgeKind.RUNS_AS, flow.id, LOGIN, SEEN, slot="okafor")
        coverage = (covered("users", source="larkfield-zaps", vendor_code="okafor"),)
        reading = SourceReading("larkfield-zaps", day(number), (login, flow, runs), coverage, collector="okafor")
        with open_writer(database, who="test", wait=1) as writer:
            notes = f"# {number}: okafor\n" if number else "# okafor\n"
            keys = {
                "email:okafor@larkfield.test": "person-1",
                f"account:{LOGIN}": "person-1",
                "email:kim@x.test": "person-2",
            }
            writer.save([reading], taken_at=day(number), manifest=notes, person_ids=keys)


def without(text: str) -> str:
    """The text without the name, whichever way it is written."""
    return text.replace("okafor", "somebody").replace("Okafor", "Somebody")


def left(fact: Fact) -> Fact | None:
    def said(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(Evidence(without(one.source), one.inventory, without(one.record)) for one in evidence)

    if isinstance(fact, Node):
        known = {key: without(value) for key, value in fact.properties.items()}
        return Node(
            fact.kind, without(fact.id), "erased" if fact.id == LOGIN else fact.name, said(fact.evidence), known
        )
    return Edge(fact.kind, fact.source, without(fact.target), said(fact.evidence), slot=without(fact.slot))


ERASING = Erasing(
    fact=left,
    text=without,
    notes=lambda text: "# nobody\n",
    forgets=lambda key, person: person == "person-1" or "okafor" in key,
    quiet=lambda fact: isinstance(fact, Node) and fact.id == LOGIN,
)


def erased(database: Path, what: Erasing = ERASING) -> Erased:
    with open_writer(database, who="test", wait=1) as writer:
        return writer.erase(what)


def test_no_byte_of_the_name_is_left_in_the_folder(database: Path) -> None:
    stored(database)
    assert b"okafor" in database.read_bytes().lower()
    erased(database)
    for path in database.parent.iterdir():
        assert b"okafor" not in path.read_bytes().lower(), path.name


def test_every_reading_is_still_there_and_says_the_rest(database: Path) -> None:
    stored(database)
    erased(database)
    with open_reader(database) as reader:
        infos = reader.snapshots()
        assert [info.sources[0].name for info in infos] == ["larkfield-zaps"] * 3
        for info in infos:
            snapshot = reader.load(info.id)
            names = {fact.name for fact in snapshot.facts if isinstance(fact, Node)}
            assert names == {"erased", "Nightly"}
            assert snapshot.manifest == "# nobody\n"
            assert snapshot.person_ids == {"email:kim@x.test": "person-2"}
            assert snapshot.coverage[0].vendor_code == "somebody"


def test_what_a_source_and_its_system_are_called_stays_for_the_next_reading_is_tied_by_it(database: Path) -> None:
    coverage = (covered("users", Reach.DENIED, source="okafor-crm", needs=("okafor may look",)),)
    reading = SourceReading("okafor-crm", day(0), (), coverage, collector="okafor")
    with open_writer(database, who="test", wait=1) as writer:
        writer.save([reading], taken_at=day(0), manifest="", person_ids={})
    erased(database)
    with open_reader(database) as reader:
        (info,), (told,) = reader.snapshots(), reader.load().coverage
    assert (info.sources[0].name, info.sources[0].collector) == ("okafor-crm", "somebody")
    assert (told.source, told.needs) == ("okafor-crm", ("somebody may look",))


def test_what_was_done_is_counted(database: Path) -> None:
    stored(database)
    done = erased(database)
    assert (done.gone, done.notes, done.keys) == (0, 3, 2)
    assert done.changed == 5  # three states of the login, the flow, and the edge


def test_a_fact_of_which_nothing_is_left_goes_with_its_values(database: Path) -> None:
    stored(database)
    gone = Erasing(
        lambda fact: None if isinstance(fact, Node) and fact.id == LOGIN else fact,
        lambda text: text,
        lambda text: text,
        lambda *_: False,
        lambda _: False,
    )
    assert erased(database, gone) == Erased(3, 0, 0, 0)
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM node_values").fetchone() == (0,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_when_it_fails_half_way_everything_is_as_it_was(database: Path) -> None:
    stored(database)
    before = database.read_bytes()

    def fail(_: str) -> str:
        raise StoreError("no")

    broken: Callable[[str], str] = fail
    with pytest.raises(StoreError):
        erased(database, Erasing(left, without, broken, lambda *_: True, lambda _: True))
    with open_reader(database) as reader:
        assert "okafor" in reader.load().manifest
    assert database.read_bytes() == before


def test_the_file_is_written_anew_without_freed_pages(database: Path) -> None:
    many = [
        Node(NodeKind.ACCOUNT, f"acme/prod/account/{number}", f"Okafor {number}", SEEN, {"note": "okafor " * 20})
        for number in range(500)
    ]
    reading = SourceReading("larkfield-zaps", day(0), tuple(many), (covered("users", source="larkfield-zaps"),))
    with open_writer(database, who="test", wait=1) as writer:
        writer.save([reading], taken_at=day(0), manifest="", person_ids={})
    before = database.stat().st_size
    erased(database, Erasing(lambda _: None, without, without, lambda *_: True, lambda _: False))
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert database.stat().st_size < before / 2
    assert b"okafor" not in database.read_bytes().lower()
