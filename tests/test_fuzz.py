"""A few damaged inputs in every run of the tests; `make fuzz` reads as many as one likes."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

N = 120


@pytest.mark.skipif(os.name == "nt", reason="needs limits and signals of POSIX")
def test_damaged_input_gives_a_result_or_our_own_error(root):
    path = os.pathsep.join(map(str, (root, root / "tests")))
    command = [sys.executable, "tests/benchmarks/fuzz.py", str(N)]
    env = os.environ | {"PYTHONPATH": path}
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_fault_of_our_own_is_told_from_damage(root, monkeypatch):
    monkeypatch.syspath_prepend(root / "tests" / "benchmarks")
    from fuzz import fault

    import briefing

    def refused():
        raise briefing.BriefingError("no turns")

    assert fault(refused) is None
    assert "ZeroDivisionError" in fault(lambda: 1 / 0)
    assert "KeyError" in fault(lambda: briefing.topics.read(_Odd()))


class _Odd(dict):
    def items(self):
        raise KeyError("odd")
