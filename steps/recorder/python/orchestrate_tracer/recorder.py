"""What both ways of tracing tell: calls, returns, steps and the variables that have changed."""

from _thread import get_ident
from array import array

from .stream import (
    ARGUMENT,
    CALL,
    COUNT,
    DROPPED,
    EXCEPTION,
    LIMIT,
    LOCAL,
    LOST,
    NOTE,
    RESULT,
    RETURN,
    SUSPENDED,
    THREW,
    VALUE,
    text_words,
)
from .values import ATOMS, BOOL, INT
from .values import DROPPED as DROPPED_VALUE
from .values import REDACTED as REDACTED_VALUE

MISSING = object()

STOPPED = "The tracer was stopped by the program, or by Python as the stack was full: what came after is not recorded."

# What is raised to end an iteration is no event of its own.
PROTOCOL = frozenset((StopIteration, StopAsyncIteration, GeneratorExit))

traceback_of = BaseException.__dict__["__traceback__"].__get__


class Activation:
    """One execution of a function: its number where it can be suspended, and what was last written of its variables."""

    __slots__ = ("number", "written")

    def __init__(self, number):
        self.number = number
        self.written = {}


class Recorder:
    def __init__(self, stream, decisions, values, program, records_values):
        self.stream = stream
        self.decisions = decisions
        self.values = values
        self.program = program
        self.records_values = records_values
        self.active = False
        self.done = False
        self._root = None
        self._activations = {}
        # The frames that are open, by thread.
        self._stacks = {}
        self._count = 0
        self._lost = 0

    def starts(self, code, frame):
        """Recording begins with the program's first frame, and ends with it."""
        if self.active:
            return True
        if self.done or code.co_name != "<module>" or code.co_filename != self.program:
            return False
        self.active = True
        self._root = frame
        return True

    def call(self, place, frame):
        known = self._activations.get(id(frame)) if place.resumable else None
        if known is not None:
            self._enter(frame, array("I", (CALL | place.function << 4, known.number, 0)))
            return
        number = 0
        if place.resumable:
            self._count += 1
            number = self._count
        words = array("I", (CALL | place.function << 4, number))
        if self.records_values:
            activation = Activation(number)
            self._arguments(words, place, activation, frame.f_locals)
            self._activations[id(frame)] = activation
        else:
            words.append(0)
            if number:
                self._activations[id(frame)] = Activation(number)
        self._enter(frame, words)

    def throw_into(self, place, frame, error):
        """A suspended function goes on with an exception."""
        known = self._activations.get(id(frame))
        words = array("I", (CALL | place.function << 4, known.number if known is not None else 0, 1))
        words.append(self.decisions.variable("exception"))
        self.values.error(words, "exception", self.values.describe(error))
        self._enter(frame, words)

    def leave(self, place, frame, ending, value):
        words = array("I", (RETURN | ending << 4,))
        if ending == THREW:
            self.values.error(words, "exception", value)
        elif self.records_values:
            self._result(words, place, value)
        else:
            self.values.write(words, None, None)
        if ending != SUSPENDED:
            self._activations.pop(id(frame), None)
        self._exit(frame, words)
        if frame is self._root and ending != SUSPENDED:
            self.finish()

    def _enter(self, frame, words):
        ident = get_ident()
        self.stream.buffer().extend(words)
        stack = self._stacks.get(ident)
        if stack is None:
            stack = self._stacks[ident] = []
        stack.append(id(frame))

    def _exit(self, frame, words):
        """Leaves a frame. What a full stack kept from being told, of it or of those above, is made up for."""
        ident = get_ident()
        stack = self._stacks.get(ident)
        if not stack or (stack[-1] != id(frame) and id(frame) not in stack):
            return
        buffer = self.stream.buffer()
        while stack[-1] != id(frame):
            lost = array("I", (RETURN | THREW << 4,))
            self.values.error(lost, "exception", "<exception>")
            stack.pop()
            buffer.extend(lost)
        stack.pop()
        buffer.extend(words)
        if len(buffer) > LIMIT:
            self.stream.flush(ident, buffer)

    def exception(self, error, traceback):
        """An exception comes to a frame that is recorded. It is told once, by the first of them."""
        if type(error) in PROTOCOL:
            return
        deeper = traceback.tb_next if traceback is not None else None
        while deeper is not None:
            if self.decisions.places.get(id(deeper.tb_frame.f_code)) is not None:
                return
            deeper = deeper.tb_next
        words = array("I", (EXCEPTION,))
        text_words(words, self.values.describe(error))
        self.stream.buffer().extend(words)

    def variables(self, buffer, place, frame):
        """Writes the variables that have changed since the last step of this activation."""
        activation = self._activations.get(id(frame))
        if activation is None:
            activation = self._activations[id(frame)] = Activation(0)
        written = activation.written
        last_of = written.get
        words = place.words
        # The globals of a module can change in size meanwhile; the variables of a function are a copy, or a view of their own.
        items = frame.f_locals.items()
        for name, value in items if place.kind == LOCAL else list(items):
            last = last_of(name, MISSING)
            if last is value:
                continue
            kind = type(value)
            if kind in ATOMS:
                if type(last) is kind and last == value:
                    continue
                word = words[name] if name in words else self._word(place, name)
                if word is None:
                    self._withhold(buffer, place, name, last, written)
                    continue
                written[name] = value
                if kind is int and -0x80000000 <= value < 0x80000000:
                    buffer.extend((word, INT, value & 0xFFFFFFFF))
                elif kind is bool:
                    buffer.extend((word, BOOL | value << 4))
                else:
                    record = array("I", (word,))
                    self.values.write(record, value, None)
                    buffer.extend(record)
            else:
                self._object(buffer, place, name, value, last, written)

    def fail(self, error):
        """A fault of the tracer itself never reaches the program as an exception; a full stack is the program's."""
        if isinstance(error, RecursionError):
            self._lost += 1
            return
        self.stream.fail("fault", "%s: %s" % (type(error).__name__, error))
        self.active = False
        self.done = True

    def finish(self):
        self.active = False
        self.done = True
        self._root = None
        self._tell_lost()
        self.stream.flush_all()
        self.stream.close()

    def end(self):
        """The process ends. Had the tracer not been stopped, it would have seen the program's first frame end before."""
        if self.active:
            words = array("I", (NOTE,))
            text_words(words, STOPPED)
            self.stream.buffer().extend(words)
            self._tell_lost()
        self.stream.flush_all()

    def _tell_lost(self):
        if self._lost:
            self.stream.buffer().extend((COUNT | LOST << 4, self._lost))

    def _word(self, place, name):
        """The first word of a variable's record; None where it is withheld, or is the language's own."""
        own = name.startswith("__") and name.endswith("__")
        allowed = not own and self.decisions.action(place, name) == "allow"
        word = place.words[name] = VALUE | self.decisions.variable(name) << 4 if allowed else None
        return word

    def _object(self, buffer, place, name, value, last, written):
        word = place.words[name] if name in place.words else self._word(place, name)
        if word is None:
            self._withhold(buffer, place, name, last, written)
            return
        record = array("I", (word,))
        self.values.write(record, value, place.fields)
        encoded = record.tobytes()
        if type(last) is Encoded and last == encoded:
            return
        written[name] = Encoded(encoded)
        buffer.extend(record)
        if self.values.dropped:
            buffer.extend((COUNT | (DROPPED + 4) << 4, self.values.dropped))
            self.values.dropped = 0

    def _withhold(self, buffer, place, name, last, written):
        if type(last) is Withheld:
            return
        written[name] = Withheld()
        if name.startswith("__") and name.endswith("__"):
            return
        if self.decisions.action(place, name) == "redact":
            buffer.extend((VALUE | self.decisions.variable(name) << 4, REDACTED_VALUE | place.kind << 4))
        else:
            buffer.extend((COUNT | (DROPPED + place.kind) << 4, 1))

    def _arguments(self, buffer, place, activation, variables):
        shown = [name for name in place.arguments if place.actions[name] != "drop" and name in variables]
        buffer.append(len(shown))
        for name in shown:
            buffer.append(self.decisions.variable(name))
            if place.actions[name] == "redact":
                buffer.append(REDACTED_VALUE | ARGUMENT << 4)
                activation.written[name] = Withheld()
                continue
            value = variables[name]
            start = len(buffer)
            self.values.write(buffer, value, place.fields)
            if type(value) in ATOMS:
                activation.written[name] = value
            else:
                encoded = array("I", (VALUE | self.decisions.variable(name) << 4,)) + buffer[start:]
                activation.written[name] = Encoded(encoded.tobytes())
        for name in place.arguments:
            if place.actions[name] == "drop":
                activation.written[name] = Withheld()
                self.stream.buffer().extend((COUNT | (DROPPED + ARGUMENT) << 4, 1))

    def _result(self, buffer, place, value):
        if place.result == "allow":
            self.values.write(buffer, value, place.fields)
        else:
            buffer.append((DROPPED_VALUE if place.result == "drop" else REDACTED_VALUE) | RESULT << 4)


class Withheld:
    """Stands for a value that is redacted or dropped."""

    __slots__ = ()


class Encoded(bytes):
    """Stands for a value that can change, by what was written of it."""

    __slots__ = ()
