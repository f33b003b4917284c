// The week in the hands of its owner: drag, edit, delete; and the workbench beside it.
import { ask, base, byId, notify, texts } from "./page.js";
import { follow, letGo } from "./drag.js";
import { openNew, openSheet } from "./sheet.js";
import { minutesOf, moved, shiftText } from "./moments.js";
import { refresh as refreshBench } from "./bench.js";

const week = byId("week");
const calendar = week.dataset.calendar;
const events = `sandbox/calendars/${encodeURIComponent(calendar)}/events`;
let asked = 0;

// Answers may overtake each other, and nothing is drawn under a finger: only the last question's counts.
async function draw() {
  const turn = ++asked;
  const day = week.querySelector(".week-head").dataset.monday;
  const answer = await fetch(`${base}/calendar/week?calendar=${encodeURIComponent(calendar)}&day=${day}`);
  const html = await answer.text();
  if (turn !== asked || !answer.ok) return;
  await letGo();
  if (turn === asked && !underWay) replace(html);
}

function replace(html) {
  const scroll = week.querySelector(".scroll");
  const [top, left] = [scroll.scrollTop, scroll.scrollLeft];
  const held = week.contains(document.activeElement) ? document.activeElement.dataset.id : undefined;
  // Made by this service from its own template, which escapes every word of it.
  week.innerHTML = html;
  const fresh = week.querySelector(".scroll");
  [fresh.scrollTop, fresh.scrollLeft] = [top, left];
  if (held) week.querySelector(`[data-id="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

function change(id, body) {
  return attempt(() => ask(`${events}/${encodeURIComponent(id)}`, "PATCH", body));
}

function remove(id) {
  return attempt(() => ask(`${events}/${encodeURIComponent(id)}`, "DELETE"));
}

function add(body) {
  return attempt(() => ask(events, "POST", body));
}

let writing = Promise.resolve();
let underWay = 0;

// One after the other: of two quick presses the second must not arrive first, and no draw comes between them.
function attempt(call) {
  underWay += 1;
  writing = writing.then(call).catch((error) => notify(`${texts.not_done} ${error.message}`)).then(() => (underWay -= 1));
  return writing.then(draw);
}

const zone = week.dataset.zone;
const sides = ({ start, end }) => ({ start: { dateTime: `${start}:00`, timeZone: zone }, end: { dateTime: `${end}:00`, timeZone: zone } });

function shift(event, { days = 0, minutes = 0, length = 0 }) {
  const { id, start, end } = event.dataset;
  const until = shiftText(end, days, minutes + length);
  const from = shiftText(start, days, minutes);
  if (from >= until) return;
  // The next press counts from here, even if it comes before the answer.
  Object.assign(event.dataset, { start: from, end: until });
  change(id, sides({ start: from, end: until }));
}

const KEYS = {
  ArrowUp: ({ shiftKey }) => (shiftKey ? { length: -15 } : { minutes: -15 }),
  ArrowDown: ({ shiftKey }) => (shiftKey ? { length: 15 } : { minutes: 15 }),
  ArrowLeft: () => ({ days: -1 }),
  ArrowRight: () => ({ days: 1 }),
};

week.addEventListener("keydown", (pressed) => {
  const event = pressed.target.closest(".event");
  if (!event) return;
  if (KEYS[pressed.key]) {
    pressed.preventDefault();
    shift(event, KEYS[pressed.key](pressed));
  } else if (pressed.key === "Delete" || pressed.key === "Backspace") remove(event.dataset.id);
});

follow(week, {
  moved: (event, steps) => shift(event, steps),
  pressed: (event) => edit(event),
  empty: (day, minutes) => create(day, minutes),
});
week.addEventListener("click", (clicked) => {
  const whole = clicked.target.closest(".whole");
  const event = clicked.target.closest(".event");
  // A press of the pointer is followed above; what comes here without one is the keyboard's.
  if (whole || (event && clicked.detail === 0)) edit(whole ?? event);
});

function edit(element) {
  const { id, title, start, end, free } = element.dataset;
  openSheet({ title, start, end, free: Boolean(free), whole: element.classList.contains("whole") }, { save: (body) => change(id, body), remove: () => remove(id), zone });
}

function create(day, minutes) {
  const start = moved(`${day}T00:00`, minutes);
  openNew({ title: "", start, end: moved(start, 60), free: false, whole: false }, { save: add, zone });
}

byId("new-event").addEventListener("click", () => create(week.querySelector(".column.today, .column").dataset.day, 600));

function openRail(name) {
  for (const each of ["people", "workbench"]) byId(each).classList.toggle("open", each === name);
  byId("veil").hidden = !name;
  if (name) byId(name).querySelector("[data-close]").focus();
}
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) openRail(opener.dataset.open);
  else if (event.target.closest("[data-close]") || event.target.id === "veil") openRail(null);
});
document.addEventListener("keydown", (event) => event.key === "Escape" && openRail(null));

const first = week.querySelector(".event");
const hour = first ? Math.max(0, minutesOf(first.dataset.start) - 60) : 420;
week.querySelector(".scroll").scrollTop = (hour / 15) * 13;

// The stream tells only what happens from now on, so everything is read again when it opens.
const stream = new EventSource(`${base}/calendar/changes`);
stream.addEventListener("changed", () => Promise.allSettled([draw(), refreshBench()]));
stream.addEventListener("open", async () => {
  notify("");
  await Promise.allSettled([draw(), refreshBench()]);
  document.body.setAttribute("aria-busy", "false");
});
stream.addEventListener("error", () => notify(texts.offline, true));
