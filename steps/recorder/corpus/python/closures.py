def counter():
    n = 0

    def up():
        nonlocal n
        n += 1
        return n

    return up


a, b = counter(), counter()
a()
print(a(), b(), [f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]])
total = 0


def add(x):
    global total
    total += x
    del x
    return total


print(add(2), add(3))
