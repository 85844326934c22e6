"""How fast does a live picture follow the hand? `python benchmarks/live_slider.py`, or `--only 06 --steps 20`.

Every notebook is opened twice in JupyterLab in headless Chromium: as it is, and with `live` replaced by what most
courses use, `interact` and `plt.show()`, which draw the same artists in a new figure on every move. In turns, the
two are moved by the keyboard and dragged by the mouse. Then all of it once more over a slow network.

A move lasts from the key press to the end of the frame that paints the picture. Kernel time is what passes between
the kernel's own "busy" and "idle". A frame's bytes are the largest message that brings it.
"""

import argparse
import asyncio
import random
import re
import statistics
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import nbformat

sys.path.extend(str(Path(__file__).parents[1] / name) for name in ("tests", "web"))
from course import NOTEBOOKS, chromium, jupyterlab, open_in_lab, run_all_cells
from tables import quote, show, table

HEART = "06 Gradients"
BOX = {"live": ".widget-vbox:has(svg[role=img])", "plain": ".widget-interact"}

PLAIN = """
import inspect
import matplotlib.pyplot as plt
from ipywidgets import IntSlider, Play, interact
import statland.live
from statland.pictures import parts

parts.Page = plt.figure

def plain(picture, **controls):
    made_with = {name: getattr(picture, name) for name in inspect.signature(type(picture)).parameters}

    def draw(**values):
        type(picture)(**made_with).update(**values)
        plt.show()

    plt.close(picture.figure)
    signature = inspect.signature(picture.update)
    draw.__signature__ = signature.replace(parameters=[signature.parameters[name] for name in controls])
    for name, control in controls.items():
        if isinstance(control, Play):
            controls[name] = IntSlider(control.value, control.min, control.max, control.step)
    interact(draw, **controls)

statland.live.live = plain
"""

PROBE = """
(() => {
  const seen = window.seen = { keys: [], values: [], frames: [], messages: [] };
  let waiting = false;
  const painted = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => { waiting = false; seen.frames.push(performance.now()); };
      after.port2.postMessage(0);
    });
  };
  for (const kind of ['keydown', 'change']) addEventListener(kind, event => seen.keys.push(event.timeStamp), true);
  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'attributes' && +change.oldValue !== +change.target.ariaValueText)
        seen.values.push(performance.now());
      for (const node of change.addedNodes) {
        if (node.nodeType !== 1) continue;
        if (node.matches('svg[role=img]')) painted();
        for (const image of node.querySelectorAll('img[src^="data:image/png"]')) image.decode().then(painted, () => {});
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeOldValue: true,
    attributeFilter: ['aria-valuetext'] });
  window.listen = () => jupyterapp.shell.currentWidget.sessionContext.session.kernel.anyMessage.connect(
    (_, { msg }) => seen.messages.push(msg));
  window.forget = () => { for (const list of Object.values(seen)) list.length = 0; };
  window.settled = async (frames, quiet) => {
    const start = performance.now();
    for (;;) {
      const now = performance.now(), last = Math.max(seen.frames.at(-1) || 0, seen.values.at(-1) || 0, start);
      if (seen.frames.length >= frames && !waiting && now - last > quiet || now - start > 8000) break;
      await new Promise(go => setTimeout(go, 10));
    }
    return { ...seen, messages: seen.messages.map(({ header, parent_header, content, buffers }) => ({
      date: header.date, parent: parent_header.msg_id, state: content.execution_state,
      size: header.msg_type === 'status' ? 0 : JSON.stringify(content).length })) };
  };
})();
"""

ROOM = """handle => {
  if (handle.tagName === 'SELECT') return [handle.selectedIndex, handle.length - 1 - handle.selectedIndex];
  const buttons = [...handle.parentElement.children], active = buttons.findIndex(one => one.matches('.mod-active'));
  if (handle.tagName === 'BUTTON') return [active, buttons.length - 1 - active];
  const [low, now, high] = ['min', 'now', 'max'].map(name => +handle.getAttribute('aria-value' + name));
  return [now - low, high - now];
}"""


@contextmanager
def slow_network(url, there_and_back):
    """Pass on all that goes to and from url, half of so many milliseconds later: give the new URL."""
    loop, delay = asyncio.new_event_loop(), there_and_back / 2000

    async def passed_on(reader, writer):
        while data := await reader.read(1 << 18):
            loop.call_later(delay, writer.write, data)
        loop.call_later(delay, writer.close)

    async def joined(reader, writer):
        there = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        await asyncio.gather(passed_on(reader, there[1]), passed_on(there[0], writer), return_exceptions=True)

    server = loop.run_until_complete(asyncio.start_server(joined, "127.0.0.1", 0))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    loop.call_soon_threadsafe(loop.stop)


class Page:
    """A notebook in a browser page, with the pictures that are moved in it."""

    def __init__(self, browser, lab, way, name):
        self.page, self.way = browser.new_page(viewport={"width": 1280, "height": 1000}), way
        self.page.add_init_script(PROBE)
        open_in_lab(self.page, lab, name)
        run_all_cells(self.page)
        self.page.wait_for_timeout(2000)
        self.page.evaluate("listen()")
        self.boxes, self.ahead = self.page.locator(BOX[way]), True

    def look_at(self, number):
        """Bring a picture before the eye and its first slider, or else its first control, under the hand."""
        self.page.bring_to_front()
        box = self.boxes.nth(number)
        sliders, others = box.locator(".noUi-handle"), box.locator("select, .widget-toggle-button")
        self.handle = (sliders if sliders.count() else others).first
        self.handle.scroll_into_view_if_needed()
        self.handle.evaluate("handle => handle.scrollIntoView({ block: 'start' })")
        self.page.wait_for_timeout(300)  # what was scrolled into view is painted; a hand takes longer
        self.kind = self.handle.evaluate("handle => handle.tagName")  # DIV: a slider

    def press(self):
        """Move by one step with the keyboard, and turn round at the end; return what the page saw."""
        behind, ahead = self.handle.evaluate(ROOM)
        self.ahead = behind <= 0 or (self.ahead and ahead > 0)
        there = int(behind) + (1 if self.ahead else -1)  # which button or option
        (self.handle.locator(f"xpath=../button[{there + 1}]") if self.kind == "BUTTON" else self.handle).focus()
        self.page.wait_for_timeout(random.uniform(20, 60))  # so that no step keeps time with the screen
        self.page.evaluate("forget()")
        if self.kind == "SELECT":
            self.handle.select_option(index=there)  # no key does it in this browser
        else:
            self.page.keyboard.press("Space" if self.kind == "BUTTON" else ("ArrowLeft", "ArrowRight")[self.ahead])
        return self.page.evaluate("settled(1, 150)")

    def drag(self, seconds):
        """Drag the slider to and fro with the mouse, 60 times a second; return what the page saw."""
        mouse, rail = self.page.mouse, self.handle.locator("xpath=ancestor::*[contains(@class, 'noUi-base')]")
        handle, rail = self.handle.bounding_box(), rail.bounding_box()
        y = handle["y"] + handle["height"] / 2
        mouse.move(handle["x"] + handle["width"] / 2, y)
        mouse.down()
        self.page.evaluate("settled(0, 300)")
        self.page.evaluate("forget()")
        start = time.perf_counter()
        while (now := time.perf_counter() - start) < seconds:
            share = abs((now / 0.75 + 0.5) % 2 - 1)
            mouse.move(rail["x"] + rail["width"] * (0.1 + 0.8 * share), y)
            time.sleep(max(0.0, 1 / 60 - (time.perf_counter() - start - now)))
        seen = self.page.evaluate("settled(1, 1000)")
        mouse.up()
        return seen

    def close(self):
        self.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        self.page.close()


def move(seen):
    """Return the milliseconds from the key to the painted frame, those of the kernel, and the bytes of the frame."""
    kernel = {}
    for message in seen["messages"]:
        if message["state"] in ("busy", "idle"):
            kernel.setdefault(message["parent"], []).append(datetime.fromisoformat(message["date"]).timestamp())
    spent = sum(times[-1] - times[0] for times in kernel.values())
    return seen["frames"][-1] - seen["keys"][0], 1000 * spent, max(message["size"] for message in seen["messages"])


def drag(seen):
    """Return the frames per second of a drag, and the milliseconds from the last value to the last frame."""
    first, last = seen["values"][0], seen["values"][-1]
    shown = [frame for frame in seen["frames"] if first < frame <= last + 17]
    return 1000 * len(shown) / (last - first), seen["frames"][-1] - last


