"""What the words of a command line ask for, told without parsing them: no library is needed."""

from __future__ import annotations

_TAKE_A_VALUE = frozenset({"--vault", "--today", "--lang", "--format"})
_READ_ONLY = frozenset(
    {"why", "contacts", "interactions", "tags", "notes", "plan", "tune"}
    | {"brief", "list", "find", "promises", "occasions", "awaiting", "drifting"}
)


def only_reads(words: list[str]) -> bool:
    """Whether a command only reads, and reads nothing but notes and settings as they are now."""
    command = command_of(words)
    only_reads = command in _READ_ONLY or (command == "due" and "--print" in words)
    return (
        only_reads
        and not {"--files", "--verbose", "-v"}.intersection(words)
        and not any(word.startswith("--as-of") for word in words)
    )


def command_of(words: list[str]) -> str:
    """The command: the first word that is no option, nor the value of one."""
    is_value = False
    for word in words:
        if not is_value and not word.startswith("-"):
            return word
        is_value = word in _TAKE_A_VALUE
    return ""


def value_of(words: list[str], name: str) -> str | None:
    """The value of an option, before or after the command; of several the last."""
    found = None
    for index, word in enumerate(words):
        if word == name and index + 1 < len(words):
            found = words[index + 1]
        elif word.startswith(f"{name}="):
            found = word.partition("=")[2]
    return found
