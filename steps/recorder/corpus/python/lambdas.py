compose = lambda *fs: (lambda x: x) if not fs else (lambda x: fs[0](compose(*fs[1:])(x)))
print(compose(lambda x: x + 1, lambda x: x * 2)(5), sorted("bca", key=lambda c: -ord(c)), (lambda: (yield))().__class__.__name__)
print(list(filter(None, [0, 1, "", "x"])), (lambda a, *, b=2: a + b)(1), max([3, 1], key=lambda n: -n))
