from contextlib import contextmanager, suppress


@contextmanager
def managed(name):
    print("enter", name)
    try:
        yield name
    except ValueError as error:
        print("handled", error)
    finally:
        print("exit", name)


class Closing:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        print(kind.__name__ if kind else None)
        return False


with managed("a") as a, managed("b"):
    raise ValueError(a)
with suppress(KeyError), Closing():
    raise KeyError
