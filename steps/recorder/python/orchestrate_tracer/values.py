"""Writes values without running code of the program: types are compared exactly, and nothing is asked of other objects."""

from _thread import get_ident
from array import array
from itertools import islice

from .stream import ATTRIBUTE, TYPE, text_words

NONE, BOOL, INT, LONG, FLOAT, STRING, BIG, SEQUENCE, TUPLE, STRUCT, RAW, ERROR, REDACTED, DROPPED = range(14)
SEQ_KIND, SET_KIND, RAW_KIND, TABLE_KIND, ERROR_KIND, FUNCTION_KIND, TUPLE_KIND, NONE_KIND = 0, 1, 16, 21, 24, 25, 27, 30

# Values of these types can't change, and are compared by what they are.
ATOMS = frozenset((int, float, str, bool, type(None), bytes, complex))

_class_name = type.__dict__["__name__"].__get__
_arguments = BaseException.__dict__["args"].__get__
_bases = type.__dict__["__mro__"].__get__
_function = type(lambda: None)


def class_name(value):
    return _class_name(type(value))


class Values:
    def __init__(self, stream, depth, length, elements, total):
        self._stream = stream
        self._depth = depth
        self._length = length
        self._elements = elements
        self._total = total
        self._types = {}
        # Containers that are being written, by thread.
        self._open = {}
        # Elements that may still be written of the value, by thread.
        self._left = {}
        self.dropped = 0

    def write(self, words, value, fields):
        """Appends a value; `fields` tells what is to be done with an attribute or key, or is None."""
        kind = type(value)
        if kind is int:
            self._int(words, value)
        elif kind is str:
            text_words(words, self._cut(value), STRING)
        elif kind is float:
            words.append(FLOAT)
            words.frombytes(array("d", (value,)).tobytes())
        elif kind is bool:
            words.append(BOOL | value << 4)
        elif value is None:
            words.append(NONE)
            words.append(self._type(NONE_KIND, "NoneType"))
        elif kind is list or kind is tuple or kind is dict or kind is set or kind is frozenset:
            self._container(words, kind, value, fields)
        elif kind is bytes:
            self.raw(words, RAW_KIND, "bytes", repr(value[: self._length]))
        elif kind is complex:
            self.raw(words, RAW_KIND, "complex", repr(value))
        elif kind is _function:
            self.raw(words, FUNCTION_KIND, "function", self._cut(value.__qualname__))
        # A class that Python has taken apart, at the end or before it is whole, has no order of bases.
        elif BaseException in (_bases(kind) or ()):
            self.error(words, _class_name(kind), self.describe(value))
        else:
            name = _class_name(kind)
            self.raw(words, RAW_KIND, name, "<%s>" % name)

    def raw(self, words, kind, name, text, tag=RAW):
        data = text.encode("utf-8", "replace")
        words.append(tag | len(data) << 4)
        words.append(self._type(kind, name))
        words.frombytes(data + b"\0" * (-len(data) % 4))

    def error(self, words, name, text):
        self.raw(words, ERROR_KIND, name, text, ERROR)

    def describe(self, error):
        """What an exception says of itself, as far as that is plain text."""
        arguments = _arguments(error)
        name = class_name(error)
        if type(arguments) is tuple and len(arguments) > 0 and type(arguments[0]) is str:
            return "%s: %s" % (name, self._cut(arguments[0]))
        return name

    def _int(self, words, value):
        if -0x80000000 <= value < 0x80000000:
            words.append(INT)
            words.append(value & 0xFFFFFFFF)
        elif -0x8000000000000000 <= value < 0x8000000000000000:
            words.append(LONG)
            words.append(value & 0xFFFFFFFF)
            words.append(value >> 32 & 0xFFFFFFFF)
        else:
            magnitude = -value if value < 0 else value
            size = (magnitude.bit_length() + 7) // 8
            if size > self._length:
                self.raw(words, RAW_KIND, "int", "<int of %d bytes>" % size)
                return
            words.append(BIG | (size << 1 | (value < 0)) << 4)
            words.frombytes(magnitude.to_bytes(size, "big") + b"\0" * (-size % 4))

    def _container(self, words, kind, value, fields):
        thread = get_ident()
        opened = self._open.setdefault(thread, [])
        if not opened:
            self._left[thread] = self._total
        for container in opened:
            if container is value:
                self.raw(words, RAW_KIND, "object", "[circular]")
                return
        if len(opened) >= self._depth:
            self.raw(words, RAW_KIND, "object", "[depth limit]")
            return
        if self._left[thread] <= 0:
            self.raw(words, RAW_KIND, "object", "[size limit]")
            return
        self._left[thread] -= min(len(value), self._elements)
        opened.append(value)
        try:
            if kind is dict:
                self._dict(words, value, fields)
            else:
                self._elements_of(words, kind, value, fields)
        finally:
            opened.pop()

    def _elements_of(self, words, kind, value, fields):
        size = len(value)
        shown = list(islice(value, self._elements))
        count = len(shown) + (size > len(shown))
        if kind is tuple:
            words.append(TUPLE | count << 4)
            words.append(self._type(TUPLE_KIND, "tuple"))
        else:
            words.append(SEQUENCE | count << 4)
            words.append(self._type(SEQ_KIND if kind is list else SET_KIND, _class_name(kind)))
        for element in shown:
            self.write(words, element, fields)
        if size > len(shown):
            self.raw(words, RAW_KIND, "object", "[... %d more]" % (size - len(shown)))

    def _dict(self, words, value, fields):
        size = len(value)
        pairs = list(islice(value.items(), self._elements))
        if fields is not None:
            kept = [pair for pair in pairs if type(pair[0]) is not str or fields(pair[0]) != "drop"]
            self.dropped += len(pairs) - len(kept)
            pairs = kept
        more = max(0, size - self._elements)
        words.append(SEQUENCE | (len(pairs) + (more > 0)) << 4)
        words.append(self._type(TABLE_KIND, "Dict"))
        for key, item in pairs:
            words.append(TUPLE | 2 << 4)
            words.append(self._type(TUPLE_KIND, "tuple"))
            self.write(words, key, fields)
            if fields is not None and type(key) is str and fields(key) == "redact":
                words.append(REDACTED | ATTRIBUTE << 4)
            else:
                self.write(words, item, fields)
        if more:
            self.raw(words, RAW_KIND, "object", "[... %d more]" % more)

    def _cut(self, text):
        return text if len(text) <= self._length else text[: self._length] + "\u2026"

    def _type(self, kind, name):
        key = (kind, name)
        found = self._types.get(key)
        return found if found is not None else self._stream.named(self._types, key, TYPE, kind, name, 0)
