"""What the two graph formats in XML share: escaping, attributes, and numbers for nodes as they come."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

# kinds of the attributes of an edge, by the names of export.graph; both formats call the rest text
KINDS = {"quad_code": "integer", "event_scale": "number", "unordered": "flag"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: Any) -> str:
    """A value as the text of an element; truth is true or false, characters that XML cannot hold become U+FFFD."""
    plain = "true" if value is True else "false" if value is False else str(value)
    return escape(_NOT_XML.sub("\ufffd", plain), {"\r": "&#13;"})


def attribute(value: Any) -> str:
    """A value as a quoted attribute, with line breaks kept."""
    plain = "true" if value is True else "false" if value is False else str(value)
    return quoteattr(_NOT_XML.sub("\ufffd", plain), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