def measure(pages, number, steps, seconds):
    """Move one picture in both pages in turns: return for each way its moves and its drags."""
    moves, drags = ({way: [] for way in pages} for _ in range(2))
    turns = min(4, steps)
    for turn in range(turns + 1):  # the first is for warming up
        for way in random.sample(list(pages), len(pages)):
            page = pages[way]
            page.look_at(number)
            seen = [page.press() for _ in range(steps // turns if turn else 1)]
            if turn:
                moves[way] += [move(one) for one in seen if one["frames"]]  # none: the page was too busy for the key
            if turn == turns and seconds and page.kind == "DIV":
                drags[way].append(drag(page.drag(seconds)))
    return moves, drags


def measured(browser, lab, notebook, steps, seconds):
    """Measure every picture of a notebook: yield its name, its moves and its drags."""
    pages = {way: Page(browser, lab, way, f"{notebook.stem}-{way}") for way in BOX}
    source = "".join(cell.source + "\n" for cell in nbformat.read(notebook, as_version=4).cells)
    names = re.findall(r"^live\(\s*(\w+)", source, flags=re.MULTILINE)
    counts = {way: page.boxes.count() for way, page in pages.items()}
    assert set(counts.values()) == {len(names)}, (notebook.stem, names, counts)
    for number, name in enumerate(names):
        yield f"{notebook.stem[:2]} {name}", *measure(pages, number, steps, seconds)
    for page in pages.values():
        page.close()


def middle(values):
    """Return median and 95th percentile, written down."""
    values = sorted(values)
    return f"{statistics.median(values):.0f} ({values[round(0.95 * (len(values) - 1))]:.0f})"


def row(name, moves, drags):
    """Return a picture's line of the table."""
    times, kernel, size = ({way: [one[k] for one in moves[way]] for way in moves} for k in range(3))
    faster = statistics.median(times["plain"]) / statistics.median(times["live"])
    cells = [name, *(middle(times[way]) for way in BOX), f"**{faster:.1f}**"]
    cells += [f"{statistics.median(kernel[way]):.1f}" for way in BOX]
    cells += [f"{statistics.median(size[way]) / 1000:.0f}" for way in BOX]
    for k in range(2):
        cells += [f"{statistics.median(one[k] for one in drags[way]):.0f}" if drags[way] else "-" for way in BOX]
    return cells


HEAD = ["picture", "live, ms", "plain, ms", "times faster", "kernel, ms", "plain", "KB a frame", "plain"]
HEAD += ["frames a second", "plain", "lag of the last, ms", "plain"]


def main(options):
    home = Path(tempfile.mkdtemp(prefix="statland-"))
    (home / "notebooks").mkdir()
    notebooks = [path for path in NOTEBOOKS if not options.only or path.stem.startswith(tuple(options.only))]
    for path in notebooks:
        notebook = nbformat.read(path, as_version=4)
        nbformat.write(notebook, home / "notebooks" / f"{path.stem}-live.ipynb")
        notebook.cells.insert(0, nbformat.v4.new_code_cell(PLAIN))
        nbformat.write(notebook, home / "notebooks" / f"{path.stem}-plain.ipynb")
    with jupyterlab(home) as (url, token), slow_network(url, max(options.delays)) as slow_url, chromium() as browser:
        for delay in options.delays:
            lab, rows = (slow_url if delay else url, token), []
            for path in notebooks:
                for name, moves, drags in measured(browser, lab, path, options.steps, options.drag):
                    rows.append(row(name, moves, drags))
                    print(*rows[-1], file=sys.stderr, flush=True)
            show(f"live slider, {delay} ms", table(HEAD, rows), options.write)
            heart = next((cells for cells in rows if cells[0] == HEART), None)
            if options.write and heart and not delay:
                quote(f"within {heart[1].split()[0]} ms, {heart[3].strip('*')} times as fast")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="*", help="numbers of notebooks, as 06")
    parser.add_argument("--steps", type=int, default=24, help="key presses for each picture and each way")
    parser.add_argument("--drag", type=float, default=3.0, help="seconds of the drag; 0: none")
    parser.add_argument("--delays", type=int, nargs="*", default=[0, 100], help="milliseconds there and back")
    parser.add_argument("--write", action="store_true", help="keep the tables in benchmarks/README.md")
    main(parser.parse_args())
