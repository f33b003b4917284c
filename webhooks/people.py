"""Who wrote: a number, a business-scoped user id, or both. A username is display only and never a key."""

from dataclasses import dataclass

from webhooks.errors import Untamed
from webhooks.wild import Json, mappings, maybe_mapping, maybe_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    wa_id: str | None = None
    user_id: str | None = None
    parent_user_id: str | None = None
    name: str | None = None
    username: str | None = None

    @property
    def key(self) -> str:
        """What the sender is known by inside one delivery; the user id comes first, since numbers may be absent."""
        return self.user_id or self.wa_id or ""


@dataclass(frozen=True, slots=True)
class Book:
    """The contacts of one change, to be matched with its messages."""

    people: tuple[Person, ...]

    def of(self, person: Person) -> Person:
        """The person with name and missing ids filled in from the contact that carries one of the same ids."""
        for known in self.people:
            if _same(person, known):
                return known if _is_whole(person, known) else _joined(person, known)
        return person


def read_book(value: Json) -> Book:
    return Book(tuple(_read_contact(item) for item in mappings(value, "contacts")))


def read_person(source: Json, wa_id: str, user_id: str, parent: str, book: Book) -> Person:
    """The person named by these keys of a message; one of the two ids has to be there."""
    person = Person(
        wa_id=maybe_text(source, wa_id),
        user_id=maybe_text(source, user_id),
        parent_user_id=maybe_text(source, parent),
    )
    if not person.key:
        raise Untamed(wa_id, "a number or a user id")
    return book.of(person)


def _read_contact(item: Json) -> Person:
    profile = maybe_mapping(item, "profile")
    return Person(
        wa_id=maybe_text(item, "wa_id"),
        user_id=maybe_text(item, "user_id"),
        parent_user_id=maybe_text(item, "parent_user_id"),
        name=maybe_text(profile, "name"),
        username=maybe_text(profile, "username"),
    )


def _same(one: Person, other: Person) -> bool:
    if one.user_id and other.user_id:
        return one.user_id == other.user_id
    return one.wa_id is not None and one.wa_id == other.wa_id


def _is_whole(person: Person, known: Person) -> bool:
    """The usual case: the contact carries every id that the message carries."""
    return (
        person.wa_id or known.wa_id,
        person.user_id or known.user_id,
        person.parent_user_id or known.parent_user_id,
    ) == (
        known.wa_id,
        known.user_id,
        known.parent_user_id,
    )


def _joined(person: Person, known: Person) -> Person:
    return Person(
        wa_id=person.wa_id or known.wa_id,
        user_id=person.user_id or known.user_id,
        parent_user_id=person.parent_user_id or known.parent_user_id,
        name=known.name,
        username=known.username,
    )
