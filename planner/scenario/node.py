"""What every class read from a file has in common, and the words its fields are typed with.

The typed words matter: the reader checks references with them, the random-scenario strategies draw values
from them, and the documentation names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NewType

from attrs import field, frozen

from planner.core.errors import Place
from planner.core.period import Period

Currency = NewType("Currency", str)  # three capital letters, ISO 4217
State = NewType("State", str)  # who issues a passport or confers a nationality: ISO 3166 alpha-2, such as "MX"
TerritoryRef = NewType("TerritoryRef", str)  # id of a territory: an immigration area
ZoneRef = NewType("ZoneRef", str)  # id of a zone, or of a territory standing for itself
PortRef = NewType("PortRef", str)  # IATA code or id of a port
PlaceRef = NewType("PlaceRef", str)  # a port, a territory or a zone
PassportRef = NewType("PassportRef", str)  # id of a passport held or acquirable
TravellerRef = NewType("TravellerRef", str)
LegRef = NewType("LegRef", str)
EventRef = NewType("EventRef", str)
DocumentRef = NewType("DocumentRef", str)  # a passport, permission, certificate kind or acquirable
GroundRef = NewType("GroundRef", str)  # what an entry rests on: a paper, admission, rule, "citizen:XX"
CertificateRef = NewType("CertificateRef", str)  # a kind of certificate; the name is all it has
StayLimit = NewType("StayLimit", Period)  # how long a stay may last; no other period may be written in hours

Mode = Literal["air", "rail", "road", "sea", "foot"]
Per = Literal["traveller", "party"]
CountFrom = Literal["entry_day", "day_after"]
Grade = Literal["official", "secondary", "unsourced", "assumption", ""]  # how good a source is
# What an entry can rest on. "electronic" and "visa" are permissions that must be in hand before; "airside" is one for
# changing planes only, on which nobody enters.
GroundType = Literal[
    "citizen", "visa_free", "on_arrival", "electronic", "visa", "residence", "permit", "transit", "airside"
]
# What somebody travels for.
Purpose = Literal[
    "tourism", "family", "business", "event", "study", "work", "journalism", "medical", "official", "transit"
]


@frozen(eq=False)
class Where:
    """Where a table and each of its keys stand in a file. Plays no part in comparing scenarios."""

    place: Place = Place("")
    keys: Mapping[str, Place] = field(factory=dict, repr=False)

    def of(self, key: str) -> Place:
        """The place of one key's value, or of the whole table if the key was not written."""
        return self.keys.get(key, self.place)


NOWHERE = Where()


@frozen(kw_only=True)
class Node:
    """A table of a scenario or rulebook file."""

    where: Where = field(default=NOWHERE, eq=False, repr=False)
