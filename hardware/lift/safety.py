"""Whether the machine has said that it stopped for safety, pure. Two mouths can say so: a command's answer and a status.

Nothing here, and nothing anywhere, can clear it but the machine's own answers. A command that is over says nothing more. Of a
protocol whose statuses may not speak of safety at all, a status that says "well" is then no word on the stop: nobody knows until
the next command's answers tell. A status that has once told a stop in this connection is known to speak, and is believed.
"""

from __future__ import annotations

from hardware.values import SafetyCleared, SafetyStopped, SafetyUnclear

News = tuple[SafetyStopped | SafetyUnclear | SafetyCleared, ...]


class Safety:
    """What is to be told is told once, whenever it changes."""

    def __init__(self) -> None:
        self._by_command = ""
        self._by_ended = ""  # the last word of a command that is over
        self._by_status = ""
        self._is_status_well = False
        self._do_statuses_speak = False

    @property
    def code(self) -> str:
        """The machine's number while it stands, empty while it works or nobody knows."""
        return self._by_command or self._by_status or ("" if self._is_status_well else self._by_ended)

    @property
    def unclear_code(self) -> str:
        """The number that a command told which is over, while the statuses say that the machine works; empty else."""
        return "" if self.code else self._by_ended

    def command_stopped(self, code: str, command_id: int) -> News:
        before = self._word()
        self._by_command, self._by_ended = code, ""
        return self._news(before, command_id)

    def command_works(self) -> News:
        """The machine works on a command. The status must agree if it had said otherwise."""
        before = self._word()
        self._by_command = self._by_ended = ""
        return self._news(before)

    def command_ended(self) -> None:
        """The command is over (or nobody waits for it): what it said last stands until the machine says otherwise."""
        if self._by_command:
            self._by_ended, self._by_command = self._by_command, ""
            self._is_status_well = False  # a status from before says nothing of now

    def status_stopped(self, code: str, command_id: int | None) -> News:
        before = self._word()
        self._by_status, self._is_status_well, self._do_statuses_speak = code, False, True
        return self._news(before, command_id)

    def status_works(self) -> News:
        before = self._word()
        self._by_status, self._is_status_well = "", True
        if self._do_statuses_speak:
            self._by_ended = ""
        return self._news(before)

    def line_lost(self) -> None:
        """What answers next may be another machine: its statuses have not proven yet that they speak of safety."""
        self._do_statuses_speak = False

    def _word(self) -> SafetyStopped | SafetyUnclear | SafetyCleared:
        if self.code:
            return SafetyStopped(self.code)
        return SafetyUnclear(self.unclear_code) if self.unclear_code else SafetyCleared()

    def _news(self, before: SafetyStopped | SafetyUnclear | SafetyCleared, command_id: int | None = None) -> News:
        now = self._word()
        if now == before:
            return ()
        return (SafetyStopped(now.code, command_id),) if isinstance(now, SafetyStopped) else (now,)
