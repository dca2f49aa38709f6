"""Files of a user, read and written so that nothing in their way can hang us, exhaust us or be destroyed."""

from __future__ import annotations

import errno
import os
import stat


def read_bytes(path: str, limit: int) -> bytes:
    """The bytes of a regular file, cut off after `limit + 1` of them.

    Raises `OSError` for anything else, without waiting for it: a fifo without a writer, a device.
    """
    try:
        # O_NONBLOCK: opening a fifo that nobody writes to must not hang.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError:  # a NUL in the name, which a configuration may hold
        raise OSError(errno.EINVAL, "no such file or directory") from None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return file.read(limit + 1)


def reason(error: OSError) -> str:
    """What the system says, as the end of a sentence."""
    return (error.strerror or str(error)).lower()
