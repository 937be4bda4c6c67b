def count(to):
    for i in range(to):
        yield i
    return "done"


def echo():
    heard = None
    while True:
        heard = yield heard


def both():
    result = yield from count(2)
    yield result
    yield from (x * x for x in (3, 4))


it = echo()
next(it)
print(it.send("a"), it.send("b"), list(both()), list(count(0)), sum(count(4)))
it.close()
print(next(it, "closed"))
