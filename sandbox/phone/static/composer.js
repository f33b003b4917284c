// Where the customer writes and attaches.
import { attach, send } from "./chat.js";
import { byId } from "./dom.js";

const field = byId("composer");
const menu = byId("attach-menu");
const opener = byId("attach");

function fit() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 132)}px`;
  byId("send").disabled = !field.value.trim();
}

function submit(event) {
  event.preventDefault();
  const body = field.value.trim();
  if (!body) return;
  field.value = "";
  fit();
  field.focus();
  send({ type: "text", text: { body } });
}

function toggle(open) {
  menu.hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
  (open ? menu.querySelector("button") : opener).focus();
}

function walk(event) {
  const tiles = [...menu.querySelectorAll("button")];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) tiles.at((tiles.indexOf(document.activeElement) + step) % tiles.length).focus();
  if (event.key === "Escape") toggle(false);
}

field.addEventListener("input", fit);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
});
byId("composer-form").addEventListener("submit", submit);
opener.addEventListener("click", () => toggle(menu.hidden));
menu.addEventListener("keydown", walk);
menu.addEventListener("click", (event) => {
  const tile = event.target.closest("[data-sample]");
  if (!tile) return;
  toggle(false);
  attach(tile.dataset.sample);
});
document.addEventListener("pointerdown", (event) => {
  if (!menu.hidden && !event.target.closest("#attach-menu, #attach")) toggle(false);
});
