// One message as it looks in the chat.
import { fileAddress } from "./api.js";
import { h, hour, icon, say, texts } from "./dom.js";
import { voice } from "./voice.js";
import { words } from "./words.js";

export function turn(bubble, { opens, fresh, reaction, onChoice }) {
  const failed = bubble.status === "failed";
  const classes = ["turn", bubble.side, opens && "opens", fresh && "fresh", failed && "lost", reaction && "reacted", bubble.choices.length && "tappable"];
  return h(
    "article",
    { className: classes.filter(Boolean).join(" "), data: { id: bubble.id } },
    h("div", { className: "bubble" }, inside(bubble), reaction ? h("span", { className: "emoji" }, reaction) : null),
    choices(bubble, onChoice),
    failed ? h("p", { className: "trouble" }, trouble(bubble)) : null,
  );
}

function inside(bubble) {
  return [
    bubble.reply_to?.text ? quote(bubble.reply_to.text) : null,
    bubble.header ? h("span", { className: "head" }, bubble.header) : null,
    attachment(bubble),
    bubble.text && !bubble.place && !bubble.card ? h("span", { className: "words" }, words(bubble.text)) : null,
    bubble.footer ? h("span", { className: "foot" }, bubble.footer) : null,
    h("span", { className: "stamp" }, hour(bubble.at), bubble.side === "customer" ? tick(bubble.status) : null),
  ];
}

const quote = (text) => h("span", { className: "quote", title: `${texts.replying_to} ${text}` }, text);

function tick(status) {
  const label = texts[`status_${status}`];
  if (status === "failed") return icon("bang", "bad", label);
  if (status === "pending") return icon("clock", "clock", label);
  return icon(status === "sent" ? "tick" : "ticks", status === "read" ? "read" : "", label);
}

function trouble({ side, failure }) {
  const code = failure?.code > 0 ? failure.code : texts.nobody;
  if (side === "customer") return say("failed_inbound", { code });
  return say("failed_outbound", { code, reason: failure?.reason ?? "" });
}

function attachment(bubble) {
  if (bubble.place) return piece("location", bubble.place.name || texts.location, bubble.place.address ?? coordinates(bubble.place));
  if (bubble.card) return piece("contact", bubble.card.names.join(", "), bubble.card.phones.join(", "));
  if (!bubble.file) return null;
  if (!bubble.file.id) return piece("link", bubble.file.filename || texts[kindName(bubble.kind)], texts.not_loaded, bubble.file.link);
  const address = fileAddress(bubble.file.id);
  if (bubble.kind === "image" || bubble.kind === "sticker") return h("img", { className: "picture", src: address, alt: bubble.text || texts.photo });
  if (bubble.kind === "audio") return voice(address);
  return piece("document", bubble.file.filename || texts[kindName(bubble.kind)], texts.download, address);
}

const kindName = (kind) => (kind === "image" ? "photo" : kind);
const coordinates = ({ latitude, longitude }) => `${latitude}, ${longitude}`;

function piece(name, title, note, address) {
  const inner = [icon(name), h("span", {}, h("b", {}, title), h("small", {}, note))];
  return address
    ? h("a", { className: "piece", href: address, target: "_blank", rel: "noreferrer noopener" }, inner)
    : h("div", { className: "piece" }, inner);
}

const ICONS = { reply: "reply", quick_reply: "reply", url: "link", location: "location", contact: "contact" };
const TITLES = { location: "send_location", contact: "send_contact" };

function choices(bubble, onChoice) {
  if (bubble.menu) return h("div", { className: "choices" }, opener(bubble, onChoice));
  if (!bubble.choices.length) return null;
  return h("div", { className: "choices" }, bubble.choices.map((choice) => tappable(bubble, choice, onChoice)));
}

function opener(bubble, onChoice) {
  const open = () => onChoice(bubble, { kind: "menu" });
  return h("button", { type: "button", className: "choice", "aria-haspopup": "dialog", onclick: open }, icon("list"), bubble.menu.button);
}

function tappable(bubble, choice, onChoice) {
  const title = choice.title || texts[TITLES[choice.kind]] || choice.kind;
  const content = [icon(ICONS[choice.kind] ?? "reply"), title];
  if (choice.kind === "url") return h("a", { className: "choice", href: choice.url, target: "_blank", rel: "noreferrer noopener" }, content);
  return h("button", { type: "button", className: "choice", onclick: () => onChoice(bubble, choice) }, content);
}
