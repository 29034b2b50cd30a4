"""The table of commands: the word on the command line, its module, and one line about it."""

from __future__ import annotations

from ui.cli.terminal import Translate

MODULES = {
    "run": "ui.cli.run",
    "practice": "ui.cli.practice",
    "demo": "ui.cli.demo",
    "simulate": "ui.cli.simulate",
    "lift": "ui.cli.lift",
    "ports": "ui.cli.ports",
    "scan": "ui.cli.scan",
    "import": "ui.cli.import_files",
    "export": "ui.cli.export_results",
    "stock": "ui.cli.stock",
    "orders": "ui.cli.orders",
    "trays": "ui.cli.trays",
    "loads": "ui.cli.loads",
    "tools": "ui.cli.tools",
    "jit": "ui.cli.jit",
    "service": "ui.cli.service",
    "events": "ui.cli.events",
    "audit": "ui.cli.audit",
    "trace": "ui.cli.trace",
    "plan": "ui.cli.plan",
    "late": "ui.cli.late",
    "labels": "ui.cli.labels",
    "people": "ui.cli.people",
    "sync": "ui.cli.sync",
    "upstream": "ui.cli.upstream",
    "backup": "ui.cli.backup",
    "restore": "ui.cli.restore",
    "rebuild": "ui.cli.rebuild",
    "doctor": "ui.cli.doctor",
    "bench": "ui.cli.bench",
}


def summaries(_: Translate) -> dict[str, str]:
    """One line for each command, for `baylight --help`."""
    return {
        "run": _("open the station's window"),
        "practice": _("try a first order: a simulated machine, a store that is thrown away, hints"),
        "demo": _("the station on a simulated machine and a sample site, by hand or by a scripted operator"),
        "simulate": _("a simulated device as a process of its own"),
        "lift": _("one command to a real lift, by a person standing at it"),
        "ports": _("the serial ports that are plugged in, by the name for the settings"),
        "scan": _("what printed codes say, as the station reads them"),
        "import": _("take over item, tray, stock and order files"),
        "export": _("write out results or the emergency list, or acknowledge a file of results"),
        "stock": _("what is in the trays"),
        "orders": _("orders and their lines"),
        "trays": _("trays and their compartments"),
        "loads": _("work in progress and finished orders that wait in the machine"),
        "tools": _("who has which tool, and when it is due"),
        "jit": _("what to run just-in-time, with which buffers, and what it brings"),
        "service": _("cycles, hours and metres of the machine against its service intervals"),
        "events": _("the record, one event a line"),
        "audit": _("prove, show and export the record"),
        "trace": _("where goods came from, where they lie, and who got them"),
        "plan": _("which tray next for the orders of a file, and what it costs"),
        "late": _("enter what was done without the station"),
        "labels": _("labels, cards, packing slips and commands to scan, as PDF or ZPL or to a printer"),
        "people": _("add and disable people, reset their PINs"),
        "sync": _("the replication with the site database"),
        "upstream": _("the site database: make it, enrol stations, prove it"),
        "backup": _("copy the store while the station runs"),
        "restore": _("put a copy of the store back"),
        "rebuild": _("make the present from the record again"),
        "doctor": _("look at the store and at this computer for faults"),
        "bench": _("measure this computer"),
    }
