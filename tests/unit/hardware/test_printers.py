"""What a printer on a TCP port or behind the spooler really did with a document: done, not done, or nobody knows."""

from __future__ import annotations

import socket
import struct
from pathlib import Path

import pytest

from hardware.errors import (
    PRINT_CUT,
    PRINTER_NO_ANSWER,
    PRINTER_OPEN,
    PRINTER_PAPER,
    PRINTER_PAUSED,
    PRINTER_UNREACHABLE,
    SPOOLER_MISSING,
    SPOOLER_REFUSED,
)
from hardware.printing.cups_printer import CupsPrinter
from hardware.printing.port import PrintResult
from hardware.printing.raw_printer import RawPrinter, address_of
from hardware.values import Outcome
from tests.helpers.printers import GOOD, NO_PAPER, OPEN, PAUSED, ZplDouble, accepts

LABEL = b"^XA^FDX^FS^XZ\n"
BIG = b"^XA" + b"^FDX^FS" * 3_000_000 + b"^XZ\n"


def printed(url: str, document: bytes = LABEL, *, answers: bool = True) -> tuple[PrintResult, int]:
    """What became of it, and how often it was begun."""
    begun: list[int] = []
    printer = RawPrinter(url, answers=answers, answer_s=0.3, send_s=0.3)
    return printer.print_out(document, lambda: begun.append(1)), len(begun)


def test_a_label_is_done_once_the_printer_answered_behind_it() -> None:
    with ZplDouble(accepts()) as double:
        assert printed(double.url) == (PrintResult(Outcome.DONE, proof="answered"), 1)
    assert double.labels == [LABEL]


@pytest.mark.parametrize(("status", "code"), [(NO_PAPER, PRINTER_PAPER), (PAUSED, PRINTER_PAUSED), (OPEN, PRINTER_OPEN)])
def test_nothing_is_sent_to_a_printer_that_says_it_cannot(status: bytes, code: str) -> None:
    with ZplDouble(accepts(status)) as double:
        assert printed(double.url) == (PrintResult(Outcome.NOT_DONE, code), 0)
    assert double.heard == b"~HS"


def test_a_printer_that_is_not_there_has_done_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert printed(f"socket://127.0.0.1:{port}") == (PrintResult(Outcome.NOT_DONE, PRINTER_UNREACHABLE), 0)


def says_nothing(double: ZplDouble, line: socket.socket) -> None:
    double.may_go.wait(5.0)


def talks_nonsense(double: ZplDouble, line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 400 Bad Request\x03\x03\x03")
    double.may_go.wait(5.0)


@pytest.mark.parametrize("behave", [says_nothing, talks_nonsense])
def test_one_that_answers_no_status_gets_no_label(behave) -> None:  # type: ignore[no-untyped-def]
    with ZplDouble(behave) as double:
        assert printed(double.url) == (PrintResult(Outcome.NOT_DONE, PRINTER_NO_ANSWER), 0)


def stalls_behind_the_label(double: ZplDouble, line: socket.socket) -> None:
    double.hear_until(line, b"~HS")
    line.sendall(GOOD)
    double.take_label(line)
    double.may_go.wait(5.0)


def half_closes(double: ZplDouble, line: socket.socket) -> None:
    double.hear_until(line, b"~HS")
    line.sendall(GOOD)
    line.shutdown(socket.SHUT_WR)
    double.take_label(line)


def resets(double: ZplDouble, line: socket.socket) -> None:
    double.hear_until(line, b"~HS")
    line.sendall(GOOD)
    line.recv(4)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset and no orderly end


def takes_no_more(double: ZplDouble, line: socket.socket) -> None:
    double.hear_until(line, b"~HS")
    line.sendall(GOOD)
    double.may_go.wait(5.0)


@pytest.mark.parametrize(
    ("behave", "document"),
    [(stalls_behind_the_label, LABEL), (half_closes, LABEL), (resets, BIG), (takes_no_more, BIG)],
)
def test_what_is_cut_off_on_the_way_is_not_known(behave, document) -> None:  # type: ignore[no-untyped-def]
    with ZplDouble(behave) as double:
        assert printed(double.url, document) == (PrintResult(Outcome.UNKNOWN, PRINT_CUT), 1)


def takes_and_closes(double: ZplDouble, line: socket.socket) -> None:
    double.take_label(line)


def takes_and_stays(double: ZplDouble, line: socket.socket) -> None:
    double.take_label(line)
    double.may_go.wait(5.0)


@pytest.mark.parametrize("behave", [takes_and_closes, takes_and_stays])
def test_one_without_status_is_believed_when_it_took_all_of_it(behave) -> None:  # type: ignore[no-untyped-def]
    with ZplDouble(behave) as double:
        assert printed(double.url, answers=False) == (PrintResult(Outcome.DONE, proof="taken"), 1)
        double.may_go.set()
    assert double.labels == [LABEL]


def test_one_without_status_that_takes_only_a_part_is_not_known() -> None:
    with ZplDouble(says_nothing) as double:
        assert printed(double.url, BIG, answers=False) == (PrintResult(Outcome.UNKNOWN, PRINT_CUT), 1)


def test_nothing_leaves_when_its_begin_cannot_be_written() -> None:
    def refuse() -> None:
        raise RuntimeError("the disk is full")

    with ZplDouble(accepts()) as double, pytest.raises(RuntimeError):
        RawPrinter(double.url, answer_s=0.3).print_out(LABEL, refuse)
    assert double.heard == b"~HS"


@pytest.mark.parametrize("url", ["", "printer", "socket://", "socket://a:0", "socket://a:99999", "http://a:9100"])
def test_an_address_that_cannot_be_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        address_of(url)


def lp(folder: Path, body: str) -> str:
    """A program in the place of `lp`."""
    path = folder / "lp"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ('cat > "$0.took"; echo "$@" > "$0.words"', PrintResult(Outcome.DONE, proof="spooled")),
        ("cat > /dev/null; echo no such queue >&2; exit 1", PrintResult(Outcome.NOT_DONE, SPOOLER_REFUSED)),
        ("cat > /dev/null; kill -9 $$", PrintResult(Outcome.UNKNOWN, PRINT_CUT)),
    ],
)
def test_the_spooler_is_believed_as_far_as_lp_says(tmp_path: Path, body: str, result: PrintResult) -> None:
    program = lp(tmp_path, body)
    begun: list[int] = []
    assert CupsPrinter("office", command=program).print_out(b"%PDF", lambda: begun.append(1)) == result
    assert begun == [1]
    if result.outcome is Outcome.DONE:
        assert Path(program + ".took").read_bytes() == b"%PDF"
        assert Path(program + ".words").read_text().split() == ["-d", "office", "-t", "Baylight", "-"]


def test_without_lp_nothing_was_begun() -> None:
    begun: list[int] = []
    result = CupsPrinter("office", command="no-such-lp").print_out(b"%PDF", lambda: begun.append(1))
    assert (result, begun) == (PrintResult(Outcome.NOT_DONE, SPOOLER_MISSING), [])
