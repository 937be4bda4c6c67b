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
    # Of frames that an exception goes through: what it says.
    thrown = {}

    def trace(frame, event, argument):
        try:
            code = frame.f_code
            place = places.get(id(code), recorder)
            if place is None or not recorder.starts(code, frame):
                return None
            if place is recorder:
                place = recorder.decisions.decide(code, frame.f_globals)
                if place is None:
                    return None
            recorder.call(place, frame)
            ident = get_ident()
            return place.followers.get(ident) or follower(place, ident)
        except Exception as error:
            failed(error)
            return None

    def follower(place, ident):
        """The local tracer for a place on a thread. A line is the most frequent event by far, and comes first."""
        buffer = recorder.stream.buffer()
        append = buffer.append
        sites = place.sites
        records_values = recorder.records_values

        def follow(frame, event, argument):
            try:
                if event == "line":
                    if thrown:
                        thrown.pop(id(frame), None)
                    try:
                        append(sites[frame.f_lineno])
                    except KeyError:
                        append(recorder.decisions.site(place, frame.f_lineno))
                    if records_values:
                        recorder.variables(buffer, place, frame)
                    if len(buffer) > LIMIT:
                        recorder.stream.flush(ident, buffer)
                elif recorder.active:
                    other(place, frame, event, argument)
            except Exception as error:
                failed(error)
            return follow

        place.followers[ident] = follow
        return follow

    def failed(error):
        recorder.fail(error)
        # Before 3.10 a program whose full stack is kept from it goes on, and Python aborts it a few frames deeper.
        if isinstance(error, RecursionError) and sys.version_info < (3, 10):
            raise error

    def other(place, frame, event, argument):
        if event == "return":
            leave(place, frame, argument)
        elif event == "exception" and isinstance(argument[1], BaseException):
            recorder.exception(argument[1], argument[2])
            thrown[id(frame)] = recorder.values.describe(argument[1])

    def leave(place, frame, value):
        problem = thrown.pop(id(frame), None)
        if problem is not None and value is None:
            recorder.leave(place, frame, THREW, problem)
        elif place.resumable and frame.f_code.co_code[frame.f_lasti] in YIELDS:
            recorder.leave(place, frame, SUSPENDED, value)
        else:
            recorder.leave(place, frame, RETURNED, value)

    threading.settrace(trace)
    sys.settrace(trace)
    return lambda: sys.settrace(None)
