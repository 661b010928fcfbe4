"""The stand-alone verifier, as a module: it lives outside the portal's packages and imports nothing of them."""

import importlib.util
import sys
from pathlib import Path

from django.conf import settings

PATH = Path(settings.BASE_DIR) / "verify" / "cicpa_verify.py"


def _loaded():
    spec = importlib.util.spec_from_file_location("cicpa_verify", PATH)
    module = importlib.util.module_from_spec(spec)
    sys.modules["cicpa_verify"] = module
    spec.loader.exec_module(module)
    return module


verifier = sys.modules.get("cicpa_verify") or _loaded()
