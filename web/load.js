// Films are loaded one file after the other, that of the nearest picture first. Until then a picture stands still.
// A file that does not come holds up no other for longer than this.
const PATIENCE = 8000; // milliseconds
const coming = new Set(document.querySelectorAll(".picture"));

function load() {
  const away = (figure) => {
    if (figure.checkVisibility?.() === false) return Infinity; // the projector shows another one
    const { top, bottom } = figure.getBoundingClientRect();
    return Math.max(top - innerHeight, -bottom, 0);
  };
  const [figure] = [...coming].sort((a, b) => away(a) - away(b));
  if (!coming.delete(figure)) return;
  const waits = () => figure.querySelectorAll(".control:disabled").length;
  const before = waits();
  const script = document.createElement("script");
  const first = before === figure.querySelectorAll(".control").length;
  script.src = `pictures/${figure.id}${first ? "" : "-all"}.js`;
  const late = setTimeout(load, PATIENCE);
  script.onload = script.onerror = () => {
    clearTimeout(late);
    if (waits() === before) failed(figure); // not there, kept back, or broken on its way
    else if (waits()) coming.add(figure);
    load();
  };
  document.head.append(script);
}

load();
