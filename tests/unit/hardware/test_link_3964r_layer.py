"""3964R as a layer around a dialect's own: what the driver, the recorder and the counters see."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from hardware.config import ConfigError, LiftTiming, SerialSettings
from hardware.errors import LINE_GARBAGE, LINE_NO_ANSWER
from hardware.line_layer import Step, Trouble, Unacknowledged
from hardware.link_3964r.framing import encode_block
from hardware.link_3964r.layer import Layer3964R
from hardware.link_3964r.settings import LinkSettings, char_time_s, settings_of, timing_over_link

LINK = LinkSettings()
ACK, STX, NAK = b"\x10", b"\x02", b"\x15"


class Lines:
    """An inner layer of lines: says whatever it is told to, cuts at LF, and wants to be woken once."""

    def __init__(self) -> None:
        self.due_s: float | None = None
        self.openings = 0
        self._rest = b""

    def opened(self, now_s: float) -> Step[bytes]:
        self.openings, self._rest = self.openings + 1, b""
        return Step()

    def feed(self, data: bytes, now_s: float) -> Step[bytes]:
        *lines, self._rest = (self._rest + data).split(b"\n")
        answer = b"hello\n" if b"who" in lines else b""
        return Step(write=answer, messages=tuple(lines), frames=tuple(lines))

    def wake(self, now_s: float) -> Step[bytes]:
        if self.due_s is None or now_s < self.due_s:
            return Step()
        self.due_s = None
        return Step(write=b"ping\n")

    def send(self, data: bytes, now_s: float) -> Step[bytes]:
        return Step(write=data + b"\n")


def opened(settings: LinkSettings = LINK) -> Layer3964R[bytes]:
    layer = Layer3964R(Lines(), settings=settings, text_end=b"\n")
    assert layer.opened(0.0) == Step(write=NAK)
    return layer


def test_a_text_leaves_as_one_block_with_its_own_end() -> None:
    layer = opened()
    assert layer.send(b"command", 1.0) == Step(write=STX)
    assert layer.feed(ACK, 1.1) == Step(write=encode_block(b"command\n"), frames=(ACK,))
    assert layer.feed(ACK, 1.2) == Step(frames=(ACK,))
    assert layer.due_s is None


def test_a_block_becomes_the_inner_layers_messages_and_a_frame() -> None:
    layer = opened()
    assert layer.feed(STX, 1.0) == Step(write=ACK, frames=(STX,))
    block = encode_block(b"one\ntwo\n")
    assert layer.feed(block, 1.1) == Step(write=ACK, messages=(b"one", b"two"), frames=(block,))


def test_the_end_of_a_block_is_the_end_of_a_text() -> None:
    layer = opened()
    layer.feed(STX, 1.0)
    assert layer.feed(encode_block(b"cut off"), 1.1).messages == (b"cut off",)
    layer.feed(STX, 1.2)
    assert layer.feed(encode_block(b"next\n"), 1.3).messages == (b"next",)


def test_what_the_inner_layer_says_by_itself_is_carried_too() -> None:
    inner = Lines()
    layer = Layer3964R(inner, settings=LINK, text_end=b"\n")
    layer.opened(0.0)
    inner.due_s = 3.0
    assert layer.due_s == 3.0
    assert layer.wake(2.9) == Step()
    assert layer.wake(3.0) == Step(write=STX)
    assert layer.feed(ACK, 3.1).write == encode_block(b"ping\n")
    layer.feed(ACK, 3.2)
    layer.feed(STX, 4.0)
    assert layer.feed(encode_block(b"who\n"), 4.1).write == ACK + STX  # and the answer's own STX


def test_errors_of_the_line_are_troubles_in_their_place_between_messages() -> None:
    layer = opened()
    good, bad = encode_block(b"good\n"), encode_block(b"good\n")[:-1] + b"\xff"
    step = layer.feed(STX + good + STX + bad + STX + good, 1.0)
    assert step.messages == (b"good", Trouble(LINE_GARBAGE, "the check character is wrong"), b"good")
    assert step.frames == (STX, good, STX, bad, STX, good)
    assert step.write == ACK * 2 + ACK + NAK + ACK * 2


def test_noise_is_a_frame_and_a_trouble() -> None:
    layer = opened()
    assert layer.feed(b"xyz", 1.0) == Step()
    assert layer.due_s == pytest.approx(1.22)
    step = layer.wake(1.22)
    assert (step.write, step.frames) == (NAK, (b"xyz",))
    assert [trouble.code for trouble in step.messages if isinstance(trouble, Trouble)] == [LINE_GARBAGE]


def test_repeats_are_counted() -> None:
    layer = opened()
    layer.send(b"command", 0.0)
    assert layer.wake(2.0) == Step(write=NAK + STX, retries=1)
    layer.feed(ACK, 2.1)
    assert layer.feed(NAK, 2.2) == Step(write=STX, frames=(NAK,), retries=1)


def test_a_repeat_that_may_be_a_second_copy_is_told_and_one_after_a_refusal_is_not() -> None:
    layer = opened()
    layer.send(b"command", 0.0)
    layer.feed(ACK, 0.1)
    assert layer.feed(NAK, 0.2).messages == ()
    layer.feed(ACK, 0.3)
    (told,) = layer.wake(2.3).messages
    assert isinstance(told, Unacknowledged)
    assert (told.code, told.text) == (LINE_NO_ANSWER, b"command\n")


def run_dead(layer: Layer3964R[bytes], until_s: float) -> list[tuple[float, bytes | Trouble]]:
    """Nobody answers. What was said and told, with its time."""
    events: list[tuple[float, bytes | Trouble]] = []
    while layer.due_s is not None and layer.due_s <= until_s:
        at_s = layer.due_s
        step = layer.wake(at_s)
        events += [(at_s, step.write)] if step.write else []
        events += [(at_s, message) for message in step.messages]
    return events


def test_a_block_nobody_takes_is_dropped_in_time_and_never_sent_late() -> None:
    layer = opened()
    layer.send(b"command", 0.0)
    layer.send(b"second", 1.0)
    events = run_dead(layer, 100.0)
    drops = [at_s for at_s, message in events if isinstance(message, Trouble) and message.code == LINE_NO_ANSWER]
    assert drops == [LINK.drop_after_s, 1.0 + LINK.drop_after_s + 1.0]  # the second one's last STX was sent in its time
    assert layer.due_s is None
    assert layer.feed(ACK, 200.0).write == b""  # a DLE that comes now lets nothing out


def test_a_dle_that_comes_after_the_time_of_the_block_lets_nothing_out() -> None:
    layer = opened()
    layer.send(b"command", 0.0)
    layer.wake(2.0)
    assert STX in [layer.wake(at_s).write[-1:] for at_s in (4.0, 6.0, 8.0, 10.0)]
    step = layer.feed(ACK, LINK.drop_after_s)
    assert (step.write, [type(message) for message in step.messages]) == (NAK, [Trouble])


def test_a_block_that_waits_behind_a_busy_line_is_dropped_too() -> None:
    layer = opened()
    layer.feed(STX, 0.0)
    layer.send(b"command", 0.1)
    at_s = 0.1
    while at_s < 13:  # the partner talks and talks
        at_s += 0.2
        layer.feed(b"x", at_s)
        dropped = layer.wake(at_s).messages
        if dropped:
            break
    assert [trouble.code for trouble in dropped if isinstance(trouble, Trouble)] == [LINE_NO_ANSWER]
    assert at_s == pytest.approx(0.1 + LINK.drop_after_s, abs=0.21)


def test_a_new_line_knows_nothing_of_what_waited_for_the_old_one() -> None:
    inner = Lines()
    layer = Layer3964R(inner, settings=LINK, text_end=b"\n")
    layer.opened(0.0)
    layer.send(b"command", 0.0)
    layer.send(b"second", 0.0)
    assert layer.opened(5.0) == Step(write=NAK)
    assert (layer.due_s, inner.openings) == (None, 2)
    assert layer.feed(ACK, 5.1).write == b""


def test_a_late_thread_sends_nothing_whose_time_is_over() -> None:
    layer = opened()
    layer.feed(STX, 0.0)
    layer.send(b"command", 0.1)
    step = layer.feed(encode_block(b"hello\n"), 0.1 + LINK.drop_after_s)  # nobody woke the layer for so long
    assert step.write == ACK
    assert [message for message in step.messages if message != b"hello"] == [
        Trouble(LINE_NO_ANSWER, "a block was dropped: the time of the block is over")
    ]


def test_a_new_line_knows_nothing_of_half_a_block_of_the_old_one() -> None:
    layer = opened()
    layer.feed(STX + b"half", 1.0)
    layer.opened(1.1)
    assert layer.due_s is None
    assert layer.feed(STX, 1.2).write == ACK
    assert layer.feed(encode_block(b"whole\n"), 1.3).messages == (b"whole",)


def test_bytes_that_came_in_time_are_not_lost_to_a_late_thread() -> None:
    layer = opened()
    layer.send(b"command", 0.0)
    assert layer.feed(ACK, 2.05).write == encode_block(b"command\n")  # not woken at 2.0: it was busy reading this


def test_settings_have_the_values_of_the_table() -> None:
    r, plain = settings_of("3964r", priority="high"), settings_of("3964", priority="low")
    assert (r.has_bcc, r.is_high, r.ack_delay_s, r.char_delay_s, r.block_wait_s) == (True, True, 2.0, 0.22, 4.0)
    assert (plain.has_bcc, plain.is_high, plain.ack_delay_s, plain.char_delay_s) == (False, False, 0.55, 0.22)
    assert (r.connection_attempts, r.transmission_attempts, r.buffer_wait_s, r.buffer_look_s) == (6, 6, 0.4, 0.05)


@pytest.mark.parametrize(("layer", "priority", "key"), [("3964x", "high", "link_layer"), ("3964r", "middle", "link_priority")])
def test_a_wrong_setting_is_named(layer: str, priority: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings_of(layer, priority=priority)
    assert caught.value.key == key


def test_a_character_takes_its_start_data_parity_and_stop_bits() -> None:
    assert char_time_s("/dev/ttyUSB0", SerialSettings(9600, 8, "E", 1)) == 11 / 9600
    assert char_time_s("/dev/ttyUSB0", SerialSettings(9600, 8, "N", 1)) == 10 / 9600
    assert char_time_s("socket://10.0.0.5:4001", SerialSettings(9600, 8, "E", 1)) == 0.0


@pytest.mark.parametrize(
    ("link", "accepted_s", "silence_s"), [("3964r", 3 + 6 * 2.0, 5 + 2 * 2.0), ("3964", 3 + 6 * 0.55, 5 + 2 * 0.55)]
)
def test_who_waits_for_an_answer_waits_longer_than_a_block_may_take_to_leave(
    link: str, accepted_s: float, silence_s: float
) -> None:
    settings = settings_of(link, priority="high")
    longer = timing_over_link(LiftTiming(), settings)
    assert longer.accepted_s == pytest.approx(accepted_s)
    assert longer.silence_s == pytest.approx(silence_s)
    assert longer.accepted_s > settings.drop_after_s


def test_nothing_of_the_stations_end_knows_an_event_loop_or_a_clock() -> None:
    package = Path(__file__).parents[3] / "hardware" / "link_3964r"
    imported = {
        name
        for file in package.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [each.name for each in getattr(node, "names", [])])
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert imported & {"asyncio", "time", "threading", "serial"} == set()
