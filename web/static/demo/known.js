// What the counter knows of the conversation on the phone in hand.
import { byId, el, sync } from "./dom.js";

const known = new Map();
let shown = null;

export function drawKnown(pane) {
  known.set(pane.key, pane);
  if (pane.key === shown) show(pane);
}

/** Show what is known of that phone's conversation; gives the alias of its case, if any. */
export function pick(number) {
  shown = number;
  const pane = known.get(number);
  if (pane) show(pane);
}

export const aliasOf = (number) => known.get(number)?.alias ?? null;

function show(pane) {
  const aside = pane.aside ? [{ label: pane.aside, state: "here aside" }] : [];
  sync(byId("steps"), [...pane.steps, ...aside], (step) => step.label, (step) =>
    el("li", { class: step.state, "aria-current": step.state.startsWith("here") ? "step" : null }, step.label));
  sync(byId("facts"), pane.facts, (fact) => fact.fact, factNode);
  if (!pane.facts.length) {
    byId("facts").replaceChildren(el("p", { class: "soft small" },
      pane.started ? "Rien de précis pour l’instant." : "La conversation n’a pas commencé."));
  }
  chip("known-alias", pane.alias && `Dossier ${pane.alias}`);
  chip("known-missing", pane.started && missing(pane.missing));
  byId("known-missing").className = `chip ${pane.missing.length ? "warn" : "good"}`;
}

const missing = (names) => (names.length ? `Il manque : ${names.join(", ").toLowerCase()}` : "Rien d’essentiel ne manque");

function chip(id, words) {
  byId(id).hidden = !words;
  byId(id).textContent = words || "";
}

const factNode = (fact) => el("article", { class: `fact ${fact.state}` },
  el("h3", {}, fact.label),
  fact.text ? el("p", { class: "words" }, fact.text) : null,
  fact.detail ? el("p", { class: "tiny soft" }, fact.detail) : null,
  el("span", { class: "chip" }, fact.state_words));
