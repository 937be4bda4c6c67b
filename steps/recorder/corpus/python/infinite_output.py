import os
import signal


def chatter(n):
    print("chatter " * 20, n)


n = 0
while True:
    chatter(n)
    n += 1
    if n == 200:
        import sys

        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)
