from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLE
from tests.table import cases
from vaulttool.errors import RefusedError
from vaulttool.locale.catalogue import Catalogue
from vaulttool.markdown import frontmatter, properties, yamlblock
from vaulttool.markdown.properties import add_to_property, remove_property, set_property
from vaulttool.markdown.scalars import stored

if TYPE_CHECKING:
    from pathlib import Path

    from vaulttool.markdown.scalars import NewValue
    from vaulttool.model import Value

SCALE = int(os.environ.get("VAULT_TEST_SCALE", "1"))  # how many times as many random edits

EDIT = re.compile(r'(set|date|add|list|remove) ("(?:[^"\\]|\\.)*"|\S+) ?(.*)')


def edited(edit: str, text: str) -> str:
    """Make an edit that is written in one line: `set circle "close"`."""
    match = EDIT.fullmatch(edit)
    assert match
    command, name, given = match.groups()
    key = json.loads(name) if name.startswith('"') else name
    match command:
        case "remove":
            return remove_property(text, key)
        case "date":
            return set_property(text, key, date.fromisoformat(given))
        case "set":
            return set_property(text, key, json.loads(given))
        case _:
            return add_to_property(text, key, json.loads(given), make_list=command == "list")


def outcome(edit: str, text: str) -> str:
    """What an edit gives, in the words of the case files."""
    try:
        new = edited(edit, text)
    except RefusedError as error:
        said = Catalogue("en").render(error.message)
        line = f" {error.details['line']}" if error.details else ""
        assert said.startswith(f"line{line}: ") is bool(line)
        return f"refused{line}: {said.removeprefix(f'line{line}: ')}"
    if new is text:
        return "same"
    assert edited(edit, new) is new
    return new


def expect(found: str, expected: str) -> None:
    if expected.startswith("refused"):
        assert found.startswith(expected)
    else:
        assert found == expected


@pytest.fixture(params=["python", "libyaml"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.setattr(yamlblock, "_Loader", yaml.SafeLoader)


@cases("property_edits")
@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["", "CRLF"])
def test_property_edits(given: str, expected: str, mark: str, ending: str) -> None:
    edit, _newline, note = given.partition("\n")
    if not expected.startswith(("same", "refused")):
        expected = mark + f"{expected}\n".replace("\n", ending)
    expect(outcome(edit, mark + f"{note}\n".replace("\n", ending)), expected)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("a:", "a: x"),
        ("a: ", "a: x"),
        ("a:   ", "a:   x"),
        ("a :\t", "a :\t x"),
        ("a: b ", "a: x "),
    ],
)
def test_spaces_at_the_end_of_a_line(line: str, found: str) -> None:
    for end in ("\n", "\r\n"):
        text = f"---{end}{line}{end}---{end}"
        assert set_property(text, "a", "x") == f"---{end}{found}{end}---{end}"
        assert set_property(text, "a", ["x"]).count(end) == 4


@pytest.mark.parametrize(
    "new",
    [
        "---\na: 1\nb: 2\n---\ntext",
        "---\na: 1\nb: 2\n--- \nText",
        "--- \na: 1\nb: 2\n---\nText",
        "\ufeff---\na: 1\nb: 2\n---\nText",
        "---\na: 1\nb: '2'\n---\nText",
        "---\na: '1'\nb: 2\n---\nText",
        "---\na: 1 \nb: 3\n---\nText",
        "---\nb: 2\na: 1\n---\nText"[:-1],
        "---\na: 1\nB: 2\n---\nText",
        "---\na: 0x1\nb: 2\n---\nText",
        "---\na: 1\nc: 1\nb: 2\n---\nText",
        "---\na: 1\nb: 2\nb: 2\n---\nText",
        "---\na: 1\nb: [\n---\nText",
        "---\na: 1\nb: 2\nText",
        "Text",
    ],
)
def test_what_is_not_as_it_was_meant_is_not_given_back(new: str) -> None:
    with pytest.raises(RefusedError) as caught:
        properties._verified("---\na: 1\nb: 1\n---\nText", new, "b", 2)
    assert caught.value.details == {"line": 3}


def test_what_is_as_it_was_meant_is_given_back() -> None:
    new = "---\na: 1\nb: 2 # x\n---\nText"
    assert properties._verified("---\na: 1\nb: 1\n---\nText", new, "b", 2) is new


# --- Random notes, random edits --------------------------------------------------------------


@dataclass(frozen=True)
class Chunk:
    """The source of one property, or of what stands between two."""

    text: str
    key: str | None = None


