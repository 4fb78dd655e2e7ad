"""Who may open the database, what that leaves behind, and what is said when it cannot be."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

import stackmap.store.database
from stackmap.errors import StoreError
from stackmap.model import Snapshot
from stackmap.store import SourceInfo, open_reader, open_writer
from stackmap.store.schema import REVISIONS
from tests.unit.store.samples import covered, day, fingerprint, load, names, node, reading, save

ROOT = Path(__file__).resolve().parents[3]

HOLD = """
import sys
from stackmap.store import open_writer
with open_writer(sys.argv[1], who="stackmap collect", wait=0):
    print("holding", flush=True)
    sys.stdin.readline()
"""

FILL = """
import resource, signal, sys
from pathlib import Path
from stackmap.errors import StoreError
from tests.unit.store.samples import node, reading, save
database = Path(sys.argv[1])
limit = database.stat().st_size + 50_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    save(database, reading(node(number, "x" * 200) for number in range(5000)))
except StoreError as error:
    print(error)
"""


def python(program: str, *arguments: object) -> subprocess.Popen[str]:
    """A second process that runs a short program."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def execute(database: Path, statement: str) -> None:
    """Change the database behind the store's back."""
    connection = sqlite3.connect(database)
    with connection:
        connection.execute(statement)
    connection.close()


def test_reading_leaves_the_folder_as_it_was(database: Path) -> None:
    save(database, reading([node(1, last_used="2026-11-01")]), person_ids={"email:a": "p1"})
    before = fingerprint(database.parent)
    with open_reader(database) as reader:
        reader.snapshots()
        reader.load()
        reader.load(1)
        assert fingerprint(database.parent) == before
    assert fingerprint(database.parent) == before


def test_a_reader_cannot_write(database: Path) -> None:
    save(database)
    with (
        pytest.raises(StoreError, match="cannot be written"),
        stackmap.store.database.connection_to(database, writable=False) as connection,
    ):
        connection.exec_driver_sql("DELETE FROM sources")


def test_without_a_database_there_is_no_reading_yet(database: Path) -> None:
    with pytest.raises(StoreError, match="no reading yet; run `stackmap collect`"), open_reader(database):
        pass
    assert list(database.parent.iterdir()) == []


def test_an_empty_file_is_no_reading_yet(database: Path) -> None:
    database.touch()
    with pytest.raises(StoreError, match="no reading yet"), open_reader(database):
        pass


def test_a_database_without_snapshot_is_no_reading_yet(database: Path) -> None:
    with open_writer(database, who="test", wait=0):
        pass
    with open_reader(database) as reader:
        assert reader.snapshots() == []
        with pytest.raises(StoreError, match="no reading yet"):
            reader.load()


def test_every_file_is_for_the_owner_alone(database: Path) -> None:
    modes = {}

    def look(_: Snapshot) -> dict[str, str]:
        modes.update({path.name: stat.S_IMODE(path.stat().st_mode) for path in database.parent.iterdir()})
        return {}

    mask = os.umask(0)
    try:
        with open_writer(database, who="test", wait=0) as writer:
            writer.save([reading([node(1)])], taken_at=day(0), manifest="", person_ids=look)
    finally:
        os.umask(mask)
    files = ["stackmap.db", "stackmap.db-journal", "stackmap.db.lock", "stackmap.db.lock.holder"]
    assert modes == dict.fromkeys(files, 0o600)


def test_a_closed_writer_leaves_the_database_and_its_lock(database: Path) -> None:
    save(database, reading([node(1)]))
    assert sorted(path.name for path in database.parent.iterdir()) == ["stackmap.db", "stackmap.db.lock"]


def test_an_unknown_snapshot_names_the_nearest(database: Path) -> None:
    for _ in range(5):
        save(database)
    with pytest.raises(StoreError, match=r"no reading 9; the nearest: 3, 4, 5"):
        load(database, 9)


def test_snapshots_are_listed_with_their_sources(database: Path) -> None:
    save(database, reading())
    save(database, reading([], [covered(source="mail")], source="mail", on=day(1)), on=day(1))
    with open_reader(database) as reader:
        first, second = reader.snapshots()
    crm, mail = SourceInfo("crm", day(0), "svc-stackmap"), SourceInfo("mail", day(1), "svc-stackmap")
    assert (first.id, first.taken_at, first.sources) == (1, day(0), (crm,))
    assert (second.id, second.taken_at, second.sources) == (2, day(1), (crm, mail))


def test_each_snapshot_keeps_its_manifest(database: Path) -> None:
    with open_writer(database, who="test", wait=0) as writer:
        for manifest in ("people: {}\n", "people: {dana: {}}\n", "people: {}\n"):
            writer.save([], taken_at=day(0), manifest=manifest, person_ids={})
        assert [writer.load(number).manifest for number in (1, 2, 3)] == [
            "people: {}\n",
            "people: {dana: {}}\n",
            "people: {}\n",
        ]


