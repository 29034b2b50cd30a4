"""Counts on the supervisor's desk: the programme by class, how right the book is, what was off, and which trays are missing."""

from __future__ import annotations

from datetime import datetime

from station.accuracy.counts import Source
from station.accuracy.desk import CountSheet, CountVariance
from station.accuracy.programme import ClassOfCounts
from station.accuracy.share import Accuracy
from station.desk.values import Show
from station.values import TrayCounted
from station.view.desk import DeskFace
from ui.texts import Texts
from ui.view_models.figures import NO_FIGURE, percent
from ui.view_models.rows import RowModel, Tone


def money(value: int, texts: Texts) -> str:
    """Money in the site's currency, whose name everybody here knows; with its sign, nothing for nothing."""
    return f"{'−' if value < 0 else '+'}{worth(abs(value), texts)}" if value else ""


def worth(value: int, texts: Texts) -> str:
    """An amount in the site's currency."""
    return f"{value // 100}{texts.language.decimal_sign}{value % 100:02d}"


def count_rows(face: DeskFace, texts: Texts, now: datetime) -> list[RowModel]:
    """The rows of a list of counts."""
    sheet = face.counts
    if sheet is None:
        return []
    match face.show:
        case Show.PROGRAMME:
            return [_class(number, each, texts) for number, each in enumerate(sheet.classes)]
        case Show.ACCURACY:
            return [_accuracy(number, *each, texts) for number, each in enumerate(reversed(sheet.accuracy))]
        case Show.VARIANCES:
            return [_variance(number, each, sheet, texts, now) for number, each in enumerate(sheet.variances)]
        case _:
            return [_tray(number, each, texts) for number, each in enumerate(sheet.trays)]


def row_count_of_counts(face: DeskFace) -> int:
    """How many rows the list has."""
    sheet = face.counts
    if sheet is None:
        return 0
    sizes = {Show.PROGRAMME: sheet.classes, Show.ACCURACY: sheet.accuracy, Show.VARIANCES: sheet.variances}
    return len(sizes.get(face.show, sheet.trays))


def count_summary(face: DeskFace, texts: Texts) -> str:
    """Which list, and what it comes to."""
    sheet, name = face.counts, texts.label(f"desk_show_{face.show}")
    if sheet is None:
        return name
    since = texts.label("counts_since", date=texts.day(sheet.began))
    match face.show:
        case Show.VARIANCES:
            net, gross = sum(each.value for each in sheet.variances), sum(abs(each.value) for each in sheet.variances)
            said = texts.label("variances_sum", net=money(net, texts) or worth(0, texts), gross=worth(gross, texts))
            return " · ".join((name, said))
        case Show.MISSING:
            all_of, missing = sum(each.places for each in sheet.trays), sum(each.missing for each in sheet.trays)
            return " · ".join((name, since, texts.label("counts_missing", missing=missing, places=all_of)))
        case Show.ACCURACY:
            return " · ".join((name, since))
        case _:
            return " · ".join((name, texts.label("classes_by_worth")))


def said_of_count(face: DeskFace, texts: Texts) -> tuple[str, ...]:
    """What is to be counted, before it is ordered."""
    what = face.to_count
    if what is None:
        return ()
    if what.riskiest is not None:
        return (texts.label("count_riskiest", count=what.riskiest),)
    where = texts.label("count_tray", tray=what.first_tray or 0)
    return (" · ".join(each for each in (where, what.item) if each),)


def _class(number: int, each: ClassOfCounts, texts: Texts) -> RowModel:
    return RowModel(
        name=f"tocount_{number}",
        lead=each.name,
        main=texts.label("class_due", due=each.due, places=each.places),
        sub=texts.label("class_every", count=each.days, items=each.items, worth=worth(each.value, texts)),
        right=percent((each.places - each.due) / each.places if each.places else None, texts),
        right_sub=texts.label("class_counted"),
        tone=Tone.LATE if each.due else Tone.PLAIN,
        is_touchable=bool(each.due),
    )


def _accuracy(number: int, month: str, source: Source, found: Accuracy, texts: Texts) -> RowModel:
    """Only a random sample speaks for all places: it alone has its interval."""
    ends = ""
    if source is Source.SAMPLE and found.low is not None and found.high is not None:
        ends = texts.label("accuracy_ends", low=percent(found.low, texts), high=percent(found.high, texts))
    by_value = texts.label("accuracy_by_value", share=percent(found.by_value, texts)) if found.by_value is not None else ""
    return RowModel(
        name=f"accuracy_{number}",
        lead=month or texts.label("accuracy_all"),
        main=texts.label(f"source_{source.value}"),
        sub=" · ".join(each for each in (texts.label("accuracy_right", right=found.right, count=found.counts), by_value) if each),
        right=percent(found.share, texts),
        right_sub=ends,
        is_touchable=False,
    )


def _variance(number: int, off: CountVariance, sheet: CountSheet, texts: Texts, now: datetime) -> RowModel:
    item = sheet.items.get(off.item)
    place = texts.label("case_place", tray=off.tray, compartment=off.compartment)
    who = sheet.names.get(off.person, "") or texts.label("erased")
    return RowModel(
        name=f"tocount_{number}",
        lead=texts.moment(off.at, now),
        main=" · ".join(each for each in (item.name if item is not None else off.item, place) if each),
        sub=" · ".join(each for each in (off.lot, off.order, who) if each),
        right=texts.signed(off.change, item),
        right_sub=money(off.value, texts),
        tone=Tone.LATE,
    )


def _tray(number: int, each: TrayCounted, texts: Texts) -> RowModel:
    done = each.places - each.missing
    return RowModel(
        name=f"tocount_{number}",
        lead=texts.label("count_tray", tray=each.tray),
        main=texts.label("tray_missing", missing=each.missing, places=each.places) if each.missing else texts.label("tray_done"),
        sub=each.machine,
        right=percent(done / each.places, texts) if each.places else NO_FIGURE,
        right_sub=texts.label("class_counted"),
        tone=Tone.LATE if each.missing else Tone.PLAIN,
        is_touchable=bool(each.missing),
    )
