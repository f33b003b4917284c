// Building elements without ever writing markup from data.
export const texts = JSON.parse(document.getElementById("texts").textContent);
export const setup = JSON.parse(document.getElementById("setup").textContent);

export const byId = (id) => document.getElementById(id);

export function say(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name in element && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(name, className = "", label = "") {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  if (className) svg.setAttribute("class", className);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function avatar({ name, tone }, element = h("span")) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, "").split(/\s+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => (word ?? "")[0] ?? "");
  element.className = `avatar tone-${tone % 6}`;
  element.textContent = initials.join("").toUpperCase() || "?";
  element.setAttribute("aria-hidden", "true");
  return element;
}

// Grouped as people write it; Brazilian area codes have two digits, the others that we meet have three.
export function phoneNumber(digits) {
  const groups = digits.startsWith("55") ? /^(55)(\d{2})(\d{4,5})(\d{4})$/ : /^(1|5\d|34)(\d{2,3})(\d{3,4})(\d{4})$/;
  return `+${digits.replace(groups, "$1 $2 $3 $4")}`;
}

const time = new Intl.DateTimeFormat(setup.language, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(setup.language, { weekday: "long", day: "numeric", month: "long" });

export const hour = (iso) => time.format(new Date(iso));

export function dayName(iso) {
  const date = new Date(iso);
  const today = new Date();
  const days = Math.round((new Date(today).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86400000);
  return days === 0 ? texts.today : days === 1 ? texts.yesterday : day.format(date);
}

let hush;
export function notify(message, lasting = false) {
  const notice = byId("notice");
  clearTimeout(hush);
  notice.textContent = message;
  notice.hidden = !message;
  if (message && !lasting) hush = setTimeout(() => (notice.hidden = true), 4500);
}
