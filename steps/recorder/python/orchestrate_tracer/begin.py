"""Makes a recording ready in the process of the program."""

import atexit
import os
import sys

from .decisions import Decisions
from .output import capture_output
from .recorder import Recorder
from .stream import Stream
from .values import Values


def prepare(session_file):
    """Opens the stream and asks nothing yet. Calling what it returns begins the recording."""
    with open(session_file, encoding="utf-8") as file:
        session = dict(line.rstrip("\n").split("=", 1) for line in file)

    def on_failure(kind, problem):
        report = ("%s\n%s\n" % (kind, str(problem).replace("\n", " ")[:1000])).encode("utf-8", "replace")
        descriptor = os.open(session["failure"], os.O_WRONLY)
        os.write(descriptor, report)
        os.close(descriptor)
        if session["on_error"] == "abort":
            os.kill(os.getpid(), 9)

    stream = Stream(session["stream"], on_failure)
    own = os.path.dirname(os.path.abspath(__file__))
    decisions = Decisions(stream, session["socket"], own, session["names_from_globals"] == "true")
    limits = [int(session[name]) for name in ("depth", "length", "elements", "total")]
    recorder = Recorder(stream, decisions, Values(stream, *limits), session["program"], session["values"] == "true")
    if sys.version_info >= (3, 12):
        from .monitoring import start_monitoring as start
    else:
        from .settrace import start_tracing as start

    def begin():
        capture_output(recorder, session["output"].split(","))
        atexit.register(recorder.end)
        stop = start(recorder)

        def detach():
            """A process that was forked off is not recorded, and must not write to the stream of its parent."""
            stream.close()
            recorder.active = False
            recorder.done = True
            stop()

        os.register_at_fork(after_in_child=detach)

    return begin
