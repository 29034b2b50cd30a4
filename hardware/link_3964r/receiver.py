"""The receiving half of 3964R, with idle as its resting state; pure. The states are those of docs/wire/3964r.md."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from hardware.errors import LINE_GARBAGE
from hardware.link_3964r.framing import DLE, NAK, STX, BlockEnd, BlockReader
from hardware.link_3964r.settings import LinkSettings
from hardware.link_3964r.turn import Turn

KEPT_NOISE = 1024


class _State(Enum):
    IDLE = auto()
    NOISE = auto()  # characters that belong to nothing: silence is waited for
    NO_ROOM = auto()  # STX came, there is no buffer free
    RECEIVING = auto()


class Receiver:
    """Takes characters while nothing is being sent. `has_room` says whether a block can be taken now."""

    def __init__(self, settings: LinkSettings, *, has_room: Callable[[], bool]) -> None:
        self._settings = settings
        self._has_room = has_room
        self._reader = BlockReader(has_bcc=settings.has_bcc, most_bytes=settings.most_bytes)
        self.reset()

    def reset(self) -> None:
        self._state = _State.IDLE
        self._due_s = 0.0
        self._repeat_by_s: float | None = None
        self._room_by_s = 0.0
        self._failures = 0
        self._noise = bytearray()

    @property
    def is_free(self) -> bool:
        """Whether the line may be used for a block of our own: nothing is being received, nor promised to be repeated."""
        return self._state is _State.IDLE and self._repeat_by_s is None

    @property
    def due_s(self) -> float | None:
        return self._repeat_by_s if self._state is _State.IDLE else self._due_s

    def take(self, char: int, now_s: float, *, turn: Turn) -> None:
        match self._state:
            case _State.IDLE:
                self._take_idle(char, now_s, turn)
            case _State.NOISE:
                self._hear_noise(char, now_s)
            case _State.NO_ROOM:
                turn.saw(char)  # whatever it is, the answer to the STX is still open
            case _State.RECEIVING:
                self._take_data(char, now_s, turn)

    def wake(self, now_s: float, *, turn: Turn) -> None:
        if self.due_s is None or now_s < self.due_s:
            return
        match self._state:
            case _State.IDLE:
                self._repeat_by_s, self._failures = None, 0
                turn.trouble(LINE_GARBAGE, "a block that came damaged was not repeated")
            case _State.NOISE:
                self._end_noise(turn)
            case _State.NO_ROOM:
                self._look_for_room(now_s, turn)
            case _State.RECEIVING:
                self._fail("the characters of a block stopped coming", now_s, turn)

    def begin(self, now_s: float, *, turn: Turn) -> None:
        """STX has come, in idle or against our own."""
        self._room_by_s = now_s + self._settings.buffer_wait_s
        self._look_for_room(now_s, turn)

    def _take_idle(self, char: int, now_s: float, turn: Turn) -> None:
        if char == STX:
            turn.saw(STX)
            self.begin(now_s, turn=turn)
        elif char == NAK:
            turn.saw(NAK)  # the partner is ready, or wants the line idle: it is
        else:
            self._state = _State.NOISE
            self._hear_noise(char, now_s)

    def _hear_noise(self, char: int, now_s: float) -> None:
        if len(self._noise) < KEPT_NOISE:
            self._noise.append(char)
        self._due_s = now_s + self._settings.char_delay_s

    def _end_noise(self, turn: Turn) -> None:
        turn.frames.append(bytes(self._noise))
        turn.trouble(LINE_GARBAGE, f"{len(self._noise)} characters outside a block")
        self._noise.clear()
        self._state = _State.IDLE
        turn.say(NAK)

    def _look_for_room(self, now_s: float, turn: Turn) -> None:
        if self._has_room():
            self._repeat_by_s = None
            self._reader.start()
            self._state, self._due_s = _State.RECEIVING, now_s + self._settings.char_delay_s
            turn.say(DLE)
        elif now_s < self._room_by_s:
            self._state, self._due_s = _State.NO_ROOM, min(now_s + self._settings.buffer_look_s, self._room_by_s)
        else:
            self._state = _State.IDLE
            turn.say(NAK)

    def _take_data(self, char: int, now_s: float, turn: Turn) -> None:
        self._due_s = now_s + self._settings.char_delay_s
        end = self._reader.take(char)
        if end is None:
            return
        if end.error:
            self._fail(end.error, now_s, turn)
        else:
            self._succeed(end, turn)

    def _succeed(self, end: BlockEnd, turn: Turn) -> None:
        self._state, self._failures = _State.IDLE, 0
        turn.frames.append(end.raw)
        turn.heard.append(end.content)
        turn.say(DLE)

    def _fail(self, error: str, now_s: float, turn: Turn) -> None:
        """NAK, and wait for the repeat of what has begun to come; after so many failures it is not waited for any more."""
        raw = self._reader.raw
        self._state = _State.IDLE
        if raw:
            turn.frames.append(raw)
            self._failures += 1
            self._repeat_by_s = now_s + self._settings.block_wait_s
        if self._failures >= self._settings.transmission_attempts:
            self._failures, self._repeat_by_s = 0, None
            error = f"{error}, and so were all tries before"
        turn.trouble(LINE_GARBAGE, error)
        turn.say(NAK)
