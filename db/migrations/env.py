"""Run by Alembic with the connection that `db.engine.migrate` opened and locked; never opens one itself."""

from alembic import context

from db.tables.timeline import TableRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TableRow.metadata,
    render_as_batch=True,
    # One transaction for all of it on SQLite too: a kill half-way leaves the old schema.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
