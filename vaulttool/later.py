"""Mappings whose values are made when somebody asks: what nobody asks for costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

V = TypeVar("V")
REMEMBERED = 200  # values of a lazy mapping: what is made again costs less than to keep it


class Unmade(Generic[V]):
    """A value that is made once, when it is asked for."""

    __slots__ = ("_make", "_value")

    def __init__(self, make: Callable[[], V]) -> None:
        self._make: Callable[[], V] | None = make

    @property
    def is_made(self) -> bool:
        """Whether somebody has asked for it."""
        return self._make is None

    def get(self) -> V:
        """The value."""
        if self._make is not None:
            self._value = self._make()
            self._make = None
        return self._value


class Lazy(Mapping[str, V]):
    """A mapping in which each value is made by itself; None in `known` stands for one to make.

    Mappings that follow from one another share what was made of the values that they share.
    The last that were made are remembered.
    """

    __slots__ = ("_made", "_make", "known")

    def __init__(
        self,
        known: dict[str, V | None],
        make: Callable[[str], V],
        made: dict[str, V] | None = None,
    ) -> None:
        self.known = known
        self._make = make
        self._made = {} if made is None else made

    def replaced(self, known: dict[str, V | None]) -> Lazy[V]:
        """The mapping that follows from this one, with other keys and values."""
        return Lazy(known, self._make, self._made)

    def __getitem__(self, key: str) -> V:
        """The value, made by now."""
        value = self.known[key]
        if value is not None:
            return value
        if key not in self._made:
            if len(self._made) >= REMEMBERED:
                self._made.clear()
            self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self.known)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.known)

    def __contains__(self, key: object) -> bool:
        """Whether there is one, made or not."""
        return key in self.known


class Later(Mapping[str, V]):
    """A mapping that is made as a whole with the first question."""

    __slots__ = ("_unmade",)

    def __init__(self, make: Callable[[], Mapping[str, V]]) -> None:
        self._unmade = Unmade(make)

    @property
    def is_made(self) -> bool:
        """Whether somebody has asked."""
        return self._unmade.is_made

    def made(self) -> Mapping[str, V]:
        """The whole mapping."""
        return self._unmade.get()

    def __getitem__(self, key: str) -> V:
        """The value of a key."""
        return self._unmade.get()[key]

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._unmade.get())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._unmade.get())


def made(mapping: Mapping[str, V]) -> Mapping[str, V]:
    """The mapping itself, where it was to be made later."""
    return mapping.made() if isinstance(mapping, Later) else mapping


def is_made(mapping: Mapping[str, V]) -> bool:
    """Whether a mapping is at hand as a whole."""
    return not isinstance(mapping, Later) or mapping.is_made


def changed(
    mapping: Mapping[str, V], change: Callable[[dict[str, V | None]], dict[str, V | None]]
) -> Mapping[str, V]:
    """The mapping that a change of its dict gives; what is to be made stays so."""
    whole = made(mapping)
    if isinstance(whole, Lazy):
        return whole.replaced(change(dict(whole.known)))
    values = {key: value for key, value in change(dict(whole)).items() if value is not None}
    return MappingProxyType(values)


def differing(new: Mapping[str, V], old: Mapping[str, V]) -> set[str]:
    """The keys under which two mappings do not hold the same value.

    Values are the same where they are one object, or are yet to be made alike.
    """
    after, before = made(new), made(old)
    if after is before:
        return set()
    left = after.known if isinstance(after, Lazy) else after
    right = before.known if isinstance(before, Lazy) else before
    return {
        key
        for key in left.keys() | right.keys()
        if left.get(key) is not right.get(key) or (key in left) != (key in right)
    }
