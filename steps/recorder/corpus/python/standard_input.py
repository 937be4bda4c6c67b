import sys

print(repr(sys.stdin.read()), sys.argv[1:], __name__, __file__.endswith("standard_input.py"), sys.path[0].endswith("python"))
