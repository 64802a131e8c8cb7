// In JupyterLab a plain key is a command of the notebook wherever no text is typed: "x" on a button would cut the cell.
// Inside a face, keys belong to its controls; only those with Ctrl or Cmd, and Shift+Enter, stay JupyterLab's.

const SUPPRESS = "data-lm-suppress-shortcuts";  // what JupyterLab looks for, first on the element that has the focus

function claim(event) {
  const control = event.target;
  if (!(control instanceof Element) || !control.closest(".cep-face")) return;
  const theirs = event.ctrlKey || event.metaKey || (event.shiftKey && event.key === "Enter");
  control.toggleAttribute(SUPPRESS, !theirs);
}

function initialize() {
  if (window.cepKeysClaimed) return;  // one listener serves every face
  window.cepKeysClaimed = true;
  window.addEventListener("keydown", claim, true);  // before JupyterLab's own
}

export default { initialize };
