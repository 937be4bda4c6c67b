space = {"x": 2}
exec("def f(y):\n    return x + y\nz = f(3)", space)
print(space["z"], eval("x * 4", space), eval(compile("1 + 1", "<made>", "eval")))
try:
    eval("1 +")
except SyntaxError as error:
    print(error.msg[:14])
