"""Measure everything and write it down in `benchmarks/README.md`: `python benchmarks/run.py`, on a quiet machine."""

import subprocess
import sys
from pathlib import Path

for script in ("opening.py", "gradients.py", "lasting.py", "readers.py", "live_slider.py"):
    print(f"== {script}", flush=True)
    subprocess.run([sys.executable, Path(__file__).with_name(script), "--write", *sys.argv[1:]], check=True)
