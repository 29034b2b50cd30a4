"""The one file that goes with an export is made of the modules that the program itself proves with."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path

import db
from db.standalone import MODULES, standalone_verifier


def test_it_needs_the_standard_library_alone() -> None:
    tree = ast.parse(standalone_verifier())
    plain = {name.name.partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    named = {str(node.module).partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert plain | named <= sys.stdlib_module_names


def test_no_name_hides_another_but_the_last_main() -> None:
    names = Counter[str]()
    for node in ast.parse(standalone_verifier()).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                names[name] += 1
            case ast.Assign(targets=[ast.Name(id=name)]):
                names[name] += 1
    assert [name for name, count in names.items() if count > 1] == ["main"]


def test_each_module_needs_only_those_before_it() -> None:
    for at, module in enumerate(MODULES):
        text = Path(db.__file__ or "").with_name(f"{module}.py").read_text(encoding="utf-8")
        used = {str(node.module) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
        assert {each for each in used if each.startswith("db")} <= {f"db.{each}" for each in MODULES[:at]}
