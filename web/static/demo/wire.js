// The line to the counter: acts go out as POSTs, panes come in on one event stream.
import { byId } from "./dom.js";

let toastTimer;

/** Tell the person that something did not work. */
export function tell(words) {
  const toast = byId("toast");
  toast.textContent = words;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; }, 6000);
}

async function post(path, options) {
  try {
    const answer = await fetch(path, { method: "POST", ...options });
    if (answer.ok) return answer.status === 204 ? {} : await answer.json();
    tell(answer.status === 503 ? "Le guichet ne peut rien enregistrer. Réessayez." : "Cela n’a pas pu être envoyé.");
  } catch {
    tell("Le guichet ne répond pas. Est-il encore lancé ?");
  }
  return null;
}

/** Do one thing; null when it failed (the person has been told). */
export const act = (path, words = {}) =>
  post(path, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(words) });

/** Send a form with a file. */
export const upload = (path, form) => post(path, { body: form });

/** Call `draw(pane)` for every pane that the counter sends, for as long as the page is open. */
export function listen(draw) {
  const state = byId("line-state");
  const stream = new EventSource("/events");
  const show = (words, tone) => {
    state.textContent = words;
    state.className = `line-state chip ${tone}`;
  };
  stream.onopen = () => show("En direct", "good");
  stream.onerror = () => show("Connexion perdue, nouvel essai…", "warn");
  stream.onmessage = (message) => draw(JSON.parse(message.data));
}
