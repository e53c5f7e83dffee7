// The officers' room.
import { byId, clock, el, growing, rich, stick, sync } from "./dom.js";
import { act } from "./wire.js";

const VOICES = { citizen: "Citoyen", counter: "Guichet", notice: "Guichet", answer: "Guichet", recap: "Guichet" };

const rooms = new Map();
const seen = new Map();
let shown = null;
let editing = null;
const list = byId("entries");
const form = byId("room-form");
const area = byId("room-text");
const setText = form ? growing(area, form) : null;
const path = (what) => `/rooms/${encodeURIComponent(shown)}/${what}`;

export function start() {
  if (!form) return;
  form.addEventListener("submit", submit);
  byId("room-edit-stop").addEventListener("click", stopEditing);
  byId("as-note").addEventListener("change", showAim);
  for (const button of form.querySelectorAll("[data-order]")) {
    button.addEventListener("click", () => { setText(button.dataset.order); area.focus(); });
  }
}

export function drawRooms({ rooms: aliases }) {
  if (!form) return;
  if (shown === null && aliases.length) pick(aliases[0]);
  else drawTabs(aliases);
}

function drawTabs(aliases) {
  const tabs = aliases.map((alias) => ({ alias, here: alias === shown, fresh: alias !== shown && unread(alias) }));
  sync(byId("room-list"), tabs, ({ alias }) => alias, ({ alias, here, fresh }) =>
    el("button", { type: "button", class: "tabling", "aria-pressed": String(here), onclick: () => pick(alias) },
      alias, fresh ? el("span", { class: "dot" }, el("span", { class: "unseen" }, " nouveau")) : null));
}

const unread = (alias) => (rooms.get(alias)?.entries.length ?? 0) > (seen.get(alias) ?? 0);

export function drawRoom(pane) {
  if (!form) return;
  rooms.set(pane.key, pane);
  if (shown === null) pick(pane.key);
  else if (pane.key === shown) show(pane);
  drawTabs([...rooms.keys()]);
}

/** Show the room of a case, if it has one. */
export function pick(alias) {
  if (!form || alias === shown) return;
  shown = alias;
  stopEditing();
  list.replaceChildren();
  const pane = rooms.get(alias);
  if (pane) show(pane);
  if (rooms.size) drawTabs([...new Set([...rooms.keys(), alias])]);
}

function show(pane) {
  seen.set(pane.key, pane.entries.length);
  for (const id of ["room-head", "entries"]) byId(id).hidden = false;
  byId("room-empty").hidden = true;
  form.hidden = pane.left;
  byId("room-left").hidden = !pane.left;
  byId("room-name").textContent = `Dossier ${pane.key}`;
  byId("room-members").textContent = [...new Set(pane.officers.map((one) => one.service))].join(", ");
  showOfficers(pane.officers);
  showCard(pane.entries.filter((entry) => entry.kind === "card").at(-1));
  const quotes = new Map(pane.entries.map((entry) => [entry.ref, entry]));
  const told = pane.entries.filter((entry) => entry.kind !== "card");
  stick(list, () => sync(list, told, (entry) => entry.ref, (entry) => entryNode(entry, quotes.get(entry.quote))));
}

function showOfficers(officers) {
  const select = byId("officer");
  if (select.dataset.version === JSON.stringify(officers)) return;
  const chosen = select.value;
  select.replaceChildren(...officers.map((one) => el("option", { value: one.id }, `${name(one.id)}, ${one.service}`)));
  if (chosen) select.value = chosen;
  select.dataset.version = JSON.stringify(officers);
}

function showCard(entry) {
  byId("card").hidden = !entry;
  const body = byId("card-body");
  if (!entry || body.dataset.version === JSON.stringify(entry)) return;
  body.replaceChildren(...said(entry));
  body.dataset.version = JSON.stringify(entry);
}

const said = (entry) => (entry.tree ? rich(entry.tree) : [el("p", { class: "words" }, entry.text)]);

const name = (id) => id.replace(/^@/, "").split(":")[0];

function entryNode(entry, quoted) {
  const who = entry.sender ? name(entry.sender) : VOICES[entry.kind] ?? "Guichet";
  return el("li", { class: `entry ${entry.kind}` },
    el("p", { class: "who-line" },
      el("strong", {}, who),
      entry.service ? el("span", { class: "chip" }, entry.service) : null,
      entry.kind === "note" ? el("span", { class: "chip note" }, "note interne") : null,
      clock(entry.at), entry.edited ? el("span", { class: "tiny soft" }, "modifié") : null),
    quoted ? el("p", { class: "quote" }, quoted.text) : null,
    entry.withdrawn ? el("p", { class: "gone" }, "Message retiré") : el("div", { class: "rich" }, ...said(entry)),
    entry.file ? attachment(entry) : null,
    entry.sender ? under(entry) : null);
}

const attachment = (entry) => entry.media_type?.startsWith("image/")
  ? el("img", { src: entry.file, alt: "Photo jointe par le citoyen", class: "shot" })
  : el("a", { href: entry.file, download: true }, "Fichier joint");

function under(entry) {
  const mine = () => { byId("officer").value = entry.sender; return { officer: entry.sender, ref: entry.ref }; };
  const may = !entry.withdrawn && entry.kind === "officer";
  return el("p", { class: "under" },
    entry.mark
      ? el("span", { class: `mark ${entry.mark.tone}`, "data-mark": entry.mark.sign }, entry.mark.name) : null,
    may ? el("button", { type: "button", class: "link", onclick: () => startEditing(entry) }, "Modifier") : null,
    may ? el("button", { type: "button", class: "link", onclick: () => act(path("withdraw"), mine()) }, "Retirer") : null);
}

async function submit(event) {
  event.preventDefault();
  const text = area.value.trim();
  if (!text) return;
  const officer = editing ? editing.sender : byId("officer").value;
  const done = editing
    ? await act(path("edit"), { officer, ref: editing.ref, text })
    : await act(path("say"), { officer, text, note: byId("as-note").checked });
  if (!done) return;
  stopEditing();
  setText("");
  byId("as-note").checked = false;
  showAim();
  area.focus();
}

function showAim() {
  const isNote = byId("as-note").checked;
  area.placeholder = isNote ? "Note pour les agents seulement" : "Répondre au citoyen";
  form.classList.toggle("noting", isNote);
}

function startEditing(entry) {
  editing = entry;
  byId("room-editing").hidden = false;
  setText(entry.text);
  area.focus();
}

function stopEditing() {
  if (editing) setText("");
  editing = null;
  byId("room-editing").hidden = true;
}
