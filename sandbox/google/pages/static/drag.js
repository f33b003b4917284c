// Events under a pointer: moved by whole quarters and days, or stretched at their lower edge.
const QUARTER = 13;
let drag = null;
let waiting = [];

// Resolves when nothing is being dragged.
export const letGo = () => (drag ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve());

export function follow(week, { moved, pressed, empty }) {
  week.addEventListener("pointerdown", (down) => {
    const event = down.target.closest(".event");
    if (!event || down.button !== 0) return;
    drag = { event, x: down.clientX, y: down.clientY, stretch: Boolean(down.target.closest(".edge")), columns: columnsOf(week), steps: { days: 0, minutes: 0, length: 0 } };
    event.setPointerCapture(down.pointerId);
  });
  week.addEventListener("pointermove", (move) => drag && show(move));
  week.addEventListener("pointerup", () => finish(moved, pressed));
  week.addEventListener("pointercancel", () => finish(() => undefined, () => undefined));
  week.addEventListener("click", (click) => {
    if (!click.target.classList.contains("column")) return;
    const quarter = Math.floor((click.clientY - click.target.getBoundingClientRect().top) / QUARTER);
    empty(click.target.dataset.day, Math.floor(quarter / 2) * 30);
  });
}

const columnsOf = (week) => [...week.querySelectorAll(".column")].map((column) => column.getBoundingClientRect());

function show(move) {
  const quarters = Math.round((move.clientY - drag.y) / QUARTER);
  const { event, stretch, columns } = drag;
  const at = (x) => columns.findIndex(({ left, right }) => x >= left && x < right);
  const days = stretch || at(move.clientX) < 0 ? 0 : at(move.clientX) - at(drag.x);
  drag.steps = stretch ? { days: 0, minutes: 0, length: quarters * 15 } : { days, minutes: quarters * 15, length: 0 };
  if (!days && !quarters && !event.classList.contains("held")) return;
  event.classList.add("held");
  if (stretch) event.style.height = `${Math.max(QUARTER, (Number(event.dataset.height ?? 0) || keep(event)) + quarters * QUARTER)}px`;
  else event.style.transform = `translate(${days * columns[0].width}px, ${quarters * QUARTER}px)`;
}

const keep = (event) => (event.dataset.height = event.getBoundingClientRect().height);

function finish(moved, pressed) {
  if (!drag) return;
  const { event, steps } = drag;
  drag = null;
  if (steps.days || steps.minutes || steps.length) moved(event, steps);
  else {
    event.classList.remove("held");
    event.style.transform = "";
    pressed(event);
  }
  waiting.forEach((resolve) => resolve());
  waiting = [];
}
