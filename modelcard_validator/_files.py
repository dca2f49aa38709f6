"""Files of a user, read and written so that nothing in their way can hang us, exhaust us or be destroyed."""

from __future__ import annotations

import errno
import os
import stat

_SMALL = 4096


def read_bytes(path: str, limit: int) -> bytes:
    """The bytes of a regular file, cut off after `limit + 1` of them.

    Raises `OSError` for anything else, without waiting for it: a fifo without a writer, a device.
    """
    try:
        # O_NONBLOCK: opening a fifo that nobody writes to must not hang.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError:  # a NUL in the name, which a configuration may hold
        raise OSError(errno.EINVAL, "no such file or directory") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        # No more than it seems to need: to make room for the limit takes longer than to read a card.
        room = max(status.st_size, _SMALL)
        parts: list[bytes] = []
        while limit >= 0 and (part := os.read(descriptor, min(limit, room) + 1)):
            parts.append(part)
            limit -= len(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def reason(error: OSError) -> str:
    """What the system says, as the end of a sentence."""
    return (error.strerror or str(error)).lower()
