"""Who may what on paper: everybody who may sign on, with role and rights, and when it was last reviewed."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import SimpleDocTemplate, Spacer

from station.staff.table import RightsTable, abilities_of
from station.values import Member, RightsReview, Role
from ui.reports.sheet import FONT, MARGIN_MM, SIZE, load_fonts, pairs, table, text
from ui.texts import Texts

WIDTHS_MM = (48, 28, 22, 104, 65)


class RightsPaper:
    """Makes the sheet in one language. `names` are everybody's, by id; `rules` what the roles may."""

    def __init__(self, texts: Texts, names: dict[str, str], rules: dict[str, frozenset[Role]]) -> None:
        self._texts, self._names, self._rules = texts, names, rules

    def render(self, rights: RightsTable, review: RightsReview, *, digest: str, made_at: datetime) -> bytes:
        """The PDF."""
        load_fonts()
        title = self._texts.action("people_rights")
        edges = {f"{side}Margin": MARGIN_MM * mm for side in ("left", "right", "top", "bottom")}
        file = io.BytesIO()
        document = SimpleDocTemplate(file, pagesize=SIZE, title=title, author="Baylight", **edges)

        def foot(canvas: Any, page: Any) -> None:
            """Sheets get parted: each says of what it is."""
            canvas.setFont(FONT, 7)
            canvas.drawString(MARGIN_MM * mm, 8 * mm, f"{title} · {made_at:%Y-%m-%d %H:%M} UTC · {digest[:16]} · {page.page}")

        document.build(self._story(title, rights, review, digest), onFirstPage=foot, onLaterPages=foot)
        return file.getvalue()

    def _story(self, title: str, rights: RightsTable, review: RightsReview, digest: str) -> list[Any]:
        texts = self._texts
        head = tuple(texts.label(f"rights_{each}") for each in ("name", "role", "offline", "role_may", "rights"))
        rows = [self._row(each) for each in rights.rows]
        about = [(texts.label("rights_review"), self._reviewed(review)), ("SHA-256", digest)]
        return [
            text(title, size_pt=14, bold=True),
            Spacer(1, 3 * mm),
            pairs(about),
            Spacer(1, 3 * mm),
            table(head, rows, WIDTHS_MM),
        ]

    def _reviewed(self, review: RightsReview) -> str:
        if review.at is None:
            return self._texts.label("people_never_reviewed")
        by = self._names.get(review.by, "") or self._texts.label("erased")
        date = f"{self._texts.local(review.at):%Y-%m-%d}"
        return self._texts.label("people_reviewed_at", date=date, name=by, count=review.count) + f" · {review.note}"

    def _row(self, member: Member) -> tuple[str, ...]:
        texts, person = self._texts, member.person
        may = ", ".join(texts.label(f"may_{each}") for each in abilities_of(person.role, self._rules))
        days = str(member.offline_days) if member.offline_days else "–"
        return (person.name or texts.label("erased"), texts.role(person.role), days, may, ", ".join(person.rights))
