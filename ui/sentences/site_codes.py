"""What the codes of the site database mean, and what to do: for its page and for the commands. docs/site.md lists the same."""

from __future__ import annotations

from typing import Final

from ui.language import N_

SITE_CODES: Final[dict[str, str]] = {
    "U101": N_("no connection"),
    "U102": N_("it is too slow"),
    "U103": N_("it cannot answer now"),
    "U201": N_("login refused"),
    "U202": N_("this user is no enrolled station"),
    "U203": N_("this user may not do that"),
    "U204": N_("this user may not create roles"),
    "U301": N_("a text that it cannot hold"),
    "U302": N_("a hash that does not fit"),
    "U303": N_("an event that names another place"),
    "U304": N_("data that breaks a rule of its tables"),
    "U305": N_("it does not have that, or is working on it"),
    "U401": N_("no schema is there"),
    "U402": N_("its schema is of another release"),
    "U403": N_("its PostgreSQL is too old"),
    "U404": N_("it is a copy in another place"),
    "U501": N_("the address cannot be read"),
    "U502": N_("no usable station name"),
    "U503": N_("it has another pepper"),
    "U504": N_("a file cannot be read or written"),
    "U505": N_("somebody works with this database"),
    "U506": N_("another computer has this station's name"),
    "U507": N_("it admits too few connections"),
}

SITE_ADVICE: Final[dict[str, str]] = {
    "U101": N_("Check network and address. The station goes on without it."),
    "U102": N_("Try again; look for long transactions there."),
    "U103": N_("It is starting, full or overloaded. Try again later."),
    "U201": N_("Enrol the station again, or mend the address."),
    "U202": N_("Enrol the station: baylight upstream enrol NAME URL."),
    "U203": N_("Take the address of a user who may do this."),
    "U204": N_("Take the address of a user who may create roles."),
    "U301": N_("The site keeps it as bytes: baylight upstream status URL."),
    "U302": N_("Keep the files; here: baylight audit verify."),
    "U303": N_("Keep the files; here: baylight audit verify."),
    "U304": N_("The site keeps it as bytes: baylight upstream status URL."),
    "U305": N_("Look it up in the site's views, then try again."),
    "U401": N_("Make the schema first: baylight upstream init URL."),
    "U402": N_("Same release everywhere: baylight upstream migrate URL."),
    "U403": N_("The site database needs PostgreSQL 15 or later."),
    "U404": N_("If it is the site now: baylight upstream restored URL."),
    "U501": N_("Like postgresql://user@host/db; @ in a password is %40."),
    "U502": N_("Give the station a name of printable letters."),
    "U503": N_("Name the data directory with the pepper of the site (--data)."),
    "U504": N_("Check the name of the file and who may read and write it."),
    "U505": N_("Name an empty database, made with createdb."),
    "U506": N_("Rename it, or: baylight upstream enrol NAME URL --replace."),
    "U507": N_("Raise max_connections of the server, and start it again."),
}
