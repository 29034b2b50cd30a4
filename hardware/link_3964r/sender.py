"""The sending half of 3964R: the queue, the attempts and the pace of the line; pure. States are those of docs/wire/3964r.md.

A block is dropped, with Trouble, when its attempts are used up or its time is: it is never sent late. No STX and no data leaves
after `drop_after_s`; what is on the line by then is seen to its end.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum, auto

from hardware.errors import LINE_GARBAGE, LINE_NO_ANSWER
from hardware.link_3964r.framing import DLE, NAK, STX, encode_block
from hardware.link_3964r.settings import LinkSettings
from hardware.link_3964r.turn import Turn

CLOCK_TOLERANCE = 0.1  # a partner may be that much faster than the line's nominal speed
KEPT_NOISE = 1024


class _State(Enum):
    RESTING = auto()
    CONNECTING = auto()  # (a) STX is sent
    SENDING = auto()  # (b) the block is on its way
    CONFIRMING = auto()  # (b) the block has left
    CLEARING = auto()  # something came that is no answer: silence is waited for


@dataclass(frozen=True, slots=True)
class _Block:
    content: bytes
    drop_by_s: float


class Sender:
    """Takes characters from its `start` until it rests again."""

    def __init__(self, settings: LinkSettings) -> None:
        self._settings = settings
        self.reset()

    def reset(self) -> None:
        """Forget what waits: it belonged to another line."""
        self._state = _State.RESTING
        self._queue: deque[_Block] = deque()
        self._due_s = 0.0
        self._connections = self._transmissions = 1
        self._is_block_begun = False
        self._noise = bytearray()
        self._rest = b""
        self._line_free_s = 0.0  # when all that was written has left
        self._ack_from_s = 0.0  # when the block can have been heard to its end
        self._char_s = self._settings.char_s
        self._early_acks = 0

    @property
    def is_resting(self) -> bool:
        return self._state is _State.RESTING

    @property
    def due_s(self) -> float | None:
        if self._state is not _State.RESTING:
            return self._due_s
        return self._queue[0].drop_by_s if self._queue else None

    def offer(self, content: bytes, now_s: float) -> None:
        """A block to send when the line is free."""
        self._queue.append(_Block(content, now_s + self._settings.drop_after_s))

    def start(self, now_s: float, *, turn: Turn) -> None:
        """The line is free: begin with the first block that still may be sent."""
        self._drop_expired(now_s, turn)
        if self._queue:
            self._connections = self._transmissions = 1
            self._connect(now_s, turn)

    def take(self, char: int, now_s: float, *, turn: Turn) -> bool:
        """One character. True: it was the partner's STX, and we withdraw."""
        if self._state is _State.SENDING and not self._rest:
            self._hand_over(now_s, turn)  # it may have left by now
        match self._state:
            case _State.CONNECTING if char == STX:
                return self._meet(turn)
            case _State.CLEARING:
                self._clear(char, now_s)
            case _ if char == NAK:
                turn.saw(NAK)
                self._try_again(now_s, turn)
            case _State.CONNECTING if char == DLE:
                turn.saw(DLE)
                self._send(now_s, turn)
            case _State.CONFIRMING if char == DLE:
                self._done(turn)
            case _State.SENDING if char == DLE and not self._rest:
                self._acknowledged_early(now_s, turn)
            case _:
                self._clear(char, now_s)
        return False

    def wake(self, now_s: float, *, turn: Turn) -> None:
        if self.due_s is None or now_s < self.due_s:
            return
        match self._state:
            case _State.RESTING:
                self._drop_expired(now_s, turn)
            case _State.SENDING:
                self._hand_over(now_s, turn)
            case _State.CLEARING:
                self._end_noise(turn)
                self._refuse_and_try_again(now_s, turn)
            case _:
                self._refuse_and_try_again(now_s, turn)

    # --- (a) connecting --------------------------------------------------------------------------------------------------

    def _connect(self, now_s: float, turn: Turn) -> None:
        self._state, self._is_block_begun, self._rest = _State.CONNECTING, False, b""
        self._due_s = max(now_s, self._line_free_s) + self._settings.ack_delay_s
        turn.say(STX)

    def _meet(self, turn: Turn) -> bool:
        """Both sent STX: the higher one goes on waiting for its DLE, the lower one receives first. Nobody failed."""
        turn.saw(STX)
        if not self._settings.is_high:
            self._state = _State.RESTING
        return not self._settings.is_high

    def _refuse_and_try_again(self, now_s: float, turn: Turn) -> None:
        """Nobody knows whether a block that had begun was taken: its repeat may be a second copy."""
        turn.say(NAK)
        if self._is_block_begun:
            turn.unacknowledged(self._queue[0].content)
        self._try_again(now_s, turn)

    def _try_again(self, now_s: float, turn: Turn) -> None:
        """From STX, while attempts and time are left. A NAK is not answered by a NAK."""
        if self._is_block_begun:
            self._transmissions, self._connections = self._transmissions + 1, 1
        else:
            self._connections += 1
        settings = self._settings
        if self._connections > settings.connection_attempts:
            self._drop("the partner does not take the line over", turn)
        elif self._transmissions > settings.transmission_attempts:
            self._drop("the partner does not take the block", turn)
        elif now_s >= self._queue[0].drop_by_s:
            self._drop("the time of the block is over", turn)
        else:
            turn.retries += 1
            self._connect(now_s, turn)

    # --- (b) the block ---------------------------------------------------------------------------------------------------

    def _send(self, now_s: float, turn: Turn) -> None:
        block = self._queue[0]
        if now_s >= block.drop_by_s:
            turn.say(NAK)
            self._drop("the time of the block is over", turn)
            return
        self._state, self._is_block_begun = _State.SENDING, True
        self._rest = encode_block(block.content, has_bcc=self._settings.has_bcc)
        self._line_free_s = max(now_s, self._line_free_s)
        tolerance_s = CLOCK_TOLERANCE * len(self._rest) * self._char_s
        self._ack_from_s = self._line_free_s + len(self._rest) * self._char_s - tolerance_s
        self._hand_over(now_s, turn)

    def _hand_over(self, now_s: float, turn: Turn) -> None:
        """Give the line as much as keeps it busy for half a character delay, and more when half of that is gone: what was given
        cannot be stopped any more."""
        ahead_s = self._settings.char_delay_s / 2
        if self._rest:
            self._line_free_s = max(now_s, self._line_free_s)
            most = len(self._rest)
            if self._char_s:
                most = max(1, int((now_s + ahead_s - self._line_free_s) / self._char_s))
            piece, self._rest = self._rest[:most], self._rest[most:]
            self._line_free_s += len(piece) * self._char_s
            turn.write += piece
        if self._rest:
            self._due_s = self._line_free_s - ahead_s / 2
        elif now_s < self._ack_from_s:
            self._due_s = self._ack_from_s
        else:
            self._state, self._due_s = _State.CONFIRMING, self._line_free_s + self._settings.ack_delay_s

    def _acknowledged_early(self, now_s: float, turn: Turn) -> None:
        """A DLE while the block is on its way acknowledges nothing (it may be the one before, doubled). When it comes again at
        the repeat, the port is faster than its speed says, as virtual ports are, and is not paced any more."""
        self._early_acks += 1
        if self._early_acks > 1:
            self._char_s, self._line_free_s = 0.0, now_s
            self._done(turn)
        else:
            self._clear(DLE, now_s)

    def _done(self, turn: Turn) -> None:
        turn.saw(DLE)
        self._early_acks = 0
        self._queue.popleft()
        self._state = _State.RESTING

    # --- noise and drops -------------------------------------------------------------------------------------------------

    def _clear(self, char: int, now_s: float) -> None:
        self._state = _State.CLEARING
        self._rest = b""
        if len(self._noise) < KEPT_NOISE:
            self._noise.append(char)
        self._due_s = max(now_s, self._line_free_s) + self._settings.char_delay_s

    def _end_noise(self, turn: Turn) -> None:
        turn.frames.append(bytes(self._noise))
        turn.trouble(LINE_GARBAGE, f"{len(self._noise)} characters instead of an answer")
        self._noise.clear()

    def _drop_expired(self, now_s: float, turn: Turn) -> None:
        while self._queue and now_s >= self._queue[0].drop_by_s:
            self._drop("the time of the block is over", turn)

    def _drop(self, why: str, turn: Turn) -> None:
        self._queue.popleft()
        self._state = _State.RESTING
        turn.trouble(LINE_NO_ANSWER, f"a block was dropped: {why}")
