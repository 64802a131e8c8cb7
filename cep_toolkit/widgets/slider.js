// The browser's own slider: it works from the keyboard, and says its name and its value to those who do not see it.

function render({ model, el }) {
  const label = document.createElement("label");
  label.className = "cep-slider";
  const range = document.createElement("input");
  range.type = "range";
  label.append(model.get("label") + " ", range);
  el.append(label);
  const draw = () => {
    for (const part of ["min", "max", "step", "value"]) range[part] = model.get(part);  // the value last, within the ends
    range.setAttribute("aria-valuetext", model.get("text"));
  };
  range.addEventListener("input", () => {
    model.set("value", range.valueAsNumber);
    model.save_changes();
  });
  for (const part of ["min", "max", "step", "value", "text"]) model.on("change:" + part, draw);
  draw();
}

export default { render };
