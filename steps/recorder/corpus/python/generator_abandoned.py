def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("closed by the collector")


def take():
    return next(numbers())


print(take(), take())
kept = numbers()
next(kept)
