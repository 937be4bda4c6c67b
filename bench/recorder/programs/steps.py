"""As many lines as it is told, in a function that does little else: three a turn of the loop, with five scalars."""
import sys


def run(turns):
    total = 0
    part = 0.5
    flag = True
    for turn in range(turns):
        total = total + turn & 0xFFFF
        flag = not flag
    return total, part, flag


print(run(int(sys.argv[1]) // 3))
