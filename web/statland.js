// The frames of a picture were drawn when this page was built. Here one of them is chosen and shown.
// The build joins this file, controls.js, load.js and share.js to one.
"use strict";

const pictures = {}; // for each picture the function that takes a part of its film

// A film comes in one or two parts: its first control alone, then all of them. A part has, for each control, its values
// (or, for a choice, how many there are); for each slot of the drawing the list of what it can show, and the place in
// that list for every frame; and a sentence for every frame.
function film(name, part) {
  const figure = document.getElementById(name);
  pictures[name] ??= picture(figure);
  pictures[name](part);
  figure.dispatchEvent(new Event("film"));
}

function picture(figure) {
  const svg = figure.querySelector("svg");
  const sentence = figure.querySelector(".sentence");
  const spoken = figure.querySelector(".spoken");
  const form = figure.querySelector("form");
  const rows = [...figure.querySelectorAll(".control")];
  const places = rows.map((row) => Number(row.dataset.start)); // of each control's value in the list of its values
  const count = (c) => values[c].length || values[c];
  const frameOfPlaces = () => values.reduce((frame, _, c) => frame * count(c) + places[c], 0);
  let values, slots, sentences, shown, waiting;

  function take(part) {
    ({ values, slots, sentences } = part);
    shown = frameOfPlaces(); // what an earlier part has shown is in this one, too
    values.forEach((_, c) => (rows[c].disabled = false));
    form.setAttribute("aria-busy", values.length < rows.length);
  }

  function show() {
    const frame = frameOfPlaces();
    slots.forEach(([drawings, order], k) => {
      if (order[frame] !== order[shown]) svg.children[k].innerHTML = drawings[order[frame]];
    });
    shown = frame;
    sentence.textContent = sentences[frame];
    svg.setAttribute("aria-label", `${svg.dataset.alt} ${sentences[frame]}`);
    waiting ??= setTimeout(speak, 700);
  }

  // A screen reader is given one sentence in this time, and always the last one.
  function speak() {
    waiting = null;
    spoken.textContent = sentence.textContent;
  }

  const moves = rows.map((row, c) => {
    const control = {
      values: () => values[c],
      place: () => places[c],
      go(place) {
        places[c] = place;
        show();
      },
    };
    return (row.querySelector("[type=range]") ? slider : choice)(row, control);
  });
  for (const area of figure.querySelectorAll(".hand")) {
    hand(area, (c, value) => c < values.length && moves[c](value));
  }
  form.addEventListener("submit", (event) => event.preventDefault()); // the Enter key
  return take;
}
