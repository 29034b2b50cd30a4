"""Which language the window speaks: that of the person at the bay, and where nobody is, the one touched last or the station's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from station.view.view import View
from ui.texts import Texts


class Tongues:
    """The texts of the station's language and of the others, which are read from the disk when they are first spoken."""

    def __init__(self, own: Texts, others: Mapping[str, Callable[[], Texts]] | None = None) -> None:
        self.own = own
        self._others = dict(others or {})
        self._spoken = {own.language.code: own}
        self._chosen = ""

    def choose(self, code: str) -> None:
        """Touched by somebody who is not signed on yet: it counts for a person who has no language, until the sign-off."""
        self._chosen = code

    def texts_for(self, before: View | None, view: View | None) -> Texts:
        """What this view is told in. A person who leaves leaves the station's language behind."""
        if before is not None and before.operator is not None and (view is None or view.operator is None):
            self._chosen = ""
        person = view.operator.language if view is not None and view.operator is not None else ""
        return self._texts(person) or self._texts(self._chosen) or self.own

    def _texts(self, code: str) -> Texts | None:
        if code not in self._spoken and code in self._others:
            self._spoken[code] = self._others[code]()
        return self._spoken.get(code)
