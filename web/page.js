// The page around the pictures: contents, what is wider than the screen, and what could not be loaded.
"use strict";

function failed(figure) {
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

// What moves the pictures did not come, or this browser can't read it.
addEventListener("load", () => window.film || document.querySelectorAll(".picture").forEach(failed));

// Beside the text there is room for the contents; above it they stay closed until they are asked for.
const contents = document.querySelector(".contents details");
if (contents) contents.open = matchMedia("(min-width: 72rem)").matches; // as in the style

// What can be scrolled sideways is reached with the keyboard, and has a name then.
const measure = new ResizeObserver((entries) => entries.forEach(({ target }) => reach(target)));
document.querySelectorAll(".wide, .highlight pre").forEach((box) => measure.observe(box));

function reach(box) {
  const name = `${box.dataset.name ?? "Code"}, wider than the screen`;
  const marks = { tabindex: 0, role: "group", "aria-label": name };
  const hidden = box.scrollWidth > box.clientWidth;
  for (const [mark, value] of Object.entries(marks)) hidden ? box.setAttribute(mark, value) : box.removeAttribute(mark);
}

// Safari brings a page back as it was, but sets its controls to their starts, after `pageshow`.
const fields = [...document.querySelectorAll("main :is(input, select)")];
let left = [];
addEventListener("pagehide", () => {
  left = fields.map(({ value, checked }) => ({ value, checked }));
});
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) setTimeout(() => fields.forEach((field, k) => Object.assign(field, left[k])));
});
