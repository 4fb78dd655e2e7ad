"""The public names are those that are meant to be, and pytest is not needed for them."""

import subprocess
import sys
from importlib import import_module

import pytest

import stackmap.sdk


@pytest.mark.parametrize("package", ["stackmap.sdk", "stackmap.collect"])
def test_every_public_name_exists_and_is_listed_once(package: str) -> None:
    module = import_module(package)
    assert len(set(module.__all__)) == len(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)


def test_what_the_sdk_re_exports_is_what_it_lists() -> None:
    public = {
        name
        for name, value in vars(stackmap.sdk).items()
        if not name.startswith("_") and type(value).__name__ != "module"
    }
    assert public == set(stackmap.sdk.__all__)


def test_the_sdk_does_without_pytest() -> None:
    code = "import sys; sys.modules['pytest'] = None; import stackmap.sdk, stackmap.collect, stackmap.sdk.testing"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)
