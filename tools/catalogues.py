"""Keep the catalogues in step with the source: `python tools/catalogues.py [--check]`.

Extracts every message of the package, merges it into `en.po` and `ru.po` (new messages
stand there empty, to be translated; vanished ones go), and makes the `.mo` files. With
`--check` it changes nothing and fails where something would change.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "vaulttool"
DOMAIN = "vaulttool"
KEYWORDS = {
    "msg": (1,),
    "nmsg": (1, 2),
    "Phrase": {1: (1,), 2: (1, 2)},  # by the number of arguments
}


def extracted() -> Catalog:
    """Every message that the source names, with the files that name it."""
    catalog = Catalog(project="vault", charset="utf-8")
    found = extract_from_dir(PACKAGE, keywords=KEYWORDS)
    for filename, _line, message, comments, context in sorted(found, key=lambda row: row[:2]):
        place = (f"vaulttool/{Path(filename).as_posix()}", None)
        catalog.add(message, None, [place], auto_comments=comments, context=context)
    return catalog


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


def po_bytes(catalog: Catalog) -> bytes:
    """The `.po` file: sorted, without dates or people, so that it changes only with the text."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, sort_output=True, omit_header=True, width=96, include_lineno=False)
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalog.locale}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    )
    return header.encode() + buffer.getvalue().strip() + b"\n"


def mo_bytes(po: bytes, lang: str) -> bytes:
    """The `.mo` file made from a `.po` file."""
    buffer = io.BytesIO()
    catalog = read_po(io.BytesIO(po), locale=lang)
    minimal = Catalog(locale=lang, header_comment="")
    for message in catalog:
        if message.id:
            minimal.add(message.id, message.string)
    minimal.mime_headers = [
        ("Language", lang),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", catalog.plural_forms),
    ]
    write_mo(buffer, minimal)
    return buffer.getvalue()


def main() -> int:
    """Bring the catalogues up to date, or check that they are."""
    check = "--check" in sys.argv[1:]
    stale = []
    for lang in ("en", "ru"):
        catalog = updated(lang)
        po = po_bytes(catalog)
        path = catalogue_path(lang)
        for target, content in ((path, po), (path.with_suffix(".mo"), mo_bytes(po, lang))):
            if target.exists() and target.read_bytes() == content:
                continue
            stale.append(str(target.relative_to(ROOT)))
            if not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        empty = [m.id for m in catalog if m.id and not all([m.string].__iter__())]
        if empty:
            print(f"{lang}: {len(empty)} messages without a translation")
    for name in stale:
        print("stale:" if check else "wrote:", name)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
