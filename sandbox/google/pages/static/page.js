// What the scripts of the calendar page share.
export const byId = (id) => document.getElementById(id);
const setup = JSON.parse(byId("setup").textContent);
export const { base, texts } = setup;

export async function ask(path, method = "GET", body = undefined) {
  const options = { method, headers: body ? { "Content-Type": "application/json" } : {} };
  if (body) options.body = JSON.stringify(body);
  const answer = await fetch(`${base}/${path}`, options);
  const found = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) throw new Error(found.error?.message ?? found.detail ?? answer.status);
  return found;
}

let hush;
export function notify(message, lasting = false) {
  const notice = byId("notice");
  clearTimeout(hush);
  notice.textContent = message;
  notice.hidden = !message;
  if (message && !lasting) hush = setTimeout(() => (notice.hidden = true), 5000);
}
