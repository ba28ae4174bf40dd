"""Keep the catalogues in step with the source: `python tools/catalogues.py [--check]`.

Extracts every message of the package, merges it into `en.po` and `ru.po` (new messages
stand there empty, to be translated; vanished ones go), and makes the `.mo` files. With
`--check` it changes nothing and fails where something would change.
"""

from __future__ import annotations

import ast
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as TranslatedMessage
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "vaulttool"
DOMAIN = "vaulttool"
TEXTS = {"msg": 1, "nmsg": 2, "Phrase": 2, "N_": 1}  # function -> how many texts it may take


def extracted() -> Catalog:
    """Every message that the source names, with the files that name it."""
    catalog = Catalog(project="vault", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        place = (path.relative_to(ROOT).as_posix(), 0)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (texts := message_texts(node)):
                catalog.add(texts if len(texts) > 1 else texts[0], locations=[place])
    return catalog


def message_texts(call: ast.Call) -> tuple[str, ...]:
    """The texts of a call that makes a message: one, or the singular and the plural."""
    count = TEXTS.get(call.func.id, 0) if isinstance(call.func, ast.Name) else 0
    values = (arg.value for arg in call.args[:count] if isinstance(arg, ast.Constant))
    return tuple(value for value in values if isinstance(value, str))


def updated(lang: str) -> Catalog:
    """The catalogue of a language with the messages of the source."""
    path = catalogue_path(lang)
    catalog = Catalog(locale=lang)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=lang)
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    if lang == "en":
        for message in catalog:
            message.string = message.id
    return catalog


def catalogue_path(lang: str) -> Path:
    """Where a language's catalogue stands."""
    return PACKAGE / "locale" / lang / "LC_MESSAGES" / f"{DOMAIN}.po"


def header(catalog: Catalog) -> list[tuple[str, str]]:
    """What gettext has to know; no dates, people or versions, so that only text changes a file."""
    return [
        ("Language", str(catalog.locale)),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", catalog.plural_forms),
    ]


class PlainCatalog(Catalog):
    """A catalogue with that header instead of Babel's own."""

    mime_headers = property(header)


def po_bytes(catalog: Catalog) -> bytes:
    """The `.po` file of a catalogue, sorted."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, sort_output=True, omit_header=True, width=96, include_lineno=False)
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in header(catalog))
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + buffer.getvalue().strip() + b"\n"


def untranslated(catalog: Catalog) -> list[str]:
    """The messages that lack their translation, or one of its plural forms."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalog
        if message.id and not all(forms(message))
    ]


def forms(message: TranslatedMessage) -> tuple[str, ...]:
    """A message's translation; all its plural forms where it counts something."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def mo_bytes(po: bytes, lang: str) -> bytes:
    """The `.mo` file made from a `.po` file."""
    buffer = io.BytesIO()
    plain = PlainCatalog(locale=lang)
    for message in read_po(io.BytesIO(po), locale=lang):
        if message.id:
            plain.add(message.id, message.string)
    write_mo(buffer, plain)
    return buffer.getvalue()


def main() -> int:
    """Bring the catalogues up to date, or check that they are."""
    check = "--check" in sys.argv[1:]
    stale = []
    for lang in ("en", "ru"):
        catalog = updated(lang)
        po = po_bytes(catalog)
        path = catalogue_path(lang)
        files = [(path, po), (path.with_suffix(".mo"), mo_bytes(po, lang))]
        if (words := path.with_name("click.po")).exists():  # those of click, kept by hand
            files.append((words.with_suffix(".mo"), mo_bytes(words.read_bytes(), lang)))
        for target, content in files:
            if target.exists() and target.read_bytes() == content:
                continue
            stale.append(str(target.relative_to(ROOT)))
            if not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        for text in untranslated(catalog):
            print(f"{lang}: no translation: {text}")
    for name in stale:
        print("stale:" if check else "wrote:", name)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
