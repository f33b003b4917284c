// The first half of the workbench: misbehaviour on demand.
import * as api from "./api.js";
import { byId, h, say, setup, texts } from "./dom.js";

const ANSWERS = new Set(["error_before", "error_after", "hang_after", "graph_error"]);
const TIMED = new Set(["late", "hang_after"]);
const dials = new Map();
let armed = new Map();
let drawn;

const wish = (kind) => dials.get(kind) ?? { count: kind === "batch" ? 3 : 1, seconds: kind === "late" ? 8 : 30, code: 131000 };

let asked = 0;

// Answers may overtake each other; only the last question's counts.
async function show(answer) {
  const turn = ++asked;
  const found = await answer;
  if (turn === asked) draw(found);
}

export const refresh = () => show(api.faults());

function draw({ armed: list, held }) {
  const print = JSON.stringify([list, held]);
  if (print === drawn) return;
  drawn = print;
  armed = new Map(list.map((fault) => [fault.kind, fault]));
  const [toProduct, inAnswers] = [setup.fault_kinds.filter((kind) => !ANSWERS.has(kind)), [...ANSWERS]];
  byId("fault-groups").replaceChildren(group(texts.to_product, toProduct), group(texts.in_answers, inAnswers));
  byId("armed-dot").hidden = armed.size === 0;
  byId("disarm-all").hidden = armed.size === 0;
  byId("held").hidden = held === 0;
  byId("held").firstElementChild.textContent = say("held", { count: held });
}

const group = (title, kinds) => h("section", { className: "faults" }, h("h3", {}, title), kinds.map(fault));

function fault(kind) {
  const active = armed.get(kind);
  const press = () => show(active ? api.disarm(kind) : api.arm({ kind, ...wish(kind) }));
  const title = texts[`fault_${kind}`];
  const verb = active ? texts.disarm : texts.arm;
  return h(
    "div",
    { className: active ? "fault armed" : "fault", data: { kind } },
    h("div", { className: "name" }, h("b", {}, title), h("span", { className: "hint" }, texts[`fault_${kind}_hint`])),
    active ? h("span", { className: "left" }, say("armed_count", { count: active.count })) : times(kind, title),
    h("button", { type: "button", className: "small", onclick: press, "aria-pressed": String(Boolean(active)), "aria-label": `${verb}: ${title}` }, verb),
    active ? null : more(kind),
  );
}

const times = (kind, title) => h("label", {}, "×", dial(kind, "count", 1, 100, `${texts.times}: ${title}`));

function more(kind) {
  if (TIMED.has(kind)) return h("div", { className: "more" }, h("label", {}, texts.seconds, dial(kind, "seconds", 0, 3600)));
  return kind === "graph_error" ? h("div", { className: "more" }, codes(kind)) : null;
}

const remember = (kind, name) => (event) => dials.set(kind, { ...wish(kind), [name]: Number(event.target.value) });

function dial(kind, name, min, max, label) {
  return h("input", { type: "number", min, max, value: wish(kind)[name], "aria-label": label, onchange: remember(kind, name) });
}

function codes(kind) {
  const options = setup.error_codes.map((code) => h("option", { value: code, selected: code === wish(kind).code }, String(code)));
  return h("label", {}, texts.error_code, h("select", { onchange: remember(kind, "code") }, options));
}

byId("disarm-all").addEventListener("click", () => show(api.disarm()));
byId("let-go").addEventListener("click", async () => {
  await api.letGo();
  await refresh();
});
