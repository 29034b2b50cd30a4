"""One end of one line. The state is the function that hears the next character, and the one timer that runs beside it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hardware.sim.faults import FaultPlan
from hardware.sim.link_3964r.blocks import DLE, NAK, STX, closed, opened


class Timer(Protocol):
    """A call that is still to come, as `asyncio.TimerHandle` is one."""

    def cancel(self) -> None:
        """It does not come any more. May be called after it came."""


Later = Callable[[float, Callable[[], None]], Timer]
"""Calls a function after so many seconds of the end's own clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSettings:
    """Seconds and numbers of one end. `char_s` paces what is said; 0: a block leaves in one write."""

    has_bcc: bool = True
    is_high: bool = False
    qvz_s: float = 2.0
    zvz_s: float = 0.22
    block_wait_s: float = 4.0
    attempts: int = 6
    buffer_wait_s: float = 0.4
    buffer_poll_s: float = 0.05
    char_s: float = 0.0


class End:
    """Says, hears and delivers by the functions it is given; `later` is `call_later` of its clock."""

    def __init__(
        self,
        say: Callable[[bytes], None],
        deliver: Callable[[bytes], None],
        *,
        settings: EndSettings,
        plan: FaultPlan,
        later: Later,
        has_room: Callable[[], bool] = lambda: True,
    ) -> None:
        self._say = say
        self._deliver = deliver
        self._set = settings
        self._plan = plan
        self._later = later
        self._has_room = has_room
        self._texts: deque[bytes] = deque()
        self._timer: Timer | None = None
        self._hear: Callable[[bytes], None] = self._idle
        self._came = b""  # of a block, after its STX
        self._awaits_repeat = False
        self._bad_blocks = 0
        self._x = self._w = 1
        self._polls_left = 0
        self._outgoing = b""

    def ready(self) -> None:
        self._say(NAK)

    def hear(self, data: bytes) -> None:
        for number in data:
            self._hear(bytes((number,)))
        self._speak_if_idle()

    def post(self, text: bytes) -> None:
        """A text of the machine, as a block of its own."""
        self._texts.append(text)
        self._speak_if_idle()

    def close(self) -> None:
        self._texts.clear()
        self._arm(None)

    def _arm(self, seconds: float | None, act: Callable[[], None] | None = None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None

        def due() -> None:
            self._timer = None
            if act is not None:
                act()
            self._speak_if_idle()

        if seconds is not None:
            self._timer = self._later(seconds, due)

    # --- idle --------------------------------------------------------------------------------------------------------------

    def _rest(self) -> None:
        self._hear = self._idle
        self._arm(None)

    def _idle(self, char: bytes) -> None:
        if char == STX:
            self._greeted()
        elif char != NAK:
            self._babbled(char)

    def _babbled(self, char: bytes) -> None:
        self._hear = self._babbled
        self._arm(self._set.zvz_s, self._babble_over)

    def _babble_over(self) -> None:
        self._awaits_repeat = False  # whatever was to be repeated came as this
        self._say(NAK)
        self._rest()

    def _greeted(self) -> None:
        self._awaits_repeat = False
        if self._plan.take("nak_first"):
            self._say(NAK)
            self._rest()
        elif self._plan.take("conflict"):
            self._greet_back()
        else:
            self._polls_left = round(self._set.buffer_wait_s / self._set.buffer_poll_s)
            self._let_in()

    def _greet_back(self) -> None:
        """As if our STX had left in the same moment. The high end has to say something then: an empty block, if nothing waits."""
        if self._set.is_high and not self._texts:
            self._texts.append(b"")
        self._ask()
        self._asked(STX)

    # --- receiving -----------------------------------------------------------------------------------------------------------

    def _let_in(self) -> None:
        if self._has_room():
            self._came = b""
            self._hear = self._block
            self._arm(self._set.zvz_s, self._broke_off)
            self._say(DLE)
        elif self._polls_left > 0:
            self._polls_left -= 1
            self._hear = lambda char: None
            self._arm(self._set.buffer_poll_s, self._let_in)
        else:
            self._say(NAK)
            self._rest()

    def _block(self, char: bytes) -> None:
        self._came += char
        self._arm(self._set.zvz_s, self._broke_off)
        block = opened(self._came, has_bcc=self._set.has_bcc)
        if block is None:
            return
        if not block.is_good:
            self._refuse_block()
            return
        self._bad_blocks = 0
        self._rest()
        if not self._plan.take("lost_dle"):
            self._say(DLE)
        self._deliver(block.text)

    def _broke_off(self) -> None:
        if self._came:
            self._refuse_block()
        else:
            self._say(NAK)
            self._rest()

    def _refuse_block(self) -> None:
        self._bad_blocks += 1
        self._say(NAK)
        self._rest()
        if self._bad_blocks < self._set.attempts:
            self._awaits_repeat = True
            self._arm(self._set.block_wait_s, self._not_repeated)
        else:
            self._bad_blocks = 0

    def _not_repeated(self) -> None:
        self._awaits_repeat, self._bad_blocks = False, 0

    # --- sending -------------------------------------------------------------------------------------------------------------

    def _speak_if_idle(self) -> None:
        if self._texts and self._hear == self._idle and not self._awaits_repeat:
            self._x = self._w = 1
            self._ask()

    def _ask(self) -> None:
        self._hear = self._asked
        self._arm(self._set.qvz_s, lambda: self._ask_again(NAK))
        self._say(STX)

    def _ask_again(self, first: bytes = b"") -> None:
        if first:
            self._say(first)
        self._x += 1
        if self._x > self._set.attempts:
            self._give_up()
        else:
            self._ask()

    def _asked(self, char: bytes) -> None:
        if char == DLE:
            self._tell()
        elif char == NAK:
            self._ask_again()
        elif char != STX:
            self._ask_again(NAK)
        elif not self._set.is_high:  # the conflict: the low end lets the other one speak first, the high end waits on
            self._polls_left = round(self._set.buffer_wait_s / self._set.buffer_poll_s)
            self._let_in()

    def _tell(self) -> None:
        self._outgoing = closed(self._texts[0], has_bcc=self._set.has_bcc)
        if self._set.has_bcc and self._plan.take("wrong_checksum"):
            self._outgoing = self._outgoing[:-1] + bytes((self._outgoing[-1] ^ 0x55,))
        self._hear = self._interrupted
        self._utter()

    def _utter(self) -> None:
        size = 1 if self._set.char_s else len(self._outgoing)
        piece, self._outgoing = self._outgoing[:size], self._outgoing[size:]
        if self._outgoing:
            self._arm(self._set.char_s, self._utter)
        else:
            self._hear = self._told
            self._arm(self._set.qvz_s + self._set.char_s, lambda: self._tell_again(NAK))
        self._say(piece)

    def _interrupted(self, char: bytes) -> None:
        self._outgoing = b""
        if char == NAK:
            self._tell_again()
        else:
            self._hear = self._interrupted_again
            self._arm(self._set.zvz_s, lambda: self._tell_again(NAK))

    def _interrupted_again(self, char: bytes) -> None:
        self._arm(self._set.zvz_s, lambda: self._tell_again(NAK))

    def _told(self, char: bytes) -> None:
        if char == DLE:
            self._texts.popleft()
            self._rest()
        else:
            self._tell_again(NAK)

    def _tell_again(self, first: bytes = b"") -> None:
        if first:
            self._say(first)
        self._w, self._x = self._w + 1, 1
        if self._w > self._set.attempts:
            self._give_up()
        else:
            self._ask()

    def _give_up(self) -> None:
        self._texts.popleft()
        self._rest()
