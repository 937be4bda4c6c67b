import sys


def endless(n):
    return endless(n + 1)


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


class Asking:
    def __getattr__(self, name):
        return getattr(self, name + "_")


def after(x):
    y = x + 1
    return y


for _ in range(3):
    try:
        endless(0)
    except RecursionError as error:
        print("RecursionError", str(error)[:30])
try:
    Asking().name
except RecursionError:
    print("RecursionError again")
print(deep(500), after(1))
sys.setrecursionlimit(3000)
print(deep(2000), after(2))
