// Local moments as text ("2026-11-24T10:00"), reckoned without any zone: the calendar's is the service's affair.
const read = (text) => Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`);
const write = (at) => new Date(at).toISOString().slice(0, 16);

export const moved = (text, minutes) => write(read(text) + minutes * 60000);
export const shiftText = (text, days, minutes) => moved(text, days * 1440 + minutes);
export const minutesOf = (text) => Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));
