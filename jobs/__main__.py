"""`python -m jobs` is `tracker`, where the console script is not on the path."""

from jobs.cli import main

main()
