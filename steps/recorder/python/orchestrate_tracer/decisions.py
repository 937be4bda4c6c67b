"""Asks the recorder what is to be recorded. It holds the filters; answers are kept here for each place in the code."""

import os

import _socket
from _thread import allocate_lock

from .stream import COUNT, FUNCTION, GLOBAL, LOCAL, PATH, SCOPES_SKIPPED, SITE, VARIABLE

FIELD = "\x1f"
GENERATOR_FLAGS = 0x20 | 0x80 | 0x200
OPTIMIZED = 0x1


class Place:
    """What is known of a code object that is recorded."""

    __slots__ = (
        "code",
        "function",
        "path",
        "sites",
        "resumable",
        "arguments",
        "actions",
        "kind",
        "result",
        "fields",
        "key",
        "followers",
        "words",
    )


class Decisions:
    def __init__(self, stream, address, own, names_from_globals):
        self._stream = stream
        self._own = own
        self._names_from_globals = names_from_globals
        self._lock = allocate_lock()
        # A process that was forked off has the same socket, and must not take its parent's answers.
        self._process = os.getpid()
        self._socket = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        self._socket.connect(address)
        self._received = b""
        self._paths = {}
        self._variables = {}
        self._qualified = {}
        self._functions = 0
        self._sites = 0
        self._fields = {}
        # By id of the code object, which `Place.code` and `_skipped` keep alive.
        self.places = {}
        self._skipped = []

    def decide(self, code, scope):
        """The Place of a code object, or None where it is not recorded. `scope` are the frame's globals."""
        filename = code.co_filename
        if filename.startswith("<") or filename.startswith(self._own) or os.getpid() != self._process:
            return self._skip(code)
        path = os.path.abspath(filename)
        name = self._qualified_name(code)
        module = scope.get("__name__") if self._names_from_globals and type(scope) is dict else None
        names = code.co_varnames + code.co_cellvars
        count = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) + bool(code.co_flags & 8)
        kind = "local" if code.co_flags & OPTIMIZED else "global"
        hint = module if type(module) is str else ""
        answer = self._ask("code", hint, path, name, code.co_name, kind, str(count), *names)
        if answer[0] == "skip":
            self._stream.buffer().extend((COUNT | SCOPES_SKIPPED << 4, 1))
            return self._skip(code)
        return self._place(code, path, name, count, names, answer)

    def _place(self, code, path, name, count, names, answer):
        place = Place()
        place.code = code
        place.key = answer[1]
        place.result = answer[2]
        place.fields = self._fields_of(answer[1]) if answer[3] == "withholds" else None
        place.path = self._path(path)
        place.sites = {}
        place.followers = {}
        place.words = {}
        place.resumable = bool(code.co_flags & GENERATOR_FLAGS)
        place.arguments = names[:count]
        place.kind = LOCAL if code.co_flags & OPTIMIZED else GLOBAL
        place.actions = dict(zip(names, answer[4:]))
        with self._lock:
            self._stream.define(FUNCTION, place.path, code.co_firstlineno, name)
            place.function = self._functions
            self._functions += 1
        self.places[id(code)] = place
        return place

    def site(self, place, line):
        """The word of a step at a line."""
        with self._lock:
            word = place.sites.get(line)
            if word is None:
                self._stream.define(SITE, place.path, line)
                word = place.sites[line] = self._sites << 4
                self._sites += 1
        return word

    def variable(self, name):
        found = self._variables.get(name)
        return found if found is not None else self._stream.named(self._variables, name, VARIABLE, name)

    def action(self, place, name):
        """What is to be done with a variable; of most it is known since the place was decided on."""
        found = place.actions.get(name)
        if found is None:
            kind = "global" if place.kind == GLOBAL else "local"
            found = place.actions[name] = self._ask("name", place.key, kind, name)[0]
        return found

    def _fields_of(self, key):
        found = self._fields.get(key)
        if found is None:
            answers = {}

            def fields(name):
                answer = answers.get(name)
                if answer is None:
                    answer = answers[name] = self._ask("name", key, "attr", name)[0]
                return answer

            found = self._fields[key] = fields
        return found

    def _skip(self, code):
        self._skipped.append(code)
        self.places[id(code)] = None
        return None

    def _path(self, path):
        found = self._paths.get(path)
        return found if found is not None else self._stream.named(self._paths, path, PATH, path)

    def _qualified_name(self, code):
        found = getattr(code, "co_qualname", None)
        if found is not None:
            return found
        if id(code) not in self._qualified:
            self._qualify(code, code.co_name, "" if code.co_name == "<module>" else code.co_name + ".<locals>.")
        return self._qualified[id(code)]

    def _qualify(self, code, name, prefix):
        """Names a code object and all in it as Python 3.11 would."""
        self._qualified[id(code)] = name
        for constant in code.co_consts:
            if type(constant) is type(code):
                inner = prefix + constant.co_name
                self._qualify(constant, inner, inner + (".<locals>." if constant.co_flags & OPTIMIZED else "."))

    def _ask(self, *fields):
        if os.getpid() != self._process:
            return ["drop"]
        with self._lock:
            self._socket.sendall((FIELD.join(fields).replace("\n", " ") + "\n").encode("utf-8", "replace"))
            while b"\n" not in self._received:
                data = self._socket.recv(65536)
                if not data:
                    raise ConnectionError("the recorder is gone")
                self._received += data
            line, _, self._received = self._received.partition(b"\n")
        return line.decode("utf-8").split(FIELD)
