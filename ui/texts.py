"""Codes and values become sentences in the language of the screen. The only place where texts for people are made.

A code without a sentence is shown as itself ("Message xyz"): visible, never an error at the bay. A test collects all codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Final

from station.quantity import in_packs, to_text
from station.rules.shelf_life import day_of_code
from station.task import KitTag
from station.values import Item, StockKey, StockStatus
from station.view.action import Action
from station.view.ask import Ask as Ask
from station.view.ask import AskNumber, Choice
from station.view.message import Message
from station.view.status import DeviceLight
from station.view.wait import Wait
from ui import sentences
from ui.language import Language
from ui.sentences import Table
from ui.sentences.bins import BIN_SENTENCES

# Parameters of messages that are scaled quantities; `decimals` and `unit` beside them say how to write them.
QUANTITIES: Final = frozenset({"quantity", "missing", "asked", "found", "left", "remaining", "excess", "book", "out", "taken"})
WITHOUT_REST: Final = {"book_and_report_missing": "count", "book_and_rest_elsewhere": "count"}  # results, when all is there
CODED: Final[Mapping[str, Table]] = {
    "status": sentences.STATUSES,
    "reason": sentences.REASONS,
    "why": sentences.OUTAGE_REASONS,
    "fault": sentences.CODES,
}


class Texts:
    """All texts of the screen in one language. `zone` is the station's local time (None: the computer's).

    `of_bins`: the machine is a carousel, and what other machines call a tray is a bin. `choices` are the languages that can be
    chosen where nobody is signed on.
    """

    def __init__(
        self, language: Language, zone: tzinfo | None = None, *, of_bins: bool = False, choices: tuple[str, ...] = ()
    ) -> None:
        self.language = language
        self.choices = choices
        self._zone = zone
        self._of_bins = of_bins

    # --- codes ----------------------------------------------------------------------------------------------------------

    def message(self, message: Message) -> str:
        """The sentence of the message bar."""
        return self._say(sentences.MESSAGES, message.code, message.params)

    def message_of(self, code: str) -> str:
        """The sentence of a code that needs no values."""
        return self._say(sentences.MESSAGES, code, {})

    def block(self, message: Message) -> str:
        """What blocks an order, short."""
        table = sentences.BLOCKS if message.code in sentences.BLOCKS else sentences.MESSAGES
        return self._say(table, message.code, message.params)

    def refusal(self, code: str) -> str:
        """Why a button cannot be used now; "" for an empty code."""
        return self._say(sentences.REFUSALS, code, {}) if code else ""

    def short_refusal(self, code: str) -> str:
        """The same for a small button."""
        table = sentences.SHORT_REFUSALS if code in sentences.SHORT_REFUSALS else sentences.REFUSALS
        return self._say(table, code, {}) if code else ""

    def action(self, action: Action | str) -> str:
        return self._say(sentences.ACTIONS, str(action), {})

    def ask(self, ask: Ask) -> str:
        """The question itself: "how many" of what is counted, "how much" of what is measured."""
        is_measured = isinstance(ask, AskNumber) and ask.item is not None and ask.item.decimals > 0
        table = sentences.ASKS_MEASURED if is_measured and ask.code in sentences.ASKS_MEASURED else sentences.ASKS
        return self._say(table, ask.code, ask.params)

    def choice(self, choice: Choice) -> str:
        """An option; reasons have their own table, because events name them too."""
        if choice.code.startswith("reason_"):
            return self._say(sentences.REASONS, choice.code.removeprefix("reason_"), choice.params)
        return self._say(sentences.CHOICES, choice.code, choice.params)

    def wait(self, wait: Wait) -> str:
        return self._say(sentences.WAITS, wait.code, {"tray": wait.tray if wait.tray is not None else ""})

    def light(self, light: DeviceLight) -> str:
        """A device with its state, for the accessible description."""
        state = self._say(sentences.LIGHTS, str(light.light), {})
        return self.label("device_state", device=self.device(light.device), state=state)

    def device(self, name: str) -> str:
        return self._say(sentences.DEVICES, name, {})

    def mode(self, name: str) -> str:
        return self._say(sentences.MODES, name, {})

    def kind(self, name: str) -> str:
        return self._say(sentences.KINDS, name, {})

    def role(self, name: str) -> str:
        return self._say(sentences.ROLES, name, {})

    def place(self, name: str) -> str:
        return self._say(sentences.PLACES, name, {})

    def event(self, name: str) -> str:
        return self._say(sentences.EVENTS, name, {})

    def reason(self, code: str) -> str:
        """Reasons are codes of ours or free text of a host; free text is shown as it came."""
        return self._say(sentences.REASONS, code, {}) if code in sentences.REASONS else code

    def outage_reason(self, code: str) -> str:
        """Why something is out of service: a code of the screen, or what a command line said."""
        return self._say(sentences.OUTAGE_REASONS, code, {}) if code in sentences.OUTAGE_REASONS else code

    def code(self, code: str) -> str:
        """A device's code with what it means; a machine's own number alone."""
        words = self.code_words(code)
        return f"{code}: {words}" if words else code

    def code_words(self, code: str) -> str:
        """What a code means, "" for one without words."""
        return self._say(sentences.CODES, code, {}) if code in sentences.CODES else ""

    def site_advice(self, code: str) -> str:
        """What to do about a code of the site database."""
        return self._say(sentences.SITE_ADVICE, code, {})

    def site(self, name: str, /, **params: str | int) -> str:
        """A text about the site database."""
        return self._say(sentences.SITE, name, params)

    def age(self, seconds: float) -> str:
        """How long ago, in the largest unit that is whole."""
        for unit, size in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
            if seconds >= size * (2 if unit == "days" else 1):
                return self.site(unit, count=int(seconds // size))
        return self.site("seconds", count=max(0, int(seconds)))

    def label(self, name: str, /, **params: str | int) -> str:
        """A fixed text of a face. `count` chooses between one and many."""
        return self._say(sentences.LABELS, name, params)

    def kit_part(self, tag: KitTag, *, is_short: bool = False) -> str:
        """Which part of which kits a line is."""
        name = "kit_part" if tag.number else "kit_whole"
        return self.label(f"{name}_short" if is_short else name, kit=tag.kit, times=tag.asked, number=tag.number, parts=tag.parts)

    def kits(self, kits: Sequence[tuple[str, int]]) -> str:
        """For which kits an order is."""
        return self.label("for_kits", kits=", ".join(self.label("kit_times", kit=kit, times=times) for kit, times in kits))

    def sentence(self, text: str, /, **params: str | int) -> str:
        """A sentence that a command says, too, by itself and not by a code."""
        return self._translate(text, params).format(**params)

    def figure(self, value: float) -> str:
        """A figure with three digits that count."""
        return f"{value:.3g}".replace(".", self.language.decimal_sign)

    def late_mark(self, at: datetime, reason: str, name: str, now: datetime) -> str:
        """That something was booked late: when and by whom it was really done, and why."""
        who = name or self.label("erased")
        return self.label("late_mark", time=self.moment(at, now), name=who, why=self.reason(reason))

    def paper(self, name: str, /, **params: str | int) -> str:
        """A text of the printed emergency list."""
        return self._say(sentences.PAPER, name, params)

    def printed(self, name: str, /, **params: str | int) -> str:
        """A text of a label or packing slip."""
        return self._say(sentences.PRINTED, name, params)

    def local(self, at: datetime) -> datetime:
        """A moment in the station's local time."""
        return at.astimezone(self._zone)

    def _say(self, table: Table, code: str, params: Mapping[str, str | int]) -> str:
        sentence = table.get(code)
        if sentence is None:
            return self._translate(sentences.LABELS["unknown_code"], {}).format(code=code)
        shown = self._shown(params)
        try:
            return self._translate(sentence, params).format_map(shown)
        except (KeyError, IndexError, ValueError):  # a value is missing: the code and what came is better than no message
            return " ".join([self.label("unknown_code", code=code), *map(str, shown.values())])

    def _translate(self, sentence: str | tuple[str, str], params: Mapping[str, str | int]) -> str:
        if self._of_bins:
            sentence = BIN_SENTENCES.get(sentence, sentence)
        if isinstance(sentence, str):
            return self.language.translations.gettext(sentence)
        return self.language.translations.ngettext(*sentence, int(params.get("count", 1)))

    def _shown(self, params: Mapping[str, str | int]) -> dict[str, str | int]:
        """The parameters as people read them: quantities with unit, codes as words."""
        decimals, unit = int(params.get("decimals", 0)), str(params.get("unit", ""))
        shown: dict[str, str | int] = {}
        for name, value in params.items():
            if name in QUANTITIES:
                shown[name] = self._measure(value, decimals, unit) if isinstance(value, int) else self._with_unit(value, unit)
            elif name in CODED and value in CODED[name]:
                shown[name] = self._say(CODED[name], str(value), {})
            else:
                shown[name] = self.language.shown(name, value)
        if "reason" in params and "refused" not in params:
            shown["refused"] = self.refusal(str(params["reason"])) if params["reason"] in sentences.REFUSALS else ""
        return shown

    # --- quantities -----------------------------------------------------------------------------------------------------

    def number(self, quantity: int, decimals: int = 0) -> str:
        """A quantity without its unit, with the language's decimal sign and no zeros that say nothing."""
        return self._local(to_text(quantity, decimals))

    def _local(self, text: str) -> str:
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return self.language.figure(text).replace("-", "−")

    def quantity(self, quantity: int, item: Item | None) -> str:
        """A quantity with its unit: "24 pcs", "1.5 m"."""
        if item is None:
            return self.number(quantity)
        return self._measure(quantity, item.decimals, item.unit)

    def weight(self, weight_mg: int, step_mg: int) -> str:
        """A weight in grams as the scale itself shows it, with the zeros that say how finely it was weighed."""
        places = max(0, 4 - len(str(max(1, step_mg))))
        return f"{self.decimal(weight_mg / 1000, places).replace('-', '−')}\N{NO-BREAK SPACE}g"

    def kilograms(self, weight_g: int) -> str:
        """A weight in kilograms as a person says it: one decimal below ten, else none."""
        places = 1 if weight_g < 10_000 else 0
        return f"{self.decimal(weight_g / 1000, places)}\N{NO-BREAK SPACE}kg"

    def put_reasons(self, reasons: Sequence[str], *, most: int) -> str:
        """Why goods should go to a place: the weightiest reasons. That it is empty is said where there is no other."""
        telling = [each for each in reasons if each != "empty"] or list(reasons)
        return ", ".join(self._say(sentences.PUT_REASONS, each, {}) for each in telling[:most])

    def signed(self, quantity: int, item: Item | None) -> str:
        """A change of stock with its sign: "+24 pcs", "−6 pcs"."""
        text = self.quantity(abs(quantity), item)
        return text if quantity == 0 else f"{'+' if quantity > 0 else '−'}{text}"

    def _measure(self, quantity: int, decimals: int, unit: str) -> str:
        return self._with_unit(to_text(quantity, decimals), unit)

    def _with_unit(self, text: str, unit: str) -> str:
        """A decimal string, as codes bring it, with its unit."""
        number = self._local(text)
        return f"{number}\N{NO-BREAK SPACE}{unit}" if unit else number  # a no-break space: number and unit stay on one line

    def packs(self, item: Item, quantity: int) -> str:
        """The quantity in pack units ("3 × box (50 pcs) + 10 pcs"), "" when it holds no whole pack."""
        counts, rest = in_packs(item, quantity)
        if not counts:
            return ""
        parts = [self.label("pack_of", count=n, pack=pack.name, size=self.quantity(pack.quantity, item)) for pack, n in counts]
        packs = " + ".join(parts)
        return self.label("and_loose", packs=packs, rest=self.quantity(rest, item)) if rest else packs

    def stock_key(self, key: StockKey | None) -> str:
        """Lot, serial, foreign owner and a status that is not free; "" for plain own stock."""
        if key is None:
            return ""
        parts = []
        if key.lot:
            parts.append(self.label("lot", lot=key.lot))
        if key.serial:
            parts.append(self.label("serial", serial=key.serial))
        if key.owner != "own":
            parts.append(self._say(sentences.OWNERS, key.owner, {}) if key.owner in sentences.OWNERS else key.owner)
        if key.status is not StockStatus.FREE:
            parts.append(self._say(sentences.STATUSES, str(key.status), {}))
        return " · ".join(parts)

    def result(self, ask: AskNumber, number: int | None) -> str:
        """What the confirm button will do with the number typed so far."""
        if number is None:
            table = sentences.RESULTS_EMPTY
            return self._say(table, ask.result if ask.result in table else "accept", {})
        if ask.result == "expiry":
            day = day_of_code(f"{number:06d}")
            return self._say(sentences.RESULTS, "expiry", {"date": day.isoformat()}) if day else self.action("confirm")
        difference = (ask.asked or 0) - number
        code = WITHOUT_REST.get(ask.result, ask.result) if difference <= 0 else ask.result
        params: dict[str, str | int] = {
            "number": self.quantity(number, ask.item),
            "missing": self.number(max(0, difference), ask.item.decimals if ask.item else 0),
            "excess": self.number(max(0, -difference), ask.item.decimals if ask.item else 0),
        }
        return self._say(sentences.RESULTS, code, params)

    # --- time -----------------------------------------------------------------------------------------------------------

    def clock(self, now: datetime) -> str:
        """The time of day at the station."""
        local = now.astimezone(self._zone)
        return self.label("time", hour=local.hour, minute=local.minute)

    def precise(self, at: datetime) -> str:
        """The time of day to the millisecond, for what machines said."""
        local = at.astimezone(self._zone)
        milli = local.microsecond // 1000
        return self.label("precise_time", hour=local.hour, minute=local.minute, second=local.second, milli=milli)

    def decimal(self, value: float, places: int) -> str:
        """A measured figure with the language's decimal sign; never of stock."""
        return self.language.figure(f"{value:.{places}f}")

    def day(self, at: datetime) -> str:
        """The date alone."""
        local = at.astimezone(self._zone)
        return self.label("date", day=local.day, month=local.month)

    def moment(self, at: datetime, now: datetime) -> str:
        """A moment as short as it can be understood today: time, "tomorrow" and time, or date and time."""
        local, today = at.astimezone(self._zone), now.astimezone(self._zone).date()
        time = self.label("time", hour=local.hour, minute=local.minute)
        days = (local.date() - today).days
        if days == 0:
            return time
        if days == 1:
            return self.label("tomorrow", time=time)
        date = self.label("date", day=local.day, month=local.month)
        return self.label("date_time", date=date, time=time)
