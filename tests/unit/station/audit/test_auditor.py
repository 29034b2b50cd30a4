"""Proofs and exports as processes: how far they are, what they found, and how they end when somebody stops them."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from station.audit.auditor import FAILED, Auditor
from station.audit.history import NOT_WHOLE, Exported, ExportShown, LongTold, Proven, ProveShown
from station.values import PastFilter

PROVES = """
import json, sys
shown = json.load(sys.stdin)
print(json.dumps({"done": 5, "total": 10}))
print(json.dumps({"shown": len(shown), "events": 10, "checkpoints": 1, "sealed_seq": 9, "receipts": 2, "seq": 10, "head": "ab",
                  "missing": [], "flaws": []}))
"""
WAITS = "import json, time; print(json.dumps({'done': 1, 'total': 10}), flush=True); time.sleep(60)"
# What it was told, in the place of the export.
ECHOES = "import sys; open(sys.argv[1], 'w').write(' '.join(sys.argv[2:])); print('{\"is_ok\": true}')"
FLAWED = "print('{\"is_ok\": false}')"
DIES = "import sys; sys.exit(3)"


def auditor(script: str, folder: Path) -> Auditor:
    words = [sys.executable, "-c", script]
    return Auditor(prover=words, exporter=words, exports=folder, name_of=lambda tray: f"tray-{tray}")


def test_a_proof_tells_how_far_it_is_and_what_it_found(tmp_path: Path) -> None:
    told: list[LongTold] = []
    found = auditor(PROVES, tmp_path).run(ProveShown(4, (("e", 1, "aa"), ("e", 2, "bb"))), told.append)
    assert told == [LongTold(4, 5, 10)]
    assert isinstance(found, Proven)
    assert found.proof is not None
    assert (found.number, found.code, found.proof.shown, found.proof.is_right) == (4, "", 2, True)


def test_one_that_is_stopped_has_found_nothing_and_failed_at_nothing(tmp_path: Path) -> None:
    at_work = auditor(WAITS, tmp_path)
    has_begun = threading.Event()
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.append(at_work.run(ProveShown(1, ()), lambda step: has_begun.set())))
    thread.start()
    assert has_begun.wait(30)
    at_work.stop()
    thread.join(30)
    assert answers == [Proven(1, None)]


def test_a_process_that_dies_is_a_failure(tmp_path: Path) -> None:
    assert auditor(DIES, tmp_path).run(ProveShown(1, ()), lambda step: None) == Proven(1, None, FAILED)


def test_an_export_is_told_what_the_filter_wants(tmp_path: Path) -> None:
    asked = ExportShown(2, "VLM1", 7, PastFilter(lot="L1", person="p_1"))
    assert auditor(ECHOES, tmp_path).run(asked, lambda step: None) == Exported(2, str(tmp_path / "tray-7"))
    words = (tmp_path / "tray-7").read_text().split()
    assert {"--machine", "VLM1", "--tray", "7", "--lot=L1", "--person=p_1", "--progress", "--json"} <= set(words)


def test_an_export_of_a_record_that_is_not_whole_says_so(tmp_path: Path) -> None:
    found = auditor(FLAWED, tmp_path).run(ExportShown(2, "VLM1", 7, PastFilter()), lambda step: None)
    assert found == Exported(2, str(tmp_path / "tray-7"), NOT_WHOLE)
