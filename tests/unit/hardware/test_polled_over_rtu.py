"""A polled lift and its RTU layer together, before a PLC that takes its time: what one lost answer may cost."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace

import pytest

from hardware.config import LiftConfig, LiftTiming, SerialSettings
from hardware.devices.register_map.dialect import RegisterMapDialect
from hardware.devices.register_map.driver import modbus_timing, timing_behind_plc
from hardware.devices.register_map.map_file import load_map
from hardware.lift.asking import Asking
from hardware.lift.exchange import FlightEnded, Out, Outs, Reopen, Send
from hardware.lift.polled import PolledExchange
from hardware.line_layer import Step
from hardware.modbus.content import Answered, read_content
from hardware.modbus.crc import with_crc
from hardware.modbus.requests import ReadBits, ReadRegisters, Request, encode
from hardware.modbus.rtu_layer import RtuLayer
from hardware.values import FetchTray, LinkDown, Outcome

MAP = load_map("plc-lift")
READY_COIL = 111


def reply_to(request: Request) -> bytes:
    """A lift that stands ready with nothing at the opening, and takes every write."""
    match request:
        case ReadBits(function, first, count):
            bits = sum(1 << place for place in range(count) if first + place == READY_COIL)
            size = (count + 7) // 8
            return bytes((1, function, size)) + bits.to_bytes(size, "little")
        case ReadRegisters(function, _, count):
            return bytes((1, function, 2 * count)) + bytes(2 * count)
        case _:
            return b"\x01" + encode(request)


@dataclass
class Bench:
    """Exchange, layer and PLC on one clock. `lost` numbers the requests whose answers nobody hears."""

    answer_s: float
    lost: tuple[int, ...] = ()
    now_s: float = 0.0
    asked: int = 0
    told: list[Out] = field(default_factory=list)
    coming: list[tuple[float, int, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        timing = modbus_timing(MAP)
        config = LiftConfig(url="/dev/ttyS9", protocol="modbus", map_file="plc-lift", timing=timing_behind_plc(LiftTiming(), MAP))
        dialect = RegisterMapDialect(MAP, opening="SH1-1", modbus=timing)
        self.exchange: PolledExchange[Answered] = PolledExchange(config, dialect)
        self.layer = RtuLayer(SerialSettings(9600), timing)
        self.did(self.layer.opened(0.0))
        self.take(self.exchange.opened(0.0))

    def take(self, outs: Outs) -> None:
        for out in outs:
            if isinstance(out, Send):
                self.did(self.layer.send(out.data, self.now_s))
            else:
                self.told.append(out)

    def did(self, step: Step[Answered]) -> None:
        if step.write:
            self.asked += 1
            if self.asked not in self.lost:
                answer = with_crc(reply_to(read_content(step.write[:-2])[1]))
                heapq.heappush(self.coming, (self.now_s + self.answer_s, self.asked, answer))
        for message in step.messages:
            self.take(self.exchange.heard(message, self.now_s))

    def run(self, until_s: float) -> None:
        while (due_s := self._due_s()) <= until_s and not self.all_of(Reopen):
            self.now_s = max(self.now_s, due_s)
            if self.coming and self.coming[0][0] <= self.now_s:
                self.did(self.layer.feed(heapq.heappop(self.coming)[2], self.now_s))
            if self.layer.due_s is not None and self.layer.due_s <= self.now_s:
                self.did(self.layer.wake(self.now_s))
            if self.exchange.due_s is not None and self.exchange.due_s <= self.now_s:
                self.take(self.exchange.tick(self.now_s))

    def _due_s(self) -> float:
        arrives_s = self.coming[0][0] if self.coming else None
        return min(at for at in (self.layer.due_s, self.exchange.due_s, arrives_s) if at is not None)

    def all_of(self, kind: type[Out]) -> list[Out]:
        return [each for each in self.told if isinstance(each, kind)]


@pytest.mark.parametrize("answer_s", [0.1, 0.5, 0.65, 0.67, 0.7, 0.75, 0.9])
@pytest.mark.parametrize("lost", range(3, 20))
def test_one_lost_answer_never_loses_the_line(answer_s: float, lost: int) -> None:
    bench = Bench(answer_s, (lost,))
    bench.run(12.0)
    bench.take(bench.exchange.begin(FetchTray(command_id=7, opening="SH1-1", tray=5), bench.now_s))
    bench.run(45.0)
    assert not bench.all_of(LinkDown)
    (ended,) = bench.all_of(FlightEnded)
    assert isinstance(ended, FlightEnded)
    assert ended.result.outcome in (Outcome.UNKNOWN, Outcome.NOT_DONE)


def test_what_the_layer_may_hold_is_not_given_up_meanwhile() -> None:
    timing = modbus_timing(MAP)
    dialect = RegisterMapDialect(MAP, opening="SH1-1", modbus=timing)
    asking = Asking(dialect.timing, timing_behind_plc(LiftTiming(), MAP))
    asking.opened(0.0)
    asking.send(dialect.status_asks(1)[0], 0.0)
    assert asking.take_expired(timing.longest_s) is None


def test_a_layer_that_tells_nothing_is_asked_again_within_a_third_of_the_silence() -> None:
    dialect = RegisterMapDialect(MAP, opening="SH1-1", modbus=modbus_timing(MAP))
    asking = Asking(replace(dialect.timing, is_told_by_layer=False), LiftTiming(silence_s=3.0))
    asking.opened(0.0)
    asking.send(dialect.status_asks(1)[0], 0.0)
    assert asking.take_expired(1.0) is not None
