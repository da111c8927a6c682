"""What `tracker init --container` writes, looked at by the linters and the schema that are made for it."""

import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.commands.shell import Shell

BIN = Path(sys.executable).parent


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(tmp_path, monkeypatch, capfd)
    assert shell.run("init", "--container").status == 0
    return shell


def finds_no_fault(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def compose(shell: Shell) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((shell.folder / "compose.yaml").read_text())
    return found


def test_hadolint_finds_no_fault_with_the_containerfile(shell: Shell) -> None:
    finds_no_fault(BIN / "hadolint", shell.folder / "Containerfile")


def test_the_compose_file_keeps_the_specification(shell: Shell) -> None:
    finds_no_fault(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", shell.folder / "compose.yaml")


def test_shellcheck_finds_no_fault_with_the_install_script(shell: Shell) -> None:
    finds_no_fault(BIN / "shellcheck", shell.folder / "install.sh")


def test_two_workers_beside_postgresql_and_nothing_writes_but_into_its_volume(shell: Shell) -> None:
    services = compose(shell)["services"]
    assert services["worker"]["deploy"]["replicas"] == 2
    for name in ("tracker", "worker"):
        service = services[name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert [volume for volume in service["volumes"] if not volume.endswith(":ro")] == ["data:/var/lib/tracker"]
        assert service["depends_on"]["database"]["condition"] == "service_healthy"
    assert services["tracker"]["ports"] == ["127.0.0.1:8321:8321"]


def test_the_image_runs_as_somebody_who_owns_the_volume(shell: Shell) -> None:
    lines = (shell.folder / "Containerfile").read_text().splitlines()
    assert "USER 10001" in lines
    assert any("TRACKER_UID=10001" in line for line in lines)
    assert any("/healthz" in line for line in lines)


def test_passwords_are_made_once_and_kept_from_others_and_from_the_image(shell: Shell) -> None:
    secret = shell.folder / ".env"
    before = secret.read_text()
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(before.split("DATABASE_PASSWORD=")[1].split()[0]) >= 32
    again = shell.run("init", "--container")
    assert secret.read_text() == before
    assert before.split("=")[1].split()[0] not in again.out
    assert (shell.folder / ".dockerignore").read_text().splitlines()[0] == "*"


def test_the_install_script_says_how_it_is_used(shell: Shell) -> None:
    done = subprocess.run(["sh", str(shell.folder / "install.sh")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "usage: sh install.sh FILE.whl" in done.stderr
