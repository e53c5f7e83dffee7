// Puts the three panes together.
import { byId } from "./dom.js";
import * as known from "./known.js";
import * as phone from "./phone.js";
import * as room from "./room.js";
import { listen } from "./wire.js";

let inHand = null;

function follow() {
  const alias = known.aliasOf(inHand);
  if (alias) room.pick(alias);
}

const DRAW = {
  phones: phone.drawPhones,
  phone: phone.drawPhone,
  rooms: room.drawRooms,
  room: room.drawRoom,
  known: (pane) => {
    const before = known.aliasOf(pane.key);
    known.drawKnown(pane);
    if (pane.key === inHand && pane.alias !== before) follow();
  },
};

phone.start((number) => {
  inHand = number;
  known.pick(number);
  follow();
});
room.start();
startTabs();
listen((pane) => DRAW[pane.pane](pane));

/** On a narrow screen one pane shows at a time; arrows move between the tabs. */
function startTabs() {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const choose = (chosen) => {
    for (const tab of tabs) {
      const here = tab === chosen;
      tab.setAttribute("aria-selected", String(here));
      tab.tabIndex = here ? 0 : -1;
      byId(tab.getAttribute("aria-controls")).classList.toggle("chosen", here);
    }
    const log = byId(chosen.getAttribute("aria-controls")).querySelector("[role=log]");
    if (log) log.scrollTop = log.scrollHeight;
  };
  for (const [place, tab] of tabs.entries()) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(place + step + tabs.length) % tabs.length];
      choose(next);
      next.focus();
    });
  }
  choose(tabs[0]);
}
