// A control knows its list of values, and its place there; what the reader does lets it go to another place.
function choice(row, { go }) {
  row.addEventListener("change", ({ target }) => go(Number(target.type === "checkbox" ? target.checked : target.value)));
}

// A slider and its number box. Return what moves both to the drawn value that is nearest to a number.
function slider(row, { values, place, go }) {
  const [range, box] = ["range", "number"].map((type) => row.querySelector(`[type=${type}]`));
  const asked = () => (box.value === "" ? values()[place()] : Number(box.value));
  const last = () => values().length - 1;

  function move(to) {
    const next = Math.max(0, Math.min(to, last()));
    range.value = next;
    box.value = values()[next]; // what is drawn, also if something between two frames was asked for
    range.setAttribute("aria-valuetext", box.value);
    go(next);
  }
  function nearest(number) {
    const distance = (k) => Math.abs(values()[k] - number);
    return [...values().keys()].reduce((a, b) => (distance(b) < distance(a) ? b : a));
  }
  // So many drawn values on, from the number in the box: they may lie at any distance from each other.
  function step(by) {
    const near = nearest(asked());
    const passed = by * (values()[near] - asked()) > 0; // the nearest value is a first step already
    move(near + by - (passed ? Math.sign(by) : 0));
  }

  // A browser tells of no change where the number is again the one that the hand has found there: so we look, too.
  function settle() {
    if (box.value !== String(values()[place()])) move(nearest(asked()));
  }

  range.addEventListener("input", () => move(Number(range.value)));
  for (const end of ["change", "blur"]) box.addEventListener(end, settle);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") settle();
    const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  box.addEventListener("input", ({ inputType = "" }) => {
    const typed = !["", "insertReplacementText"].includes(inputType); // or one of the box's own small arrows
    if (!typed) step(Math.sign(box.value - values()[place()]));
  });
  const stop = row.classList.contains("player") ? player(row, place, move, last) : () => {};
  return (number) => {
    stop(); // the hand in the picture takes over, too
    move(nearest(number));
  };
}

function player(row, place, move, last) {
  const [step, play] = row.querySelectorAll("button");
  let timer = null;
  function stop() {
    timer = clearInterval(timer);
    play.textContent = "play";
  }
  function forward() {
    move(place() + 1);
    if (place() === last()) stop();
  }
  step.addEventListener("click", forward);
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (place() === last()) move(0);
    play.textContent = "pause";
    timer = setInterval(forward, Number(play.dataset.interval));
  });
  for (const kind of ["input", "change"]) row.addEventListener(kind, stop); // who moves it by hand takes over
  row.addEventListener("keydown", ({ target, key }) => target.type === "number" && key !== "Tab" && stop());
  return stop;
}

// Who takes hold of the picture moves the values that stand on its axes.
function hand(area, move) {
  function follow(event) {
    const { left, bottom, width, height } = area.getBoundingClientRect();
    const shares = { x: (event.clientX - left) / width, y: (bottom - event.clientY) / height };
    for (const [axis, ends] of Object.entries(area.dataset)) {
      const [c, low, high] = ends.split(" ").map(Number);
      move(c, low + shares[axis] * (high - low));
    }
  }
  area.addEventListener("pointerdown", (event) => {
    area.setPointerCapture(event.pointerId);
    follow(event);
  });
  area.addEventListener("pointermove", (event) => area.hasPointerCapture(event.pointerId) && follow(event));
}
