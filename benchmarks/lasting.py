"""Does a picture stay fast, and small? `python benchmarks/lasting.py`.

First, in a kernel of its own for each notebook, every picture is moved 2,000 times, to places at random: what has
the kernel's memory grown by, and are there more figures than before? Then five hearts in one notebook are moved by
the keyboard, in turns with one heart alone in another.
"""

import argparse
import random
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_client.manager import start_new_kernel
from live_slider import NOTEBOOKS, Page, chromium, jupyterlab, move
from tables import show, table

MOVES = """
import gc, sys, time
import numpy as np, psutil
from matplotlib.figure import Figure
sys.path[:0] = {folders!r}
from course import Panel, Path, pictures, walk

def state():
    gc.collect()
    figures = sum(type(one) is Figure for one in gc.get_objects())
    return psutil.Process().memory_info().rss / 2**20, figures

def moved(panel, count, rng=np.random.default_rng(7)):
    for _ in walk(panel, rng, count):
        time.sleep(0.002)  # no hand is faster; the messages leave before more come

state()  # so that the room which looking takes is there before
for panel in [Panel(shown.picture, shown.controls) for shown in pictures(Path({notebook!r}))]:
    moved(panel, 200)
    memory, figures = state()
    moved(panel, {moves})
    after, figures_after = state()
    print(type(panel.picture).__name__, f"{{after - memory:.2f}}", figures_after - figures)
"""
HEART = "live(Gradients(), w_h=(0.0, 2.0, 0.05), days=(2, 50))"


def growth(notebook, moves):
    """Move every picture of a notebook: yield its name, the megabytes and the figures that came to stay."""
    manager, client = start_new_kernel(kernel_name="python3")
    said = []
    folders = [str(Path(__file__).parents[1] / name) for name in ("tests", "web")]
    code = MOVES.format(folders=folders, notebook=str(notebook), moves=moves)
    try:
        reply = client.execute_interactive(code, output_hook=said.append, timeout=1800)
        assert reply["content"]["status"] == "ok", reply["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    for line in "".join(message["content"].get("text", "") for message in said).splitlines():
        yield [f"{notebook.stem[:2]} {line.split()[0]}", *line.split()[1:]]


def company(steps):
    """Move one heart alone, and each of five in one notebook, in turns: return the milliseconds of each."""
    home = Path(tempfile.mkdtemp(prefix="statland-"))
    (home / "notebooks").mkdir()
    for name, count in (("alone", 1), ("five", 5)):
        cells = ["from statland.live import live\nfrom statland.pictures.gradients import Gradients"] + [HEART] * count
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, home / "notebooks" / f"{name}.ipynb")
    with jupyterlab(home) as lab, chromium() as browser:
        pages = {name: Page(browser, lab, "live", name) for name in ("alone", "five")}
        places = [("alone", 0), *(("five", number) for number in range(5))]
        times = {place: [] for place in places}
        for turn in range(steps // 5 + 1):  # the first is for warming up
            for name, number in random.sample(places, len(places)):
                pages[name].look_at(number)
                seen = [pages[name].press() for _ in range(5)]
                times[name, number] += [move(one)[0] for one in seen if turn]
    return {place: statistics.median(values) for place, values in times.items()}


def main(options):
    rows = []
    for notebook in NOTEBOOKS:
        if not options.only or notebook.stem.startswith(tuple(options.only)):
            rows += growth(notebook, options.moves)
            print(*rows[-1], file=sys.stderr, flush=True)
    head = ["picture", f"MB after {options.moves:,} moves", "figures more than before"]
    show("growth", table(head, rows), options.write)
    (_, alone), *five = company(options.steps).items()
    cells = [f"{alone:.0f}", *(f"{time:.0f} ({time / alone - 1:+.0%})" for _, time in five)]
    show("company", table(["alone, ms", *(f"no. {k} of five" for k in range(1, 6))], [cells]), options.write)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="*", help="numbers of notebooks, as 06")
    parser.add_argument("--moves", type=int, default=2000, help="of each picture, for its memory")
    parser.add_argument("--steps", type=int, default=40, help="key presses for each heart")
    parser.add_argument("--write", action="store_true", help="keep the tables in benchmarks/README.md")
    main(parser.parse_args())
