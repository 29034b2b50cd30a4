"""What to do about a refusal whose code has several reasons: of people (P301) and of late bookings."""

from __future__ import annotations

from collections.abc import Mapping

from ui.cli.terminal import Translate

MARK_SURE = "counted_since"  # the one late refusal that a person may answer with --sure


def people_advice(message: str, _: Translate) -> str:
    """The next step after P301. `message` begins with the reason, as `station.people.PeopleError` names it."""
    reason = message.split(" ", 1)[0]
    pins = _("Choose another PIN: digits, as long as sign_on.pin_length says, no row and no repetition. Nothing was changed.")
    badges = _("Scan the badge again, or take one that nobody has. Nothing was changed.")
    names = _("Give a name of 1 to 80 printable letters. Nothing was changed.")
    signs = _("Sign with the badge and PIN of an administrator who may sign on here (--sign). Nothing was changed.")
    texts = {
        "unknown_person": _("See the ids: baylight people list."),
        "already_disabled": _("Nothing is to be done: the person may not sign on."),
        "last_administrator": _("Add another administrator first: baylight people add NAME --role administrator."),
        "not_signed": _("Say it again with --sign: these settings want an administrator's badge and PIN."),
        "wrong_pin": _("Try again with the right PIN; ten wrong ones lock the person out. Nothing was changed."),
        "too_early": _("Wait for some seconds after a wrong PIN, then try again. Nothing was changed."),
        "locked": _("A supervisor at the bay, or another administrator with people reset-pin, lifts the lock-out first."),
        "pepper_mismatch": _("Give the person a new PIN: baylight people reset-pin PERSON."),
    }
    groups = (("pin_", pins), ("name_", names), ("badge_", badges))
    return texts.get(reason) or next((text for begin, text in groups if reason.startswith(begin)), signs)


def late_advice(reason: str, texts: Mapping[str, str], _: Translate) -> str:
    """The next step after a row of a late sheet was refused; `texts` are the sentences of the screen. "" for what is wrong with
    the row itself, of which the report says what would be right."""
    if reason == MARK_SURE:
        return _("Counted since then. If that count did not see it, say it again with --sure, or sure=yes in the sheet.")
    sentence = texts.get(f"late_{reason}", "")
    return _(sentence) if sentence else ""
