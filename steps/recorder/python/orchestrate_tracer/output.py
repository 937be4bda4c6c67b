"""Tells what the program writes to its streams, and lets it through."""

import sys
from _thread import get_ident

from .stream import OUTPUT, text_words


def capture_output(recorder, wanted):
    for number, name in enumerate(("stdout", "stderr")):
        stream = getattr(sys, name)
        if name in wanted and stream is not None:
            _capture(recorder, number, stream)


def _capture(recorder, number, stream):
    original = stream.write

    def write(text):
        if recorder.active and type(text) is str:
            buffer = recorder.stream.buffer()
            buffer.append(OUTPUT | number << 4)
            text_words(buffer, text)
            recorder.stream.flush(get_ident(), buffer)
        return original(text)

    try:
        stream.write = write
    except AttributeError:
        pass
