"""Mappings whose values are made when somebody asks: what nobody asks for costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

V = TypeVar("V")


class Unmade(Generic[V]):
    """A value that is made once, when it is asked for."""

    __slots__ = ("_make", "_value")

    def __init__(self, make: Callable[[], V]) -> None:
        self._make: Callable[[], V] | None = make

    def get(self) -> V:
        """The value."""
        if self._make is not None:
            self._value = self._make()
            self._make = None
        return self._value


class Lazy(Mapping[str, V]):
    """A mapping in which each value may still be unmade."""

    __slots__ = ("known",)

    def __init__(self, known: dict[str, V | Unmade[V]]) -> None:
        self.known = known

    def __getitem__(self, key: str) -> V:
        """The value, made by now."""
        value = self.known[key]
        return value.get() if isinstance(value, Unmade) else value

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


def copied(mapping: Mapping[str, V]) -> dict[str, V | Unmade[V]]:
    """A copy in which what is unmade stays so."""
    whole = made(mapping)
    return dict(whole.known) if isinstance(whole, Lazy) else dict(whole)


def differing(new: Mapping[str, V], old: Mapping[str, V]) -> set[str]:
    """The keys under which two mappings do not hold the same object, made or not."""
    if new is old:
        return set()
    before, after = copied(old), copied(new)
    return {key for key in before.keys() | after.keys() if before.get(key) is not after.get(key)}
