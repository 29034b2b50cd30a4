"""Two bytes without a mark between answers: bursts, bits, and a carousel that never gives its bin back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.config import Carousel2Options, ConfigError, LiftConfig
from hardware.devices.carousel2.dialect import Carousel2Dialect
from hardware.devices.carousel2.layer import GAP_S, Carousel2Layer
from hardware.devices.carousel2.messages import Answer, encode_move, encode_status
from hardware.lift.dialect import Refused, Snapshot
from hardware.lift.exchange import FlightEnded, Send, StatusRead
from hardware.lift.polled import PolledExchange
from hardware.line_layer import Trouble
from hardware.values import FetchTray, MotionResult, Outcome, PointTray, StoreTray

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "carousel2.json").read_text(encoding="utf-8"))
STANDS = 0x10  # ready, remote, no E-stop


def hears(pieces: list[tuple[bytes, float]]) -> list[Answer | Trouble]:
    """What a layer understands of pieces that each come so many seconds after the one before, woken whenever it wants."""
    layer, now_s, found = Carousel2Layer(), 0.0, []
    for data, after_s in [*pieces, (b"", 1.0)]:
        now_s += after_s
        while layer.due_s is not None and layer.due_s <= now_s:
            found += layer.wake(layer.due_s).messages
        found += layer.feed(data, now_s).messages
    return found


pieces = st.lists(st.tuples(st.binary(max_size=12), st.sampled_from((0.0, 0.01, 0.2))), max_size=20)


@settings(max_examples=200, deadline=None)
@given(before=pieces, cut=st.integers(0, 2))
def test_whatever_came_before_a_good_answer_after_a_silence_is_found(before: list[tuple[bytes, float]], cut: int) -> None:
    good = bytes((STANDS, 4))
    found = hears([*before, (good[:cut], 0.2), (good[cut:], 0.01)])
    assert found[-1] == Answer(STANDS, 4)


@settings(max_examples=200, deadline=None)
@given(before=pieces)
def test_only_a_burst_of_two_bytes_is_an_answer(before: list[tuple[bytes, float]]) -> None:
    bursts: list[bytes] = []
    for data, after_s in before:
        if after_s > GAP_S or not bursts:
            bursts.append(b"")
        bursts[-1] += data
    assert [each for each in hears(before) if isinstance(each, Answer)] == [
        Answer(burst[0], burst[1]) for burst in bursts if len(burst) == 2
    ]


def test_an_answer_that_came_before_the_request_is_given_up_before_it() -> None:
    layer = Carousel2Layer()
    layer.feed(b"\x10", 0)
    step = layer.send(b"\x00", 0.01)
    assert step.write == b"\x00"
    assert [type(each) for each in step.messages] == [Trouble]
    layer.feed(b"\x10\x04", 0.02)
    assert layer.wake(0.1).messages == (Answer(0x10, 4),)
    step = layer.send(b"\x00", 0.2)
    assert (step.write, step.messages) == (b"\x00", ())


def test_a_late_wake_joins_no_two_bursts() -> None:
    layer = Carousel2Layer()
    layer.feed(b"\x10", 0)
    assert [type(each) for each in layer.feed(b"\x10\x04", 0.2).messages] == [Trouble]
    assert layer.wake(0.3).messages == (Answer(0x10, 4),)


def test_a_new_connection_forgets_the_half_answer_of_the_old_one() -> None:
    layer = Carousel2Layer()
    layer.feed(b"\x10", 0)
    layer.opened(0.01)
    layer.feed(b"\x10\x04", 0.02)
    assert layer.wake(0.1).messages == (Answer(0x10, 4),)


def test_an_endless_burst_is_kept_short() -> None:
    layer = Carousel2Layer()
    for _ in range(100):
        layer.feed(b"x" * 50, 0)
    (frame,) = layer.wake(1).frames
    assert len(frame) == 64


def test_requests_are_written_as_published() -> None:
    wanted = VECTORS["requests"]
    assert encode_status() == bytes.fromhex(wanted["status"])
    assert (encode_move(1), encode_move(10)) == (bytes.fromhex(wanted["bin_1"]), bytes.fromhex(wanted["bin_10"]))


@pytest.mark.parametrize(("text", "means"), VECTORS["answers"], ids=lambda value: str(value))
def test_an_answer_means(text: str, means: dict[str, object]) -> None:
    answer = Answer(*bytes.fromhex(text))
    now = Carousel2Dialect().snapshot((answer, answer))
    assert isinstance(now, Snapshot)
    assert {"bin": now.tray, "ready": now.is_ready, "moving": now.is_moving, "stop": now.stop_code} == means


def test_two_statuses_that_differ_are_believed_only_while_it_turns() -> None:
    dialect = Carousel2Dialect()
    assert isinstance(dialect.snapshot((Answer(STANDS, 4), Answer(STANDS, 5))), Refused)
    assert isinstance(dialect.snapshot((Answer(STANDS, 4), Answer(STANDS | 2, 4))), Refused)
    turning = dialect.snapshot((Answer(STANDS | 2, 4), Answer(STANDS | 2, 5)))
    assert isinstance(turning, Snapshot)
    assert (turning.is_moving, turning.tray) == (True, None)


class Carousel:
    """A carousel that answers every request at once, and the exchange that asks it."""

    def __init__(self) -> None:
        config = LiftConfig(url="socket://127.0.0.1:1")
        self.exchange: PolledExchange[Answer] = PolledExchange(config, Carousel2Dialect(), has_light=False)
        self.status, self.position = STANDS, 4
        self.written: list[bytes] = []
        self.results: list[MotionResult] = []
        self.told: list[object] = []
        self.now_s = 0.0
        self.take(self.exchange.opened(0))

    def take(self, outs: tuple[object, ...]) -> None:
        for out in outs:
            if isinstance(out, Send):
                self.written.append(out.data)
                if out.data[0] == 1:
                    self.status |= 2
                self.take(self.exchange.heard(Answer(self.status, self.position), self.now_s))
            elif isinstance(out, FlightEnded):
                self.results.append(out.result)
            else:
                self.told.append(out)

    def pass_s(self, seconds: float) -> None:
        until_s = self.now_s + seconds
        while (due_s := self.exchange.due_s) is not None and due_s <= until_s:
            self.now_s = max(self.now_s, due_s)
            self.take(self.exchange.tick(self.now_s))
        self.now_s = until_s

    def begin(self, request: FetchTray | StoreTray | PointTray) -> None:
        self.take(self.exchange.begin(request, self.now_s))

    @property
    def moves(self) -> list[bytes]:
        return [data for data in self.written if data[0] == 1]


def fetch(bin_number: int) -> FetchTray:
    return FetchTray(command_id=7, opening="SH1-1", tray=bin_number)


def test_a_fetch_turns_to_the_bin_and_is_done_when_it_stands_in_front() -> None:
    carousel = Carousel()
    carousel.begin(fetch(8))
    carousel.pass_s(1)
    assert carousel.results == []
    carousel.status, carousel.position = STANDS, 7
    carousel.pass_s(1)
    assert [(each.outcome, each.tray, each.is_lit) for each in carousel.results] == [(Outcome.DONE, 8, False)]
    assert carousel.moves == [b"\x01\x07"]


def test_the_bin_in_front_is_not_turned_to() -> None:
    carousel = Carousel()
    carousel.begin(fetch(5))
    assert [(each.outcome, each.tray) for each in carousel.results] == [(Outcome.DONE, 5)]
    assert carousel.moves == []


def test_a_store_is_done_at_once_and_moves_nothing() -> None:
    carousel = Carousel()
    carousel.begin(StoreTray(command_id=8, opening="SH1-1", tray=5))
    assert [(each.outcome, each.tray) for each in carousel.results] == [(Outcome.DONE, 5)]
    assert carousel.moves == []


def test_a_bin_that_no_byte_can_name_is_refused() -> None:
    carousel = Carousel()
    carousel.begin(fetch(257))
    assert [(each.outcome, each.code) for each in carousel.results] == [(Outcome.NOT_DONE, "L207")]


def test_a_position_error_gives_the_command_up_and_stands_before_the_next_one() -> None:
    carousel = Carousel()
    carousel.begin(fetch(8))
    carousel.status = STANDS | 0x40
    carousel.pass_s(1)
    carousel.begin(fetch(9))
    assert [(each.outcome, each.code, each.tray) for each in carousel.results] == [
        (Outcome.NOT_DONE, "L204", None),
        (Outcome.NOT_DONE, "L209", None),
    ]
    assert len(carousel.moves) == 1


def test_an_e_stop_is_told_and_cleared_by_the_status_alone() -> None:
    carousel = Carousel()
    carousel.status = 0x00
    carousel.pass_s(3)
    carousel.status = STANDS
    carousel.pass_s(1)
    told = [type(each).__name__ for each in carousel.told if not isinstance(each, StatusRead)]
    assert told == ["LinkUp", "SafetyStopped", "SafetyCleared"]


@pytest.mark.parametrize(("bit2", "status", "is_ready"), [("manual", 0x10, True), ("manual", 0x14, False)])
def test_bit_2_is_manual_as_in_the_published_code(bit2: str, status: int, is_ready: bool) -> None:
    assert ready(bit2, status) is is_ready
    assert ready("remote" if bit2 == "manual" else "manual", status) is not is_ready


def ready(bit2: str, status: int) -> bool:
    answer = Answer(status, 4)
    now = Carousel2Dialect(Carousel2Options(bit2=bit2)).snapshot((answer, answer))
    assert isinstance(now, Snapshot)
    assert now.not_ready_code == ("" if now.is_ready else "L209")
    return now.is_ready


def test_bit_2_means_one_of_two_things() -> None:
    with pytest.raises(ConfigError, match="carousel_mode_bit"):
        Carousel2Options(bit2="auto")
