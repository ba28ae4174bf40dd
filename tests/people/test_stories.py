"""Each story in `tests/cases/stories` holds; `story.py` says how they are written."""

from __future__ import annotations

import pytest

from tests.people.story import FOLDER, Story, misses, read_stories

STORIES = [
    pytest.param(story, id=f"{path.stem}: {story.title}")
    for path in sorted(FOLDER.glob("*.txt"))
    for story in read_stories(path)
]


@pytest.mark.parametrize("story", STORIES)
def test_story(story: Story) -> None:
    found = misses(story)
    assert story.expected, f"{story.place} expects nothing"
    assert not found, "\n".join([f"{story.place} {story.title}", *found])
