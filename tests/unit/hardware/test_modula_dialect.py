"""What Modula Link asks before and after a command, and what its numbers mean."""

from __future__ import annotations

import pytest

from hardware.config import LiftConfig
from hardware.devices.modula_link.dialect import ModulaDialect
from hardware.devices.modula_link.messages import Answer, ErrorWord, Mark, ResultAnswer, StatusAnswer, Verb, parse_answer
from hardware.errors import DeviceError
from hardware.lift.dialect import Ask, Kind, Refused, Snapshot
from hardware.lift.exchange import FlightEnded, Send
from hardware.lift.polled import PolledExchange
from hardware.values import FetchTray, MotionResult, Outcome, PointTray, StoreTray

CONFIG = LiftConfig(url="socket://127.0.0.1:1", opening="SH1-1", other_openings=("SH1-2", "SH1-1.2"))
FETCH = FetchTray(command_id=2001, opening="SH1-1", tray=12)
STORE = StoreTray(command_id=2002, opening="SH1-1", tray=12)
POINT = PointTray(command_id=2003, opening="SH1-1", tray=12)
READY = Snapshot(is_ready=True)
HERE = Snapshot(is_ready=True, tray=12)


@pytest.fixture
def dialect() -> ModulaDialect:
    return ModulaDialect(CONFIG)


def status(*numbers: int, prefix: str = "11") -> StatusAnswer:
    """status, the two picks, the two exes, and the error code if any."""
    error_code = numbers[5] if len(numbers) == 6 else 0
    return StatusAnswer(Mark(prefix, 1, Verb.STATUS), numbers[0], numbers[1:3], numbers[3:5], error_code)  # type: ignore[arg-type]


def only(steps: tuple[object, ...]) -> Ask:
    (step,) = steps
    assert isinstance(step, Ask)
    return step


def test_every_exit_of_the_machine_is_asked_once(dialect: ModulaDialect) -> None:
    assert [ask.data for ask in dialect.status_asks(5)] == [b"11|5|STATUS|\n\r", b"12|5|STATUS|\n\r"]
    assert {ask.kind for ask in dialect.status_asks(5)} == {Kind.READ}


def test_a_fetch_calls_and_a_store_returns(dialect: ModulaDialect) -> None:
    call, back = only(dialect.steps(FETCH, READY)), only(dialect.steps(STORE, HERE))
    assert (call.data, call.kind) == (b"11|2001|CALL|12|1\n\r", Kind.MOVE)
    assert (back.data, back.kind) == (b"11|2002|RETURN|1\n\r", Kind.MOVE)


def test_nothing_is_written_where_it_is_so_already_and_for_a_light(dialect: ModulaDialect) -> None:
    assert dialect.steps(FETCH, HERE) == ()
    assert dialect.steps(STORE, READY) == ()
    assert dialect.steps(POINT, HERE) == ()


def test_a_second_tray_is_not_called_while_one_is_out_elsewhere(dialect: ModulaDialect) -> None:
    now = dialect.snapshot((status(0, 0, 0, 0, 0), status(0, 33, 0, 33, 0, prefix="12")))
    assert isinstance(now, Snapshot)
    assert (now.tray, now.others) == (None, (33,))
    with pytest.raises(DeviceError, match="L211") as caught:
        dialect.steps(FETCH, now)
    assert caught.value.outcome is Outcome.NOT_DONE


def test_the_second_position_of_the_own_exit_is_another_one_too(dialect: ModulaDialect) -> None:
    now = dialect.snapshot((status(0, 0, 33, 0, 33),))
    assert isinstance(now, Snapshot)
    assert (now.tray, now.others) == (None, (33,))


def test_the_second_position_sees_its_own_tray() -> None:
    now = ModulaDialect(LiftConfig(url="socket://h:1", opening="SH1-1.2")).snapshot((status(0, 33, 12, 0, 0),))
    assert isinstance(now, Snapshot)
    assert (now.tray, now.others) == (12, (33,))


