def ackermann(m, n):
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1) if n == 0 else ackermann(m - 1, ackermann(m, n - 1))


def deep(n):
    return deep(n + 1) + 1


print(ackermann(2, 2))
try:
    deep(0)
except RecursionError as error:
    print("RecursionError", str(error)[:30])
