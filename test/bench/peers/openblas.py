"""Where the OpenBLAS of numpy is and what its single-precision matrix-vector product is called there."""
import ctypes
import glob
import json
import os

import numpy

folder = os.path.join(os.path.dirname(numpy.__file__), os.pardir, "numpy.libs")
symbol = "scipy_cblas_sgemv64_"
found = [path for path in glob.glob(os.path.join(folder, "*openblas64*")) if hasattr(ctypes.CDLL(path), symbol)]
if not found:
    raise SystemExit("numpy has no OpenBLAS of its own here")
print(json.dumps({"version": f"of numpy {numpy.__version__}", "library": os.path.realpath(found[0]), "symbol": symbol}))
