"""What somebody orders, cleaned once on the way in. Pure but for its text rules."""

import hashlib
import json
from dataclasses import asdict, dataclass

from courses.text import one_line


@dataclass(frozen=True, slots=True)
class Attendee:
    name: str
    email: str

    def cleaned(self) -> "Attendee":
        return Attendee(one_line(self.name), one_line(self.email).lower())


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    name: str
    postcode: str
    urn: str = ""
    claims_membership: bool = False
    type: str = ""

    def cleaned(self) -> "OrganisationDetails":
        return OrganisationDetails(
            name=one_line(self.name),
            postcode=one_line(self.postcode).upper(),
            urn=one_line(self.urn),
            claims_membership=self.claims_membership,
            type=self.type,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """`purchase_order` empty: the invoice is sent without one."""

    organisation: OrganisationDetails
    booker: Attendee
    people: tuple[Attendee, ...]
    purchase_order: str = ""
    consent_version: str

    def cleaned(self) -> "Order":
        return Order(
            organisation=self.organisation.cleaned(),
            booker=self.booker.cleaned(),
            people=tuple(person.cleaned() for person in self.people),
            purchase_order=one_line(self.purchase_order),
            consent_version=self.consent_version,
        )

    @property
    def fingerprint(self) -> str:
        """The same for a form sent twice, another for a form that was changed in between."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()
