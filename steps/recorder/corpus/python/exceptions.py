def inner(what):
    if what == "raise":
        raise TypeError("raised")
    return 1 / what


def middle(what):
    try:
        return inner(what)
    finally:
        print("finally", what)


def outer(what):
    try:
        return middle(what)
    except (TypeError, ZeroDivisionError) as error:
        return "%s: %s" % (type(error).__name__, error)


def overridden():
    for _ in range(1):
        try:
            raise ValueError("lost")
        finally:
            break
    return "won"


def chained():
    try:
        inner(0)
    except ZeroDivisionError as error:
        raise KeyError("chained") from error


print([outer(what) for what in (2, 0, "raise")], overridden())
try:
    chained()
except KeyError as error:
    print(repr(error), repr(error.__cause__))
