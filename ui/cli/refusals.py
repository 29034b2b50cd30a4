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


def order_advice(message: str, _: Translate) -> str:
    """The next step after an act on an order was refused (O405, O320); `message` begins with the reason (`OrderActError`,
    `CancelError`)."""
    reason = message.split(" ", 1)[0]
    ended = _("See what became of it: baylight orders ORDER.")
    texts = {
        "in_hand": _("The bay works on it: let it be left there, or hold it first, then say it again."),
        "elsewhere": _("Another bay has it: baylight orders take-over ORDER --reason TEXT first."),
        "island": _("Only the site gives another bay's order, and it is not reached: baylight sync status."),
        "held": _("Let it go on first: baylight orders resume ORDER --reason TEXT."),
        "not_held": _("It is not held: it can be started at the bay."),
        "not_begun": _("Nobody has begun it: it can be started at the bay."),
        "yours_already": _("It is yours already: start it at the bay."),
        "not_splittable": _("Counts and orders of a sequence are not split."),
        "line_begun": _("Name lines that are open and of which nothing was taken: baylight orders ORDER --json."),
        "kit_whole": _("Name all parts of the kit: baylight orders ORDER --json says which they are."),
        "none_left": _("Leave one open line to the order."),
    }
    lines = _("Name lines of the order: baylight orders ORDER --json.")
    return texts.get(reason) or (lines if reason.endswith(("_line", "_lines")) else ended)
