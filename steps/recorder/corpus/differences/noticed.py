"""Tells, by name, all that a program could notice of a recorder; a test says which of it differs."""
import sys
modules = sorted(sys.modules)
import atexit, gc, json, os, signal, threading, traceback

noticed = {"modules": modules}


def shown():
    first = locals()
    second = 1
    return sorted(first), second


def fails():
    return 1 / 0


noticed["sys.path"] = sys.path[1:]
noticed["sys.argv"] = [len(sys.argv), sys.orig_argv[1:-1] if hasattr(sys, "orig_argv") else []]
noticed["sys.flags"] = [str(sys.flags), sys.dont_write_bytecode, len(sys.meta_path), len(sys.path_hooks)]
noticed["attributes of sys"] = sorted(vars(sys))
noticed["environment"] = sorted(name for name in os.environ if name != "ORCHESTRATE_ATTEMPT" and name != "_")
noticed["sys.gettrace()"] = [sys.gettrace() is None, sys.getprofile() is None]
noticed["threading.gettrace()"] = threading.gettrace() is None if hasattr(threading, "gettrace") else None
noticed["sys.monitoring"] = [sys.monitoring.get_tool(n) for n in range(6)] if hasattr(sys, "monitoring") else None
noticed["callbacks of atexit"] = atexit._ncallbacks()
noticed["threads"] = [threading.active_count(), threading.current_thread().name]
noticed["signals"] = [str(signal.getsignal(n)) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)]
noticed["sys.stdout"] = [type(sys.stdout).__name__, sorted(vars(sys.stdout)), type(sys.stdout.write).__name__, sys.stdout.line_buffering]
noticed["builtins"] = sorted(vars(__builtins__))
noticed["globals"] = sorted(globals())
noticed["locals() at a later line"] = shown()
noticed["recursion limit"] = sys.getrecursionlimit()
noticed["collection of garbage"] = [gc.isenabled(), gc.get_threshold()]
noticed["file descriptors"] = len(os.listdir("/proc/self/fd"))
noticed["module"] = [__name__, __spec__ is None, __doc__[:5], type(__loader__).__name__]
try:
    fails()
except ZeroDivisionError:
    noticed["tracebacks"] = traceback.format_exc().replace(__file__, "HERE")
frame, depth = sys._getframe(), 0
while frame is not None:
    frame, depth = frame.f_back, depth + 1
noticed["depth of the stack"] = depth
print(json.dumps(noticed))
