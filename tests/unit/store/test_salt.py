"""The workspace's salt: one, made with the first reading, kept for good."""

from pathlib import Path

import pytest

from stackmap.errors import StoreError
from stackmap.store import fresh_salt, open_reader, open_writer, stored_salt
from stackmap.store.database import connection_to
from tests.unit.store.samples import DAY, save


def saved_with(database: Path, salt: str) -> None:
    with open_writer(database, who="test", wait=1) as writer:
        writer.save([], taken_at=DAY, manifest="", person_ids={}, salt=salt)


def test_the_first_reading_brings_its_salt(database: Path) -> None:
    assert stored_salt(database) == ""
    saved_with(database, "salt of the first reading")
    assert stored_salt(database) == "salt of the first reading"


def test_a_reading_that_needed_no_salt_makes_one_and_leaves_one_alone(database: Path) -> None:
    save(database)
    made = stored_salt(database)
    assert len(made) == 64
    save(database)
    assert stored_salt(database) == made


def test_a_reading_with_another_salt_is_refused_whole(database: Path) -> None:
    saved_with(database, "one")
    with pytest.raises(StoreError, match="run the command again"):
        saved_with(database, "other")
    with open_reader(database) as reader:
        assert reader.salt() == "one"
        assert len(reader.snapshots()) == 1


def test_two_salts_differ() -> None:
    assert fresh_salt() != fresh_salt()


def test_an_empty_file_has_no_salt(database: Path) -> None:
    database.touch()
    assert stored_salt(database) == ""


def aged(database: Path) -> None:
    """As a store of the first schema was: without the table."""
    with connection_to(database, writable=True) as connection, connection.begin():
        connection.exec_driver_sql("DROP TABLE workspace")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")


@pytest.mark.parametrize("opened", ["for reading", "for writing"])
def test_an_older_store_with_readings_gets_a_salt_once(database: Path, opened: str) -> None:
    save(database)
    aged(database)
    if opened == "for reading":
        assert len(stored_salt(database)) == 64
    else:
        with open_writer(database, who="test", wait=1) as writer:
            assert len(writer.salt()) == 64
    made = stored_salt(database)
    assert len(made) == 64
    assert stored_salt(database) == made


def test_an_older_store_without_readings_waits_for_the_first(database: Path) -> None:
    with open_writer(database, who="test", wait=1):
        pass
    aged(database)
    with open_writer(database, who="test", wait=1) as writer:
        assert writer.salt() == ""
