"""Copied to where Python's site module finds it before the program runs: begins the recording, and loads the real one."""

import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))
_session = os.environ.pop("ORCHESTRATE_RECORDER_SESSION", None)
_tracer = os.environ.pop("ORCHESTRATE_RECORDER_TRACER", None)
_path = os.environ.pop("ORCHESTRATE_RECORDER_PYTHONPATH", None)
if _path is None:
    os.environ.pop("PYTHONPATH", None)
else:
    os.environ["PYTHONPATH"] = _path
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != _here]

if _session is not None:
    # The tracer's directory is code of a step, into which nothing may be written.
    _dont_write, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, _tracer)
    try:
        from orchestrate_tracer.begin import prepare

        _begin = prepare(_session)
    finally:
        del sys.path[0]
        sys.dont_write_bytecode = _dont_write

_spec = sys.modules["_frozen_importlib_external"].PathFinder.find_spec("sitecustomize", sys.path)
if _spec is not None:
    _module = type(sys)("sitecustomize")
    _module.__spec__ = _spec
    _module.__file__ = _spec.origin
    sys.modules["sitecustomize"] = _module
    _spec.loader.exec_module(_module)

if _session is not None:
    _begin()
