"""How Modula Link is asked: STATUS of our exit and of the machine's others, CALL, RETURN. Pure."""

from __future__ import annotations

from hardware.config import LiftConfig
from hardware.devices.modula_link.messages import (
    Answer,
    ErrorWord,
    Mark,
    ResultAnswer,
    StatusAnswer,
    Verb,
    encode_call,
    encode_return,
    encode_status,
    place_of,
)
from hardware.errors import (
    MACHINE_NOT_READY,
    MOTION_BAD_REQUEST,
    MOTION_BUSY,
    MOTION_OPENING_OCCUPIED,
    MOTION_OTHER_TRAY_OUT,
    MOTION_REFUSED,
    DeviceError,
)
from hardware.lift.dialect import Ask, CommandStep, Kind, PolledTiming, Refused, Snapshot
from hardware.values import FetchTray, LiftRequest, PointTray

READY = 0  # the only status number whose meaning the public texts show: idle and automatic
BAD_REQUEST_WORDS = ("BAD_COMMAND", "BAD_PARAMETERS", "BAD_PREFIX", "MISSING_ID")
CALL_RESULTS = {  # one integrator's numbers; any other one but 0 is a refusal too
    -1: MOTION_BAD_REQUEST,
    -2: MOTION_BAD_REQUEST,
    -3: MOTION_OPENING_OCCUPIED,
    -4: MOTION_BUSY,
}
RETURN_RESULTS = {-2: MOTION_BAD_REQUEST}


class ModulaDialect:
    """`hardware.lift.dialect.Dialect` of Modula Link."""

    keeps_tray = False

    def __init__(self, config: LiftConfig) -> None:
        """Raises ConfigError for an opening that is none."""
        self.timing = PolledTiming()
        self._place = place_of(config.opening)
        others = (place_of(opening).prefix for opening in config.other_openings)
        self._prefixes = tuple(dict.fromkeys((self._place.prefix, *others)))

    def status_asks(self, number: int) -> tuple[Ask, ...]:
        return tuple(
            Ask(encode_status(prefix, number), Kind.READ, Mark(prefix, number, Verb.STATUS)) for prefix in self._prefixes
        )

    def steps(self, request: LiftRequest, now: Snapshot) -> tuple[CommandStep, ...]:
        command_id = request.command_id
        if isinstance(request, PointTray):
            return ()  # there is no light to ask for; that the tray is here was just read
        if isinstance(request, FetchTray):
            if now.tray == request.tray:
                return ()
            if now.others:
                raise DeviceError(MOTION_OTHER_TRAY_OUT, f"tray {now.others[0]} is out at another opening or position")
            data, verb = encode_call(self._place, command_id, request.tray), Verb.CALL
        elif now.tray is None:
            return ()
        else:
            data, verb = encode_return(self._place, command_id), Verb.RETURN
        return (Ask(data, Kind.MOVE, Mark(self._place.prefix, command_id, verb)),)

    def understand(self, message: Answer, ask: Ask) -> Answer | Refused | None:
        match message:
            case ErrorWord(text):
                return Refused(MOTION_BAD_REQUEST if text in BAD_REQUEST_WORDS else MOTION_REFUSED, text)
            case ResultAnswer(mark, result) if mark == ask.mark and result != 0:
                codes = CALL_RESULTS if mark.verb is Verb.CALL else RETURN_RESULTS
                return Refused(codes.get(result, MOTION_REFUSED), f"result {result}")
            case StatusAnswer(mark) | ResultAnswer(mark) if mark == ask.mark:
                return message
        return None

    def snapshot(self, answers: tuple[Answer, ...]) -> Snapshot | Refused:
        statuses = tuple(answer for answer in answers if isinstance(answer, StatusAnswer))
        ours, index = statuses[0], self._place.position - 1
        picks = [(answer, position, answer.picks[position]) for answer in statuses for position in (0, 1)]
        others = tuple(tray for answer, position, tray in picks if tray and (answer is not ours or position != index))
        error_code = next((answer.error_code for answer in statuses if answer.error_code), 0)
        is_ready = all(answer.status == READY for answer in statuses)
        return Snapshot(
            is_ready=is_ready and not error_code,
            is_moving=any(_moves(answer) for answer in statuses),
            tray=ours.picks[index] or None,
            stop_code=str(error_code) if error_code else "",
            not_ready_code="" if is_ready else MACHINE_NOT_READY,
            others=others,
        )

    def echo_of(self, command_id: int) -> int:
        return command_id


def _moves(answer: StatusAnswer) -> bool:
    """A tray is executed at a position where it is not yet, or no longer, at hand. One public text leaves the number of a tray
    that has arrived in both fields."""
    return any(exe not in (0, pick) for pick, exe in zip(answer.picks, answer.exes, strict=True))
