"""Each import contract of pyproject.toml is seen to break: one wrong import in a small copy of the house."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = [contract["name"] for contract in SETTINGS["contracts"]]

# contract: (file, wrong import)
WRONG_IMPORTS = {
    "ui above station above hardware and db": ("station/flows.py", "import ui.app"),
    "Qt only in ui": ("station/flows.py", "import PySide6"),
    "ui reaches hardware and db through the composition root only": ("ui/app.py", "import db.store"),
    "station sees ports, values and errors of the devices only": ("station/flows.py", "import hardware.devices.jmif"),
    "drivers know nothing of the simulator": ("hardware/devices/jmif.py", "import hardware.sim"),
    "the two ends of 3964R share no code": ("hardware/sim/link_3964r.py", "import hardware.link_3964r"),
    "pyserial only in hardware.serial_port": ("hardware/devices/jmif.py", "import serial"),
    "SQLAlchemy only in db": ("station/flows.py", "import sqlalchemy"),
}

HOUSE = {
    "ui/__init__.py": "",
    "ui/app.py": "import PySide6\nimport station.flows\n",
    "ui/bootstrap/__init__.py": "",
    "ui/bootstrap/devices.py": "import hardware.devices.jmif\nimport hardware.sim\n",
    "ui/bootstrap/store.py": "import db.store\n",
    "station/__init__.py": "",
    "station/flows.py": "import hardware.ports\n",
    "hardware/__init__.py": "",
    "hardware/ports.py": "import hardware.values\n",
    "hardware/values.py": "",
    "hardware/errors.py": "",
    "hardware/serial_port.py": "import serial\n",
    "hardware/serial_link.py": "import hardware.serial_port\n",
    "hardware/link_3964r/__init__.py": "",
    "hardware/devices/__init__.py": "",
    "hardware/devices/jmif.py": "import hardware.serial_link\n",
    "hardware/sim/__init__.py": "",
    "hardware/sim/link_3964r.py": "",
    "db/__init__.py": "",
    "db/store.py": "import sqlalchemy\n",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small copy of the packages that keeps every contract, with the project's own settings."""
    for name, text in HOUSE.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "pyproject.toml").write_text((PROJECT / "pyproject.toml").read_text())
    return tmp_path


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([tool, "--no-cache"], cwd=house, capture_output=True, text=True, timeout=50, check=False)


def test_every_contract_has_its_wrong_import() -> None:
    assert sorted(WRONG_IMPORTS) == sorted(CONTRACTS)


def test_small_house_keeps_all_contracts(house: Path) -> None:
    done = lint(house)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("contract", CONTRACTS)
def test_wrong_import_breaks_the_contract(house: Path, contract: str) -> None:
    name, wrong = WRONG_IMPORTS[contract]
    file = house / name
    file.write_text(f"{file.read_text()}{wrong}\n")
    done = lint(house)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout


def test_composition_root_imports_no_qt() -> None:
    # The command line pays for Qt only when it opens a window.
    modules = sorted(f"ui.bootstrap.{file.stem}" for file in (PROJECT / "ui" / "bootstrap").glob("[a-z]*.py"))
    assert len(modules) > 3
    code = f"import sys, {', '.join(modules)}; sys.exit(any(name.startswith(('PySide6', 'qasync')) for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, timeout=50, check=False)
    assert done.returncode == 0
