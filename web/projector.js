// The projector: one picture fills the screen, for the back row. It is shown as it stands, its question is put, it is
// moved, answers are compared; keys or a presenter's clicker lead from step to step.
"use strict";

const root = document.documentElement;
const steer = document.querySelector(".steer");
const steps = [];
let at = 0;

let asked = [];
for (const part of document.querySelectorAll("main > .ask[data-then], main > .picture")) {
  if (part.matches(".ask")) {
    asked.push(part);
    continue;
  }
  const puts = (stage) => asked.map((ask) => ({ figure: part, ask, stage }));
  const covered = asked.some(({ dataset }) => "covers" in dataset); // as it stands the picture would answer
  if (!covered) steps.push({ figure: part, stage: "look" });
  steps.push(...puts(covered ? "covered" : "guess"));
  if (asked.length) steps.push({ figure: part, stage: "move" }, ...puts("compare"));
  asked = [];
}
const shown = [...new Set(steps.map(({ figure }) => figure))];

function show(to) {
  at = Math.max(0, Math.min(to, steps.length - 1));
  const { figure, ask, stage } = steps[at];
  for (const one of document.querySelectorAll(".on")) one.classList.remove("on");
  for (const one of [figure, ask]) one?.classList.add("on");
  root.dataset.stage = stage;
  if (stage === "compare") compare(figure, ask);
  const place = shown.indexOf(figure) + 1;
  steer.querySelector("output").textContent = `${place} of ${shown.length}`;
}

// What nobody has committed stays shut: the question is there once more. Else the picture shows what the answers speak of.
function compare(figure, ask) {
  if (!ask.querySelector("fieldset").disabled) return;
  ask.querySelector(".commit").click();
  if ("compare" in ask.dataset) stand(figure, ask.dataset.compare);
}

function start() {
  const here = steps.findIndex(({ figure }) => figure.getBoundingClientRect().bottom > 0);
  root.classList.add("projects");
  steer.hidden = false;
  show(here < 0 || steps[here].figure === steps[at].figure ? at : here); // where it was left, or the picture on the screen
  steer.querySelector(".next").focus();
  root.requestFullscreen?.()?.catch(() => {}); // where that is not allowed, it fills the window
}

function stop() {
  if (!root.classList.contains("projects")) return;
  root.classList.remove("projects");
  delete root.dataset.stage;
  steer.hidden = true;
  if (document.fullscreenElement) document.exitFullscreen();
  steps[at].figure.scrollIntoView();
  document.querySelector(".project").focus({ preventScroll: true });
}

const WAYS = { PageDown: 1, ArrowRight: 1, ArrowDown: 1, PageUp: -1, ArrowLeft: -1, ArrowUp: -1 };

// Before all others: in a slider, too, a clicker's keys lead on. Arrow keys are the control's own, where it has any.
function lead(event) {
  const { key, code, target, altKey, ctrlKey, metaKey, repeat } = event;
  const on = root.classList.contains("projects");
  if (altKey && code === "KeyP") on ? stop() : start();
  else if (!on || altKey || ctrlKey || metaKey) return;
  else if (key === "Escape") stop();
  else if (!(key in WAYS) || (key.startsWith("Arrow") && target.matches("input, select"))) return;
  else if (!repeat) show(at + WAYS[key]);
  event.preventDefault();
  event.stopPropagation();
}

if (steps.length) {
  addEventListener("keydown", lead, true);
  addEventListener("fullscreenchange", () => document.fullscreenElement || stop());
  document.querySelector(".project").addEventListener("click", start);
  for (const [name, act] of Object.entries({ back: () => show(at - 1), next: () => show(at + 1), end: stop })) {
    steer.querySelector(`.${name}`).addEventListener("click", act);
  }
}
