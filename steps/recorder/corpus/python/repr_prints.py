class Loud:
    reads = 0

    def __repr__(self):
        print("repr")
        return "Loud"

    __str__ = __repr__

    def __getattr__(self, name):
        Loud.reads += 1
        raise AttributeError(name)

    def __eq__(self, other):
        print("eq")
        return True

    def __hash__(self):
        return 1

    def __len__(self):
        print("len")
        return 0

    def __iter__(self):
        print("iter")
        return iter(())

    def __bool__(self):
        print("bool")
        return True


class Claims(list):
    def __iter__(self):
        print("iter")
        return super().__iter__()


class Failing(Exception):
    def __str__(self):
        print("str")
        return "failing"


class Named(type):
    __name__ = property(lambda cls: print("name"))


class Strange(metaclass=Named):
    pass


def hold(value, *more, **named):
    inside = {"value": value}
    together = [value, more, named, inside]
    return value


loud = hold(Loud(), Claims([1]), key=Strange())
loud = hold(loud)
try:
    raise Failing(loud)
except Failing as error:
    kept = error
print(Loud.reads)