@pytest.mark.parametrize(
    ("numbers", "is_ready", "is_moving", "tray", "stop"),
    [
        ((0, 0, 0, 0, 0), True, False, None, ""),
        ((0, 0, 0, 12, 0), True, True, None, ""),
        ((0, 12, 0, 0, 0), True, False, 12, ""),
        ((0, 12, 0, 12, 0), True, False, 12, ""),
        ((0, 12, 0, 0, 7), True, True, 12, ""),
        ((3, 0, 0, 0, 0), False, False, None, ""),
        ((0, 12, 0, 12, 0, 17), False, False, 12, "17"),
    ],
)
def test_a_status_means(
    dialect: ModulaDialect, numbers: tuple[int, ...], is_ready: bool, is_moving: bool, tray: int | None, stop: str
) -> None:
    now = dialect.snapshot((status(*numbers),))
    assert isinstance(now, Snapshot)
    assert (now.is_ready, now.is_moving, now.tray, now.stop_code) == (is_ready, is_moving, tray, stop)


def test_the_other_exit_moving_is_the_machine_moving(dialect: ModulaDialect) -> None:
    now = dialect.snapshot((status(0, 0, 0, 0, 0), status(0, 0, 0, 33, 0, prefix="12")))
    assert isinstance(now, Snapshot)
    assert now.is_moving


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (ResultAnswer(Mark("11", 2001, Verb.CALL), 0), "itself"),
        (ResultAnswer(Mark("11", 2001, Verb.CALL), -1), Refused("L207", "result -1")),
        (ResultAnswer(Mark("11", 2001, Verb.CALL), -3), Refused("L205", "result -3")),
        (ResultAnswer(Mark("11", 2001, Verb.CALL), -4), Refused("L206", "result -4")),
        (ResultAnswer(Mark("11", 2001, Verb.CALL), 44), Refused("L201", "result 44")),
        (ResultAnswer(Mark("11", 2000, Verb.CALL), 0), None),
        (ResultAnswer(Mark("12", 2001, Verb.CALL), 0), None),
        (ResultAnswer(Mark("11", 2001, Verb.RETURN), 0), None),
        (StatusAnswer(Mark("11", 2001, Verb.STATUS), 0, (12, 0), (0, 0)), None),
        (ErrorWord("BAD_COMMAND"), Refused("L207", "BAD_COMMAND")),
        (ErrorWord("TRAY_ON_FIRE"), Refused("L201", "TRAY_ON_FIRE")),
    ],
)
def test_an_answer_to_a_call_means(dialect: ModulaDialect, message: Answer, expected: Refused | str | None) -> None:
    call = only(dialect.steps(FETCH, READY))
    assert dialect.understand(message, call) == (message if expected == "itself" else expected)


def test_a_fetch_is_done_dark_and_a_point_only_proves_the_tray() -> None:
    config = LiftConfig(url="socket://127.0.0.1:1", opening="SH1-1")
    exchange: PolledExchange[Answer] = PolledExchange(config, ModulaDialect(config), has_light=False)
    results: list[MotionResult] = []
    written: list[bytes] = []
    machine = ["0|0|0|0|0", "0|0|0|0|0", "CALL", "0|0|0|12|0", "0|12|0|12|0", "0|12|0|12|0"]

    def take(outs: tuple[object, ...], now_s: float) -> None:
        for out in outs:
            if isinstance(out, FlightEnded):
                results.append(out.result)
            if isinstance(out, Send):
                written.append(out.data)
                prefix, request_id, verb = out.data.decode().split("|")[:3]
                said = machine.pop(0)
                line = f"{prefix}|{request_id}|{verb}|{'0' if said == 'CALL' else said}"
                answer = parse_answer(line.encode())
                assert not isinstance(answer, ErrorWord)
                take(exchange.heard(answer, now_s), now_s)  # type: ignore[arg-type]

    take(exchange.opened(0), 0)
    take(exchange.begin(FETCH, 1), 1)
    take(exchange.tick(1.3), 1.3)
    take(exchange.begin(POINT, 1.4), 1.4)
    assert [(each.outcome, each.tray, each.is_lit) for each in results] == [
        (Outcome.DONE, 12, False),
        (Outcome.DONE, 12, False),
    ]
    assert [data.split(b"|")[2].strip() for data in written] == [b"STATUS", b"STATUS", b"CALL", b"STATUS", b"STATUS", b"STATUS"]
