"""How live things reach a reader's page: while they live they are shown, and at all other times what stands for them.

A widget lives as long as its kernel. Opened on another day, a notebook has only what was stored.
"""

from html import escape

import ipywidgets as widgets
from IPython.display import display

WIDGET = "application/vnd.jupyter.widget-view+json"

# Between what stands still and the widget there is a note, in an output of its own. Its style shows the first two while
# the third is missing or has lost its kernel, and the third alone while it lives. Its script does what ipywidgets have
# no way to do. A slider and a list of answers get the keys that they need, before a notebook takes them for commands;
# Escape leads back to the cells. Screen readers speak a line that changes: that of a picture, which a drag changes many
# times a second, is given to them unseen, at most every 0.7 seconds and always the last. And a slider's value has no
# crumbs there (-0.49999999999999956). Where a page allows no script or style, nothing is lost but this.
#
# ipywidgets see that a kernel restarts, but not that it is shut down, that another is chosen, or that the connection
# is lost. JupyterLab and Notebook write all this into the kernel's indicator, and there the script reads it. With a
# kernel that ends or starts, all that lives now is dead for good. A lost connection may come back, and life with it.
NOTE = """
<p class="statland-note">This stands still until the notebook is run. In Jupyter: <i>Run</i>, <i>Run All Cells</i>.</p>
<style>
:is(.jp-OutputArea-child, .output_container):has(+ * .statland-note):has(
  + * + * .statland:not(.jupyter-widgets-disconnected, .statland-lost)),
:is(.jp-OutputArea-child, .output_container):has(.statland-note):has(
  + * .statland:not(.jupyter-widgets-disconnected, .statland-lost)),
.jp-OutputArea-child:has(.statland-note) + :has(.jupyter-widgets):not(:has(
  .statland:not(.jupyter-widgets-disconnected, .statland-lost))) { display: none }
</style>
<script>
if (!window.statland) {
  const tidy = slider => {
    const text = slider.getAttribute("aria-valuetext"), plain = String(Number(Number(text).toPrecision(12)));
    if (text !== plain) slider.setAttribute("aria-valuetext", plain);
  };
  window.statland = new MutationObserver(changes => changes.forEach(change => tidy(change.target)));
  const speak = frame => {
    const spoken = document.createElement("div");
    spoken.setAttribute("role", "status");
    spoken.style = "position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden";
    frame.parentElement.append(spoken);
    let waits;
    new MutationObserver(() => {
      waits ??= setTimeout(() => {
        waits = undefined;
        spoken.textContent = frame.querySelector("svg + div").textContent;
      }, 700);
    }).observe(frame, { childList: true, subtree: true });
  };
  new MutationObserver(changes => changes.forEach(({ target }) => {
    const status = target.dataset.status, lives = /^(idle|busy)$/.test(status);
    const over = !lives && !/^(connecting|disconnected|unknown)$/.test(status);
    for (const box of target.closest(".jp-NotebookPanel")?.querySelectorAll(".statland") ?? []) {
      box.classList.toggle("statland-lost", !lives);
      if (over) box.classList.add("jupyter-widgets-disconnected");
    }
  })).observe(document, { subtree: true, attributeFilter: ["data-status"] });
  addEventListener("focusin", ({ target }) => {
    const box = target.closest?.(".statland");
    for (const said of box?.querySelectorAll(".statland-said") ?? []) said.setAttribute("role", "status");
    for (const frame of box?.querySelectorAll(".statland-spoken") ?? []) {
      frame.classList.remove("statland-spoken");
      speak(frame);
    }
    if (!box || !target.hasAttribute("aria-valuetext")) return;
    tidy(target);
    window.statland.observe(target, { attributeFilter: ["aria-valuetext"] });
  }, true);
  addEventListener("keydown", ({ target, key, ctrlKey, metaKey, altKey, shiftKey }) => {
    if (!target.closest?.(".statland")) return;
    const command = ctrlKey || metaKey || altKey || shiftKey && key === "Enter";
    target.toggleAttribute("data-lm-suppress-shortcuts", !command);
    if (key === "Escape") target.closest(".jp-Notebook")?.focus();
  }, true);
}
</script>
"""
SPOKEN = "statland-spoken"  # the class of what holds a picture's line
NOTE = " ".join(NOTE.split())  # notebooks store it once for each output: one line


class Said(widgets.HTML):
    """Lines of text that a screen reader speaks when they change: only the lines are new then, never their element."""

    count = 0

    def __init__(self, style):
        super().__init__()
        self.line_style = style
        self.add_class("statland-said")

    def say(self, *lines):
        self.count = len(lines)
        text = "".join(f"<div>{escape(line)}</div>" for line in lines)
        self.value = f'<div style="{self.line_style}">{text}</div>'


def show(box, stands_still, alt=""):
    """Display a box of widgets, and before it what stands for it where no kernel runs: data as `display` takes it.

    A PNG has its alt text twice. Few pages give a stored picture the one in its metadata, so the note has it, unseen.
    """
    box.layout.max_width = "860px"
    box.add_class("statland")
    described = f'<span role="img" aria-label="{escape(alt)}"></span> ' if alt else ""
    display(stands_still, raw=True, metadata={"image/png": {"width": 860, "alt": alt}} if alt else {})
    display({"text/html": described + NOTE}, raw=True)
    display({WIDGET: box._repr_mimebundle_()[WIDGET]}, raw=True)
