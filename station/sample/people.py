"""The people of the sample site. Their PINs are public: `forbidden_pins` keeps them out of every other store."""

from __future__ import annotations

from dataclasses import dataclass

from station.values import Role


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A made-up person; `badge` is the code on the badge, as a scanner reads it."""

    name: str
    badge: str
    pin: str
    role: Role


SAMPLE_PEOPLE: tuple[SamplePerson, ...] = (
    SamplePerson("Anna Keller", "BLB-40721", "704182", Role.OPERATOR),
    SamplePerson("Marco Rossi", "BLB-40738", "593817", Role.OPERATOR),
    SamplePerson("Claire Dubois", "BLB-40155", "826491", Role.SUPERVISOR),
    SamplePerson("Jonas Weber", "BLB-40266", "475863", Role.MAINTENANCE),
    SamplePerson("Ines Navarro", "BLB-40009", "938275", Role.ADMINISTRATOR),
)

SAMPLE_PINS: frozenset[str] = frozenset(person.pin for person in SAMPLE_PEOPLE)
