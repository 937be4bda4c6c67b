import sys
import traceback


def fails():
    return {}["missing"]


def prints():
    try:
        fails()
    except KeyError:
        traceback.print_exc()
        return sys.exc_info()[2].tb_next.tb_frame.f_code.co_name


print(prints(), traceback.extract_stack()[-1].lineno, sys._getframe().f_back)
