"""Tracing by sys.monitoring, of Python 3.12 and newer."""

import sys
from _thread import get_ident

from .recorder import traceback_of
from .stream import LIMIT, RETURNED, SUSPENDED, THREW

TOOL = 4


def start_monitoring(recorder):
    """Begins to trace all threads; code that is not recorded is left at full speed."""
    monitoring = sys.monitoring
    events = monitoring.events
    disable = monitoring.DISABLE
    monitoring.use_tool_id(TOOL, "orchestrate-recorder")
    places = recorder.decisions.places
    buffers = recorder.stream.buffers
    frame_of = sys._getframe
    records_values = recorder.records_values
    local = events.LINE | events.PY_RETURN | events.PY_YIELD | events.PY_RESUME

    def on_start(code, offset, _):
        place = places.get(id(code), recorder)
        if place is None:
            return disable
        frame = frame_of(2)
        if not recorder.starts(code, frame):
            return None
        if place is recorder:
            place = recorder.decisions.decide(code, frame.f_globals)
            if place is None:
                return disable
            monitoring.set_local_events(TOOL, code, local)
        recorder.call(place, frame)

    def on_resume(code, offset, _):
        if recorder.active:
            recorder.call(places[id(code)], frame_of(2))

    def on_throw(code, offset, error):
        place = places.get(id(code))
        if place is not None and recorder.active:
            recorder.throw_into(place, frame_of(2), error)

    def on_line(code, line):
        try:
            place = places[id(code)]
            ident = get_ident()
            buffer = buffers[ident] if ident in buffers else recorder.stream.buffer()
            try:
                buffer.append(place.sites[line])
            except KeyError:
                buffer.append(recorder.decisions.site(place, line))
            if records_values:
                recorder.variables(buffer, place, frame_of(1))
            if len(buffer) > LIMIT:
                recorder.stream.flush(ident, buffer)
        except Exception as error:
            recorder.fail(error)

    def on_return(code, offset, value):
        if recorder.active:
            recorder.leave(places[id(code)], frame_of(2), RETURNED, value)

    def on_yield(code, offset, value):
        if recorder.active:
            recorder.leave(places[id(code)], frame_of(2), SUSPENDED, value)

    def on_unwind(code, offset, error):
        place = places.get(id(code))
        if place is not None and recorder.active:
            recorder.leave(place, frame_of(2), THREW, recorder.values.describe(error))

    def on_raise(code, offset, error):
        if recorder.active and places.get(id(code)) is not None:
            recorder.exception(error, traceback_of(error))

    for event, callback in (
        (events.PY_START, on_start),
        (events.PY_RESUME, on_resume),
        (events.PY_THROW, on_throw),
        (events.PY_RETURN, on_return),
        (events.PY_YIELD, on_yield),
        (events.PY_UNWIND, on_unwind),
        (events.RAISE, on_raise),
    ):
        monitoring.register_callback(TOOL, event, guarded(recorder, callback))
    monitoring.register_callback(TOOL, events.LINE, on_line)
    monitoring.set_events(TOOL, events.PY_START | events.PY_THROW | events.PY_UNWIND | events.RAISE)

    def stop():
        monitoring.set_events(TOOL, 0)

    return stop


def guarded(recorder, callback):
    """The callback, but what goes wrong in it is the recorder's."""

    def call(code, at, value=None):
        try:
            return callback(code, at, value)
        except Exception as error:
            recorder.fail(error)
            return None

    return call
