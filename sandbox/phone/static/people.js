// Who is talking to whom: merchants, customers, and what has come unread.
import * as api from "./api.js";
import { avatar, byId, h, notify, phoneNumber, texts } from "./dom.js";
import { show } from "./chat.js";
import { askForCustomer } from "./sheets.js";

const state = { numbers: [], customers: [], number: null, customer: null };
const unread = new Map();
const key = (number, customer) => `${number}|${customer}`;

async function fetchPeople() {
  const { numbers, customers } = await api.people();
  numbers.forEach((one, place) => (one.tone = place + 2));
  customers.forEach((one, place) => (one.tone = place));
  Object.assign(state, { numbers, customers });
  return state;
}

export async function load() {
  const { numbers, customers } = await fetchPeople();
  if (!numbers.length || !customers.length) return notify(texts.no_numbers, true);
  await choose(remembered("number", numbers, "id"), remembered("customer", customers, "key"));
}

export async function refresh() {
  const { number, customer } = state;
  const { numbers, customers } = await fetchPeople();
  if (!number) return load();
  state.number = numbers.find((one) => one.id === number.id) ?? number;
  state.customer = customers.find((one) => one.key === customer.key) ?? customer;
  draw();
}

export function countUnread(bubble) {
  const chat = key(bubble.number, bubble.customer);
  unread.set(chat, (unread.get(chat) ?? new Set()).add(bubble.id));
  draw();
}

function remembered(name, options, field) {
  const kept = localStorage.getItem(`phone.${name}`);
  return options.find((one) => one[field] === kept) ?? options[0];
}

async function choose(number, customer) {
  Object.assign(state, { number, customer });
  localStorage.setItem("phone.number", number.id);
  localStorage.setItem("phone.customer", customer.key);
  unread.delete(key(number.id, customer.key));
  draw();
  document.dispatchEvent(new Event("chosen"));
  await show(number, customer);
}

function draw() {
  const { numbers, customers, number, customer } = state;
  byId("merchants").replaceChildren(...numbers.map((one) => card(one, one.tagline || phoneNumber(one.phone), one === number, fromNumber(one), () => choose(one, customer))));
  byId("customers").replaceChildren(...customers.map((one) => card(one, reach(one), one === customer, countOf(number.id, one.key), () => choose(number, one))));
  byId("elsewhere").hidden = unread.size === 0;
}

const countOf = (number, customer) => unread.get(key(number, customer))?.size ?? 0;
const fromNumber = (one) => (one === state.number ? 0 : state.customers.reduce((sum, person) => sum + countOf(one.id, person.key), 0));

function reach({ phone, username, hides_number }) {
  if (!hides_number) return phoneNumber(phone);
  return username ? `@${username} · ${texts.hidden_number.toLowerCase()}` : texts.hidden_number;
}

function card(person, note, pressed, count, onclick) {
  const badge = count ? h("span", { className: "count" }, String(count), h("span", { className: "visually-hidden" }, ` ${texts.unread}`)) : null;
  const who = h("span", { className: "who" }, h("b", {}, person.name), h("span", {}, note));
  return h("li", {}, h("button", { type: "button", "aria-pressed": String(pressed), onclick }, avatar(person), who, badge));
}

byId("add-customer").addEventListener("click", () =>
  askForCustomer(async (saved) => {
    await refresh();
    choose(state.number, state.customers.find((one) => one.key === saved.key));
  }),
);
