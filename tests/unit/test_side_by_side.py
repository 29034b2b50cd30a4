"""The suite in several processes: long tests first, figures last and alone (tests/helpers/side_by_side.py)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.helpers.side_by_side import held

IN_TURN = """
import pytest


def test_short(): ...


@pytest.mark.slow
def test_long(): ...
"""


def test_the_long_ones_come_first_and_the_figures_last(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    pytester.makeini("[pytest]\nmarkers = slow: takes its time")
    figures = pytester.path / "tests" / "benchmarks"
    figures.mkdir(parents=True)
    figures.joinpath("test_a_figure.py").write_text("def test_figure(): ...\ndef test_another_figure(): ...")
    pytester.makepyfile(test_z=IN_TURN)
    done = pytester.runpytest_subprocess("-p", "tests.helpers.side_by_side", "-n1", "-v", "tests", "test_z.py")
    done.assert_outcomes(passed=4)
    done.stdout.fnmatch_lines(
        ["*PASSED*test_long*", "*PASSED*test_short*", "*PASSED*test_figure*", "*PASSED*test_another_figure*"]
    )


def test_what_is_together_goes_to_one_worker(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    pytester.makeini("[pytest]")
    tour = pytester.path / "tests" / "e2e"
    tour.mkdir(parents=True)
    tour.joinpath("test_tour.py").write_text("import pytest\n@pytest.mark.parametrize('n', range(12))\ndef test_n(n): ...")
    done = pytester.runpytest_subprocess("-p", "tests.helpers.side_by_side", "-n3", "-v", "tests")
    done.assert_outcomes(passed=12)
    assert len({line.split()[0] for line in done.outlines if line.startswith("[gw")}) == 1


LATE_ONCE = """
from pathlib import Path


def test_late():
    late = Path(__file__).with_suffix(".late")
    was_late = late.exists()
    late.touch()
    assert was_late


def test_wrong():
    assert False
"""


def test_what_runs_against_the_clock_is_run_once_more(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    pytester.makeini("[pytest]")
    for path, text in {
        "faults/test_faults.py": LATE_ONCE,
        "unit/test_values.py": LATE_ONCE,
        "unit/test_threads.py": f"import threading\n{LATE_ONCE}",
    }.items():
        tests = pytester.path / "tests" / path
        tests.parent.mkdir(parents=True, exist_ok=True)
        tests.write_text(text)
    done = pytester.runpytest_subprocess("-p", "tests.helpers.side_by_side", "-n1", "-rR", "tests")
    done.assert_outcomes(passed=2, failed=4)
    done.stdout.fnmatch_lines_random(
        ["RERUN tests/faults/test_faults.py::test_late*", "RERUN tests/unit/test_threads.py::test_late*"]
    )
    done.stdout.fnmatch_lines(["*4 failed, 2 passed, 4 rerun in *"])
    done.stdout.no_fnmatch_line("RERUN tests/unit/test_values.py*")


@pytest.mark.skipif(sys.platform == "win32", reason="one process on Windows")
def test_a_figure_has_the_computer_to_itself(tmp_path: Path) -> None:
    from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock

    path = tmp_path / "lock"
    path.touch()
    with path.open() as another:
        with held(path, alone=False), held(path, alone=False), pytest.raises(BlockingIOError):
            flock(another, LOCK_EX | LOCK_NB)
        with held(path, alone=True), pytest.raises(BlockingIOError):
            flock(another, LOCK_SH | LOCK_NB)
        flock(another, LOCK_EX | LOCK_NB)
