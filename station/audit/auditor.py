"""Proofs and exports of what the tray history page shows: each a process of its own that says how far it is."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from station.audit.history import NOT_WHOLE, Exported, ExportShown, LongTold, Proof, Proven, ProveShown

logger = logging.getLogger(__name__)

FAILED = "O535"
OPTIONS = {"item": "--item", "lot": "--lot", "serial": "--serial", "order": "--order", "reason": "--reason", "person": "--person"}

Told = Callable[[LongTold], None]


@dataclass(slots=True)
class Auditor:
    """One of them at a time. `prover` and `exporter` are the commands' first words, `exports` the folder for what is written;
    `name_of` names a new export there. `run` blocks; `stop` is for any thread."""

    prover: Sequence[str]
    exporter: Sequence[str]
    exports: Path
    name_of: Callable[[int], str]
    environment: Mapping[str, str] = field(default_factory=dict)  # of the processes, over this one's
    _one: threading.Lock = field(default_factory=threading.Lock)
    _gate: threading.Lock = field(default_factory=threading.Lock)
    _process: subprocess.Popen[str] | None = None
    _is_stopped: bool = False

    def run(self, asked: ProveShown | ExportShown, told: Told) -> Proven | Exported:
        """Do it. `told` is called with each step of it, on this thread."""
        with self._one:
            return self._run(asked, told)

    def _run(self, asked: ProveShown | ExportShown, told: Told) -> Proven | Exported:
        match asked:
            case ProveShown(number=number, shown=shown):
                said, code = self._carry_out(self.prover, json.dumps(shown), number, told)
                return Proven(number, _proof_of(said) if said else None, code)
            case ExportShown(number=number):
                target = self.exports / self.name_of(asked.tray)
                words = [*self.exporter, str(target), "--json", "--progress", *_options(asked)]
                said, code = self._carry_out(words, "", number, told)
                if said is None:
                    return Exported(number, "", code)
                return Exported(number, str(target), "" if said.get("is_ok", True) else NOT_WHOLE)

    def stop(self) -> None:
        """Stop what is under way, if anything is."""
        with self._gate:
            self._is_stopped = True
            process = self._process
        if process is not None:
            process.kill()

    def _carry_out(self, words: Sequence[str], given: str, number: int, told: Told) -> tuple[dict[str, Any] | None, str]:
        """The last object that it printed, or why there is none; neither where it was stopped."""
        try:
            process = self._begin(words)
        except OSError as error:
            logger.warning("the proof or export could not be begun: %s", error)
            return None, FAILED
        said: dict[str, Any] | None = None
        with process:
            if process.stdin is not None and process.stdout is not None:
                try:
                    process.stdin.write(given)
                    process.stdin.close()
                except OSError:  # it has ended already: its status says so
                    pass
                for line in process.stdout:
                    read: dict[str, Any] = json.loads(line)
                    if set(read) == {"done", "total"}:
                        told(LongTold(number, int(read["done"]), int(read["total"])))
                    else:
                        said = read
        with self._gate:
            self._process = None
            is_stopped = self._is_stopped
        if is_stopped:
            return None, ""
        return (said, "") if said is not None else (None, FAILED)

    def _begin(self, words: Sequence[str]) -> subprocess.Popen[str]:
        with self._gate:
            self._is_stopped = False
            pipe, env = subprocess.PIPE, {**os.environ, **self.environment}
            self._process = subprocess.Popen(list(words), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, env=env)
            return self._process


def _proof_of(said: dict[str, Any]) -> Proof:
    """What the process found. Where the store could not be read there are flaws alone."""
    known = {each.name for each in fields(Proof)}
    blank: dict[str, Any] = dict.fromkeys(("shown", "events", "checkpoints", "sealed_seq", "receipts", "seq"), 0)
    given = blank | {"head": ""} | {name: value for name, value in said.items() if name in known}
    return Proof(**{**given, "missing": tuple(given.get("missing", ())), "flaws": tuple(given.get("flaws", ()))})


def _options(asked: ExportShown) -> list[str]:
    wanted = asked.wanted
    words = ["--machine", asked.machine, "--tray", str(asked.tray)]
    for name, option in OPTIONS.items():
        if value := getattr(wanted, name):
            words += [f"{option}={value}"]
    for option, at in (("--from", wanted.since), ("--to", wanted.until)):
        words += [f"{option}={at.isoformat()}"] if isinstance(at, datetime) else []
    return words