@dataclass(frozen=True)
class Made:
    """A note, and what it was made from."""

    head: str
    chunks: tuple[Chunk, ...]
    tail: str

    @property
    def text(self) -> str:
        return self.head + "".join(chunk.text for chunk in self.chunks) + self.tail

    def around(self, key: str) -> tuple[str, str]:
        """What stands before and after a property, or the place of a new one."""
        found = [n for n, chunk in enumerate(self.chunks) if chunk.key == key]
        at, end = (found[0], found[0] + 1) if found else (len(self.chunks), len(self.chunks))
        before = self.head + "".join(chunk.text for chunk in self.chunks[:at])
        return before, "".join(chunk.text for chunk in self.chunks[end:]) + self.tail


# A comment with `keep` has to outlive every new value; one with `c` belongs to an item.
VALUES = [
    *(
        "",
        " ",
        "x",
        '"x"',
        "'it''s'",
        "12:30",
        "no",
        "010",
        "2026-02-30",
        "2026-11-20",
        "true",
        "~",
    ),
    *("[[A]]", '"[[A]]"', "{{date}}", "{c: d}", "!t x", "!!str 12", '"\\u00e9\\ud83d\\ude00"', "-"),
    *("😀 é", "Анна", '"a # b"', "'# q'", "x#y", "+49", "1.10", ".inf", "&x y", "*x", '"\\x07"'),
    *(
        '[a, "b", "c"]',
        "[]",
        "[ a ,b,]",
        "['a', no, 2026-11-20]",
        "[[a], {b: c}]",
        "a\u2028b",
        "1e3",
    ),
]
LONG_VALUES = [
    *(
        "\n  - a\n  - 'b'",
        "\n- a\n- b # c",
        "\n    -   x\n    # keep\n    -   y",
        "\n  # keep\n  - a",
    ),
    *("|\n  one\n\n  two", ">-  # keep\n  one\n  two", "|+\n  x\n\n", "|2\n   x", "|", "> # keep"),
    *(
        "\n  - a: b\n    c: d\n  - - e",
        "\n  multi\n  line",
        "\n  c: d\n  e:\n    - f",
        "plain\n  more",
    ),
    *(
        "[\n  a, # c\n  b\n]",
        "\n  -\n  - b",
        "\n  - |\n    t\n  - x",
        "\n  -\n    a",
        "# keep\n  x",
    ),
    *(
        '"a\n  b"  # keep',
        "'a\n\n  b'",
        "[a,\n b]  # keep",
        "\n  'x' # keep",
        "\n- [a, b]\n- c # c",
    ),
]
KEYS = ["a", "b", "Имя", "key two", '"q k"', "'s'", "yes", "1", "UPPER", "x-y", "tags", "😀"]
BETWEEN = ["# keep\n", "\n", "#\n", "# a: b\n\n"]
BROKEN = ["bad: [\n", "a b\n", '"open: x\n', "\tt: x\n", "...\n", "--- x\n", "? k\n: v\n"]

WORDS = st.sampled_from(
    (
        *(
            "",
            "x",
            "no",
            "Yes",
            "y",
            "~",
            "null",
            "12:30",
            "010",
            "0o7",
            "1_0",
            "2026-11-22",
            "1e3",
        ),
        *("[[Anna]]", "a: b", "a #b", "#a", "- a", "-", "?", "? a", ":", ": a", "a:", "a-", "it's"),
        *(
            'say "x"',
            "'x'",
            '"x"',
            "both \" and '",
            "a\\b",
            "{{date}}",
            "<% x %>",
            "%",
            "@a",
            "`a`",
        ),
        *(
            "a, b",
            "[a",
            "{a",
            "a]",
            "!a",
            "&a",
            "*a",
            "|",
            ">",
            "=",
            "<<",
            ".5",
            "+1",
            "---",
            "...",
        ),
        *(
            "é 😀",
            "Анна",
            "a\nb",
            "a\n",
            "\n",
            " a",
            "a ",
            "\ta",
            "a\n\n  b",
            "- a\n# b",
            "a\u202eb",
        ),
        *("a\u200bb", "\x07", "\x85", "a\u2028b", "\ufeff", "👩‍💻", "\u200d", "x" * 200, "a\r\nb"),
    )
)
TEXTS = WORDS | st.text(max_size=12) | st.text("ab:#-?,[]{}'\"\\ \n\t!&*|>%@`~=<.01é", max_size=8)
NEW_VALUES = (
    TEXTS | st.lists(TEXTS, max_size=4) | st.lists(st.sampled_from("abcxy"), max_size=4)
    | st.none() | st.booleans() | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates(date(100, 1, 1))  # to years before, JavaScript adds 1900
)  # fmt: skip


