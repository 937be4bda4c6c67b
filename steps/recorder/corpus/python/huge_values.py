text, numbers, big = "x" * 5_000_000, list(range(200_000)), 7 ** 3000
nested = []
for _ in range(500):
    nested = [nested]
cyclic = {"name": "cycle"}
cyclic["self"] = cyclic
data = bytearray(1000000)


def sizes():
    return len(text), len(numbers), big.bit_length(), len(data)


print(*sizes(), cyclic["self"] is cyclic, 1e400, -1e400, 1e400 - 1e400, 2 ** 63, -2 ** 63, 2 ** 31, 5e-324)
