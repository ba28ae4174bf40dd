from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import frontmatter as python_frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.table import cases
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown import frontmatter, yamlblock
from vaulttool.markdown.frontmatter import read_properties, split
from vaulttool.markdown.handler import ObsidianHandler
from vaulttool.markdown.yamlblock import MAX_BLOCK, MAX_DEPTH
from vaulttool.markdown.yamltypes import resolve_plain

if TYPE_CHECKING:
    from vaulttool.model import Property, Value

LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


@pytest.fixture(params=[*LOADERS, None], ids=["python", "libyaml", "line by line"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param is not None:
        monkeypatch.setattr(yamlblock, "_Loader", request.param)
        monkeypatch.setattr(frontmatter, "scan_properties", lambda _block, _line: None)


def property_line(item: Property) -> str:
    value = json.dumps(item.value, ensure_ascii=False)
    raw = json.dumps(item.raw, ensure_ascii=False)
    lines = " ".join(map(str, item.item_lines))
    written = "" if raw in (value, f'"{value}"') else f" from {raw}"
    return f"{item.line} {item.key} {value}{written}" + (f" at {lines}" if lines else "")


def reading(text: str) -> str:
    properties, problems, _body, body_line = read_properties(text, "n.md")
    lines = [property_line(item) for item in properties]
    lines += [f"{problem.line} {problem.code}" for problem in problems]
    return "\n".join([*lines, f"body {body_line}"])


@cases("properties")
def test_properties(given: str, expected: str) -> None:
    assert reading(given + "\n") == expected


@cases("properties")
def test_windows_line_ends_change_nothing(given: str, expected: str) -> None:
    assert reading(f"{given}\n".replace("\n", "\r\n")) == expected


@cases("properties")
def test_a_byte_order_mark_changes_nothing(given: str, expected: str) -> None:
    assert reading(f"\ufeff{given}\n") == expected


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\na: b\n---\ntext\n", "text\n"),
        ("---\r\na: b\r\n---\r\n\r\n text\r\n", "\r\n text\r\n"),
        ("---\na: b\n---", ""),
        ("---\na: b\n---\n", ""),
        ("---\n---\ntext", "text"),
        ("\ufeff---\na: b\n---\ntext", "text"),
        ("\ufefftext", "text"),
        ("text\n---\na: b\n---\n", "text\n---\na: b\n---\n"),
        ("---\na: b\n", "---\na: b\n"),
        ("---", "---"),
        ("---\n\nText\n\n---\nmore", "---\n\nText\n\n---\nmore"),
        ("---\na: [\n---\ntext", "text"),
        ("", ""),
    ],
)
def test_the_body_is_all_text_below_the_block(text: str, body: str) -> None:
    assert read_properties(text, "n.md")[2] == body


@given(st.lists(st.sampled_from(["---", "a: b", "", "text", "...", "- x", "--- ", "-----"])))
def test_the_parts_of_a_note_make_up_its_text(lines: list[str]) -> None:
    for end in ("\n", "\r\n"):
        text = end.join(lines)
        parts = split(text)
        fence = text[: text.index(parts.block) if parts.block else 0]
        assert text.endswith(parts.body)
        assert text.startswith(fence + (parts.block or ""))
        assert text[: len(text) - len(parts.body)].count("\n") == parts.body_line - 1 or (
            not parts.body
        )


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_a_separator_that_yaml_1_2_does_not_know_ends_no_line(sign: str) -> None:
    text = f'---\nnote: one{sign}two\nlist:\n  - "a{sign}b"\nke{sign}y: x\n---\n'
    properties, problems, _body, _line = read_properties(text, "n.md")
    assert not problems
    assert [(item.line, item.key, item.value) for item in properties] == [
        (2, "note", f"one{sign}two"),
        (3, "list", [f"a{sign}b"]),
        (5, f"ke{sign}y", "x"),
    ]
    assert properties[0].raw == f"one{sign}two"


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("a: b: c", "a text that holds “: ” must stand in quotes"),
        ('a: "x', "a quotation mark is not closed"),
        ("a: [x\nb: c\n", "a bracket is not closed"),
        ("a: {x\nb: c\n", "a bracket is not closed"),
        ("a:\n\t- b", "a tab cannot indent"),
        ("a: @b", "must stand in quotes"),
        ("a: 'it's'", "put the whole text in quotes"),
        ("a:\n  - b\n c: d", "put the whole text in quotes"),
        ('a: "C:\\q"', "a backslash must be doubled"),
        ("a: &", "expected alphabetic or numeric character"),
    ],
)
def test_the_reason_says_what_to_do(block: str, reason: str) -> None:
    _properties, (problem,) = yamlblock.read_block(block, "n.md", 1)
    assert reason in Catalogue("en").render(problem.message)


def codes(block: str) -> list[str]:
    _properties, problems, _body, _line = read_properties(f"---\n{block}\n---\ntext", "n.md")
    return [problem.code for problem in problems]


def deep(levels: int) -> str:
    return "a: " + "[" * levels + "]" * levels


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)
)


