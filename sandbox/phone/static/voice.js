// A voice note: play, where it is, how long it lasts.
import { h, icon, texts } from "./dom.js";

export function voice(address) {
  const sound = new Audio(address);
  sound.preload = "metadata";
  const button = h("button", { type: "button", className: "round play", "aria-label": `${texts.play}: ${texts.audio}`, onclick: () => toggle(sound) }, icon("play"));
  const line = h("input", { type: "range", min: 0, max: 1000, value: 0, "aria-label": texts.audio, oninput: () => seek(sound, line) });
  const clock = h("span", { className: "length" }, "0:00");
  const update = () => show(sound, line, clock);
  for (const event of ["loadedmetadata", "durationchange", "timeupdate", "ended"]) sound.addEventListener(event, update);
  for (const event of ["play", "pause", "ended"]) sound.addEventListener(event, () => face(sound, button));
  return h("div", { className: "voice" }, button, line, clock);
}

const toggle = (sound) => (sound.paused ? sound.play() : sound.pause());
const seconds = (value) => `${Math.floor(value / 60)}:${String(Math.round(value % 60)).padStart(2, "0")}`;

function seek(sound, line) {
  if (Number.isFinite(sound.duration)) sound.currentTime = (line.value / 1000) * sound.duration;
}

function show(sound, line, clock) {
  const length = Number.isFinite(sound.duration) ? sound.duration : 0;
  line.value = length ? Math.round((sound.currentTime / length) * 1000) : 0;
  line.style.setProperty("--done", `${line.value / 10}%`);
  clock.textContent = seconds(sound.currentTime || length);
}

function face(sound, button) {
  const playing = !sound.paused && !sound.ended;
  button.replaceChildren(icon(playing ? "pause" : "play"));
  button.setAttribute("aria-label", `${playing ? texts.pause : texts.play}: ${texts.audio}`);
}
