import sys


def leave(code):
    try:
        sys.exit(code)
    finally:
        print("leaving")


leave(3)
