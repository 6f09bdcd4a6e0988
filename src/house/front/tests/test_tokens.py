import shutil
import subprocess
from pathlib import Path

import pytest

FRONTEND = Path(__file__).parents[4] / "frontend"


def test_colours_keep_their_promises_of_contrast():
    """Both themes, every room: the table of colours is proved where it is written."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is absent")
    told = subprocess.run(
        [node, "--test", "tokens.test.mjs"],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout
