"""What `tracker init` writes for servers: units of systemd, what a container is built from and runs as."""

from collections.abc import Mapping
from pathlib import Path

from jobs.terminal.output import written


def written_out(template: str, path: Path, values: Mapping[str, object]) -> Path:
    """Fills a template in and writes it, whole or not at all; returns where. Raises StorageError."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    files = PackageLoader("jobs.deploy", "templates")
    environment = Environment(  # noqa: S701 - not HTML
        loader=files, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    with written(str(path)) as file:
        file.write(environment.get_template(template).render(values).encode())
    return path
