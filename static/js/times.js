// Times are written in UTC: shows them, and takes them in fields, as the reader's own clock has them.
// <time datetime data-local="long">, <input type="datetime-local" data-moment>, and [data-zone] that names the zone.
const DATE = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "short" };
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

function worded(at, form) {
  const day = new Intl.DateTimeFormat("en-GB", form === "short" ? SHORT : DATE).format(at);
  return `${day}, ${new Intl.DateTimeFormat("en-GB", CLOCK).format(at)}`;
}

function local(at) {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

for (const time of document.querySelectorAll("time[data-local]")) {
  time.textContent = worded(new Date(time.dateTime), time.dataset.local);
}

for (const field of document.querySelectorAll("input[data-moment]")) {
  if (field.value) field.value = local(new Date(`${field.value}Z`));
  field.form?.addEventListener("formdata", (event) => {
    if (field.value) event.formData.set(field.name, new Date(field.value).toISOString());
  });
}

for (const named of document.querySelectorAll("[data-zone]")) {
  named.textContent = `your own time (${Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll("_", " ")})`;
}
