"""The migrations lead to exactly the tables that the program works with."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import stackmap.store.database
from stackmap.store.database import connection_to
from stackmap.store.schema import REVISIONS, metadata
from tests.unit.store.samples import save

FOLDER = Path(stackmap.store.database.__file__).with_name("migrations")


def test_the_migrations_make_the_tables_of_the_schema(database: Path) -> None:
    save(database)
    with connection_to(database, writable=False) as connection, connection.begin():
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_tables_are_clustered_as_the_schema_says(database: Path) -> None:
    save(database)
    with connection_to(database, writable=False) as connection, connection.begin():
        made: dict[str, int] = dict(
            connection.exec_driver_sql(
                "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
            ).all()
        )
    made.pop("alembic_version")
    expected = {table.name: int(not table.dialect_options["sqlite"]["with_rowid"]) for table in metadata.sorted_tables}
    assert made == expected


def test_the_program_knows_every_revision_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    newest_first = ScriptDirectory.from_config(config).walk_revisions()
    assert [script.revision for script in newest_first] == list(reversed(REVISIONS))
