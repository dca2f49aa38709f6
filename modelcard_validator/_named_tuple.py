"""`typing.NamedTuple`, without looking at what the annotations mean.

The standard library turns every annotation into a `ForwardRef` by compiling it, which is two thirds of what
a class costs; there are seventy, and one card is checked in one short process (docs/decisions/0003). Type
checkers see the original.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple

    class _Meta(type):
        def __new__(mcs, name, _, namespace):
            annotations = namespace["__annotations__"]  # strings: every module here has the future import
            defaults = [namespace.pop(field) for field in annotations if field in namespace]
            made = namedtuple(name, annotations, defaults=defaults, module=namespace.pop("__module__"))
            for key, value in namespace.items():
                setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Meta, "NamedTuple", (), {})