def test_ids_are_minted_from_the_facts_of_all_sources_before_the_snapshot_is_there(database: Path) -> None:
    save(database, reading([node(1)]), person_ids={"email:a": "p1"})

    def mint(snapshot: Snapshot) -> dict[str, str]:
        assert (snapshot.id, names(snapshot)) == (2, ["Flow 1", "Flow 2"])
        assert load(database).id == 1, "a reader still sees the earlier snapshot"
        return {**snapshot.person_ids, "email:b": "p2"}

    with open_writer(database, who="test", wait=0) as writer:
        mail = reading([node(2, source="mail")], source="mail")
        writer.save([mail], taken_at=day(1), manifest="", person_ids=mint)
    assert load(database).person_ids == {"email:a": "p1", "email:b": "p2"}
    assert load(database, 1).person_ids == {"email:a": "p1"}


def test_when_minting_fails_nothing_is_stored(database: Path) -> None:
    save(database, reading([node(1)]))

    def fail(_: Snapshot) -> dict[str, str]:
        raise RuntimeError("no ids today")

    with open_writer(database, who="test", wait=0) as writer:
        with pytest.raises(RuntimeError, match="no ids today"):
            writer.save([reading([])], taken_at=day(1), manifest="", person_ids=fail)
        assert [info.id for info in writer.snapshots()] == [1]
        assert names(writer.load()) == ["Flow 1"]


def test_an_id_is_never_forgotten_and_a_new_person_counts_from_then_on(database: Path) -> None:
    save(database, person_ids={"email:a": "p1", "email:b": "p2"})
    save(database, person_ids={"email:b": "dana"})
    assert load(database).person_ids == {"email:a": "p1", "email:b": "dana"}
    assert load(database, 1).person_ids == {"email:a": "p1", "email:b": "p2"}


def test_a_second_writer_is_told_who_holds_the_lock(database: Path) -> None:
    heard: list[str] = []
    with python(HOLD, database) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        who = rf"`stackmap collect` \(process {holder.pid}, since 20\d\d-"
        with (
            pytest.raises(StoreError, match=who + r".* is writing .* within 0.2 s"),
            open_writer(database, who="stackmap import", wait=0.2, on_wait=heard.append),
        ):
            pass
        holder.communicate("\n")
    assert len(heard) == 1
    assert heard[0].startswith(f"waiting for `stackmap collect` (process {holder.pid}")


def test_a_second_writer_waits_for_the_first(database: Path) -> None:
    with python(HOLD, database) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "holding\n"

        def let_go(_: str) -> None:
            assert holder.stdin is not None
            holder.stdin.write("\n")
            holder.stdin.flush()

        with open_writer(database, who="stackmap import", wait=60, on_wait=let_go) as writer:
            writer.save([], taken_at=day(0), manifest="", person_ids={})
    assert load(database).id == 1


def test_a_killed_holder_holds_nothing(database: Path) -> None:
    with python(HOLD, database) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        holder.kill()
    assert database.with_name("stackmap.db.lock.holder").exists()
    assert save(database, reading([node(1)])) == 1


def test_a_note_that_cannot_be_read_names_another_process(database: Path) -> None:
    with open_writer(database, who="test", wait=0):
        database.with_name("stackmap.db.lock.holder").write_text("{", encoding="utf-8")
        with (
            pytest.raises(StoreError, match=r"^another process is writing"),
            open_writer(database, who="test", wait=0),
        ):
            pass


def test_a_full_disk_leaves_the_earlier_snapshot(database: Path) -> None:
    save(database, reading([node(1)]))
    with python(FILL, database) as writer:
        said, _ = writer.communicate()
    assert str(database) in said
    assert "room" in said
    assert load(database).facts == (node(1),)
    assert save(database, reading([node(2)])) == 2


@pytest.mark.parametrize("use", [load, save])
def test_a_newer_database_is_refused_untouched(database: Path, use: Callable[[Path], object]) -> None:
    save(database)
    execute(database, "UPDATE alembic_version SET version_num = '9999'")
    before = database.read_bytes()
    with pytest.raises(StoreError, match=r"newer stackmap \(schema 9999, .*update stackmap"):
        use(database)
    assert database.read_bytes() == before


def test_an_older_database_is_brought_up_to_date_by_whoever_opens_it(database: Path) -> None:
    save(database)
    with stackmap.store.database.connection_to(database, writable=True) as connection, connection.begin():
        config = Config()
        folder = Path(stackmap.store.database.__file__).with_name("migrations")
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with open_reader(database) as reader:
        assert reader.snapshots() == []
    with stackmap.store.database.connection_to(database, writable=False) as connection:
        assert stackmap.store.database.check_revision(connection, database) == REVISIONS[-1]


@pytest.mark.parametrize("use", [load, save])
def test_another_programs_database_is_refused(database: Path, use: Callable[[Path], object]) -> None:
    execute(database, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreError, match="another program's database"):
        use(database)


def test_a_file_that_is_no_database_is_refused(database: Path) -> None:
    database.write_text("people: {}\n" * 1000, encoding="utf-8")
    with pytest.raises(StoreError, match="no stackmap database"):
        load(database)


def test_a_missing_folder_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no folder .*nowhere"):
        save(tmp_path / "nowhere" / "stackmap.db")
    assert not (tmp_path / "nowhere").exists()
