// The form for one event.
import { byId, texts } from "./page.js";
import { moved } from "./moments.js";

const sheet = byId("event-sheet");
const form = byId("event-form");

sheet.addEventListener("click", (event) => {
  if (event.target === sheet || event.target.closest("[data-dismiss]")) sheet.close();
});
form.elements.whole.addEventListener("change", () => dress(form.elements.whole.checked));

export const openNew = (event, doing) => open(texts.new_event, event, doing);
export const openSheet = (event, doing) => open(texts.edit_event, event, doing);

function open(title, event, { save, remove, zone }) {
  byId("event-title").textContent = title;
  byId("event-problem").textContent = "";
  byId("delete-event").hidden = !remove;
  byId("delete-event").onclick = () => {
    sheet.close();
    remove();
  };
  form.elements.summary.value = event.title;
  form.elements.free.checked = event.free;
  form.elements.whole.checked = event.whole;
  dress(event.whole);
  form.elements.start.value = event.start;
  // Google's last day is the one after; people name the last one that counts.
  form.elements.end.value = event.whole ? moved(event.end, -1440).slice(0, 10) : event.end;
  form.onsubmit = (submitted) => {
    submitted.preventDefault();
    const body = read(zone);
    if (!body) return;
    sheet.close();
    save(body);
  };
  sheet.showModal();
}

function dress(whole) {
  for (const name of ["start", "end"]) {
    const field = form.elements[name];
    const value = field.value;
    field.type = whole ? "date" : "datetime-local";
    field.value = whole ? value.slice(0, 10) : value.length === 10 ? `${value}T10:00` : value;
  }
}

function read(zone) {
  const { summary, start, end, whole, free } = form.elements;
  const ordered = whole.checked ? start.value <= end.value : start.value < end.value;
  if (!start.value || !end.value || !ordered) {
    byId("event-problem").textContent = texts.wrong_times;
    start.focus();
    return null;
  }
  const shared = { summary: summary.value.trim(), transparency: free.checked ? "transparent" : "opaque" };
  if (whole.checked) return { ...shared, start: { date: start.value }, end: { date: moved(end.value, 1440).slice(0, 10) } };
  const side = (value) => ({ dateTime: `${value.slice(0, 16)}:00`, timeZone: zone });
  return { ...shared, start: side(start.value), end: side(end.value) };
}
