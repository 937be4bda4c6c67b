def f(a, b=2, *args, c, d=4, **kwargs):
    first, *middle, last = args or (0, 0)
    (x, y), z = (a, b), c
    return first, middle, last, x, y, z, d, kwargs


print(f(1, c=3), f(*range(6), **{"c": 7, "e": 8}))
first, *rest = "text"
a = b = [first]
a[0], a = a, rest
print(rest, b[0] is b, a)
for index, (key, value) in enumerate({"k": "v"}.items()):
    print(index, key, value)
