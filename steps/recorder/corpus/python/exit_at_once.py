import os
import sys


def leave():
    print("leaving")
    sys.stdout.flush()
    os._exit(5)


leave()
