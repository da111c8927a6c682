"""The daemon's jobs: those of every `jobs/FOLDER/jobs.py`. The daemon, `tracker run --jobs` and tests read `JOBS`."""

from importlib import import_module
from importlib.resources import files

from jobs.job import REGISTRY, Job

MODULE = "jobs"
"""How the module of a folder is called that has its jobs."""


def _all_jobs() -> tuple[Job, ...]:
    """What is looked at most often first."""
    for folder in files("jobs").iterdir():
        if folder.joinpath(f"{MODULE}.py").is_file():
            import_module(f"jobs.{folder.name}.{MODULE}")
    return tuple(sorted(REGISTRY.values(), key=lambda job: (job.look_s, job.name)))


JOBS = _all_jobs()
