"""No sentence without a sender: every code of the tables stands in the source that sends it, whole or put together from parts."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from hardware.values import Instruction
from ui import sentences

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
STORED = ("EVENTS", "REASONS", "ROLES", "STATUSES", "KINDS")  # the words of the store itself, and what an older record holds
OF_DEVICES = ("CODES",)  # what a driver says
OF_THE_SITE = (
    "OWNERS",
    "DEVICES",
    "SITE_ADVICE",
)  # owners are named by the host; of devices see below; advice goes with the site database's codes


@cache
def constants(*folders: str) -> frozenset[str]:
    """Every text of the source that may be a code."""
    return frozenset(node.value for tree in trees(folders) for node in ast.walk(tree) if is_text(node))


@cache
def patterns(*folders: str) -> tuple[re.Pattern[str], ...]:
    """The codes that are put together: f"booked_{...}". One without a part that is fixed would fit everything."""
    joined = [node for tree in trees(folders) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    fixed = [each for each in joined if any(is_text(part) and str(part.value).strip("_ ") for part in each.values)]
    return tuple(re.compile("".join(re.escape(p.value) if is_text(p) else r"\w*" for p in each.values)) for each in fixed)


def trees(folders: tuple[str, ...]) -> Iterator[ast.Module]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "sentences" not in path.parts:
                yield ast.parse(path.read_text(encoding="utf-8"))


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_sent(table: str, code: str) -> bool:
    folders = ("station", "ui", "db", "hardware") if table in STORED + OF_DEVICES else ("station", "ui")
    return code in constants(*folders) or any(pattern.fullmatch(code) for pattern in patterns(*folders))


@pytest.mark.parametrize("table", [name for name in sentences.__all__ if name.isupper() and name not in OF_THE_SITE])
def test_every_sentence_can_be_sent(table: str) -> None:
    unsent = [code for code in getattr(sentences, table) if not is_sent(table, code)]
    assert not unsent, f"nobody sends these of {table}: remove them, or send them"


def test_every_device_has_a_light() -> None:
    calls = [node for tree in trees(("station",)) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    lights = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "DeviceLight"]
    assert {call.args[0].value for call in lights if isinstance(call.args[0], ast.Constant)} == set(sentences.DEVICES)


def test_every_wait_is_waited_for() -> None:
    calls = [node for tree in trees(("station",)) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    waits = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Wait"]
    named = {call.args[0].value for call in waits if isinstance(call.args[0], ast.Constant)}
    asked = {f"do_{each.value}" for each in Instruction}
    assert named | asked | {"tray_coming", "tray_leaving"} == set(sentences.WAITS)
    assert asked <= set(sentences.MESSAGES)
