class Meta(type):
    def __new__(cls, name, bases, space, **options):
        space["made"] = name
        return super().__new__(cls, name, bases, space)


class Base(metaclass=Meta, option=1):
    count = 0
    __slots__ = ("_value",)

    def __init__(self, value):
        Base.count += 1
        self._value = value

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, new):
        self._value = new * 2

    @classmethod
    def make(cls):
        return cls(1)

    @staticmethod
    def twice(x):
        return x * 2

    def __add__(self, other):
        return type(self)(self._value + other._value)

    def __eq__(self, other):
        return self._value == other._value


class Derived(Base):
    def __init__(self, *args):
        super().__init__(*args)
        self.extra = list(args)

    class Inner:
        depth = 2


d = Derived(5)
d.value = 4
print(d.value, (d + d).value, Base.make() == Base(1), Base.count, Base.twice(4), Derived.made, Derived.Inner.depth)
