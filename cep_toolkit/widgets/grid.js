// One page of a table. Text only ever enters as text, never as HTML.

function element(name, attributes = {}, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

function heading(model, column) {
  const order = model.get("order");
  const sorted = order.column === column.name;
  const direction = sorted ? (order.descending ? "descending" : "ascending") : "none";
  const cell = element("th", { scope: "col", "aria-sort": direction });
  const arrow = sorted ? (order.descending ? " ▼" : " ▲") : "";
  const button = element("button", { type: "button", title: column.meaning || column.name }, column.name + arrow);
  button.dataset.column = column.name;
  button.addEventListener("click", () => model.send({ sort: column.name }));
  cell.append(button);
  if (column.unit) cell.append(element("small", {}, column.unit));
  if (column.number) cell.classList.add("cep-number");
  return cell;
}

function tick(model, key) {
  const box = element("input", { type: "checkbox", "aria-label": "choose " + key });
  box.checked = model.get("ticked").includes(key);
  box.addEventListener("change", () => {
    const others = model.get("ticked").filter((one) => one !== key);
    model.set("ticked", box.checked ? [...others, key] : others);
    model.save_changes();
  });
  const cell = element("td");
  cell.append(box);
  return cell;
}

function table(model) {
  const columns = model.get("columns");
  const keys = model.get("identifiers");
  const head = element("tr");
  if (keys.length) head.append(element("th", { scope: "col" }, "choose"));
  for (const column of columns) head.append(heading(model, column));
  const body = element("tbody");
  model.get("rows").forEach((row, place) => {
    const line = element("tr");
    if (keys.length) line.append(tick(model, keys[place]));
    row.forEach((text, number) => {
      const cell = element("td", { title: text }, text);  // whole, where the column is too narrow for it
      if (columns[number] && columns[number].number) cell.classList.add("cep-number");
      line.append(cell);
    });
    body.append(line);
  });
  const made = element("table", { "aria-label": model.get("caption") });
  const top = element("thead");
  top.append(head);
  made.append(top, body);
  return made;
}

function render({ model, el }) {
  const frame = element("div", { class: "cep-grid", tabindex: "0", role: "region" });
  el.append(frame);
  const draw = () => {
    const active = frame.contains(document.activeElement) ? document.activeElement.dataset.column : undefined;
    const left = frame.scrollLeft;
    frame.setAttribute("aria-label", model.get("caption"));
    frame.replaceChildren(table(model));
    frame.scrollLeft = left;
    if (active) frame.querySelector(`button[data-column="${CSS.escape(active)}"]`)?.focus();
  };
  // Several parts of a page change at once: it is drawn once, when all are here.
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => { waiting = false; draw(); });
  };
  for (const part of ["columns", "rows", "identifiers", "order"]) model.on("change:" + part, later);
  model.on("change:ticked", () => {
    const ticked = model.get("ticked");
    frame.querySelectorAll("td input").forEach((box, place) => { box.checked = ticked.includes(model.get("identifiers")[place]); });
  });
  draw();
}

export default { render };
