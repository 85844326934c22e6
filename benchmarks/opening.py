"""How long until the first picture? `python benchmarks/opening.py`.

A fresh Python imports numpy, matplotlib and ipywidgets; then what any figure of matplotlib needs to be drawn; then, as
notebook 06 does, `statland`, `live` and the heart, and shows it. The last two parts are what StatLand adds, the last
one alone is its own. All are processor time.
"""

import argparse
import json
import statistics
import subprocess
import sys

FIRST_PICTURE = """
import json, time
start = time.process_time()
import ipywidgets, matplotlib, numpy
packages = time.process_time()
import matplotlib.figure, matplotlib.backends.backend_agg, matplotlib.backends.backend_svg
figure = time.process_time()
import statland
import statland.live
import statland.page
from statland.pictures.gradients import Gradients
statland.page.display = lambda *bundle, **how: None
statland.live.live(Gradients(), w_h=(0.0, 2.0, 0.05), days=(2, 50))
shown = time.process_time()
print(json.dumps({"packages": packages - start, "added": shown - packages, "own": shown - figure}))
"""


def opened(times):
    """Open the first picture in so many fresh processes: return the seconds of each."""
    command = [sys.executable, "-c", FIRST_PICTURE]
    return [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(times)]


def main(options):
    from tables import show, table

    runs = opened(options.times)
    packages, added = (sorted(run[name] for run in runs) for name in ("packages", "added"))
    rows = [
        [what, *(f"{pick(times):.2f}" for pick in (statistics.median, max))]
        for what, times in (("numpy, matplotlib, ipywidgets", packages), ("StatLand, to the first picture", added))
    ]
    show("opening", table(["", "median, s", "longest, s"], rows), options.write)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=11)
    parser.add_argument("--write", action="store_true", help="keep the table in benchmarks/README.md")
    main(parser.parse_args())
