"""The bill of materials as CycloneDX 1.5 JSON: the program, every locked package with the hashes of its wheels, and what Debian
brings.

    python packaging/sbom.py 0.1.0 1700000000 > baylight-0.1.0.cdx.json

Made of the lock alone, so that it is the same for everybody who has the same source. Licences are those of
packaging/licences/README.md.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

PROJECT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(Path(__file__).parent / "deb"))

from releases import RELEASES  # noqa: E402 - found beside this file

_PIN: Final = re.compile(
    r"(?m)^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)(?P<rest>(?:.*\\\n)(?:\s+--hash=sha256:[0-9a-f]{64}.*\n?)*)"
)
_HASH: Final = re.compile(r"sha256:([0-9a-f]{64})")
_ROW: Final = re.compile(r"(?m)^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$")
_INSIDE: Final = {"pyside6-essentials": ("qt", "6.11.3", "LGPL-3.0-only")}


def sbom(version: str, epoch: int) -> dict[str, Any]:
    """The whole document. `epoch` is the time it speaks of."""
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    licences = licences_by_name()
    components = [_package(each, licences) for each in _PIN.finditer(lock)]
    components += [_qt()] + [_debian(name) for name in _debian_names()]
    ours = {"type": "application", "bom-ref": f"pkg:pypi/baylight@{version}", "name": "baylight", "version": version}
    body: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat().replace("+00:00", "Z"),
            "component": {**ours, "licenses": [{"license": {"id": "Apache-2.0"}}], "purl": f"pkg:pypi/baylight@{version}"},
        },
        "components": sorted(components, key=lambda each: str(each["bom-ref"])),
    }
    body["dependencies"] = [{"ref": ours["bom-ref"], "dependsOn": [each["bom-ref"] for each in body["components"]]}]
    name = json.dumps(body, sort_keys=True)
    return {**body, "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"}


def licences_by_name() -> dict[str, str]:
    """Package names, as the lock writes them, with the licence that our table gives them."""
    text = (PROJECT / "packaging/licences/README.md").read_text(encoding="utf-8")
    rows = _ROW.findall(text[text.index("## Installed at run time") :])
    return {name.strip().lower(): licence.strip() for names, licence in rows for name in names.split(",")}


def _package(found: re.Match[str], licences: dict[str, str]) -> dict[str, Any]:
    name, version = found["name"], found["version"]
    ref = f"pkg:pypi/{name}@{version}"
    hashes = [{"alg": "SHA-256", "content": each} for each in sorted(set(_HASH.findall(found["rest"])))]
    files = {"type": "distribution", "url": f"https://pypi.org/project/{name}/{version}/", "hashes": hashes}
    licence = [{"license": {"name": licences[name]}}]
    return {
        "type": "library",
        "bom-ref": ref,
        "name": name,
        "version": version,
        "purl": ref,
        "licenses": licence,
        "externalReferences": [files],
    }


def _qt() -> dict[str, Any]:
    name, version, licence = _INSIDE["pyside6-essentials"]
    ref = f"pkg:generic/{name}@{version}"
    return {
        "type": "library",
        "bom-ref": ref,
        "name": name,
        "version": version,
        "purl": ref,
        "licenses": [{"license": {"id": licence}}],
    }


def _debian_names() -> list[str]:
    names = {each.split(" ")[0] for release in RELEASES.values() for each in release.depends}
    return sorted(names)


def _debian(name: str) -> dict[str, Any]:
    """Named without a version: it is whatever the station's Debian has."""
    ref = f"pkg:deb/debian/{name}"
    return {"type": "library", "bom-ref": ref, "name": name, "purl": ref, "scope": "required"}


if __name__ == "__main__":
    json.dump(sbom(sys.argv[1], int(sys.argv[2])), sys.stdout, indent=1, sort_keys=True)
    sys.stdout.write("\n")
