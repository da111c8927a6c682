"""What several test files share: builders, servers and processes. The folder `tests` is on pytest's path.

articles/    labelled articles, the reader, scores by hand, texts that grow without end
opinions/    a language model's server and what it answers
timeline/    findings and evidence, a timeline in memory
documents/   orders in our own words, set as PDF in many ways, and PDFs that are made to do harm
databases/   rows of every table, articles recorded, a next version, damage
servers/     feeds, pages and hooks on loopback, good and bad ones
mail/        a mail server, subscribers and news in a database, rounds of sending
web/         the daemon's pages, the desk, a crawler, Chromium
commands/    the command in this process, its environment, other installations
processes/   daemons and workers, commands that are killed or poisoned, systemd's socket
"""
