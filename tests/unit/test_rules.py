"""House rules that no import contract can show: a pattern in a line of code, and the sentence that says what to do instead."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PACKAGES = ("hardware", "db", "station", "ui")
TEXT_SUFFIXES = {".py", ".md", ".toml", ".yaml", ".yml", ".sh", ".cfg", ".po", ".pot", ".csv", ".json", ".svg", ""}
NOT_OURS = {".git", ".venv", "var", "build", "dist", "node_modules"}


@dataclass(frozen=True)
class Rule:
    """`pattern` is forbidden in the code of `packages` (comments and strings do not count), except in the files of `allowed`."""

    pattern: str
    instead: str
    example: str
    packages: tuple[str, ...] = PACKAGES
    allowed: tuple[str, ...] = field(default=())
    in_comments: bool = False


RULES = (
    Rule(r"\.exec\(\)", "no modal dialogs and no nested loops: show a question as a value in the window", "dialog.exec()"),
    Rule(r"\bprocessEvents\b", "no nested loops: return to the loop, or wait for a signal", "app.processEvents()"),
    Rule(
        r"\btime\.sleep\(",
        "nothing sleeps: wait for an event, a future or a line with a time-out",
        "time.sleep(0.1)",
        allowed=("hardware/sim/",),
    ),
    Rule(
        r"datetime\.(now\(\)|utcnow\()|\.today\(\)",
        "times are aware: take the clock that was passed in, or now(UTC)",
        "datetime.now()",
    ),
    Rule(
        r"(?<![\w.])print\(",
        "only the command line prints: log, or return a value",
        "print(view)",
        allowed=("ui/cli/", "ui/demo/", "ui/__main__.py"),
    ),
    Rule(r"#\s*noqa(?!:)", "name the rule that is ignored (noqa: X123) and say why", "x = 1  # noqa", in_comments=True),
    Rule(
        r"#\s*type:\s*ignore(?!\[)",
        "name the error that is ignored (type: ignore[code])",
        "x = 1  # type: ignore",
        in_comments=True,
    ),
    Rule(
        r"(asyncio|loop)\.(create_task|ensure_future)\(",
        "tasks have an owner that keeps and ends them: give it to the runner",
        "asyncio.create_task(work())",
        allowed=(
            "station/core/",
            "station/runner/tasks.py",
            "station/control.py",
            "ui/tasks.py",
            "ui/run.py",
            "ui/demo/",
            "hardware/",
        ),
    ),
    Rule(
        r"\b(if|elif|and|or|not|while)\s+[\w.]*(is_)?simulat\w*",
        "nothing asks whether it is simulated: choose another port URL",
        "if machine.simulated:",
        packages=("hardware", "db", "station"),
    ),
    Rule(r"\bQDialog\b|\bQMessageBox\b|\bQInputDialog\b", "questions are shown inside the window", "QMessageBox(self)"),
    Rule(r"\bglobal\s+\w", "no state in modules: pass it in", "global engine"),
    Rule(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b", "finish it, or open an issue and name it", "# TODO later", in_comments=True),
)

FOREIGN_WORDS = re.compile(
    "|".join(
        (
            r"/wo" r"rk/",
            r"/ho" r"me/\w",
            r"/op" r"t/(pypi|wheels)",
            r"\bsub" r"agents?\b",
            r"\bLL" r"Ms?\b",
            r"\bClau" r"de\b",
            r"\bChat" r"GPT\b",
            r"\bCo" r"pilot\b",
            r"co-auth" r"ored-by",
            r"pypi\.python\.org|files\.pythonhosted\.org",
        )
    ),
    re.IGNORECASE,
)


@cache  # each file is read and cut once, not once a rule
def code_lines(text: str) -> list[tuple[int, str, str]]:
    """Every line as (number, code with strings emptied and comments cut, the whole line)."""
    lines = text.splitlines()
    bare = [list(line) for line in lines]
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in (tokenize.STRING, tokenize.COMMENT):
            _blank(bare, token)
    return [(number, "".join(code).rstrip(), line) for number, (code, line) in enumerate(zip(bare, lines, strict=True), start=1)]


def _blank(bare: list[list[str]], token: tokenize.TokenInfo) -> None:
    (first, start), (last, end) = token.start, token.end
    for row in range(first, last + 1):
        left = start if row == first else 0
        right = end if row == last else len(bare[row - 1])
        bare[row - 1][left:right] = " " * (right - left)


def breaches(rule: Rule, path: str, text: str) -> list[str]:
    """Where a file breaks a rule."""
    if path.startswith(rule.allowed):
        return []
    lines = ((number, whole if rule.in_comments else code) for number, code, whole in code_lines(text))
    return [f"{path}:{number}: {rule.instead}" for number, line in lines if re.search(rule.pattern, line)]


def silent_handlers(path: str, text: str) -> list[str]:
    """Handlers that catch everything and do nothing."""
    handlers = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler)]
    return [
        f"{path}:{node.lineno}: catch what you can answer; the rest must reach the crash handler"
        for node in handlers
        if (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and all(
            isinstance(each, ast.Pass | ast.Continue | ast.Expr) and not isinstance(getattr(each, "value", None), ast.Call)
            for each in node.body
        )
    ]


@cache
def sources(packages: tuple[str, ...]) -> list[tuple[str, str]]:
    files = [file for package in packages for file in sorted((PROJECT / package).rglob("*.py"))]
    return [(file.relative_to(PROJECT).as_posix(), file.read_text(encoding="utf-8")) for file in files]


def project_texts() -> Iterator[tuple[str, str]]:
    for file in sorted(PROJECT.rglob("*")):
        parts = file.relative_to(PROJECT).parts
        ours = not any(
            part in NOT_OURS or part.endswith(("_cache", ".egg-info", "__pycache__")) or part == ".hypothesis" for part in parts
        )
        if ours and file.is_file() and file.suffix in TEXT_SUFFIXES:
            yield "/".join(parts), file.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_packages_keep_the_rule(rule: Rule) -> None:
    assert [breach for path, text in sources(rule.packages) for breach in breaches(rule, path, text)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.example)
def test_rule_catches_its_example(rule: Rule) -> None:
    assert breaches(rule, f"{rule.packages[-1]}/bad.py", f"{rule.example}\n") != []


def test_rules_ignore_strings_and_comments() -> None:
    text = 'def f() -> str:\n    """Never print(x) and never time.sleep(1)."""\n    return "app.exec()"  # dialog.exec() is bad\n'
    assert [breach for rule in RULES for breach in breaches(rule, "station/good.py", text)] == []


def test_no_failure_is_swallowed() -> None:
    assert [line for path, text in sources(PACKAGES) for line in silent_handlers(path, text)] == []


@pytest.mark.parametrize("body", ["pass", "...", "continue"])
def test_a_swallowed_failure_is_found(body: str) -> None:
    text = f"while True:\n    try:\n        work()\n    except Exception:\n        {body}\n"
    assert silent_handlers("station/bad.py", text) != []


def test_project_files_do_not_speak_of_the_workplace() -> None:
    found = [
        f"{path}:{number}: {match.group()}"
        for path, text in project_texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if (match := FOREIGN_WORDS.search(line))
    ]
    assert found == []


def test_packaging_is_no_package() -> None:
    # It would shadow the library of that name.
    assert not (PROJECT / "packaging" / "__init__.py").exists()


def test_every_test_folder_is_a_package() -> None:
    folders = {file.parent for file in (PROJECT / "tests").rglob("test_*.py")}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
