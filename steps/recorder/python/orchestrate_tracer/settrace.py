"""Tracing by sys.settrace, before Python 3.12."""

import opcode
import sys
import threading
from _thread import get_ident

from .stream import LIMIT, RETURNED, SUSPENDED, THREW

YIELDS = frozenset(opcode.opmap[name] for name in ("YIELD_VALUE", "YIELD_FROM", "SEND") if name in opcode.opmap)


def start_tracing(recorder):
    """Begins to trace this thread and those that are started later; code that is not recorded has no local tracer."""
    places = recorder.decisions.places
    buffers = recorder.stream.buffers
    # Of frames that an exception goes through: what it says.
    thrown = {}

    def trace(frame, event, argument):
        code = frame.f_code
        place = places.get(id(code), recorder)
        if place is None or not recorder.starts(code, frame):
            return None
        if place is recorder:
            place = recorder.decisions.decide(code, frame.f_globals)
            if place is None:
                return None
        recorder.call(place, frame)
        return follow

    def follow(frame, event, argument):
        if not recorder.active:
            return None
        place = places[id(frame.f_code)]
        if event == "line":
            thrown.pop(id(frame), None)
            ident = get_ident()
            buffer = buffers.get(ident)
            if buffer is None:
                buffer = recorder.stream.buffer()
            line = frame.f_lineno
            word = place.sites.get(line)
            buffer.append(recorder.decisions.site(place, line) if word is None else word)
            if recorder.records_values:
                recorder.variables(buffer, place, frame)
            if len(buffer) > LIMIT:
                recorder.stream.flush(ident, buffer)
        elif event == "return":
            leave(place, frame, argument)
        elif event == "exception":
            error = argument[1]
            if isinstance(error, BaseException):
                recorder.exception(error, argument[2])
                thrown[id(frame)] = recorder.values.describe(error)
        return follow

    def leave(place, frame, value):
        problem = thrown.pop(id(frame), None)
        if problem is not None and value is None:
            recorder.leave(place, frame, THREW, problem)
        elif place.resumable and frame.f_code.co_code[frame.f_lasti] in YIELDS:
            recorder.leave(place, frame, SUSPENDED, value)
        else:
            recorder.leave(place, frame, RETURNED, value)

    def guarded(follower):
        def call(frame, event, argument):
            try:
                return follower(frame, event, argument)
            except Exception as error:
                recorder.fail(error)
                return None

        return call

    trace = guarded(trace)
    follow = guarded(follow)
    threading.settrace(trace)
    sys.settrace(trace)

    def stop():
        sys.settrace(None)

    return stop
