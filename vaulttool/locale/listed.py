from __future__ import annotations


def listed(words: str) -> tuple[str, ...]:
    """The words of a comma-separated list, which may run over several lines."""
    return tuple(" ".join(word.split()) for word in words.split(","))
