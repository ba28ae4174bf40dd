"""Which cadence and which depth apply to a contact: the tables, and who wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaulttool.contact import CadenceRule, Depth
from vaulttool.locale import fold
from vaulttool.markdown.values import texts
from vaulttool.message import Term, msg
from vaulttool.people.cadence import parse_cadence, scaled
from vaulttool.people.schema import Schema, key_form, lookup, read_depth
from vaulttool.resolve import path_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaulttool.contact import Contact
    from vaulttool.index import Snapshot
    from vaulttool.message import Message
    from vaulttool.settings import Settings

CIRCLES: Mapping[str, str] = {
    "key": "2 weeks",
    "regular": "3 months",
    "potential": "6 months",
    "dormant": "1 year",
    "expert": "never",
}
"""Circle -> cadence; `[cadence.circles]` changes it and adds the user's own."""

STAGES: Mapping[str, float] = {
    "new": 0.5,
    "established": 1,
    "long-term": 1.5,
    "crisis": 0.5,
    "transition": 0.75,
}
"""Stage -> what the circle's cadence is multiplied by."""

NEEDS: Mapping[str, Depth] = {"long-term": Depth.TALK}
"""Circle or stage -> the least depth that resets the clock; `[needs]` changes it."""

CRISIS_EVERY = 7  # days: somebody in a crisis is listed on the due day and then weekly


def cadence_rule(contact: Contact, snapshot: Snapshot) -> CadenceRule:
    """Find the cadence that applies: the first rule that has one."""
    if contact.every is not None:
        source = f"{contact.path}:{contact.every_line}"
        rule = msg("its own cadence")
        if key_form(contact.every_key) != "every":
            rule = msg("the property {key}", key=contact.every_key)
        return CadenceRule(contact.every, contact.every_text, rule, "every", source)
    return (
        _group_rule(contact, snapshot)
        or _tag_rule(contact, snapshot.settings)
        or _folder_rule(contact, snapshot.settings)
        or _circle_rule(contact, snapshot.settings)
        or CadenceRule(None, "", _without_cadence(contact), "none")
    )


def _without_cadence(contact: Contact) -> Message:
    if contact.circle:
        return msg("no cadence: the circle {circle} has none", circle=contact.circle)
    return msg("no cadence: neither circle nor every is set")


def _group_rule(contact: Contact, snapshot: Snapshot) -> CadenceRule | None:
    schema = Schema(snapshot.settings)
    for path in contact.household:
        item = schema.read(snapshot.notes[path]).get("every")
        values = texts(item.raw) if item else []
        cadence = parse_cadence(values[0]) if values else None
        if item and cadence is not None:
            title = snapshot.notes[path].title
            rule = msg("the cadence of {group}", group=title)
            return CadenceRule(cadence, values[0], rule, "household", f"{path}:{item.line}")
    return None


def _tag_rule(contact: Contact, settings: Settings) -> CadenceRule | None:
    """The rule of the longest tag that one of the contact's tags is, or is nested in."""
    tags = {fold(tag) for tag in contact.tags}
    best = ""
    for tag in settings.cadence_tags:
        wanted = fold(tag.removeprefix("#"))
        has = any(own == wanted or own.startswith(wanted + "/") for own in tags)
        if has and len(wanted) > len(best.removeprefix("#")):
            best = tag
    return _configured(settings.cadence_tags, best, "tag") if best else None


def _folder_rule(contact: Contact, settings: Settings) -> CadenceRule | None:
    folder = path_key(contact.path.rpartition("/")[0]) + "/"
    inside = [name for name in settings.cadence_folders if folder.startswith(_folder_key(name))]
    best = max(inside, key=len, default="")
    return _configured(settings.cadence_folders, best, "folder") if best else None


def _folder_key(name: str) -> str:
    return path_key(name).strip("/") + "/"


def _configured(table: Mapping[str, str], name: str, kind: str) -> CadenceRule | None:
    cadence = parse_cadence(table[name])
    if cadence is None:
        return None
    rule = msg("the rule for #{tag}", tag=name.removeprefix("#"))
    if kind == "folder":
        rule = msg("the rule for the folder {folder}", folder=name)
    return CadenceRule(cadence, table[name], rule, kind, f"vaulttool.toml [cadence.{kind}s]")


def _circle_rule(contact: Contact, settings: Settings) -> CadenceRule | None:
    words = _set_words(contact.circle, settings) or contact.circle_every
    words = words or circle_words(contact.circle, settings)
    cadence = parse_cadence(words) if words else None
    if cadence is None:
        return None
    factor = STAGES.get(contact.stage or "established", 1)
    rule = msg("the circle {circle}", circle=Term("circles", contact.circle or ""))
    if words == contact.circle_every:
        rule = msg("{key}: {circle}", key=contact.circle_key, circle=contact.circle)
    if factor != 1:
        stage = Term("stages", contact.stage or "")
        rule = msg("{rule}, × {factor} in the stage {stage}", rule=rule, factor=f"{factor:g}",
            stage=stage)  # fmt: skip
    source = f"{contact.path}:{contact.circle_line}"
    return CadenceRule(scaled(cadence, factor), words or "", rule, "circle", source, factor)


def circle_words(circle: str | None, settings: Settings) -> str | None:
    """The cadence of a circle, as words; None for a circle that has none."""
    return _set_words(circle, settings) or CIRCLES.get(circle or "")


def _set_words(circle: str | None, settings: Settings) -> str | None:
    """The cadence that the settings give a circle."""
    wanted = canonical(circle or "")
    return next((words for name, words in settings.circles.items() if canonical(name) == wanted),
        None)  # fmt: skip


def canonical(name: str) -> str:
    """The form in which circles and stages are compared, in whatever language."""
    return lookup(name, "circles") or lookup(name, "stages") or fold(name)


def needed_depth(contact: Contact, settings: Settings) -> Depth:
    """The least depth that resets a contact's clock."""
    if contact.needs is not None:
        return contact.needs
    for name in filter(None, (contact.stage, contact.circle)):
        for key, words in settings.needs.items():
            depth = read_depth(words)
            if depth and canonical(key) == canonical(name):
                return depth
        if name in NEEDS:
            return NEEDS[name]
    return Depth.MESSAGE
