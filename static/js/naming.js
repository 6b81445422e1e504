// Gives the fields in which rows are found by typing the names that their labels have; the script that draws them does not.
function name() {
  for (const field of document.querySelectorAll("select.select2-hidden-accessible")) {
    const label = field.getAttribute("aria-label") ?? field.labels?.[0]?.textContent.trim().replace(/:$/, "");
    const drawn = field.nextElementSibling?.querySelector("[role=textbox]");
    if (label && field.multiple) field.nextElementSibling?.querySelector("input")?.setAttribute("aria-label", label);
    if (label && drawn) drawn.setAttribute("aria-label", [label, drawn.title].filter(Boolean).join(": "));
  }
}

function soon() {
  setTimeout(name);
}

document.addEventListener("formset:added", soon);
document.addEventListener("focusin", name);
if (document.readyState === "complete") soon();
else addEventListener("load", soon);
