"""The command by the name of the package."""

import subprocess
import sys


def test_the_package_runs_as_the_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "landbridge", "--version"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert "0." in told.stdout
