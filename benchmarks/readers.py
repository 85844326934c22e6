"""How many readers does one machine carry? `python benchmarks/readers.py`, or `--readers 1 60`.

So many kernels run all cells of notebook 06 at the same time, as a class does when it begins. Then the feedback weight
of the heart is moved by the message that a browser sends for it: first in one kernel after the other, while the others
are still, then in all of them at the same moment. An answer lasts from the message until the kernel is idle again, and
has to bring a new frame. Then the memory that belongs to each kernel alone (its unique set size). A hub starts a
server for each reader too: the memory of JupyterLab's, with the same notebook open in Chromium and run. Last, what a
reader takes who has all notebooks open.
"""

import argparse
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import psutil
from jupyter_client.manager import start_new_kernel

sys.path.extend(str(Path(__file__).parents[1] / name) for name in ("tests", "web"))
from course import NOTEBOOKS, chromium, code_cells, jupyterlab, open_in_lab, run_all_cells
from tables import show, table

(HEART,) = (path for path in NOTEBOOKS if path.stem.startswith("06"))


class Reader:
    """A kernel that has run a notebook, and the slider of the heart, if it is there."""

    def __init__(self, notebook, beginning):
        beginning.wait()
        self.began = time.perf_counter()
        self.manager, self.client = start_new_kernel(kernel_name="python3")
        self.slider, self.step = None, 20
        for cell in code_cells(notebook):
            reply = self.client.execute_interactive(cell.source, output_hook=self.look, timeout=1800)
            assert reply["content"]["status"] == "ok", reply["content"]
        self.ready = time.perf_counter() - self.began

    def look(self, message):
        """Keep the first widget that gets the name w_h: the slider of the heart."""
        state = message["content"].get("data", {}).get("state", {}) if message["msg_type"] == "comm_msg" else {}
        if self.slider is None and state.get("description") == "w_h":
            self.slider = message["content"]["comm_id"]

    def move(self, moment=None):
        """Move the slider by one step: return the milliseconds until its frame has come and the kernel is idle."""
        self.step = (self.step + 1) % 41  # from 0 to 2 by 0.05, and it begins at 1, the twentieth
        data = {"method": "update", "state": {"value": 0.05 * self.step}, "buffer_paths": []}
        message = self.client.session.msg("comm_msg", {"comm_id": self.slider, "data": data})
        if moment:
            moment.wait()
        began = time.perf_counter()
        self.client.shell_channel.send(message)
        frames = 0
        while True:
            seen = self.client.get_iopub_msg(timeout=600)
            if seen["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            frames += "<svg" in str(seen["content"].get("data", {}).get("state", {}).get("value", ""))
            if seen["content"].get("execution_state") == "idle":
                assert frames == 1, f"{frames} frames came"
                return 1000 * (time.perf_counter() - began)

    def megabytes(self):
        """Return the memory that the kernel shares with no other process."""
        return unique_memory(self.manager.provisioner.process.pid)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def unique_memory(pid):
    return psutil.Process(pid).memory_full_info().uss / 2**20


@contextmanager
def at_work(notebooks):
    """Give a reader for each of the notebooks, all of them begun at the same moment, and the pool that they work in."""
    beginning = Barrier(len(notebooks))
    with ThreadPoolExecutor(len(notebooks)) as pool:
        readers = list(pool.map(Reader, notebooks, [beginning] * len(notebooks)))
        try:
            yield readers, pool
        finally:
            list(pool.map(Reader.close, readers))


def measured(count, moves):
    """Let so many readers move the heart: return the row of the table."""
    moment = Barrier(count)
    with at_work([HEART] * count) as (readers, pool):
        quiet = [reader.move() for _ in range(moves) for reader in readers]
        crowd = [each for _ in range(moves) for each in pool.map(lambda reader: reader.move(moment), readers)]
        memory = [reader.megabytes() for reader in readers]
        ready = max(reader.ready for reader in readers)
    spans = (f"{statistics.median(times):.0f} ({max(times):.0f})" for times in (quiet, crowd, memory))
    return [count, f"{ready:.0f}", *spans]


def server():
    """Open the notebook in JupyterLab and run it: return the megabytes that the server has for itself."""
    home = Path(tempfile.mkdtemp(prefix="statland-"))
    (home / "notebooks").mkdir()
    (home / "notebooks" / HEART.name).write_bytes(HEART.read_bytes())
    with jupyterlab(home) as lab, chromium() as browser:
        page = browser.new_page()
        open_in_lab(page, lab, HEART.stem)
        run_all_cells(page)
        mine = psutil.Process().children(recursive=True)
        (pid,) = (each.pid for each in mine if f"--notebook-dir={home}" in each.cmdline())
        return unique_memory(pid)


def main(options):
    rows = []
    for count in options.readers:
        rows.append(measured(count, options.moves))
        print(*rows[-1], file=sys.stderr, flush=True)
    head = ["readers", "all of 06 has run, s", "one moves, ms", "all move at once, ms", "MB a kernel"]
    alone = server()
    with at_work(NOTEBOOKS) as (readers, _):
        memory = [reader.megabytes() for reader in readers]
    words = f"The server of one reader: {alone:.0f} MB. With all notebooks open and run: {alone + sum(memory):,.0f} MB."
    show("readers", f"{table(head, rows)}\n\n{words}", options.write)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--readers", type=int, nargs="+", default=[1, 30], help="kernels on this machine")
    parser.add_argument("--moves", type=int, default=10, help="of each slider, in turns and again at the same moment")
    parser.add_argument("--write", action="store_true", help="keep the table in benchmarks/README.md")
    main(parser.parse_args())
