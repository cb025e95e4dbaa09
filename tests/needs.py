"""What a test needs beside this environment, and what it says where that is missing."""

from __future__ import annotations

import pytest

from faro.root import ENCLAVE_PYTHON

ENCLAVE = pytest.mark.skipif(not ENCLAVE_PYTHON.exists(), reason="bot/.venv is missing: make setup")
