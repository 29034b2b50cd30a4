"""`baylight upstream join`: the file of one station is not taken up by another."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.store import Store
from db.upstream.enrol import SECRET_FILE, Enrolment, write_enrolment
from ui.__main__ import main


@pytest.mark.parametrize(("station", "code"), [("S1", 0), ("S2", 1)])
def test_the_file_of_another_station_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], station: str, code: int
) -> None:
    data, file = tmp_path / "data", tmp_path / "file.json"
    Store.open(data, station="S1", ballast_bytes=0).close()
    write_enrolment(file, Enrolment(station=station, url="host=db", role=f"baylight_st_{station}", secret="secret"))
    assert main(["upstream", "join", str(file), "--data", str(data)]) == code
    assert (data / SECRET_FILE).exists() is (code == 0)
    assert ("D408" in capsys.readouterr().err) is (code == 1)
