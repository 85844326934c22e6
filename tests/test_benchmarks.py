"""The benchmarks run, in their smallest form, and the README quotes the newest table."""

import re
import subprocess
import sys

import pytest
from course import ROOT


@pytest.mark.parametrize(
    ("script", "options", "expected"),
    [
        ("gradients.py", ["--days", "2", "--budget", "0.01"], r"\| 2 x 1,000 \|"),
        ("live_slider.py", ["--only", "02", "--steps", "1", "--drag", "0", "--delays", "0"], r"\| 02 Rules \| \d+ \("),
        ("readers.py", ["--readers", "2", "--moves", "1"], r"\| 2 \| \d+ \| \d+ \("),
    ],
)
def test_a_benchmark_runs_and_prints_its_table(browser, script, options, expected):
    kept = (ROOT / "benchmarks" / "README.md").read_bytes()
    command = [sys.executable, str(ROOT / "benchmarks" / script), *options]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert re.search(expected, done.stdout), done.stdout
    assert (ROOT / "benchmarks" / "README.md").read_bytes() == kept, "only --write may write"


def test_the_readme_quotes_the_newest_table():
    table = (ROOT / "benchmarks" / "README.md").read_text().split("<!-- live slider, 0 ms -->")[1]
    heart = re.search(r"^\| 06 Gradients \| (\d+) .*?\*\*([\d.]+)\*\*", table, flags=re.MULTILINE)
    quoted = re.search(r"within (\d+) ms, ([\d.]+) times as fast", (ROOT / "README.md").read_text())
    assert heart.groups() == quoted.groups()
