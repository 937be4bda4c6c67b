def tolerant():
    while True:
        try:
            yield "waiting"
        except ValueError as error:
            print("caught", error)
        finally:
            print("round")


def fragile():
    yield 1


it = tolerant()
next(it)
print(it.throw(ValueError("first")))
it.close()
other = fragile()
next(other)
try:
    other.throw(KeyError("second"))
except KeyError as error:
    print(error)
unstarted = fragile()
try:
    unstarted.throw(OSError("third"))
except OSError as error:
    print(error)
