"""One class a table: the values of the model plus keys, types and indexes; a module a folder of `db`."""
