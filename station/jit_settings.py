"""The settings of just-in-time: what is assumed where nobody said it, and from where on something is called long, dear or
rare."""

from __future__ import annotations

from dataclasses import dataclass

from station.setting_fields import number, text

_PARTS = "(capital|space|climate|insurance|depreciation|security|obsolescence)"


@dataclass(frozen=True, slots=True, kw_only=True)
class JitSettings:
    """[jit]: limits are conventions of the trade (docs/jit.md names each source); money is in minor units."""

    currency: str = text("EUR", pattern=r"[A-Z]{3}", allowed="three capital letters")
    period_days: int = number(7, 1, 92)
    review_days: int = number(1, 1, 92)
    history_days: int = number(730, 28, 3650)
    lead_time_days: int = number(14, 0, 730)
    lead_time_spread_percent: int = number(30, 0, 200)
    stop_cover_minutes: int = number(30, 0, 10_080)
    order_cost: int = number(5000, 1, 100_000_000)
    service_percent: float = number(95.0, 50.0, 99.99)
    capital_percent: float = number(10.0, 0.0, 50.0)
    space_percent: float = number(4.0, 0.0, 50.0)
    climate_percent: float = number(1.0, 0.0, 50.0)
    insurance_percent: float = number(1.0, 0.0, 50.0)
    depreciation_percent: float = number(3.0, 0.0, 50.0)
    security_percent: float = number(1.0, 0.0, 50.0)
    obsolescence_percent: float = number(5.0, 0.0, 50.0)
    avoidable: str = text(
        "capital,insurance,depreciation,obsolescence",
        pattern=rf"(|{_PARTS}(,{_PARTS}){{0,6}})",
        allowed="empty, or of capital, space, climate, insurance, depreciation, security, obsolescence, parted by commas",
    )
    enough_demands: int = number(10, 2, 100)
    enough_months: int = number(12, 1, 60)
    adi_limit: float = number(1.32, 1.0, 10.0)
    cv_squared_limit: float = number(0.49, 0.01, 10.0)
    spike_ratio: float = number(5.0, 1.5, 100.0)
    long_lead_days: int = number(60, 1, 730)
    fence_days: int = number(14, 0, 365)
    on_time_percent: float = number(95.0, 1.0, 100.0)
    small_lot_days: int = number(30, 1, 365)
    bulk_lot_days: int = number(90, 1, 3650)
    turns: float = number(12.0, 0.1, 365.0)
    a_percent: float = number(80.0, 1.0, 99.0)
    b_percent: float = number(95.0, 1.0, 100.0)
    x_limit: float = number(0.5, 0.01, 10.0)
    y_limit: float = number(1.0, 0.01, 10.0)
    space_ratio: float = number(2.0, 1.0, 100.0)
