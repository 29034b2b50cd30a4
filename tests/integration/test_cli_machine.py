"""`simulate` and `lift` against each other: two processes and the real wire."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import serial

from station.control import Args, ControlServer
from tests.helpers.tours import PROGRAM, baylight, environment, events_of, json_of
from ui.bootstrap.store import open_store


@pytest.fixture
def url() -> Iterator[str]:
    """The address of a running simulated machine, which ends with 0 when it is told to."""
    with simulated() as address:
        yield address


@contextmanager
def simulated(*options: str, protocol: str = "jmif") -> Iterator[str]:
    words = ("simulate", "--protocol", protocol, "--listen", "tcp:0", "--speed", "1000", *options)
    machine = subprocess.Popen([*PROGRAM, *words], stdout=subprocess.PIPE, text=True, env=environment())
    assert machine.stdout is not None
    ready = json.loads(machine.stdout.readline())
    assert (ready["ready"], ready["pid"]) == (True, machine.pid)
    yield ready["url"]
    machine.send_signal(signal.SIGTERM)
    machine.stdout.close()
    assert machine.wait(10) == 0


def test_fetch_and_store_end_done(url: str) -> None:
    words = ("lift", "--protocol", "jmif", "--url", url, "--json")
    fetched = json_of(baylight(*words, "fetch", 12, "--at-the-machine"))
    assert (fetched["outcome"], fetched["tray"]) == ("done", 12)
    assert fetched["frames"]
    assert json_of(baylight(*words, "store", "--at-the-machine"))["outcome"] == "done"


def test_a_link_layer_lies_between_the_line_and_the_telegrams() -> None:
    with simulated("--link-layer", "3964r", "--priority", "high") as url:
        words = ("lift", "--protocol", "jmif", "--url", url, "--link-layer", "3964r", "--priority", "low", "--json")
        fetched = json_of(baylight(*words, "fetch", 12, "--at-the-machine"))
    assert (fetched["outcome"], fetched["tray"]) == ("done", 12)
    assert {"02", "10"} <= {frame["hex"] for frame in fetched["frames"]}


@pytest.fixture
def hanel_url(tmp_path: Path) -> Iterator[str]:
    machine = {"trays": {"12": 2600}, "openings": {"001-1": 900}, "hostcom": {"pm": "PM01", "gap": "nbsp", "host": "0042"}}
    file = tmp_path / "machine.json"
    file.write_text(json.dumps(machine), encoding="utf-8")
    with simulated("--machine", str(file), protocol="hostcom") as address:
        yield address


def test_a_hanel_machine_is_spoken_to_as_the_settings_say(hanel_url: str, tmp_path: Path) -> None:
    settings = tmp_path / "baylight.toml"
    spelling = 'hostcom_pm = "PM01"\nhostcom_separator = "nbsp"\nhostcom_host = "0042"'
    settings.write_text(f'[station]\ndata = "{(tmp_path / "none").as_posix()}"\n[machine]\n{spelling}\n', encoding="utf-8")
    words = ("lift", "--protocol", "hostcom", "--url", hanel_url, "--bay", "001-1", "--config", settings, "--json")
    fetched = json_of(baylight(*words, "fetch", 12, "--at-the-machine"))
    assert (fetched["outcome"], fetched["tray"]) == ("done", 12)
    status = json_of(baylight(*words, "status"))
    assert (status["outcome"], status["tray"]) == ("done", 12)
    assert json_of(baylight(*words, "store", "--at-the-machine"))["outcome"] == "done"


def test_a_hanel_machine_needs_its_lift_and_access_point(hanel_url: str) -> None:
    words = ("lift", "--protocol", "hostcom", "--url", hanel_url, "--json", "status")
    refused = baylight(*words)
    assert refused.returncode != 0
    assert "001-1" in refused.stderr


def test_status_moves_nothing(url: str) -> None:
    assert json_of(baylight("lift", "--protocol", "jmif", "--url", url, "--json", "status"))["outcome"] == "done"


def test_intent_and_result_are_journalled(url: str, tmp_path: Path) -> None:
    data = tmp_path / "store"
    words = ("lift", "--protocol", "jmif", "--url", url, "--data", data, "--station", "B1", "--json")
    json_of(baylight(*words, "fetch", 7, "--at-the-machine"))
    intended, ended = events_of(data, "motion_intended", "motion_ended")
    assert (intended["verb"], intended["tray"]) == ("fetch", 7)
    assert (ended["command"], ended["outcome"]) == (intended["command"], "done")


def test_motion_without_a_named_store_is_journalled_in_the_one_of_the_settings(url: str, tmp_path: Path) -> None:
    data, settings = tmp_path / "store", tmp_path / "baylight.toml"
    settings.write_text(f'[station]\nname = "B1"\ndata = "{data.as_posix()}"\n', encoding="utf-8")
    words = ("lift", "--protocol", "jmif", "--url", url, "--config", settings, "--json")
    unwritten = json_of(baylight(*words, "fetch", 7, "--at-the-machine"))
    assert unwritten["outcome"] == "done"
    assert unwritten["message"].endswith("nothing was journalled: there is no store")
    assert not data.exists(), "a store was made by a command to the machine"
    open_store(data, "B1", ballast_bytes=0).close()
    written = json_of(baylight(*words, "store", "--at-the-machine"))
    assert "journalled" not in written["message"]
    intended, ended = events_of(data, "motion_intended", "motion_ended")
    assert (intended["verb"], ended["outcome"]) == ("store", "done")


def test_status_needs_no_journal_and_says_nothing_of_one(url: str, tmp_path: Path) -> None:
    settings = tmp_path / "baylight.toml"
    settings.write_text(f'[station]\ndata = "{(tmp_path / "none").as_posix()}"\n', encoding="utf-8")
    words = ("lift", "--protocol", "jmif", "--url", url, "--config", settings, "--json")
    assert "journalled" not in json_of(baylight(*words, "status"))["message"]


def test_unknown_tray_is_not_done(url: str) -> None:
    done = baylight("lift", "--protocol", "jmif", "--url", url, "--json", "fetch", 999, "--at-the-machine")
    assert done.returncode == 1
    assert json.loads(done.stdout)["outcome"] == "not_done"


@pytest.mark.parametrize("tray", [0, -3])
def test_a_tray_without_a_number_is_misuse_and_nothing_is_sent(url: str, tray: int) -> None:
    done = baylight("lift", "--protocol", "jmif", "--url", url, "--at-the-machine", "fetch", "--", tray)
    assert (done.returncode, "F608" in done.stderr) == (2, True)


def test_a_person_reads_the_frames_line_by_line(url: str) -> None:
    said = baylight("lift", "--protocol", "jmif", "--url", url, "fetch", 12, "--at-the-machine").stdout
    (asked,) = [line for line in said.splitlines() if "sent" in line and "|12|" in line]
    assert asked.split()[0] == "0.000" or float(asked.split()[0]) > 0
    assert "31 7c" in asked, "the bytes stand behind the text"


def test_line_that_is_not_there_is_told_with_its_code() -> None:
    done = baylight("lift", "--protocol", "jmif", "--url", "socket://127.0.0.1:9", "--json", "status")
    assert done.returncode == 1
    assert json.loads(done.stdout)["code"] in ("L101", "L102")


def test_a_fault_that_the_device_cannot_have_is_refused() -> None:
    done = baylight("simulate", "--protocol", "jmif", "--listen", "tcp:0", "--fault", "scanner_no_suffix")
    assert done.returncode == 1
    assert "not for this device" in done.stderr


@pytest.mark.parametrize("verb", [("status",), ("fetch", 7, "--at-the-machine")])
@pytest.mark.parametrize("is_named", [True, False])
def test_a_station_that_runs_on_the_data_directory_keeps_the_lift_for_itself(
    tmp_path: Path, verb: tuple[object, ...], is_named: bool
) -> None:
    """Named with --data or by the settings: nothing is sent, though the address is another one than the station's."""
    settings = tmp_path / "baylight.toml"
    settings.write_text(f'[station]\ndata = "{tmp_path.as_posix()}"\n', encoding="utf-8")
    words = ("lift", "--protocol", "jmif", "--url", "socket://127.0.0.1:9", "--json")
    where = ("--data", tmp_path) if is_named else ("--config", settings)

    async def status(args: Args) -> object:
        return {}

    async def beside_a_station() -> subprocess.CompletedProcess[str]:
        server = ControlServer(tmp_path, {"status": status})
        await server.start()
        try:
            return await asyncio.to_thread(baylight, *words, *where, *verb)
        finally:
            await server.stop()

    done = asyncio.run(beside_a_station())
    assert (done.returncode, done.stdout) == (1, "")
    assert "L104" in done.stderr


def test_a_serial_port_that_another_program_holds_is_refused() -> None:
    ours, theirs = os.openpty()
    with serial.Serial(os.ttyname(theirs), exclusive=True):
        done = baylight("lift", "--protocol", "jmif", "--url", os.ttyname(theirs), "--json", "status")
    for each in (ours, theirs):
        os.close(each)
    assert done.returncode == 1
    assert json.loads(done.stdout)["code"] == "L104"
