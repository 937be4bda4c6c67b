"""The stream that is told what happens; its format stands in src/tracer/stream/format.ts."""

import os
from _thread import allocate_lock, get_ident
from array import array

STEP, CALL, RETURN, VALUE, DEFINE, OUTPUT, THREAD, EXCEPTION, COUNT, NOTE = range(10)
RETURNED, SUSPENDED, THREW = range(3)
PATH, FUNCTION, SITE, VARIABLE, TYPE = range(5)
SCOPES_SKIPPED, DROPPED, LOST = 0, 1, 6
ARGUMENT, LOCAL, GLOBAL, RESULT, ATTRIBUTE = range(5)

# Words after which a thread's buffer is written out.
LIMIT = 8192


def text_words(words, text, tag=None):
    """Appends a text after its length, which stands above `tag` where there is one."""
    data = text.encode("utf-8", "replace")
    size = len(data)
    words.append(size if tag is None else tag | size << 4)
    words.frombytes(data + b"\0" * (-size % 4))


class Stream:
    """Appends frames to the file; every thread has a buffer of its own."""

    def __init__(self, path, on_failure):
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_CLOEXEC", 0))
        self._write = os.write
        self._process = os.getpid()
        self._on_failure = on_failure
        self._lock = allocate_lock()
        self._naming = allocate_lock()
        self._numbers = {}
        self.buffers = {}
        self.closed = False

    def buffer(self):
        """The buffer of the thread that asks."""
        ident = get_ident()
        found = self.buffers.get(ident)
        if found is None:
            with self._lock:
                self._numbers[ident] = len(self._numbers)
            found = self.buffers[ident] = array("I")
            found.append(THREAD)
        return found

    def flush(self, ident, buffer):
        """Writes a thread's buffer out."""
        size = len(buffer)
        if size:
            self._append(self._numbers[ident], buffer[:size])
            # A handler of a signal may have added to it meanwhile.
            del buffer[:size]

    def flush_all(self):
        for ident, buffer in list(self.buffers.items()):
            self.flush(ident, buffer)

    def named(self, numbers, key, kind, *parts):
        """
        The number of what `key` stands for, which is defined where `numbers` has none yet. Another thread may have been
        faster, and a full stack may end this anywhere: what is not written out has no number.
        """
        with self._naming:
            found = numbers.get(key)
            if found is None:
                self.define(kind, *parts)
                found = numbers[key] = len(numbers)
        return found

    def define(self, kind, *parts):
        """Writes a definition out at once, before anything can refer to it."""
        words = array("I", [DEFINE | kind << 4])
        for part in parts:
            if type(part) is int:
                words.append(part)
            else:
                text_words(words, part)
        self._append(0, words)

    def close(self):
        self.closed = True

    def fail(self, kind, problem):
        """Ends the stream, and reports why; the session decides whether it ends the program as well."""
        self.closed = True
        self._on_failure(kind, problem)

    def _append(self, thread, words):
        if self.closed or os.getpid() != self._process:
            return
        data = array("I", [0, thread, len(words)]).tobytes() + words.tobytes()
        try:
            while data:
                data = data[self._write(self._descriptor, data):]
        except OSError as error:
            self.fail("io", error)
