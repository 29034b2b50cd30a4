"""Whether the machine has said that it stopped for safety, pure. Two mouths can say so: the command in flight and the ping."""

from __future__ import annotations

from hardware.values import SafetyCleared, SafetyStopped


class Safety:
    """Stopped while either mouth says so. Nothing here, and nothing anywhere, can clear it but the machine's own answers."""

    def __init__(self) -> None:
        self._by_command = ""
        self._by_ping = ""

    @property
    def code(self) -> str:
        """The machine's number, empty while it works."""
        return self._by_command or self._by_ping

    def command_stopped(self, code: str, command_id: int) -> tuple[SafetyStopped, ...]:
        before, self._by_command = self.code, code
        return (SafetyStopped(code, command_id),) if before != code else ()

    def command_works(self) -> tuple[SafetyCleared, ...]:
        """The machine works on the command again. The ping must agree if it had said otherwise."""
        before, self._by_command = self.code, ""
        return self._cleared_since(before)

    def command_ended(self) -> None:
        """The command is over (or nobody waits for it); whether the machine still stands is for the next ping to say."""
        self._by_ping, self._by_command = self.code, ""

    def ping_stopped(self, code: str, command_id: int | None) -> tuple[SafetyStopped, ...]:
        before, self._by_ping = self.code, code
        return (SafetyStopped(self.code, command_id),) if before != self.code else ()

    def ping_works(self) -> tuple[SafetyCleared, ...]:
        before, self._by_ping = self.code, ""
        return self._cleared_since(before)

    def _cleared_since(self, before: str) -> tuple[SafetyCleared, ...]:
        return (SafetyCleared(),) if before and not self.code else ()
