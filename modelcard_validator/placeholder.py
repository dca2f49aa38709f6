"""Values of a template that nobody filled in: what they look like, wherever they stand."""

from __future__ import annotations

import re

from .claims import Place
from .document import Document

NEEDED = "[More Information Needed]"
"""What the template of huggingface_hub writes wherever it knows nothing."""

# Jinja and handlebars; a whole value in braces; a part in angle brackets; the words people leave for
# themselves; the Hub's own examples (docs/hub/model-cards.md). Compiled where a card has a hint of one.
_PLACEHOLDER = (
    r"(?is)\{\{.*?\}\}"
    r"|\A\{[A-Za-z_][\w .-]*\}\Z"
    r"|<[A-Za-z_][\w .-]*>"
    r"|\A\[?more information needed\]?\Z"
    r"|\Ayour[-_ ]?(?:hf[-_ ]?)?(?:user(?:[-_ ]?name)?|org(?:ani[sz]ation)?|name(?:space)?)/"
    r"|\A(?:todo|tbd|fixme|xxx+)\Z"
    r"|\Aany valid license identifier\Z"
    r"|\Abase model hub identifier\Z"
    r"|\Alist of iso 639-1 code for your language\Z"
    r"|\Aurl to a thumbnail used in social sharing\Z"
)
_MAX_LENGTH = 500  # of a text that is looked at: no id or name is longer
_HINTS = ("{{", "needed", "your", "todo", "tbd", "fixme", "xxx", "identifier", "url to a thumbnail")
_BRACED = r"\{[A-Za-z_][\w .-]*\}"  # and not a mapping in braces: that has a colon
_BRACKETED = r"<[A-Za-z_][\w .-]*>"


def is_placeholder(text: str) -> bool:
    """Whether a text of the metadata is one.

    >>> is_placeholder("llama{{ version }}"), is_placeholder("<org>/<model>"), is_placeholder("acme/chat")
    (True, True, False)
    """
    return re.search(_PLACEHOLDER, text[:_MAX_LENGTH]) is not None


def is_placeholder_at(place: Place) -> bool:
    """Whether the value at a place is one: `{license}` without quotes is a mapping to YAML."""
    value = place.document.get(place.pointer)
    if isinstance(value, dict) and len(value) == 1 and None in value.values():
        value = place.document.source(place.pointer)
    return isinstance(value, str) and is_placeholder(value)


def may_hold_one(document: Document) -> bool:
    """Whether it is worth looking at each value of a document's metadata; cheap, and never wrongly False."""
    if document.metadata is None:
        return False
    block = document.text[document.metadata.start : document.metadata.end].lower()
    for hint in _HINTS:
        if hint in block:
            return True
    return ("{" in block and re.search(_BRACED, block) is not None) or (
        "<" in block and re.search(_BRACKETED, block) is not None
    )
