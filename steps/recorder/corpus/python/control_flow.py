for n in range(5):
    if n == 1:
        continue
    elif n == 3:
        break
    else:
        pass
else:
    print("no break")
while n:
    n -= 1
else:
    print("while else", n)
assert n == 0, "message"
x = (y := 5) + 1 if n == 0 else None
print(x, y, n or y, 0 < n < 2, not n)
try:
    pass
except Exception:
    print("never")
else:
    print("else")
finally:
    del x
