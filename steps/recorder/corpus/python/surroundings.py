import os
import sys

print("PYTHONPATH" in os.environ, [name for name in os.environ if "RECORDER" in name], [p for p in sys.path if "recorder/python" in p and "corpus" not in p])
print(__builtins__.__name__, __doc__, __spec__, sys.flags.interactive, sys.gettrace() is None or sys.version_info < (3, 12))
