// What slides up over the chat: the rows of a list, the form for a new customer.
import * as api from "./api.js";
import { byId, h, texts } from "./dom.js";

for (const sheet of document.querySelectorAll("dialog")) {
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest("[data-dismiss]")) sheet.close();
  });
}

export function openMenu({ button, sections }, choose) {
  const sheet = byId("menu-sheet");
  const pick = (row) => {
    sheet.close();
    choose(row);
  };
  byId("menu-title").textContent = button;
  byId("menu-rows").replaceChildren(...sections.flatMap((section) => part(section, pick)));
  within(sheet, document.querySelector(".screen").getBoundingClientRect());
  sheet.showModal();
}

// The list rises from the foot of the device, not of the window.
function within(sheet, { left, bottom, width }) {
  sheet.style.setProperty("--left", `${left}px`);
  sheet.style.setProperty("--width", `${width}px`);
  sheet.style.setProperty("--foot", `${window.innerHeight - bottom}px`);
}

function part({ title, rows }, pick) {
  const head = title ? [h("p", { className: "section" }, title)] : [];
  return [...head, ...rows.map((row) => line(row, pick))];
}

const line = (row, pick) =>
  h("button", { type: "button", className: "row", onclick: () => pick(row) }, h("span", {}, row.title), row.description ? h("small", {}, row.description) : null);

export function askForCustomer(done) {
  const form = byId("customer-form");
  form.reset();
  byId("customer-problem").textContent = "";
  form.onsubmit = (event) => {
    event.preventDefault();
    save(form, done);
  };
  byId("customer-sheet").showModal();
}

async function save(form, done) {
  const fields = new FormData(form);
  const customer = Object.fromEntries(["name", "phone", "username"].map((key) => [key, fields.get(key).trim()]));
  customer.hides_number = fields.has("hides_number");
  try {
    if (!form.checkValidity()) throw new Error("invalid");
    const saved = await api.addCustomer(customer);
    byId("customer-sheet").close();
    done(saved);
  } catch {
    byId("customer-problem").textContent = texts.missing;
    form.querySelector(":invalid")?.focus();
  }
}
