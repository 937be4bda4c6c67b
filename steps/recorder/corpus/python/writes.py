import sys

print("one", "two", sep="-", end="!\n")
sys.stdout.write("no newline ")
print(file=sys.stdout)
sys.stderr.write("to stderr\n")
sys.stdout.writelines(["a\n", "b\n"])
print("é", flush=True)
sys.stdout.buffer.write(b"bytes\n")
