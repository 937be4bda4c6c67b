import os
import subprocess
import sys


def child():
    return subprocess.run([sys.executable, "-c", "import os; print(os.environ.get('PYTHONPATH'))"], capture_output=True, text=True).stdout


print(child().strip())
sys.stdout.flush()
pid = os.fork()
if pid == 0:
    def work():
        return [x * x for x in range(3)]

    print("child", work())
    sys.stdout.flush()
    os._exit(7)
print("parent", os.waitpid(pid, 0)[1] >> 8)
