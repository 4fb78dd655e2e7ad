"""What Alembic runs: the migrations, on the connection and within the transaction it is handed."""

from alembic import context

from stackmap.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
