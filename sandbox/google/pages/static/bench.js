// The workbench: faults, access and clock, and what passed over the wire.
import { ask, base, byId, notify, texts } from "./page.js";

const panels = byId("panels");
const names = ["faults", "access", "wire"];
let shown = "faults";
let asked = 0;

export async function refresh() {
  const turn = ++asked;
  const answer = await fetch(`${base}/calendar/workbench`);
  const html = await answer.text();
  // Nothing is taken away from under somebody who is filling it in.
  if (turn !== asked || !answer.ok || panels.contains(document.activeElement?.closest("select, input"))) return;
  const open = new Set([...panels.querySelectorAll("details[open]")].map((each) => each.dataset.serial));
  const only = byId("only-for").value;
  // Made by this service from its own template, which escapes every word of it.
  panels.innerHTML = html;
  for (const each of panels.querySelectorAll("details")) each.open = open.has(each.dataset.serial);
  byId("only-for").value = only;
  select(shown);
}

function select(name) {
  shown = name;
  for (const each of names) {
    byId(`tab-${each}`).setAttribute("aria-selected", String(each === name));
    byId(`tab-${each}`).tabIndex = each === name ? 0 : -1;
    byId(`panel-${each}`).hidden = each !== name;
  }
}

for (const [place, name] of names.entries()) {
  byId(`tab-${name}`).addEventListener("click", () => select(name));
  byId(`tab-${name}`).addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    select(names.at((place + step) % names.length));
    byId(`tab-${shown}`).focus();
  });
}

async function perform(call) {
  try {
    await call();
  } catch (error) {
    notify(`${texts.not_done} ${error.message}`);
  }
  document.activeElement?.blur();
  await refresh();
}

panels.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const fault = { kind: form.dataset.kind, count: Number(form.elements.count.value) };
  if (form.elements.reason) fault.reason = form.elements.reason.value;
  if (form.elements.seconds) fault.seconds = Number(form.elements.seconds.value);
  if (/^(error|hang|cut)_/.test(fault.kind)) fault.method = byId("only-for").value;
  perform(() => ask("sandbox/faults", "POST", fault));
});

panels.addEventListener("click", (event) => {
  const { disarm, end, account, advance, release, resync } = event.target.closest("button")?.dataset ?? {};
  if (disarm) perform(() => ask(`sandbox/faults/${disarm}`, "DELETE"));
  else if (end) perform(() => ask("sandbox/endings", "POST", { account, how: end }));
  else if (advance) perform(() => ask("sandbox/clock", "PUT", { advance: Number(advance) }));
  else if (release !== undefined) perform(() => ask("sandbox/clock", "DELETE"));
  else if (resync !== undefined) perform(() => ask("sandbox/sync-tokens/invalidate", "POST"));
});
