"""How long goods are good. A lot is good through its last day; days are those of UTC. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from station.values import IssueRule, Item, Order, OrderLine, Stock

EXPIRED, TOO_SHORT, NOT_KNOWN = "expired", "too_short_life", "expiry_not_known"


def expiry_of(item: Item, stock: Stock) -> date | None:
    """The last good day: as somebody said it, else so many days after the lot came as the item keeps; None: nobody knows one."""
    if stock.expiry is not None:
        return stock.expiry
    if not item.shelf_life_days or not stock.key.lot or stock.received_at is None:
        return None
    return stock.received_at.date() + timedelta(days=item.shelf_life_days)


def asks_expiry(item: Item) -> bool:
    """Whether whoever puts a lot of this item in says until when it is good."""
    return item.issue_rule is IssueRule.FEFO


def remaining_days(item: Item, line: OrderLine) -> int:
    """For how many days beyond its day what this line gets must be good."""
    return max(item.min_remaining_days, line.min_remaining_days)


def day_of(order: Order, today: date) -> date:
    """The day from which remaining life counts: when the goods are needed, and never a day that is over."""
    return max(today, order.need_by.date()) if order.need_by else today


def why_not(expiry: date | None, *, today: date, day: date, days: int) -> str:
    """Why goods of this expiry are not given to an order that needs them good for `days` beyond `day`; "" when they are."""
    if expiry is None:
        return NOT_KNOWN if days else ""
    if expiry < today:
        return EXPIRED
    return TOO_SHORT if (expiry - day).days < days else ""


def is_expired(item: Item, stock: Stock, today: date) -> bool:
    """Whether these goods are good no more."""
    expiry = expiry_of(item, stock)
    return expiry is not None and expiry < today


def day_of_code(text: str, *, century: int = 2000) -> date | None:
    """What a person types or scans of a label: YYYYMMDD or ISO 8601; YYMMDD as in GS1 (day 00 is the month's last)."""
    digits = text.strip().replace("-", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (6, 8):
        return None
    year = int(digits[:-4]) + (century if len(digits) == 6 else 0)
    month, day = int(digits[-4:-2]), int(digits[-2:])
    try:
        if day == 0 and len(digits) == 6 and 1 <= month <= 12:
            return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return date(year, month, day)
    except ValueError:
        return None
