"""The web server of the daemon: the report, its health, and the pages behind the links of a mail."""
