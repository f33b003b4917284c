// The conversation on the screen: which one, what is in it, who is typing.
import * as api from "./api.js";
import { turn } from "./bubbles.js";
import { avatar, byId, dayName, h, notify, say, texts } from "./dom.js";
import { drawer } from "./rests.js";
import { openMenu } from "./sheets.js";

const log = byId("log");
const state = { number: null, customer: null, bubbles: new Map() };
let typingEnds;

// What is written before it is known who writes to whom waits for that instead of getting lost.
let tellChosen;
const chosen = new Promise((resolve) => (tellChosen = resolve));

export const current = () => state;

export async function show(number, customer) {
  Object.assign(state, { number, customer, bubbles: new Map() });
  avatar(number, byId("bar-avatar"));
  byId("bar-name").textContent = number.name;
  byId("speaker").textContent = say("writing_as", { name: customer.name });
  stopTyping();
  pinned = true;
  tellChosen();
  await reload();
}

export async function reload() {
  const { number, customer } = state;
  if (!number || !customer) return;
  const { bubbles } = await api.chat(number.id, customer.key);
  if (state.number !== number || state.customer !== customer) return;
  // This may be older than what came in meanwhile: it adds and renews, and takes nothing away.
  for (const bubble of bubbles) if (!isOlder(bubble, state.bubbles.get(bubble.id))) state.bubbles.set(bubble.id, bubble);
  draw();
  markRead();
}

export function belongs(event) {
  return event.number === state.number?.id && event.customer === state.customer?.key;
}

const STEPS = ["pending", "sent", "delivered", "read", "played", "failed"];
const isOlder = (one, other) => other && STEPS.indexOf(one.status) < STEPS.indexOf(other.status);

export function take(bubble) {
  // The answer to our own call may come after the news of what happened since.
  if (!belongs(bubble) || isOlder(bubble, state.bubbles.get(bubble.id))) return;
  const fresh = !state.bubbles.has(bubble.id);
  state.bubbles.set(bubble.id, bubble);
  if (fresh && bubble.side === "merchant") stopTyping();
  draw(fresh ? bubble.id : undefined);
  if (bubble.side === "merchant" && ["sent", "delivered"].includes(bubble.status)) markRead();
}

export async function send(content, replyTo = "") {
  await attempt((pair) => api.write({ ...pair, content, reply_to: replyTo }));
}

export async function attach(sample, replyTo = "") {
  await attempt((pair) => api.attach({ ...pair, sample, reply_to: replyTo }));
}

async function attempt(call) {
  await chosen;
  try {
    take(await call(pair()));
  } catch {
    notify(texts.not_sent);
  }
}

const pair = () => ({ number: state.number.id, customer: state.customer.key });

function markRead() {
  if (document.visibilityState !== "visible") return;
  const waiting = [...state.bubbles.values()].some((one) => one.side === "merchant" && ["sent", "delivered"].includes(one.status));
  if (waiting) api.readChat(state.number.id, state.customer.key).catch(() => undefined);
}
document.addEventListener("visibilitychange", markRead);

function onChoice(bubble, choice) {
  const context = bubble.id;
  const reply = { id: choice.id, title: choice.title };
  if (choice.kind === "menu") openMenu(bubble.menu, (row) => send(listReply(row), context));
  else if (choice.kind === "location" || choice.kind === "contact") attach(choice.kind, context);
  else if (choice.kind === "quick_reply") send({ type: "button", button: { payload: choice.id, text: choice.title } }, context);
  else send({ type: "interactive", interactive: { type: "button_reply", button_reply: reply } }, context);
}

function listReply({ id, title, description }) {
  const reply = { id, title, ...(description ? { description } : {}) };
  return { type: "interactive", interactive: { type: "list_reply", list_reply: reply } };
}

// While the reader is at the end, the end stays in view, whatever grows above it.
let pinned = true;
log.addEventListener("scroll", () => (pinned = log.scrollHeight - log.scrollTop - log.clientHeight < 120));
log.addEventListener("load", settle, true);
new ResizeObserver(settle).observe(log);

function settle() {
  if (pinned) log.scrollTop = log.scrollHeight;
}

function draw(freshId) {
  const open = new Set([...log.querySelectorAll("details[open]")].map((one) => one.closest(".turn").dataset.id));
  const shown = [...state.bubbles.values()].filter((one) => one.kind !== "reaction").sort((a, b) => a.sequence - b.sequence);
  const kept = new Map([...log.querySelectorAll(".turn")].map((one) => [one.dataset.id, one]));
  log.replaceChildren(...(shown.length ? lines(shown, { freshId, open, kept }) : [empty()]));
  pinned ||= Boolean(freshId);
  settle();
}

function lines(shown, memory) {
  const reactions = reactionsByTarget();
  let day, side;
  return shown.flatMap((bubble) => {
    const today = dayName(bubble.at);
    const before = today === day ? [] : [h("p", { className: "day" }, today)];
    const opens = side !== bubble.side || before.length > 0;
    [day, side] = [today, bubble.side];
    return [...before, line(bubble, opens, reactions.get(bubble.id), memory)];
  });
}

// An unchanged message keeps its element, so that what plays goes on playing and focus stays.
function line(bubble, opens, reaction, { freshId, open, kept }) {
  const print = JSON.stringify([bubble, opens, reaction]);
  const old = kept.get(bubble.id);
  if (old?.dataset.print === print) {
    old.classList.remove("fresh");
    return old;
  }
  const element = turn(bubble, { opens, reaction, fresh: bubble.id === freshId, onChoice });
  element.dataset.print = print;
  drawer(bubble).then((found) => found && underneath(element, found, open.has(bubble.id)));
  return element;
}

function underneath(element, found, opened) {
  if (opened) found.open = true;
  element.append(found);
  settle();
}

function reactionsByTarget() {
  const reactions = [...state.bubbles.values()].filter((one) => one.kind === "reaction");
  return new Map(reactions.sort((a, b) => a.sequence - b.sequence).map((one) => [one.reaction.target, one.reaction.emoji]));
}

function empty() {
  const ideas = state.number.suggestions.map((text) => h("button", { type: "button", className: "idea", onclick: () => send({ type: "text", text: { body: text } }) }, text));
  return h(
    "div",
    { className: "empty" },
    avatar(state.number),
    h("strong", {}, say("empty_title", { name: state.number.name })),
    h("p", {}, texts.empty_text),
    ideas.length ? h("div", { className: "ideas" }, h("span", {}, texts.try_asking), ideas) : null,
  );
}

export function startTyping(seconds) {
  clearTimeout(typingEnds);
  byId("typing").hidden = false;
  byId("bar-state").textContent = texts.typing;
  typingEnds = setTimeout(stopTyping, seconds * 1000);
}

function stopTyping() {
  clearTimeout(typingEnds);
  byId("typing").hidden = true;
  byId("bar-state").textContent = state.number?.tagline || texts.online;
}
