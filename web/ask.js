// Questions wait for an answer. What answers them is in the page; as long as this class is set, the style hides it.
"use strict";

// Answers are kept for the visit; but a lecture begins anew each time it is loaded, and so does a page that may not
// keep anything.
const kept = visit() ?? { getItem: () => null, setItem() {} };
if (!kept.getItem("open")) document.documentElement.classList.add("asks");

addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll(".ask").forEach(ask);
  document.querySelector("button.open")?.addEventListener("click", open);
  if (kept.getItem("open")) open();
});
addEventListener("beforeprint", () => {
  const folded = unfold(); // on paper nothing opens
  addEventListener("afterprint", () => folded.forEach((fold) => (fold.open = false)), { once: true });
});

function visit() {
  try {
    return "forgets" in document.documentElement.dataset ? null : window.sessionStorage;
  } catch {
    return null; // in a closed frame, or where a reader allows nothing to be kept
  }
}

function unfold() {
  const folded = [...document.querySelectorAll("main details:not([open])")];
  for (const fold of folded) fold.open = true;
  return folded;
}

function open() {
  kept.setItem("open", "yes");
  document.documentElement.classList.remove("asks");
  unfold();
}

// A guess is committed once, and then compared. An exercise can be tried again, and gives hints.
function ask(box) {
  const { key, then, near = 0 } = box.dataset;
  const [commit, hint] = ["commit", "hint"].map((name) => box.querySelector(`button.${name}`));
  const number = box.querySelector("[type=number]");
  const answers = [...box.querySelectorAll(".answers li")];
  const right = answers.find((line) => "right" in line.dataset);
  const hints = [...box.querySelectorAll(".hints li")];
  const say = (words) => (box.querySelector("[role=status]").textContent = words);
  const show = (...lines) => answers.forEach((line) => line.classList.toggle("shown", lines.includes(line)));
  const given = () => (number ?? box.querySelector(":checked"))?.value ?? "";

  function answer() {
    if (given() === "") return say(number ? "Write a number first." : "Choose an answer first.");
    kept.setItem(key, given());
    const leadsHere = ({ dataset }) => Math.abs(given() - dataset.value) <= near * Math.abs(dataset.value);
    const found = answers.find(leadsHere);
    if (then && commit.textContent === "commit") {
      box.querySelector("fieldset").disabled = true;
      commit.textContent = "compare"; // one button for both: the keyboard stays where it is
      return say(`Noted: ${box.querySelector(":checked").parentElement.textContent.trim()}. ${then}`);
    }
    show(found, then && right);
    const unknown = "It is none of the mistakes that we know; a hint may help.";
    if (!then) say(found === right ? "Right." : `Not right. ${found ? "" : unknown}`);
  }

  hint?.addEventListener("click", () => hints.shift()?.classList.add("shown"));
  if (!commit) return; // its answer is code, for the notebook
  commit.addEventListener("click", answer);
  const before = kept.getItem(key);
  if (before === null) return;
  if (number) number.value = before;
  else box.querySelector(`[value="${before}"]`).checked = true;
  answer();
}
