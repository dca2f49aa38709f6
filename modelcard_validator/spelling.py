"""Whether two words differ by one slip of the fingers."""

from __future__ import annotations


def one_slip(written: str, right: str) -> bool:
    """Whether one letter was left out, put in, changed, or two neighbours swapped; not where nothing was.

    >>> one_slip("licens", "license"), one_slip("base_modle", "base_model"), one_slip("licese", "licence")
    (True, True, False)
    """
    if written == right or abs(len(written) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(written), len(right)) and written[start] == right[start]:
        start += 1
    wrong, meant = written[start:], right[start:]
    return (
        wrong[1:] == meant
        or wrong == meant[1:]
        or wrong[1:] == meant[1:]
        or (wrong[:2] == meant[1::-1] and wrong[2:] == meant[2:])
    )
