"""The worked example of docs/driver.md runs as it stands there."""

from __future__ import annotations

import asyncio
import importlib
import re
import socketserver
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[3]
GUIDE = PROJECT / "docs/driver.md"
BLOCK = re.compile(r"```python\n# (\w+)\.py\n(.*?)```", re.DOTALL)
NAMED = re.compile(r"`((?:hardware|docs|tests|station)/[\w./-]*[\w/])`")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The blocks of the page as a package; gives its module of that name."""
    folder = tmp_path / "plain_lift"
    folder.mkdir()
    (folder / "__init__.py").touch()
    for name, text in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield lambda name: importlib.import_module(f"plain_lift.{name}")
    for name in [each for each in sys.modules if each.partition(".")[0] == "plain_lift"]:
        del sys.modules[name]


@pytest.fixture
def url(example: Any) -> Iterator[str]:
    with Server(("127.0.0.1", 0), example("machine").PlainMachine) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"socket://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_the_trial_of_the_page_passes(example: Any, url: str) -> None:
    asyncio.run(example("trial").trial(url))


def test_a_command_without_an_answer_is_never_called_not_done(example: Any, url: str, allow_log: Any) -> None:
    allow_log(".*")
    machine, values = example("machine").PlainMachine, importlib.import_module("hardware.values")
    answer = machine._answer

    def deaf_to_commands(self: Any, line: str) -> str:
        said = str(answer(self, line))
        return "" if line[0] == "C" else said

    async def fetch() -> Any:
        config = importlib.import_module("hardware.config")
        timing = config.LiftTiming(ping_s=0.2, silence_s=1.0, status_s=1.0, accepted_s=0.5, fetch_s=2.0, fetch_per_metre_s=0.0)
        lift = example("driver").make_plain_lift(config.LiftConfig(url=url, timing=timing))
        is_up = asyncio.Event()
        lift.subscribe(lambda event: is_up.set() if isinstance(event, values.LinkUp) else None)
        await lift.open()
        try:
            await is_up.wait()
            return await lift.fetch(values.FetchTray(command_id=1, opening="SH1-1", tray=12))
        finally:
            await lift.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "_answer", deaf_to_commands)
        ended = asyncio.run(fetch())
    assert ended.outcome is not values.Outcome.NOT_DONE


@pytest.mark.parametrize("line", [b"S 12 R", b"S 0 M", b"S 0 F7", b"OK", b"NO"])
def test_every_answer_of_the_page_is_read(example: Any, line: bytes) -> None:
    messages = example("messages")
    assert isinstance(messages.parse(line), messages.Status | messages.Taken)


def test_the_page_names_files_that_are_there() -> None:
    names = NAMED.findall(GUIDE.read_text(encoding="utf-8"))
    assert names
    assert [name for name in names if "NAME" not in name and not (PROJECT / name).exists()] == []