@st.composite
def notes(draw: st.DrawFn) -> Made:
    endings = draw(st.sampled_from([["\n"], ["\n"], ["\r\n"], ["\n", "\r\n"]]))
    indent = draw(st.sampled_from(["", "", "", "  "]))

    def ended(lines: str) -> str:
        return "".join(
            (indent + line if line else "") + draw(st.sampled_from(endings))
            for line in lines.removesuffix("\n").split("\n")
        )

    chunks: list[Chunk] = []
    keys = draw(st.lists(st.sampled_from(KEYS), max_size=6, unique=draw(st.integers(0, 9)) > 0))
    if draw(st.booleans()):
        chunks.append(Chunk(ended("first: &x 1")))
    for key in keys:
        if draw(st.integers(0, 3)) == 0:
            chunks.append(Chunk(ended(draw(st.sampled_from(BETWEEN)))))
        value = draw(st.sampled_from(VALUES) | st.sampled_from(LONG_VALUES))
        space = "" if value.startswith("\n") else " "
        if "\n" not in value and "#" not in value and draw(st.booleans()):
            value += draw(st.sampled_from(["  # keep", " # keep: 'x'", "  "]))
        colon = draw(st.sampled_from([":", ":", ":", " :"]))
        name = key.strip("'\"") if key[0] in "'\"" else key
        chunks.append(Chunk(ended(f"{key}{colon}{space}{value}"), name))
    if draw(st.integers(0, 15)) == 0:
        chunks.insert(
            draw(st.integers(0, len(chunks))), Chunk(ended(draw(st.sampled_from(BROKEN))))
        )
    mark = draw(st.sampled_from(["", "", "\ufeff"]))
    body = draw(
        st.sampled_from(["", "Text", "\n# A\r\n- [ ] b\n", "---\na: 1\n---\n", "\ra: b\n---"])
    )
    end, more = endings[0], draw(st.sampled_from(["", "", " ", "\t"]))
    shape = draw(st.integers(0, 19))
    if shape == 0 and not body.startswith("---"):
        return Made(mark, (), body)
    closing = "" if shape == 1 else f"---{more}" if not body else f"---{more}{end}"
    return Made(f"{mark}---{more}{end}", tuple(chunks), closing + body)


OTHER_KEYS = st.sampled_from([*(key.strip("'\"") for key in KEYS), "new", "no", "n: m", "Tags"])


def chosen_key(made: Made) -> st.SearchStrategy[tuple[Made, str]]:
    """A note with the name of a property, most often one that it has."""
    own = [chunk.key for chunk in made.chunks if chunk.key]
    keys = st.sampled_from(own) | st.sampled_from(own) | OTHER_KEYS if own else OTHER_KEYS
    return st.tuples(st.just(made), keys)


NOTES = notes().flatmap(chosen_key)


def commented(text: str) -> list[str]:
    """The comments that no new value may take away."""
    return re.findall(r"# keep.*", text)


def check(made: Made, key: str, new: str, wanted: list[Value]) -> None:
    """See that only one property of a note is another, without the help of the code."""
    before, after = made.around(key)
    assert new.startswith(before)
    assert new.endswith(after)
    assert len(before) + len(after) <= len(new)
    properties, problems, _body, _line = frontmatter.read_properties(new, "")
    assert not problems
    found = [item.value for item in properties if item.key == key]
    assert repr(found) == repr(wanted)


def old_yaml(made: Made, key: str, new: str) -> object:
    """What YAML 1.1 reads in the lines that the edit has made."""
    before, after = made.around(key)
    lines = new[len(before) : len(new) - len(after)].replace("\r\n", "\n")
    if not made.head.removeprefix("\ufeff"):
        lines = lines.removeprefix("---\n").removesuffix("---\n")
    loaded = yaml.load(lines, Loader=yaml.SafeLoader)
    assert len(loaded) == 1
    return next(iter(loaded.values()))


def spelled(made: Made, key: str) -> str:
    """A key as the note spells it."""
    keys = [chunk.key for chunk in made.chunks if chunk.key]
    return next((own for own in keys if own.casefold() == key.casefold()), key)


def value_of(text: str, key: str) -> Value:
    properties, *_rest = frontmatter.read_properties(text, "")
    return next((item.value for item in properties if item.key == key), None)


