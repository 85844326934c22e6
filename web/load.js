// Films are loaded one file after the other, that of the nearest picture first. Until then a picture stands still.
const coming = new Set(document.querySelectorAll(".picture"));

function load() {
  const away = (figure) => {
    if (!figure.checkVisibility()) return Infinity; // the projector shows another one
    const { top, bottom } = figure.getBoundingClientRect();
    return Math.max(top - innerHeight, -bottom, 0);
  };
  const [figure] = [...coming].sort((a, b) => away(a) - away(b));
  if (!figure) return;
  const waits = () => figure.querySelectorAll(".control:disabled").length;
  const before = waits();
  const script = document.createElement("script");
  const first = before === figure.querySelectorAll(".control").length;
  script.src = `pictures/${figure.id}${first ? "" : "-all"}.js`;
  script.onload = script.onerror = () => {
    if (waits() === before) failed(figure); // not there, kept back, or broken on its way
    if (!waits()) coming.delete(figure);
    load();
  };
  document.head.append(script);
}

function failed(figure) {
  coming.delete(figure);
  const words = document.createElement("p");
  words.className = "failed";
  words.setAttribute("role", "alert");
  words.textContent =
    "Frames of this picture could not be loaded, so it can't follow all of its controls. Reload the page to try again, " +
    "or run the notebook, where nothing has to be loaded.";
  figure.querySelector("form").after(words);
  figure.querySelector("form").removeAttribute("aria-busy");
  for (const wait of figure.querySelectorAll(".wait")) wait.textContent = "not loaded";
}

load();
