// Joins the parts of the page and listens for what happens.
import { listen } from "./api.js";
import * as chat from "./chat.js";
import "./composer.js";
import { byId, notify, texts } from "./dom.js";
import * as faults from "./faults.js";
import * as people from "./people.js";
import * as wire from "./wire.js";

const rails = ["people", "workbench"];
let wasOffline = false;

function openRail(name) {
  rails.forEach((each) => byId(each).classList.toggle("open", each === name));
  byId("veil").hidden = !name;
  if (name) byId(name).querySelector(".rail-close").focus();
}

function selectTab(name) {
  for (const each of ["faults", "wire"]) {
    const chosen = each === name;
    byId(`tab-${each}`).setAttribute("aria-selected", String(chosen));
    byId(`tab-${each}`).tabIndex = chosen ? 0 : -1;
    byId(`panel-${each}`).hidden = !chosen;
  }
}

function onBubble(bubble) {
  if (chat.belongs(bubble)) chat.take(bubble);
  else if (bubble.side === "merchant" && bubble.customer && bubble.status !== "read") people.countUnread(bubble);
}

// The stream tells only what happens from now on, so whatever it may have missed is read again when it opens.
async function catchUp() {
  if (wasOffline) notify(texts.back_online);
  wasOffline = false;
  await Promise.allSettled([chat.reload(), faults.refresh(), wire.refresh()]);
  document.body.setAttribute("aria-busy", "false");
}

for (const button of document.querySelectorAll("[data-open]")) button.addEventListener("click", () => openRail(button.dataset.open));
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => openRail(null));
byId("veil").addEventListener("click", () => openRail(null));
document.addEventListener("chosen", () => openRail(null));
document.addEventListener("keydown", (event) => event.key === "Escape" && openRail(null));
for (const name of ["faults", "wire"]) {
  byId(`tab-${name}`).addEventListener("click", () => selectTab(name));
  byId(`tab-${name}`).addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = name === "faults" ? "wire" : "faults";
    selectTab(other);
    byId(`tab-${other}`).focus();
  });
}

await people.load();
listen({
  bubble: onBubble,
  typing: (event) => chat.belongs(event) && chat.startTyping(event.seconds),
  people: people.refresh,
  faults: faults.refresh,
  exchange: () => {
    wire.refresh();
    faults.refresh();
  },
  open: catchUp,
  error: () => {
    wasOffline = true;
    notify(texts.offline, true);
  },
});
