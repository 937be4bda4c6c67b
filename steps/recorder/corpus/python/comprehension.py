matrix = [[1, 2], [3, 4]]
print([x for row in matrix for x in row if x % 2], {x: y for x, y in matrix}, {x % 2 for x in range(5)})
print(sum(x * y for x in range(3) for y in range(x)), [[c for c in row] for row in matrix])


def local():
    factor = 3
    return [factor * x for x in range(3)], list(map(lambda x: x + factor, range(2)))


print(local())
