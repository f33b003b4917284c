// The calls to this sandbox. Nothing else is ever called.
async function ask(path, method = "GET", body = undefined) {
  const options = { method, headers: body ? { "Content-Type": "application/json" } : {} };
  if (body) options.body = JSON.stringify(body);
  const answer = await fetch(`/sandbox/${path}`, options);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

const pair = (number, customer) => `${encodeURIComponent(number)}/${encodeURIComponent(customer)}`;

export const people = () => ask("people");
export const addCustomer = (customer) => ask("customers", "POST", customer);
export const chat = (number, customer) => ask(`chats/${pair(number, customer)}`);
export const readChat = (number, customer) => ask(`chats/${pair(number, customer)}/read`, "POST");
export const write = (message) => ask("messages", "POST", message);
export const attach = (attachment) => ask("attachments", "POST", attachment);
export const sources = (wamid) => ask(`sources?wamid=${encodeURIComponent(wamid)}`).catch(() => null);
export const faults = () => ask("faults");
export const arm = (fault) => ask("faults", "POST", fault);
export const disarm = (kind) => ask(kind ? `faults/${kind}` : "faults", "DELETE");
export const letGo = () => ask("faults/let-go", "POST");
export const exchanges = (after) => ask(`exchanges?after=${after}`);
export const handshake = () => ask("handshake", "POST");
export const fileAddress = (id) => `/sandbox/files/${encodeURIComponent(id)}`;

export function listen(handlers) {
  const source = new EventSource("/sandbox/events");
  for (const [name, handler] of Object.entries(handlers)) {
    if (name === "open" || name === "error") source.addEventListener(name, handler);
    else source.addEventListener(name, (event) => handler(JSON.parse(event.data)));
  }
}
