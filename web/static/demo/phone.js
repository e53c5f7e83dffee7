// The citizen's phone.
import { byId, clock, el, growing, stick, sync } from "./dom.js";
import { act, tell, upload } from "./wire.js";

const REFUSED = {
  "refused-contact": "Carte de visite",
  "refused-live-location": "Position en direct",
  "refused-voice": "Message vocal",
  "refused-document": "Document",
  "refused-too-long": "Message trop long",
  "refused-bad-photo": "Image illisible",
};

const phones = new Map();
let shown = null;
let editing = null;
let typingTimer;
let onChange = () => {};
const list = byId("bubbles");
const form = byId("phone-form");
const area = byId("phone-text");
const setText = growing(area, form);
const path = (what) => `/phones/${shown}/${what}`;

/** Draw the list of phones; `change` is called with the number of the phone in hand. */
export function start(change) {
  onChange = change;
  form.addEventListener("submit", submit);
  byId("start").addEventListener("click", () => act(path("say"), { text: "/start" }));
  byId("new-phone").addEventListener("click", addPhone);
  byId("block").addEventListener("click", () => act(path("door"), { open: phones.get(shown)?.blocked === true }));
  byId("phone-edit-stop").addEventListener("click", stopEditing);
  byId("photo").addEventListener("change", sendPhoto);
  for (const button of form.querySelectorAll("[data-refused]")) {
    button.addEventListener("click", () => { closeMenu(); act(path("refused"), { kind: button.dataset.refused }); });
  }
  startPlaces();
}

export function drawPhones({ phones: numbers }) {
  if (shown === null && numbers.length) pick(String(numbers[0]));
  sync(byId("phone-list"), numbers.map((n) => ({ n, here: String(n) === shown })), ({ n }) => String(n), ({ n, here }) =>
    el("button", {
      type: "button", class: "tabling", "aria-pressed": String(here), "aria-label": `Téléphone ${n}`,
      onclick: () => pick(String(n)),
    }, String(n)));
}

export function drawPhone(pane) {
  const before = phones.get(pane.key);
  phones.set(pane.key, pane);
  if (pane.key === shown) show(pane, before);
}

function pick(number) {
  shown = number;
  stopEditing();
  hideTyping();
  drawPhones({ phones: [...byId("phone-list").children].map((node) => Number(node.dataset.key)) });
  const pane = phones.get(number);
  list.replaceChildren();
  if (pane) show(pane, pane);
  onChange(number);
}

async function addPhone() {
  const made = await act("/phones");
  if (made) pick(String(made.number));
}

function show(pane, before) {
  const quotes = new Map(pane.bubbles.map((bubble) => [bubble.ref, bubble]));
  stick(list, () => sync(list, pane.bubbles, (b) => b.ref, (b) => bubbleNode(b, quotes.get(b.quote))));
  const fresh = pane.bubbles.length === 0;
  byId("start").hidden = !fresh;
  form.classList.toggle("fresh", fresh);
  byId("block").textContent = pane.blocked ? "Débloquer" : "Bloquer";
  byId("block").setAttribute("aria-pressed", String(pane.blocked));
  byId("phone-status").textContent = pane.blocked ? "bloqué par ce téléphone" : "robot";
  if (before && pane.typing > before.typing) showTyping();
  if (before && answers(pane) > answers(before)) hideTyping();
}

const answers = (pane) => pane.bubbles.filter((bubble) => !bubble.mine).length;

function showTyping() {
  clearTimeout(typingTimer);
  byId("typing").hidden = false;
  typingTimer = setTimeout(hideTyping, 5000); // as long as Telegram shows one "typing"
}

function hideTyping() {
  clearTimeout(typingTimer);
  byId("typing").hidden = true;
}

function bubbleNode(bubble, quoted) {
  const kind = bubble.mine ? "mine" : bubble.officer ? "theirs officer" : "theirs";
  return el("li", { class: `turn ${kind} ${bubble.notice ? `notice-${bubble.notice}` : ""}` },
    el("div", { class: "bubble" },
      quoted ? el("p", { class: "quote" }, quoted.text || "…") : null,
      ...content(bubble),
      el("p", { class: "stamp" },
        bubble.edited ? "modifié " : null, clock(bubble.at), bubble.mine ? state(bubble) : null,
        bubble.mine && bubble.kind === "text"
          ? el("button", { type: "button", class: "link", onclick: () => startEditing(bubble) }, "Modifier") : null)),
    bubble.buttons.length ? keyboard(bubble) : null);
}

const state = (bubble) => bubble.lost
  ? el("span", { class: "lost" }, "non reçu") : el("span", { title: "Reçu par le guichet" }, "✓✓");

function content(bubble) {
  const text = bubble.text ? [el("p", { class: "words" }, bubble.text)] : [];
  if (bubble.kind === "photo") return [el("img", { src: bubble.file, alt: "Photo envoyée", class: "shot" }), ...text];
  if (bubble.kind === "file") return [el("p", {}, el("a", { href: bubble.file, download: true }, "Fichier joint")), ...text];
  if (bubble.kind === "pin") return [pinNode(bubble.place)];
  if (bubble.kind in REFUSED) return [el("p", { class: "words refused" }, REFUSED[bubble.kind])];
  return text;
}

const pinNode = ([latitude, longitude]) =>
  el("figure", { class: "map" }, el("span", { class: "needle", "aria-hidden": "true" }),
    el("figcaption", {}, `Lieu : ${latitude.toFixed(4)}, ${longitude.toFixed(4)}`));

function keyboard(bubble) {
  return el("div", { class: "keyboard", role: "group", "aria-label": "Réponses proposées" },
    ...bubble.buttons.map(({ label, choice }) => el("button", {
      type: "button", class: "key", "aria-pressed": String(bubble.tapped === choice),
      onclick: () => act(path("tap"), { ref: bubble.ref, choice }),
    }, label)));
}

async function submit(event) {
  event.preventDefault();
  const text = area.value.trim();
  if (!text) return;
  const done = editing ? await act(path("edit"), { ref: editing.ref, text }) : await act(path("say"), { text });
  if (!done) return;
  stopEditing();
  setText("");
  area.focus();
}

function startEditing(bubble) {
  editing = bubble;
  byId("phone-editing").hidden = false;
  setText(bubble.text);
  area.focus();
}

function stopEditing() {
  if (editing) setText("");
  editing = null;
  byId("phone-editing").hidden = true;
}

const closeMenu = () => { byId("attach").open = false; };

async function sendPhoto(event) {
  const [file] = event.target.files;
  closeMenu();
  if (!file) return;
  const sent = new FormData();
  sent.append("photo", file);
  sent.append("caption", area.value.trim());
  if (await upload(path("photo"), sent)) setText("");
  event.target.value = "";
}

function startPlaces() {
  const dialog = byId("place-dialog");
  const send = (latitude, longitude) => { dialog.close(); act(path("pin"), { latitude, longitude }); };
  byId("open-place").addEventListener("click", () => { closeMenu(); dialog.showModal(); });
  for (const button of dialog.querySelectorAll("[data-latitude]")) {
    button.addEventListener("click", () => send(Number(button.dataset.latitude), Number(button.dataset.longitude)));
  }
  byId("place-form").addEventListener("submit", (event) => {
    if (event.submitter?.value !== "send") return;
    event.preventDefault();
    const [latitude, longitude] = [byId("latitude").valueAsNumber, byId("longitude").valueAsNumber];
    if (Number.isNaN(latitude) || Number.isNaN(longitude)) tell("Donnez une latitude et une longitude.");
    else send(latitude, longitude);
  });
}