@settings(max_examples=500 * SCALE)
@given(NOTES, NEW_VALUES)
def test_setting_changes_no_other_byte(note: tuple[Made, str], value: NewValue) -> None:
    made, name = note
    text, key = made.text, spelled(made, name)
    old = value_of(text, key)
    try:
        new = set_property(text, name, value)
    except RefusedError:
        event("refused")
        return
    if new is text:
        event("the same already")
        assert repr(old) == repr(stored(value))
        return
    event("edited")
    check(made, key, new, [stored(value)])
    assert commented(new) == commented(text)
    if not (isinstance(value, list) and isinstance(old, list)):
        plain = value if isinstance(value, date) else stored(value)
        assert repr(old_yaml(made, key, new)) == repr(plain)
    assert set_property(new, name, value) is new


@settings(max_examples=300 * SCALE)
@given(NOTES, TEXTS, st.booleans())
def test_adding_changes_no_other_byte(note: tuple[Made, str], item: str, make_list: bool) -> None:
    made, name = note
    text, key = made.text, spelled(made, name)
    old = value_of(text, key)
    try:
        new = add_to_property(text, name, item, make_list=make_list)
    except RefusedError:
        event("refused")
        return
    if new is text:
        event("there already")
        assert item == old or (isinstance(old, list) and item in old)
        return
    event("edited")
    items = old if isinstance(old, list) else [] if old is None else [old]
    check(made, key, new, [[*items, item]])
    assert commented(new) == commented(text)
    if not re.search("2026-02-30|!t|\u2028", text):  # what YAML 1.1 cannot read before either
        found = old_yaml(made, key, new)
        assert isinstance(found, list)
        assert repr(found[-1]) == repr(item)
    assert add_to_property(new, name, item) is new


@settings(max_examples=200 * SCALE)
@given(NOTES)
def test_removing_changes_no_other_byte(note: tuple[Made, str]) -> None:
    made, name = note
    text, key = made.text, spelled(made, name)
    try:
        new = remove_property(text, name)
    except RefusedError:
        event("refused")
        return
    if new is text:
        event("not there")
        assert not any(chunk.key == key for chunk in made.chunks)
        return
    event("edited")
    before, after = made.around(key)
    assert new.startswith(before)
    assert new.endswith(after)
    # Only empty lines at the end of a text after `|+` are left.
    assert not new[len(before) : len(new) - len(after)].strip()
    check(made, key, new, [])
    assert remove_property(new, name) is new


@settings(max_examples=100 * SCALE)
@given(notes(), NEW_VALUES)
def test_what_is_added_and_removed_leaves_nothing(made: Made, value: NewValue) -> None:
    text = made.text
    try:
        new = set_property(text, "new", value)
    except RefusedError:
        return
    back = remove_property(new, "new")
    if frontmatter.split(text).block is None:
        back = re.sub(r"---(\r?\n)---\1", "", back, count=1)
    assert back == text


@settings(max_examples=100 * SCALE)
@given(st.text("---\n\r\t :#'\"|>-[]{}ab&*!", max_size=60) | st.text(), OTHER_KEYS, NEW_VALUES)
def test_garbage_is_never_damaged(text: str, key: str, value: NewValue) -> None:
    for given_text in (text, f"---\n{text}\n---\n{text}"):
        try:
            new = set_property(given_text, key, value)
        except RefusedError:
            continue
        old, parts = frontmatter.split(given_text), frontmatter.split(new)
        assert parts.body == old.body
        if new is not given_text and old.block is not None:
            others = [x for x in frontmatter.read_properties(new, "")[0] if x.key != key]
            before = [x for x in frontmatter.read_properties(given_text, "")[0] if x.key != key]
            assert [(x.key, x.raw) for x in others] == [(x.key, x.raw) for x in before]


# Shapes in which nobody can say what belongs to what, or on which other places depend.
REFUSED = {
    "{{date}}",
    "{c: d}",
    "*x",
    "&x y",
    "[[a], {b: c}]",
    "[\n  a, # c\n  b\n]",
    "# keep\n  x",
}
REFUSED |= {"\n  - a: b\n    c: d\n  - - e", "\n  c: d\n  e:\n    - f", "\n  -\n    a"}


