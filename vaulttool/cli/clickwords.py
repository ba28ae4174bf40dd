"""click's own words (`Usage`, `No such option`) in the user's language.

click asks gettext's current domain, in the language that the environment names. For the time
of a command both are what the user wants; `locale/ru/LC_MESSAGES/click.po` holds the words.
"""

from __future__ import annotations

import contextlib
import gettext
import os
from pathlib import Path
from typing import TYPE_CHECKING

import vaulttool.locale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaulttool.model import Language

_DOMAIN = "click"


@contextlib.contextmanager
def click_speaks(lang: Language) -> Iterator[None]:
    """Let click speak a language."""
    if lang == "en":  # its own
        yield
        return
    domain, named = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(_DOMAIN, os.fspath(Path(vaulttool.locale.__file__).parent))
    gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = lang
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE")
        os.environ |= {} if named is None else {"LANGUAGE": named}
