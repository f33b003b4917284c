// The drawer under an answer: the entries that it rests on, when the service tells.
import { sources } from "./api.js";
import { h, icon, say, texts } from "./dom.js";

const known = new Map();

export async function drawer(bubble) {
  if (bubble.side !== "merchant" || !bubble.callback_data) return null;
  if (!known.has(bubble.id)) known.set(bubble.id, sources(bubble.id));
  const found = await known.get(bubble.id);
  if (!found) {
    known.delete(bubble.id);
    return null;
  }
  if (!found.sources.length && !found.abstained) return null;
  return found.abstained ? abstained(found) : supported(found);
}

function supported({ sources: entries, confidence }) {
  const title = entries.length === 1 ? texts.sources_one : say("sources_many", { count: entries.length });
  return h(
    "details",
    { className: "rests" },
    h("summary", {}, icon("book"), title, meter(confidence)),
    h("ul", { "aria-label": texts.sources }, entries.map(entry)),
  );
}

const entry = ({ key, title }) => h("li", {}, h("span", {}, title || key), title ? h("code", {}, key) : null);

function abstained({ confidence }) {
  return h("p", { className: "rests abstained" }, h("span", { className: "chip" }, icon("book"), texts.abstained, meter(confidence)));
}

function meter(confidence) {
  if (confidence === null || confidence === undefined) return null;
  const percent = Math.round(confidence * 100);
  const fill = h("i");
  fill.style.width = `${percent}%`;
  const label = `${texts.confidence} ${percent} %`;
  return h("span", { className: "with-meter", title: label }, h("span", { className: "meter", role: "img", "aria-label": label }, fill), ` ${percent} %`);
}
