"""Put a table where it stays true: between its two marks in `benchmarks/README.md`, with the machine that made it."""

import os
import platform
import re
import sys
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

README = Path(__file__).with_name("README.md")
PACKAGES = ("numpy", "matplotlib", "ipywidgets", "ipykernel", "jupyterlab", "torch")


def table(head, rows):
    """Return a Markdown table; all columns but the first stand on the right."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def machine():
    """Return in one line what the figures were measured on."""
    names = re.findall(r"model name\s*: (.*)", _text("/proc/cpuinfo")) or [platform.processor() or platform.machine()]
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    packages = ", ".join(f"{name} {version}" for name, version in _versions())
    return f"{os.cpu_count()} cores of {names[0]}{load}; Python {platform.python_version()}, {packages}"


def show(name, words, keep):
    """Print what was measured, and if it is to be kept, put it into the README in place of the last run."""
    command = "python " + " ".join([Path(sys.argv[0]).parent.name + "/" + Path(sys.argv[0]).name, *sys.argv[1:]])
    words = f"{words}\n\n`{command}`, {date.today():%d %B %Y}, {machine()}"
    print(words, flush=True)
    if keep:
        before, rest = README.read_text().split(f"<!-- {name} -->\n")
        after = rest.split("<!-- end -->", 1)[1]
        README.write_text(f"{before}<!-- {name} -->\n{words}\n<!-- end -->{after}")


def quote(words):
    """Put the newest numbers into the sentence of the README at the top that quotes them."""
    readme = README.parents[1] / "README.md"
    pattern = re.sub(r"\d+(\.\d+)?", r"[\\d.]+", words)
    readme.write_text(re.sub(pattern, words, readme.read_text()))


def _text(path):
    return Path(path).read_text() if Path(path).exists() else ""


def _versions():
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue
