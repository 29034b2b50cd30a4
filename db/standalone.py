"""The verifier that goes with an export, made of the modules that this program itself proves with: one file, Python alone."""

from __future__ import annotations

import ast
from pathlib import Path

MODULES = ("verifier", "ed25519", "seals", "known_heads", "export_proof")  # each uses only those before it
FUTURE = "from __future__ import annotations\n"
_HEADER = '"""Proves an export of a Baylight record. It needs Python 3.11 or later and nothing else:\n\n    {use}\n"""\n\n'
_USE = "python -I verifier.py [DIRECTORY or FILE] [--key HEX] [--head SEQ:HEX] [--heads FILE]"


def standalone_verifier() -> str:
    """The text of verifier.py."""
    parts = [_HEADER.format(use=_USE), FUTURE]
    for name in MODULES:
        text = Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
        parts.append(f"\n# {'-' * 20} {name}\n\n{_without_frame(text)}")
    parts.append('\n\nif __name__ == "__main__":\n    sys.exit(main(sys.argv[1:]))\n')
    return "".join(parts)


def _without_frame(text: str) -> str:
    """A module without what only a module of its own needs: its docstring, its imports of the others, its last lines."""
    lines = text.splitlines(keepends=True)
    for node in reversed(ast.parse(text).body):
        if _is_frame(node):
            del lines[node.lineno - 1 : node.end_lineno]
    return "".join(lines).strip("\n") + "\n"


def _is_frame(node: ast.stmt) -> bool:
    match node:
        case ast.ImportFrom(module=module):
            return module == "__future__" or str(module).partition(".")[0] == "db"
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
        case ast.Expr(value=ast.Constant()):
            return True
    return False
