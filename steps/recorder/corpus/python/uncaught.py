def third():
    raise LookupError("out of all frames")


def second():
    try:
        third()
    finally:
        print("unwinding")


second()