@pytest.mark.parametrize(
    "block",
    [
        "a: " + "[" * 1_000_000,
        "[" * 250_000,
        "a: " + "[" * 250_000,
        "a: " + "{b: " * 60_000,
        "- " * 120_000,
        "a:\n" + "\n".join(" " * n + "b:" for n in range(1, 600)),
        "? " * 120_000,
        "a: " + "&b " * 80_000,
        BOMB,
        "a: &a {x: &b [*b]}",
        "a: " + "x" * MAX_BLOCK,
        "a: \x00",
        'a: "\\ud83d"',
        "%YAML 9.9\n--- \na: b",
    ],
    ids=lambda block: block[:12],
)
def test_a_hostile_block_is_one_problem(block: str) -> None:
    assert codes(block) in (["bad-yaml"], ["properties-no-mapping"])


def test_what_is_deep_or_shared_within_reason_is_read() -> None:
    assert codes(deep(MAX_DEPTH)) == []
    assert codes(deep(MAX_DEPTH + 1)) == ["bad-yaml"]
    assert codes("\n".join(BOMB.split("\n")[:4])) == []


def test_a_number_of_many_digits_is_read() -> None:
    properties, problems, _body, _line = read_properties(f"---\na: {'9' * 9999}\n---\n", "n.md")
    assert not problems
    assert properties[0].value == math.inf
    assert properties[0].raw == "9" * 9999


def test_the_problem_of_a_block_says_where_and_what() -> None:
    _properties, problems, _body, _line = read_properties("---\na: 1\na: 2\n---\n", "x/n.md")
    (problem,) = problems
    assert (problem.path, problem.line, problem.severity) == ("x/n.md", 3, "error")
    said = Catalogue("en").render(problem.message)
    assert said == "the property a stands twice; the first one is read"


KEYS = st.sampled_from(["a", "b", "ключ", "no", "1", '"q"'])
SCALARS = st.sampled_from(
    (
        *("", "x", "12:30", "no", "010", "2026-02-30", "'it''s'", '"\\t"', "#c", "a # c", "[[A]]"),
        *("*a", "&a x", "!t x", "{{date}}", "[a, b]", "{c: d}", "|\n  x", ">-\n  x\n\n  y"),
        *("- x", "@", "%", "&a [x, *a]"),
    )
)
BLOCKS = st.lists(st.builds("{}: {}".format, KEYS, SCALARS) | SCALARS, max_size=8).map("\n".join)


@given(BLOCKS | st.text(max_size=60))
def test_any_block_is_read(block: str) -> None:
    properties, problems, body, line = read_properties(f"---\n{block}\n---\ntext", "n.md")
    assert len({item.key for item in properties}) == len(properties)
    assert body.endswith("text")
    assert line >= 1
    for item in properties:
        assert 2 <= item.line <= block.count("\n") + block.count("\r") + 2
        assert not item.item_lines or len(item.item_lines) == len(item.value or ())  # type: ignore[arg-type]
    for problem in problems:
        assert problem.line is not None


@given(BLOCKS)
def test_both_parsers_of_yaml_give_the_same(block: str) -> None:
    found = []
    for parser in LOADERS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yamlblock, "_Loader", parser)
            properties, problems = yamlblock.read_block(block, "n.md", 2)
            found.append((properties, [problem.code for problem in problems]))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-0", 0),
        ("+12", 12),
        ("0o8", "0o8"),
        ("0xG", "0xG"),
        ("1.5e-3", 0.0015),
        ("1e", "1e"),
        (".", "."),
        ("-", "-"),
        ("1.2.3", "1.2.3"),
        ("nUll", "nUll"),
        ("+.inf", math.inf),
        ("1\n", "1\n"),
        ("٣", "٣"),
    ],
)
def test_scalars_have_the_types_of_yaml_1_2_core(text: str, value: Value) -> None:
    found = resolve_plain(text)
    assert found == value
    assert type(found) is type(value)


class TestPythonFrontmatter:
    """The library's own calls, with our handler."""

    TEXT = "\ufeff---\r\ntime: 12:30\r\ntags: [a, b]\r\n---\r\n\r\nText\r\n"

    def test_loads_reads_as_obsidian_does(self) -> None:
        post = python_frontmatter.loads(self.TEXT, handler=ObsidianHandler())
        assert post.metadata == {"time": "12:30", "tags": ["a", "b"]}
        assert post.content == "Text"

    def test_parse_gives_properties_and_body(self) -> None:
        metadata, content = python_frontmatter.parse(self.TEXT, handler=ObsidianHandler())
        assert metadata == {"time": "12:30", "tags": ["a", "b"]}
        assert content == "Text"

    def test_a_note_without_a_block_is_all_content(self) -> None:
        metadata, content = python_frontmatter.parse("a: b\n---\nText", handler=ObsidianHandler())
        assert (metadata, content) == ({}, "a: b\n---\nText")

    def test_a_block_that_cannot_be_read_gives_no_properties(self) -> None:
        metadata, content = python_frontmatter.parse(
            "---\na: [\n---\nText", handler=ObsidianHandler()
        )
        assert (metadata, content) == ({}, "Text")

    def test_defaults_are_kept(self) -> None:
        metadata, _content = python_frontmatter.parse(
            "---\na: 1\n---", handler=ObsidianHandler(), b=2
        )
        assert metadata == {"a": 1, "b": 2}

    def test_detect_wants_the_block_on_the_first_line(self) -> None:
        handler = ObsidianHandler()
        assert handler.detect(self.TEXT)
        assert not handler.detect("\n---\na: b\n---\n")
        assert not handler.detect("---\na: b\n")
