"""Runs programs as they are written, one after the other: reads them and their arguments as JSON from standard input, and writes what each printed."""
import contextlib
import io
import json
import os
import sys

import torch

torch.set_num_threads(1)


def ended(call):
    out, status, said = io.StringIO(), 0, ""
    sys.argv = ["program.py", *call["args"]]
    inherited = dict(os.environ)
    os.environ.update(call.get("environment", {}))
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(call["program"], "program.py", "exec"), {"__name__": "__main__"})
        except SystemExit as end:
            status, said = (end.code or 0, "") if isinstance(end.code, (int, type(None))) else (1, end.code)
    os.environ.clear()
    os.environ.update(inherited)
    return {"status": status, "out": out.getvalue(), "said": said}


json.dump([ended(call) for call in json.load(sys.stdin)], sys.stdout)
