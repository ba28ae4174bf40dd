from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.test_body import MARKDOWN
from tests.table import cases
from vaulttool.markdown.fields import MAX_LINE, field_properties, read_value
from vaulttool.markdown.note import read_note
from vaulttool.model import Field, Property


def field_line(field: Field) -> str:
    value, raw = (json.dumps(part, ensure_ascii=False) for part in (field.value, field.raw))
    source = "" if raw.replace('"', "") == value.replace('"', "") else f" from {raw}"
    item = f" of item {field.item + 1}" if field.item >= 0 else ""
    return f"{field.line} {field.key} {value}{source}{item}"


@cases("fields")
def test_fields(given: str, expected: str) -> None:
    assert "\n".join(map(field_line, read_note("n.md", given).fields)) == expected


def spoken_of(text: str) -> list[Property]:
    return list(field_properties(read_note("n.md", text)))


def test_fields_of_a_note_are_its_properties() -> None:
    assert spoken_of("every:: 2 weeks\n- [circle:: key]\n") == [
        Property("every", "2 weeks", "2 weeks", 1),
        Property("circle", "key", "key", 2),
    ]


def test_fields_of_a_task_or_of_a_day_are_not() -> None:
    text = "- [ ] call [due:: 2026-11-22]\n- 2026-11-01 call [mood:: good]\n  - [for:: 1]\n"
    assert spoken_of(text) == []
    assert spoken_of("- [[2026-11-01]] met [mood:: good]") == []


def test_a_field_that_is_repeated_is_a_list() -> None:
    (found,) = spoken_of("Likes:: [[Tea]]\n\nlikes:: [[Go]], [[Chess]]\n")
    assert found == Property(
        "Likes", ["[[Tea]]", "[[Go]]", "[[Chess]]"], ["[[Tea]]", "[[Go]]", "[[Chess]]"], 1,
        (1, 3, 3),
    )  # fmt: skip


def test_the_due_block_has_no_fields() -> None:
    text = "%% vault:due 2026-11-22 %%\n- [ ] [[Anna]] [a:: b]\n\n%% vault:end %%\n\nc:: d"
    assert [field.key for field in read_note("n.md", text).fields] == ["c"]


def test_a_line_without_end_is_no_field() -> None:
    assert read_note("n.md", "a:: " + "x" * MAX_LINE).fields == ()
    pieces = ("[", "[a", "(", '[a:: "', "a, ", "📅", "* ", "a ", "`", "[a::", "(a::(", " ", "``` `")
    for piece in pieces:
        read_note("n.md", piece * (MAX_LINE // len(piece)) + "::")
        read_value(piece * (MAX_LINE // len(piece)))
        read_value(f'x,{piece * (MAX_LINE // len(piece))}"')


@given(MARKDOWN)
def test_every_field_stands_where_it_says(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd").split("\n")
    for field in read_note("n.md", text).fields:
        if field.key not in ("due", "completion", "created", "start", "scheduled"):
            assert field.key in lines[field.line - 1]


@given(st.text(max_size=30))
def test_any_value_is_read(text: str) -> None:
    value, raw = read_value(text)
    assert isinstance(value, list) == isinstance(raw, list)
    assert isinstance(raw, list) or raw == text or text.startswith('"')
