"""Makes docs/troubleshooting.md: every code that a screen or a command can show, what is said with it, and what to do.

    python packaging/troubleshooting.py          writes the page
    python packaging/troubleshooting.py --check  ends with 1 when the page is not what this makes

Sentences are taken from the program, so the page cannot say another thing than the screen. What is to be done beyond them stands
in packaging/remedies.py.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
sys.path.insert(0, str(Path(__file__).parent))

from remedies import GROUPS, NOT_SHOWN, REMEDIES, SAID_BY  # noqa: E402 - found beside this file

from ui.cli.faults import advice  # noqa: E402
from ui.sentences import CODES, MESSAGES, REFUSALS  # noqa: E402

PAGE: Final = PROJECT / "docs/troubleshooting.md"
CODE: Final = re.compile(r"[A-Z][1-6]\d\d")
PACKAGES: Final = ("ui", "station", "db", "hardware")
HEAD: Final = (Path(__file__).parent / "troubleshooting_head.md").read_text(encoding="utf-8")


def main() -> int:
    page = make_page()
    if "--check" in sys.argv[1:]:
        return int(PAGE.read_text(encoding="utf-8") != page)
    PAGE.write_text(page, encoding="utf-8")
    return 0


def make_page() -> str:
    """The whole page."""
    said = sentences_by_code()
    parts = [HEAD]
    for letters, title in GROUPS.items():
        codes = sorted(code for code in said if code[: len(letters)] == letters)
        if codes:
            parts.append(f"\n## {title}\n\n| code | what is said | what to do |\n|---|---|---|\n")
            parts += [f"| {code} | {_cell(said[code])} | {_remedy(code)} |\n" for code in codes]
    return "".join(parts)


@cache
def sentences_by_code() -> dict[str, list[str]]:
    """Every code of the program that people can see, with what is said beside it."""
    names = dict(_constants())
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for code in names.values():
        found[code]  # a code is on the page even where no sentence is found: the test then wants one
    for tree in _trees():
        for code, text in _pairs(tree, names):
            found[code] |= dict.fromkeys(_words(text))
    for code, patterns in SAID_BY.items():
        keys = [key for pattern in patterns for key in MESSAGES if fnmatch(key, pattern)]
        found[code] |= {each: None for key in keys for each in _forms(MESSAGES[key])}
    for code, sentence in CODES.items():
        if code in found:  # its word stands beside a device's name; what else is said of it are the words of drivers
            found[code] = {**dict.fromkeys(_forms(sentence)), **({} if code[0] in "LU" else found[code])}
    return {code: [each for each in texts if each != _advice(code)] for code, texts in found.items() if code not in NOT_SHOWN}


def _advice(code: str) -> str:
    return advice(code, lambda text: text)


def unsaid_codes() -> list[str]:
    """Codes with neither a sentence nor a remedy."""
    return sorted(
        code for code, texts in sentences_by_code().items() if not texts and not REMEDIES.get(code) and not _advice(code)
    )


def _remedy(code: str) -> str:
    told = (REMEDIES.get(code, ""), _advice(code))
    return " ".join(dict.fromkeys(each for each in told if each)).replace("|", "\\|") or "As the sentence says."


def _cell(texts: list[str]) -> str:
    return "<br>".join(text.replace("|", "\\|").replace("\n", " ") for text in texts) or "–"


def _words(text: str) -> Iterator[str]:
    """A sentence of the tables, or the text itself where it is one."""
    for table in (MESSAGES, REFUSALS):
        if text in table:
            yield from _forms(table[text])
            return
    if " " in text and not CODE.fullmatch(text):
        yield text


def _forms(sentence: str | tuple[str, str]) -> Iterator[str]:
    yield sentence if isinstance(sentence, str) else sentence[1]


@cache
def _trees() -> tuple[ast.Module, ...]:
    paths = [path for package in PACKAGES for path in sorted((PROJECT / package).rglob("*.py"))]
    texts = [path.read_text(encoding="utf-8") for path in paths if "hardware/sim" not in path.as_posix()]
    return tuple(ast.parse(text) for text in texts)


def _constants() -> Iterator[tuple[str, str]]:
    """Every code as a literal, and every name that a module gives to one."""
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                yield node.value, node.value
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if isinstance(target, ast.Name) and target.id.isupper() and CODE.fullmatch(str(node.value.value)):
                    yield target.id, str(node.value.value)


def _pairs(tree: ast.Module, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Code and text that stand in one call, or across from each other in one table."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            values = [*node.args, *(each.value for each in node.keywords)]
            codes = [code for value in values for code in _codes(value, names)]
            yield from ((code, text) for code in codes for value in values for text in _texts(value))
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is not None:
                    yield from ((code, text) for code in _codes(value, names) for text in _texts(key))
                    yield from ((code, text) for code in _codes(key, names) for text in _texts(value))


def _codes(node: ast.expr, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
        yield node.value
    if isinstance(node, ast.Name | ast.Attribute):
        name = node.id if isinstance(node, ast.Name) else node.attr
        if name in names:
            yield names[name]
    if isinstance(node, ast.IfExp):
        yield from _codes(node.body, names)
        yield from _codes(node.orelse, names)


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one)
            yield from _texts(other)
        case ast.Call(func=ast.Name(id="_" | "N_"), args=[first, *_]):
            yield from _texts(first)
        case ast.Call(func=ast.Attribute(value=inner, attr="format")):
            yield from _texts(inner)
        case ast.Call(func=ast.Attribute(attr="translate"), args=[first, *_]):
            yield from _texts(first)


if __name__ == "__main__":
    sys.exit(main())
