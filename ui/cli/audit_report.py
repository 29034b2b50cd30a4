"""How the proof of a record is printed, whoever was asked: the station's store or the site database."""

from __future__ import annotations

from station.values import AuditReport
from ui.cli.terminal import DONE, FAILED, Terminal

CHECKS = ("chain", "checkpoint", "key", "receipt", "head", "stock")


def as_fields(report: AuditReport) -> dict[str, object]:
    """One object. `broken_at` and `problem` are the chain's; `problems` has all that was found."""
    chain = next((each for each in report.flaws if each.check == "chain"), None)
    return {
        "ok": report.is_ok,
        **{f"{check}_ok": report.is_right(check) for check in CHECKS},
        "station": report.station,
        "events": report.events,
        "epochs": report.epochs,
        "epoch": report.epoch,
        "seq": report.seq,
        "head": report.head,
        "broken_at": chain.seq if chain else None,
        "problem": chain.problem if chain else "",
        "checkpoints": report.checkpoints,
        "sealed_epoch": report.sealed_epoch,
        "sealed_seq": report.sealed_seq,
        "keys": dict(report.keys),
        "receipts": report.receipts,
        "known_heads": report.known_heads,
        "problems": [
            {"check": each.check, "epoch": each.epoch, "seq": each.seq, "problem": each.problem} for each in report.flaws
        ],
    }


def write_report(report: AuditReport, terminal: Terminal, *, as_json: bool) -> int:
    """Print it, with a sentence for each flaw on standard error; the exit status."""
    _ = terminal.translate
    terminal.write_fields(as_fields(report), as_json=as_json)
    for each in report.flaws:
        where = _("event {seq}").format(seq=each.seq) if each.seq is not None else each.check
        terminal.warn(f"{where}: {each.problem}")
    return DONE if report.is_ok else FAILED