@pytest.mark.parametrize("value", [v for v in [*VALUES, *LONG_VALUES] if v not in REFUSED])
@pytest.mark.parametrize("new", ["x", "a: b", 1, None, True, ["x"], ["a", "x"], []])
def test_an_ordinary_note_is_never_refused(value: str, new: NewValue) -> None:
    text = f"---\nfirst: 1\na:{'' if value[:1] == chr(10) else ' '}{value}\nlast: 2\n---\n"
    assert value_of(set_property(text, "a", new), "a") == new
    assert value_of(remove_property(text, "a"), "a") is None
    assert value_of(set_property(text, "b", new), "b") == new


NOTES_OF_EXAMPLE = sorted(EXAMPLE.rglob("*.md"))


@pytest.mark.parametrize("path", NOTES_OF_EXAMPLE, ids=lambda path: path.stem)
def test_the_notes_of_the_example_vault(path: Path) -> None:
    text = path.read_bytes().decode()
    read, problems, _body, _line = frontmatter.read_properties(text, "")
    if problems:  # one is broken on purpose
        with pytest.raises(RefusedError):
            set_property(text, "new", "x")
        return
    new = set_property(text, "new", ["[[Anna]]", "x"])
    assert len(new) - len(text) == len('new:\n  - "[[Anna]]"\n  - x\n') + (
        0 if frontmatter.split(text).block is not None else len("---\n---\n")
    )
    assert remove_property(new, "new").replace("---\n---\n", "") == text
    for item in read:
        value = item.value
        if not isinstance(value, dict):
            assert set_property(text, item.key, value) is text  # type: ignore[arg-type]
        if isinstance(value, list):
            assert remove_last(add_to_property(text, item.key, "new one"), item.key) == text


def remove_last(text: str, key: str) -> str:
    value = value_of(text, key)
    assert isinstance(value, list)
    return set_property(text, key, value[:-1])  # type: ignore[arg-type]


# --- What JavaScript reads -------------------------------------------------------------------

NODE_DIR = os.environ.get("VAULT_NODE_DIR", "")
READERS = """
const { createRequire } = require("module");
const load = createRequire(process.argv[1] + "/");
const [jsYaml, yaml] = [load("js-yaml"), load("yaml")];
const readers = [
  (text) => jsYaml.load(text),
  (text) => jsYaml.load(text, { schema: jsYaml.CORE_SCHEMA }),
  (text) => yaml.parse(text),
  (text) => yaml.parse(text, { version: "1.1" }),
];
const read = (text) => readers.map((reader) => {
  try { return { found: reader(text) }; } catch (error) { return { error: String(error) }; }
});
const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(pairs.map((pair) => pair.map(read))));
"""


def agrees(found: object, wanted: object) -> bool:
    """Whether JavaScript has read a value as it was meant; a date may be one or a text."""
    if isinstance(wanted, date):
        return str(found).startswith(wanted.isoformat())
    if isinstance(wanted, list):
        return (
            isinstance(found, list)
            and len(found) == len(wanted)
            and all(map(agrees, found, wanted))
        )
    if isinstance(wanted, float) and isinstance(found, int | float):
        return float(found) == wanted
    return found == wanted and type(found) is type(wanted)


@pytest.mark.skipif(
    not (shutil.which("node") and NODE_DIR), reason="needs node, and js-yaml and yaml"
)
def test_javascript_reads_what_was_meant() -> None:
    pairs: list[tuple[str, str]] = []
    expected: list[tuple[str, NewValue]] = []

    @settings(max_examples=500 * SCALE, database=None, phases=[Phase.generate])
    @given(NOTES, NEW_VALUES)
    def collect(note: tuple[Made, str], value: NewValue) -> None:
        made, name = note
        text, key = made.text, spelled(made, name)
        try:
            new = set_property(text, name, value)
        except RefusedError:
            return
        # A list may keep items that only YAML 1.1 takes for something else.
        if new is not text and not isinstance(value_of(text, key), list):
            pairs.append((frontmatter.split(text).block or "", frontmatter.split(new).block or ""))
            expected.append((key, value))

    collect()
    node = ["node", "-e", READERS, NODE_DIR]
    run = subprocess.run(node, input=json.dumps(pairs), capture_output=True, text=True, check=True)
    judged = 0
    for pair, (key, value), answer in zip(pairs, expected, json.loads(run.stdout), strict=True):
        for old, new in zip(*answer, strict=True):
            if "error" in old:  # what this reader could not read before, it need not read now
                continue
            assert "error" not in new, (pair, new)
            found = new["found"].get("true" if key == "yes" and "true" in new["found"] else key)
            assert agrees(found, value), (pair, key, value, found)
            judged += 1
    assert judged > len(pairs)
