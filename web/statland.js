// The frames of a picture were drawn when this page was built. Here one of them is chosen and shown.
"use strict";

// A film has, for each control, its values (or, for a choice, how many there are); for each slot of the drawing the
// list of what it can show, and the place in that list for every frame; and a sentence for every frame.
function film(name, { values, slots, sentences }) {
  const figure = document.getElementById(name);
  const svg = figure.querySelector("svg");
  const sentence = figure.querySelector("[role=status]");
  const rows = [...figure.querySelectorAll(".control")];
  const places = rows.map((row) => Number(row.dataset.start)); // of each control's value in the list of its values
  const count = (c) => values[c].length || values[c];
  const frameOfPlaces = () => places.reduce((frame, place, c) => frame * count(c) + place, 0);
  const moveTo = []; // for each slider a function that moves it to the value that is nearest to a number
  let shown = frameOfPlaces();

  function show() {
    const frame = frameOfPlaces();
    slots.forEach(([drawings, order], k) => {
      if (order[frame] !== order[shown]) svg.children[k].innerHTML = drawings[order[frame]];
    });
    shown = frame;
    sentence.textContent = sentences[frame];
    svg.setAttribute("aria-label", `${svg.dataset.alt} ${sentences[frame]}`);
  }

  function choice(row, c) {
    row.addEventListener("change", ({ target }) => {
      places[c] = target.type === "checkbox" ? Number(target.checked) : Number(target.value);
      show();
    });
  }

  function slider(row, c) {
    const range = row.querySelector("[type=range]");
    const box = row.querySelector("[type=number]");
    function move(place) {
      places[c] = place;
      range.value = place;
      range.setAttribute("aria-valuetext", values[c][place]);
      box.value = values[c][place]; // what is drawn, also if something between two frames was asked for
      show();
    }
    range.addEventListener("input", () => move(Number(range.value)));
    box.addEventListener("change", () => {
      moveTo[c](box.value === "" ? values[c][places[c]] : Number(box.value));
    });
    moveTo[c] = (number) => {
      const distance = (place) => Math.abs(values[c][place] - number);
      move([...values[c].keys()].reduce((a, b) => (distance(b) < distance(a) ? b : a)));
    };
    if (row.classList.contains("player")) player(row, () => places[c], move, values[c].length - 1);
  }

  function player(row, now, move, last) {
    const [step, play] = row.querySelectorAll("button");
    let timer = null;
    function stop() {
      timer = clearInterval(timer);
      play.textContent = "play";
    }
    function forward() {
      move(Math.min(now() + 1, last));
      if (now() === last) stop();
    }
    step.addEventListener("click", forward);
    play.addEventListener("click", () => {
      if (timer) return stop();
      if (now() === last) move(0);
      play.textContent = "pause";
      timer = setInterval(forward, Number(play.dataset.interval));
    });
    row.addEventListener("input", stop); // who moves the slider by hand takes over
  }

  // Who takes hold of the picture moves the values that stand on its axes.
  function hand(area) {
    function follow(event) {
      const { left, bottom, width, height } = area.getBoundingClientRect();
      const shares = { x: (event.clientX - left) / width, y: (bottom - event.clientY) / height };
      for (const [axis, ends] of Object.entries(area.dataset)) {
        const [c, low, high] = ends.split(" ").map(Number);
        moveTo[c](low + shares[axis] * (high - low));
      }
    }
    area.addEventListener("pointerdown", (event) => {
      area.setPointerCapture(event.pointerId);
      follow(event);
    });
    area.addEventListener("pointermove", (event) => area.hasPointerCapture(event.pointerId) && follow(event));
  }

  rows.forEach((row, c) => (row.querySelector("[type=range]") ? slider : choice)(row, c));
  figure.querySelectorAll(".hand").forEach(hand);
  figure.querySelector("fieldset").disabled = false;
}

// On a small screen the contents make room for the lesson.
for (const contents of document.querySelectorAll(".contents details")) contents.open = innerWidth >= 1152;
