"""What a declaration of personal data is made of. Pure.

Every app says in its `privacy.py` of each field of its tables whether it tells of a person: what it
tells, how that person is found, how long it is kept, and what becomes of it when they are erased.
"""

from dataclasses import dataclass
from enum import Enum

ERASED = "Erased"
NOBODY = "erased.invalid"  # the end of addresses that belong to nobody; no mail is ever sent there


class Erasure(Enum):
    """What becomes of a field; the words stand on the page for the data protection officer."""

    REPLACED = f"replaced by “{ERASED}”"
    UNREACHABLE = "replaced by one that belongs to nobody"
    RENEWED = "replaced by a new random one"
    EMPTIED = "emptied"
    REDACTED = f"the address, and the person’s names beside it, replaced by “{ERASED}”"
    WITH_ROW = "the whole row is deleted"
    ANEW = "written anew from its page, which must be mended first"
    BY_HAND = "by hand"
    STAYS = "stays"


UNTOUCHED = (Erasure.STAYS, Erasure.BY_HAND, Erasure.ANEW)


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    words: str
    erasure: Erasure
    why: str = ""
    is_name: bool = False


def replaced(name: str, words: str) -> Field:
    """A person's name: also what is looked for in words about them."""
    return Field(name, words, Erasure.REPLACED, is_name=True)


def unreachable(name: str, words: str) -> Field:
    return Field(name, words, Erasure.UNREACHABLE)


def renewed(name: str, words: str) -> Field:
    return Field(name, words, Erasure.RENEWED)


def emptied(name: str, words: str, *, is_name: bool = False) -> Field:
    return Field(name, words, Erasure.EMPTIED, is_name=is_name)


def redacted(name: str, words: str) -> Field:
    return Field(name, words, Erasure.REDACTED)


def with_row(name: str, words: str, *, is_name: bool = False) -> Field:
    return Field(name, words, Erasure.WITH_ROW, is_name=is_name)


def anew(name: str, words: str) -> Field:
    """A copy of what stands on a page: it follows the page, and is never changed alone."""
    return Field(name, words, Erasure.ANEW)


def by_hand(name: str, words: str) -> Field:
    return Field(name, words, Erasure.BY_HAND)


def stays(name: str, words: str, why: str) -> Field:
    return Field(name, words, Erasure.STAYS, why=why)


# How a person is found ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Address:
    """By an e-mail address in one of these fields, also across relations: `place__email`."""

    paths: tuple[str, ...]

    @property
    def words(self) -> str:
        return "by the e-mail address"


@dataclass(frozen=True, slots=True)
class Account:
    """By the staff account that this relation leads to."""

    path: str

    @property
    def words(self) -> str:
        return "by the account of a colleague"


@dataclass(frozen=True, slots=True)
class InWords:
    """By the address standing somewhere in these fields."""

    words: str = "by the e-mail address standing in it"


@dataclass(frozen=True, slots=True)
class ByHand:
    """Only by a name: the person is shown where it stands, and an editor decides."""

    words: str = "by the name, by hand"


@dataclass(frozen=True, slots=True)
class Nobody:
    """By nothing: from what is kept nobody can tell who it is."""

    words: str = "cannot be found: it does not say who"


Finder = Address | Account | InWords | ByHand | Nobody


def address(*paths: str) -> Address:
    return Address(paths)


@dataclass(frozen=True, slots=True)
class Person:
    """One way in which a row tells of somebody. `who` and `kept` are words for people."""

    who: str
    found: Finder
    kept: str
    fields: tuple[Field, ...]

    @property
    def deletes_row(self) -> bool:
        return any(field.erasure is Erasure.WITH_ROW for field in self.fields)

    @property
    def only_redacts(self) -> bool:
        return all(field.erasure is Erasure.REDACTED for field in self.fields)

    @property
    def changed(self) -> set[str]:
        """The fields that erasing touches."""
        return {field.name for field in self.fields if field.erasure not in UNTOUCHED}

    @property
    def name_fields(self) -> list[str]:
        return [field.name for field in self.fields if field.is_name]

    def covers(self, other: "Person") -> bool:
        """Whether nothing is left for `other` to take out of a row of this person."""
        return self.deletes_row or other.changed <= self.changed


def person(who: str, found: Finder, kept: str, *fields: Field) -> Person:
    return Person(who, found, kept, fields)


@dataclass(frozen=True, slots=True)
class Nothing:
    fields: tuple[str, ...]


def nothing_personal(*fields: str) -> Nothing:
    return Nothing(fields)


@dataclass(frozen=True, slots=True)
class Table:
    """`optional`: it, or some of its fields, exist only with one kind of database."""

    label: str
    people: tuple[Person, ...]
    nothing: tuple[str, ...]
    optional: bool = False

    @property
    def declared(self) -> list[str]:
        personal = [field.name for each in self.people for field in each.fields]
        return [*dict.fromkeys(personal), *self.nothing]
