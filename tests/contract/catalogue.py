"""The faults that the contract suite lets every machine have, as `--fault` takes them."""

from __future__ import annotations

import re

from hardware.sim.faults import KNOWN, Where
from hardware.sim.server import Simulator
from tests.contract.dialects import Dialect

# What stays is switched off again after a while, so that recovery can be seen.
FAULTS = (
    "byte_drop=0.02+1.5",
    "bit_flip=0.02+1.5",
    "dup_byte=0.02+1.5",
    "split_1B+2",
    "coalesce=0.05+2",
    "delay=0.05~0.04+2",
    "stall=1.0@0.1",
    "half_open@0.1+1",
    "garbage_on_open=200",
    "unplug=0.5@0.15",
    "replug_same=0.5@0.15",
    "wrong_checksum=2",
    "wrong_address=2",
    "wrong_seq=2",
    "lost_dle=2",
    "conflict=2",
    "nak_first=2",
    "answer_to_old_id+2",
    "double_answer+2",
    "never_arrive",
    "arrive_wrong_tray",
    "arrive_early+1",
    "power_cycle_mid_move=0.4@0.15",
    "e_stop=0.4@0.15",
    "curtain=0.8@0.15",
    "manual_key=0.4@0.15",
    "overweight=0.5",
    "too_high=0.5",
)
STOPPING = ("e_stop", "curtain")


def faults_of(dialect: Dialect) -> list[str]:
    """Those that this dialect can have at all."""
    own = own_faults(dialect)
    return [fault for fault in FAULTS if KNOWN[name_of(fault)].where is not Where.DEVICE or name_of(fault) in own]


def has_checksum(dialect: Dialect) -> bool:
    """Whether the machine and we see that a byte was changed on the line."""
    return "wrong_checksum" in own_faults(dialect)


def own_faults(dialect: Dialect) -> frozenset[str]:
    """The faults of the machine's own, beside those of every line."""
    return Simulator(dialect.options("tcp:0", speed=1)).own_faults


def name_of(fault: str) -> str:
    return re.split(r"[=@+]", fault)[0]
