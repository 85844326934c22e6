// A link can hold where the controls of a picture stand: #06_...-1?w_h=0.9&days=30. All others are at their starts.
const label = (one) => (one.text ?? one.parentElement.textContent).trim(); // of an option, of a radio button
const starts = (one) => one.defaultSelected || one.defaultChecked;

// Where a control stands, in the words of a link; null at its start.
function stands(row) {
  const box = row.querySelector("[type=number], [type=checkbox]");
  if (box?.type === "number") return box.value === box.defaultValue ? null : box.value;
  if (box) return box.checked === box.defaultChecked ? null : String(box.checked);
  const chosen = row.querySelector(":checked");
  return starts(chosen) ? null : label(chosen);
}

// Move a control to what stands in a link, as a reader would; to its start if it can't stand there.
function set(row, asked) {
  let box = row.querySelector("[type=number], [type=checkbox]");
  if (box?.type === "number") {
    const number = parseFloat(asked);
    box.value = Number.isFinite(number) ? number : box.defaultValue;
  } else if (box) {
    box.checked = asked === String(!box.defaultChecked) ? !box.defaultChecked : box.defaultChecked;
  } else {
    const all = [...row.querySelectorAll("option, [type=radio]")];
    box = all.find((one) => label(one) === asked) ?? all.find(starts);
    box["selected" in box ? "selected" : "checked"] = true;
  }
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function link(figure) {
  const moved = [...figure.querySelectorAll(".control")].map((row) => [row.dataset.name, stands(row)]);
  const query = String(new URLSearchParams(moved.filter(([, value]) => value !== null)));
  return `${location.href.split("#")[0]}#${figure.id}${query && "?"}${query}`;
}

function restore(event) {
  const [id, query] = location.hash.slice(1).split("?");
  const figure = document.getElementById(id);
  if (!figure?.matches(".picture")) return;
  const [how] = performance.getEntriesByType("navigation");
  if (event || how.type === "navigate") figure.scrollIntoView(); // back and reload know the place themselves
  stand(figure, query);
}

// Let the controls of a picture stand where a query has them, each as soon as it can move; all others at their starts.
function stand(figure, query) {
  const asked = new URLSearchParams(query);
  const rows = [...figure.querySelectorAll(".control")];
  function apply() {
    while (rows.length && !rows[0].disabled) set(rows[0], asked.get(rows.shift().dataset.name));
  }
  apply();
  if (rows.length) figure.addEventListener("film", apply); // each control as soon as it can move
}

async function copy(figure, button) {
  const say = (words) => [".copied", ".spoken"].forEach((one) => (figure.querySelector(one).textContent = words));
  try {
    await navigator.clipboard.writeText(link(figure));
    say("Copied: this page, with the picture as it stands.");
  } catch {
    const field = figure.querySelector(".link") ?? document.createElement("input");
    Object.assign(field, { className: "link", readOnly: true, ariaLabel: "link", value: link(figure) });
    button.after(field);
    field.select();
    say("Copy it from the field.");
  }
}

for (const button of document.querySelectorAll(".copy")) {
  const figure = button.closest(".picture");
  button.hidden = false;
  button.addEventListener("click", () => copy(figure, button));
}
addEventListener("hashchange", restore);
restore();
