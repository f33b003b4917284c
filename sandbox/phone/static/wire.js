// The second half of the workbench: what passed over the wire.
import * as api from "./api.js";
import { byId, h, hour, notify, say, texts } from "./dom.js";

const SHOWN = 40;
const list = byId("wire");
let seen = 0;
let reading = Promise.resolve();

// One after the other: each asks for what came after the one before it, so none is shown twice or missed.
export function refresh() {
  reading = reading.then(readOn, readOn);
  return reading;
}

async function readOn() {
  const { exchanges } = await api.exchanges(seen);
  for (const exchange of exchanges) list.prepend(line(exchange));
  seen = exchanges.at(-1)?.serial ?? seen;
  while (list.children.length > SHOWN) list.lastElementChild.remove();
}

function line({ at, lane, summary, outcome, body, headers }) {
  const code = h("span", { className: outcome === 200 ? "code" : "code bad" }, outcome ? String(outcome) : texts.nobody);
  const heads = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return h(
    "li",
    {},
    h(
      "details",
      {},
      h("summary", {}, h("span", { className: "lane" }, texts[`wire_${lane}`]), h("span", { className: "what" }, `${summary} · ${hour(at)}`), code),
      h("pre", { tabIndex: 0 }, [...heads, heads.length ? "" : null, body].filter((part) => part !== null).join("\n")),
    ),
  );
}

byId("handshake").addEventListener("click", async () => {
  const { ok, reason } = await api.handshake();
  notify(ok ? texts.handshake_ok : say("handshake_bad", { reason }));
});
