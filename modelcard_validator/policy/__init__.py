"""An organisation's own requirements: which rules they add, and how what texts leave open is taken.

`default` adds nothing. `strict` takes against a card what texts leave to a policy to decide, and asks for
review of every open question. A file (docs/policies.md) adds rules of its own to one of these two. They are
rules like all others: what they find is selected, suppressed, printed and counted in the same way, under the
name `policy/<id>`.
"""

from __future__ import annotations

from .._named_tuple import NamedTuple
from ..config import POLICIES
from ..rules import LoadedRule

DEFAULT, STRICT = POLICIES


class Policy(NamedTuple):
    """`strict` is for `Card.strict`, `rules` are to be judged after those of the package."""

    strict: bool = False
    rules: tuple[LoadedRule, ...] = ()


def named(name: str) -> Policy:
    """The policy `default` or `strict`, else the one in the file of that name.

    Raises `BadConfiguration` with the place of the first thing that is wrong in the file.
    """
    if name == DEFAULT:
        return Policy()
    from . import strict

    if name == STRICT:
        return Policy(True, (strict.OPEN_QUESTION,))
    from . import file

    base, own = file.read(name)
    built_in = named(base)
    return built_in._replace(rules=(*built_in.rules, *own))
