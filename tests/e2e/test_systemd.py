"""The units that `tracker init --systemd` writes, looked at by systemd itself; and the daemon as systemd hears it."""

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from jobs.deploy import server_files
from jobs.settings import Settings
from support.commands.shell import Shell, assert_one_line
from support.processes.daemon import running, settings
from support.processes.notify_socket import listening
from support.web.site import free_port

ANALYZE = shutil.which("systemd-analyze")
MOST_EXPOSED = 2.0
"""Of 10; 9.6 is a unit without any confinement, and below 3 systemd calls it OK."""
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze on this machine")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, monkeypatch, capfd)


def lines(path: Path, name: str) -> list[str]:
    return [line.partition("=")[2] for line in path.read_text().splitlines() if line.startswith(f"{name}=")]


def test_the_units_have_the_paths_of_this_installation_and_it_says_what_to_do(shell: Shell) -> None:
    result = shell.run("init", "--systemd", "--user", "root")
    assert (result.status, result.err) == (0, "")
    unit = shell.folder / "tracker.service"
    assert lines(unit, "ExecStart") == [f"{server_files.program()} --config {shell.folder}/tracker.toml run"]
    assert lines(unit, "ReadWritePaths") == [str(shell.folder / "data")]
    assert lines(unit, "Environment") == [f"TRACKER_DATA_DIR={shell.folder}/data"]
    assert (lines(unit, "User"), lines(unit, "Type")) == (["root"], ["notify"])
    assert f"cp {unit} /etc/systemd/system/" in result.out
    assert not (shell.folder / "data" / "tracker.db").exists()
    worker = shell.folder / "tracker-worker@.service"
    assert lines(worker, "ExecStart") == [f"{server_files.program()} --config {shell.folder}/tracker.toml worker"]


def test_the_data_folder_may_be_named_at_once(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_DATA_DIR")
    assert shell.run("init", "--systemd", "--data-dir", "/var/lib/tracker").status == 0
    assert 'data_dir = "/var/lib/tracker"' in (shell.folder / "tracker.toml").read_text().splitlines()
    unit = shell.folder / "tracker.service"
    assert (lines(unit, "StateDirectory"), lines(unit, "Environment")) == (["tracker"], [])
    again = shell.run("init", "--systemd", "--data-dir", "/srv/elsewhere")
    assert again.status == 2
    assert_one_line(again.err, "is there already", "--force")


def test_a_user_that_cannot_be_is_refused(shell: Shell) -> None:
    result = shell.run("init", "--systemd", "--user", "me\nExecStart=/bin/sh")
    assert result.status == 1
    assert_one_line(result.err, "--user")


def test_folders_outside_the_data_folder_may_be_written_and_systemd_makes_those_under_var_lib(tmp_path: Path) -> None:
    given = Settings(
        data_dir=Path("/var/lib/tracker/data"), report_dir=Path("/srv/site"), backup_dir=Path("/mnt/my backups")
    )
    unit, _ = server_files.write_units(given, tmp_path / "tracker.toml", "tracker")
    assert lines(unit, "StateDirectory") == ["tracker/data"]
    assert lines(unit, "ReadWritePaths") == ['/var/lib/tracker/data /srv/site "/mnt/my backups"']


@needs_systemd
@pytest.mark.parametrize("folder", ["plain", 'with a blank, 100% "odd" and $HOME'])
def test_systemd_finds_no_fault_with_them(shell: Shell, folder: str) -> None:
    place = shell.folder / folder
    place.mkdir()
    assert shell.run("--config", str(place / "tracker.toml"), "init", "--systemd", "--user", "root").status == 0
    paths = [str(place / name) for name in server_files.UNITS]
    done = subprocess.run([str(ANALYZE), "verify", "--man=no", *paths], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@needs_systemd
def test_they_may_do_little(shell: Shell) -> None:
    shell.run("init", "--systemd")
    for name in server_files.UNITS:
        command = [str(ANALYZE), "security", "--offline=true", "--no-pager", str(shell.folder / name)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = re.search(r"Overall exposure level for .*: ([0-9.]+)", told)
        assert found
        assert float(found[1]) < MOST_EXPOSED


@pytest.mark.slow
def test_the_daemon_says_when_it_is_ready_alive_beginning_anew_and_ending(tmp_path: Path) -> None:
    """One process from READY to STOPPING: SIGHUP replaces its program, not its number."""
    socket, port = tmp_path / "notify", free_port()
    config = tmp_path / "tracker.toml"
    config.write_text('timezone = "America/Chicago"\n')
    heard_by = {"NOTIFY_SOCKET": str(socket), "WATCHDOG_USEC": "1000000", "TRACKER_CONFIG": str(config)}
    with listening(socket) as heard, running(settings(tmp_path, web_port=port) | heard_by, tmp_path) as daemon:
        assert heard.wait_for("READY")["STATUS"] == f"serves http://127.0.0.1:{port}/"
        heard.wait_for("WATCHDOG", 3)
        config.write_text('timezone = "Nowhere"\n')
        os.kill(daemon.process.pid, signal.SIGHUP)
        heard.wait_for("RELOADING")
        assert "the old ones stay in use" in heard.wait_for("READY", 2)["STATUS"]
        config.write_text('timezone = "America/New_York"\n')
        os.kill(daemon.process.pid, signal.SIGHUP)
        heard.wait_for("RELOADING", 2)
        assert "serves" in heard.wait_for("READY", 3)["STATUS"]
        assert "STOPPING" not in heard.names()
        assert daemon.end() == 0
        assert heard.names()[-1] == "STOPPING"
