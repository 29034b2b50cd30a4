"""Every fault of the published catalogue is struck somewhere: at every lift by the contract suite, or in a test named here."""

from __future__ import annotations

from pathlib import Path

from hardware.sim.faults import KNOWN
from tests.contract.catalogue import FAULTS, name_of

TESTS = Path(__file__).parents[1]
ELSEWHERE = {
    "rx_buffer": "unit/hardware/test_faulty_line.py",
    "replug_other_name": "integration/test_simulator_process.py",
    "display_silent": "contract/test_spoiled_codes.py",
    "scanner_double_read": "contract/test_small_devices.py",
    "scanner_no_suffix": "contract/test_small_devices.py",
    "scanner_layout_DE": "contract/test_spoiled_codes.py",
    "scanner_GS_lost": "contract/test_spoiled_codes.py",
    "two_scanners_interleaved": "contract/test_spoiled_codes.py",
    "ssi_lost_ack": "contract/test_ssi.py",
    "ssi_nak": "contract/test_ssi.py",
    "scale_busy": "contract/test_small_devices.py",
    "scale_pan_lifted": "contract/test_small_devices.py",
    "scale_unsteady": "contract/test_small_devices.py",
    "gui_stall": "integration/test_simulator_process.py",  # refused there; the window itself is stalled by `bench hardware`
}


def test_every_fault_of_the_catalogue_has_a_test_that_strikes_it() -> None:
    struck = {name_of(fault) for fault in FAULTS}
    assert set(KNOWN) - struck - set(ELSEWHERE) == set()
    assert struck & set(ELSEWHERE) == set(), "one place each"


def test_the_tests_named_here_name_the_fault() -> None:
    assert [name for name, file in ELSEWHERE.items() if name not in (TESTS / file).read_text(encoding="utf-8")] == []
