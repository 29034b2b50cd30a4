"""`baylight accuracy`: how right the book is, which places nobody counted this year, and what the stock was worth at a moment."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from station.quantity import to_text
from ui.cli.days import day_of
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, Terminal, Translate

if TYPE_CHECKING:
    from station.accuracy.desk import CountStore
    from station.accuracy.reading import AccuracyStore
    from station.accuracy.share import Accuracy

COLUMNS = ("month", "source", "counts", "right", "accuracy", "low", "high", "by_value")
UNCOUNTED_COLUMNS = ("machine", "tray", "compartment", "items", "counted_at")
CLASS_COLUMNS = ("machine", "name", "days", "items", "places", "due", "value")
VARIANCE_COLUMNS = (
    "at",
    "machine",
    "tray",
    "compartment",
    "item",
    "lot",
    "book",
    "counted",
    "change",
    "value",
    "order",
    "person",
)
WORTH_COLUMNS = ("item", "name", "quantity", "unit", "places", "value")


def describe(parser: ArgumentParser, _: Translate) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--uncounted", action="store_true", help=_("the places with stock that were not counted since --from"))
    what.add_argument("--variances", action="store_true", help=_("the counts of 30 days that were off, the dearest first"))
    what.add_argument("--programme", action="store_true", help=_("what of each class (by worth) is due to be counted"))
    what.add_argument("--worth-at", metavar="D", help=_("the stock at the end of this day and what it is worth, from the record"))
    parser.add_argument("--from", dest="first", metavar="D", help=_("counts since this day (default: the first of January)"))
    parser.add_argument(
        "--tolerance", type=float, default=0.0, metavar="X", help=_("a count within this share of the book agrees (default: 0)")
    )
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.store import open_reader

    _, now = terminal.translate, datetime.now(UTC)
    first = day_of(args.first or f"{now.astimezone().year}-01-01", _)
    with closing(open_reader(*store_directory(args))) as reader:
        if args.worth_at:
            _worth(reader, day_of(args.worth_at, _, is_end=True), terminal, as_json=args.json)
        elif args.variances or args.programme:
            _of_desk(reader, reader.machines(), args, now, terminal)
        elif args.uncounted:
            _uncounted(reader, first, now, terminal, as_json=args.json)
        else:
            _accuracy(reader, first, now, args.tolerance, terminal, as_json=args.json)
    return DONE


def _accuracy(
    store: AccuracyStore, first: datetime, now: datetime, tolerance: float, terminal: Terminal, *, as_json: bool
) -> None:
    from station.accuracy.counts import Source
    from station.accuracy.reading import read_accuracy

    found = read_accuracy(store, first=first, until=now + timedelta(minutes=1), tolerance=tolerance)
    rows = ({"month": month, "source": source.value, **_figures(each)} for month, source, each in found)
    terminal.write_rows(rows, as_json=as_json, columns=COLUMNS)
    if not as_json and not any(source is Source.SAMPLE for _month, source, _each in found):
        _ = terminal.translate
        terminal.warn(_("Nothing was counted by sample, which alone speaks for all places: baylight orders count --sample 50"))


def _figures(each: Accuracy) -> dict[str, object]:
    def rounded(share: float | None) -> float | None:
        return None if share is None else round(share, 4)

    ends = {"low": rounded(each.low), "high": rounded(each.high)}
    shares = {"accuracy": rounded(each.share), **ends, "by_value": rounded(each.by_value)}
    return {"counts": each.counts, "right": each.right, **shares}


def _of_desk(store: CountStore, machines: tuple[str, ...], args: Namespace, now: datetime, terminal: Terminal) -> None:
    """The same rows as the lists of the supervisor's desk, for a file."""
    from station.accuracy.desk import count_rules_of, read_programme, read_variances
    from ui.bootstrap.store import settings_of

    rules = count_rules_of(settings_of(args.config).count)
    rows: list[dict[str, object]]
    if args.programme:
        rows = [
            {"machine": machine, **{name: getattr(each, name) for name in CLASS_COLUMNS[1:]}}
            for machine in machines
            for each in read_programme(store, rules, machine=machine, now=now).classes
        ]
        terminal.write_rows(rows, as_json=args.json, columns=CLASS_COLUMNS)
        return
    sheet = read_variances(store, rules, now=now, until=now + timedelta(minutes=1))
    rows = [
        {**{name: getattr(each, name) for name in VARIANCE_COLUMNS[1:]}, "at": each.at.isoformat(timespec="seconds")}
        for each in sheet.variances
    ]
    terminal.write_rows(rows, as_json=args.json, columns=VARIANCE_COLUMNS)


def _uncounted(store: AccuracyStore, first: datetime, now: datetime, terminal: Terminal, *, as_json: bool) -> None:
    from station.accuracy.reading import read_uncounted

    _ = terminal.translate
    missing, places = read_uncounted(store, since=first, now=now + timedelta(minutes=1))
    rows: Iterable[dict[str, object]] = (
        {
            "machine": each.place.machine,
            "tray": each.place.tray,
            "compartment": each.place.compartment,
            "items": list(each.items),
            "counted_at": each.counted_at.isoformat(timespec="seconds") if each.counted_at else None,
        }
        for each in missing
    )
    terminal.write_rows(rows, as_json=as_json, columns=UNCOUNTED_COLUMNS)
    if not as_json:
        said = _("{counted} of {places} places with stock were counted, {missing} were not.")
        terminal.warn(said.format(counted=places - len(missing), places=places, missing=len(missing)))


def _worth(store: AccuracyStore, at: datetime, terminal: Terminal, *, as_json: bool) -> None:
    from station.accuracy.reading import read_worth

    found = read_worth(store, at=at)
    items = {each.code: each for each in store.items_named({row.item for row in found})}
    rows: list[dict[str, object]] = []
    for each in found:
        item = items.get(each.item)
        quantity = to_text(each.quantity, item.decimals if item else 0)
        names = {"name": item.name if item else "", "unit": item.unit if item else ""}
        rows.append({"item": each.item, **names, "quantity": quantity, "places": each.places, "value": each.value})
    terminal.write_rows(rows, as_json=as_json, columns=WORTH_COLUMNS)
    if not as_json:
        _ = terminal.translate
        terminal.warn(_("All together: {value}").format(value=sum(each.value for each in found)))
