"""The host's side of SSI with a clock of our own: one code is one scan, and one command is on its way at a time."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.devices.ssi import exchange as ssi
from hardware.devices.ssi.exchange import Alive, CodeRead, Silent, SsiLayer
from hardware.devices.ssi.framing import Packet, encode
from hardware.devices.ssi.messages import BEEPS, beep_command
from hardware.line_layer import Step, Trouble
from hardware.values import Beep

ACK = bytes.fromhex("04 d0 04 00 ff 28")
NAK_RESEND = bytes.fromhex("05 d1 04 00 01 ff 25")
ASK = bytes.fromhex("04 d3 04 00 ff 25")
WAKE = b"\x00"
DECODER_ACK = bytes.fromhex("04 d0 00 00 ff 2c")
CAPABILITIES = encode(Packet(0xD4, b"\x01\x02"))


def code(text: bytes, *, status: int = 0, kind: int = 3) -> bytes:
    return encode(Packet(0xF3, bytes((kind,)) + text, 0, status))


def texts(*steps: Step[ssi.SsiMessage]) -> list[bytes]:
    return [each.text for step in steps for each in step.messages if isinstance(each, CodeRead)]


def troubles(*steps: Step[ssi.SsiMessage]) -> list[Trouble]:
    return [each for step in steps for each in step.messages if isinstance(each, Trouble)]


@pytest.fixture
def layer() -> SsiLayer:
    """Awake, and its first question answered at 0.1 s."""
    made = SsiLayer()
    assert made.opened(0.0).write == WAKE
    assert made.wake(0.04).write == b""
    assert made.wake(ssi.WAKE_S).write == ASK
    assert made.feed(CAPABILITIES, 0.1).messages == (Alive(),)
    return made


def test_a_code_is_acknowledged_at_once_and_told_once(layer: SsiLayer) -> None:
    step = layer.feed(code(b"ABC-123"), 1.0)
    assert (step.write, texts(step), step.retries) == (ACK, [b"ABC-123"], 0)
    assert step.frames == (code(b"ABC-123"),)


@pytest.mark.parametrize("repeats", [1, 2])
def test_a_code_whose_acknowledgement_was_lost_is_one_scan(layer: SsiLayer, repeats: int) -> None:
    steps = [layer.feed(code(b"A-1"), 1.0)]
    steps += [layer.feed(code(b"A-1", status=1), 1.0 + 2.0 * number) for number in range(1, repeats + 1)]
    assert texts(*steps) == [b"A-1"]
    assert [step.write for step in steps] == [ACK] * (repeats + 1)
    assert sum(step.retries for step in steps) == repeats


def test_the_same_code_read_again_is_a_scan_of_its_own(layer: SsiLayer) -> None:
    assert texts(layer.feed(code(b"A-1"), 1.0), layer.feed(code(b"A-1"), 1.4)) == [b"A-1", b"A-1"]


def test_a_repeat_that_comes_after_the_decoder_has_given_up_is_another_scan(layer: SsiLayer) -> None:
    later = 1.0 + ssi.REPEAT_S + 0.1
    assert texts(layer.feed(code(b"A-1"), 1.0), layer.feed(code(b"A-1", status=1), later)) == [b"A-1", b"A-1"]


def test_a_repeat_of_another_code_is_the_first_we_hear_of_it(layer: SsiLayer) -> None:
    assert texts(layer.feed(code(b"A-1"), 1.0), layer.feed(code(b"B-2", status=1), 3.0)) == [b"A-1", b"B-2"]


def _damaged(raw: bytes) -> bytes:
    return raw[:5] + bytes((raw[5] ^ 1,)) + raw[6:]


def test_a_damaged_code_is_asked_for_again_after_silence_and_told_once(layer: SsiLayer) -> None:
    assert layer.feed(_damaged(code(b"A-1")), 1.0).write == b""
    assert layer.due_s == 1.0 + ssi.GAP_S
    asked = layer.wake(1.0 + ssi.GAP_S)
    assert asked.write == NAK_RESEND
    assert len(troubles(asked)) == 1
    assert texts(layer.feed(code(b"A-1", status=1), 1.1)) == [b"A-1"]


def test_the_same_code_read_again_counts_though_its_first_sending_came_damaged(layer: SsiLayer) -> None:
    steps = [layer.feed(code(b"A-1"), 1.0), layer.feed(_damaged(code(b"A-1")), 2.0), layer.wake(2.1)]
    steps.append(layer.feed(code(b"A-1", status=1), 2.2))
    assert texts(*steps) == [b"A-1", b"A-1"]


def test_a_damaged_repeat_makes_no_second_scan(layer: SsiLayer) -> None:
    """The acknowledgement was lost, then the repeat was damaged, then the next repeat was good."""
    steps = [layer.feed(code(b"A-1"), 1.0), layer.feed(_damaged(code(b"A-1", status=1)), 3.0), layer.wake(3.1)]
    steps.append(layer.feed(code(b"A-1", status=1), 3.2))
    assert texts(*steps) == [b"A-1"]


def _shifted(raw: bytes) -> bytes:
    """Its third byte came twice: what stands where the status should be is not the status."""
    return raw[:3] + raw[2:]


def test_a_repeat_whose_status_was_lost_with_the_damage_makes_no_second_scan(layer: SsiLayer) -> None:
    steps = [layer.feed(code(b"A-1"), 1.0), layer.feed(_shifted(code(b"A-1", status=1)), 3.0), layer.wake(3.1)]
    steps.append(layer.feed(code(b"A-1", status=1), 3.2))
    assert texts(*steps) == [b"A-1"]


def test_a_repeat_that_we_asked_for_ourselves_is_known_for_one_before_its_time(layer: SsiLayer) -> None:
    """The acknowledgement was lost, noise came, and we asked for what it might have been."""
    steps = [layer.feed(code(b"A-1"), 1.0), layer.feed(b"\x09\x77", 1.2), layer.wake(1.3)]
    assert steps[-1].write == NAK_RESEND
    steps += [layer.feed(_shifted(code(b"A-1", status=1)), 1.4), layer.wake(1.5)]
    steps.append(layer.feed(code(b"A-1", status=1), 1.6))
    assert texts(*steps) == [b"A-1"]


def test_a_code_in_three_packets_is_one(layer: SsiLayer) -> None:
    steps = [layer.feed(code(part, status=status), 1.0) for part, status in ((b"AB", 2), (b"AB", 2), (b"C", 0))]
    assert texts(*steps) == [b"ABABC"]
    assert [step.write for step in steps] == [ACK] * 3


def test_a_packet_of_a_long_code_that_is_sent_again_is_not_taken_twice(layer: SsiLayer) -> None:
    steps = [layer.feed(code(part, status=status), 1.0) for part, status in ((b"AB", 2), (b"AB", 3), (b"CD", 2), (b"E", 0))]
    assert texts(*steps) == [b"ABCDE"]


@pytest.mark.parametrize(("kind", "at_s"), [(9, 1.5), (3, 1.0 + ssi.PARTS_S + 0.1)])
def test_half_a_code_never_gets_the_rest_of_another(layer: SsiLayer, kind: int, at_s: float) -> None:
    steps = [layer.feed(code(b"AB", status=2), 1.0), layer.feed(code(b"XY", kind=kind), at_s)]
    assert texts(*steps) == [b"XY"]
    assert len(troubles(*steps)) == 1


def test_half_a_code_is_forgotten_with_the_line(layer: SsiLayer) -> None:
    layer.feed(code(b"AB", status=2), 1.0)
    layer.opened(1.2)
    assert texts(layer.feed(code(b"XY"), 1.3)) == [b"XY"]


def test_a_code_without_an_end_is_dropped_whole(layer: SsiLayer) -> None:
    steps = [layer.feed(code(b"x" * 250, status=2), 1.0 + number / 10) for number in range(17)]
    assert texts(*steps) == []
    assert len(troubles(*steps)) == 1
    assert texts(layer.feed(code(b"A"), 3.0)) == [b"A"]


def test_an_empty_code_is_refused_and_an_unknown_packet_taken_note_of(layer: SsiLayer) -> None:
    assert layer.feed(encode(Packet(0xF3)), 1.0).write == bytes.fromhex("05 d1 04 00 06 ff 20")
    assert layer.feed(encode(Packet(0xF6, b"\x01")), 1.1).write == ACK


def test_one_command_is_on_its_way_at_a_time(layer: SsiLayer) -> None:
    assert layer.send(beep_command(Beep.WRONG), 1.0).write == encode(Packet(0xE6, bytes((BEEPS[Beep.WRONG],)), 4))
    assert layer.send(beep_command(Beep.ACCEPTED), 1.01).write == b""
    during = layer.feed(code(b"A-1"), 1.02)
    assert (during.write, texts(during)) == (ACK, [b"A-1"])  # a code is acknowledged all the same
    assert layer.feed(DECODER_ACK, 1.03).write == encode(Packet(0xE6, bytes((BEEPS[Beep.ACCEPTED],)), 4))


def test_a_refused_command_is_sent_again_only_when_it_came_damaged(layer: SsiLayer) -> None:
    layer.send(beep_command(Beep.WRONG), 1.0)
    again = layer.feed(encode(Packet(0xD1, b"\x01")), 1.1)
    assert again.write == encode(Packet(0xE6, bytes((BEEPS[Beep.WRONG],)), 4, 1))
    assert again.retries == 1
    denied = layer.feed(encode(Packet(0xD1, b"\x02")), 1.2)
    assert (denied.write, len(troubles(denied))) == (b"", 1)
    layer.send(beep_command(Beep.WRONG), 1.3)
    writes = [layer.feed(encode(Packet(0xD1, b"\x01")), 1.4 + number / 10).write for number in range(4)]
    assert [bool(write) for write in writes] == [True, True, False, False]


def test_a_beep_that_would_come_late_is_dropped(layer: SsiLayer) -> None:
    layer.send(beep_command(Beep.WRONG), 1.0)
    layer.send(beep_command(Beep.ACCEPTED), 1.0)
    assert layer.wake(1.0 + ssi.RESPONSE_S).write == WAKE  # never answered: wake it, and ask whether it is there
    assert layer.wake(1.0 + ssi.RESPONSE_S + ssi.WAKE_S).write == ASK


def test_a_decoder_is_asked_again_and_again_and_its_silence_is_told_once(layer: SsiLayer) -> None:
    now_s, told, written = 0.1, [], []
    while now_s < 20:
        now_s = layer.due_s
        step = layer.wake(now_s)
        told += [(now_s, each) for each in step.messages]
        written.append(step.write)
    assert [each for _, each in told] == [Silent()]
    assert told[0][0] == pytest.approx(0.1 + ssi.SILENCE_S)
    assert written.count(ASK) >= 5
    assert layer.feed(DECODER_ACK, 21.0).messages == (Alive(),)


def test_a_half_packet_does_not_keep_the_next_one_waiting(layer: SsiLayer) -> None:
    layer.feed(code(b"A-1")[:-3], 1.0)
    assert texts(layer.feed(code(b"B-2"), 1.0 + ssi.GAP_S)) == [b"B-2"]


@given(data=st.lists(st.tuples(st.binary(max_size=60), st.floats(0, 3)), max_size=6))
def test_nothing_that_comes_raises_and_a_code_after_it_is_read(data: list[tuple[bytes, float]]) -> None:
    layer, now_s = SsiLayer(), 0.0
    layer.opened(now_s)
    for piece, pause_s in data:
        now_s += pause_s
        layer.feed(piece, now_s)
        layer.wake(now_s)
    now_s += 10
    layer.wake(now_s)
    step = layer.feed(code(b"ABC-123"), now_s)
    assert texts(step) == [b"ABC-123"]
    assert step.write.startswith(ACK)


def test_what_a_scanner_read_is_in_no_repr() -> None:
    assert "BLB" not in repr(CodeRead(3, b"BLB-1001"))
    assert dataclasses.is_dataclass(CodeRead)
