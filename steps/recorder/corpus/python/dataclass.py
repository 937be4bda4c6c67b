from collections import namedtuple
from dataclasses import dataclass, field
from enum import Enum


@dataclass(order=True)
class Item:
    name: str
    tags: list = field(default_factory=list)


class Colour(Enum):
    RED = 1


Point = namedtuple("Point", "x y")
print(sorted([Item("b"), Item("a", ["t"])]), Colour.RED, Point(1, 2), Point(1, y=2)._asdict())
