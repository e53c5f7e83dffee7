// Small ways to draw: nodes are built one by one, never parsed from text.

/** A node with its class, attributes and children (text or nodes); null children are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Make `list` show `items`, building only what changed, so that nothing flickers and focus stays. */
export function sync(list, items, key, build) {
  const known = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let place = list.firstElementChild;
  for (const item of items) {
    const version = JSON.stringify(item);
    let node = known.get(key(item));
    if (!node || node.dataset.version !== version) {
      const fresh = build(item);
      fresh.dataset.key = key(item);
      fresh.dataset.version = version;
      if (node) {
        fresh.classList.add("still");
        if (place === node) place = fresh;
        node.replaceWith(fresh);
      }
      node = fresh;
    }
    known.delete(key(item));
    if (node === place) place = place.nextElementSibling;
    else list.insertBefore(node, place);
  }
  for (const gone of known.values()) gone.remove();
}

/** Change a list; if its end was in sight, it still is afterwards, also once late pictures have come. */
export function stick(list, change) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  change();
  if (!atEnd) return;
  const toEnd = () => { list.scrollTop = list.scrollHeight; };
  toEnd();
  for (const image of list.querySelectorAll("img")) {
    if (!image.complete) image.addEventListener("load", toEnd, { once: true });
  }
}

/** Hours and minutes of an ISO time, as a <time> element. */
export function clock(iso) {
  const words = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
  return el("time", { datetime: iso }, words);
}

/** Nodes from the server's tree of text and {tag, children}. */
export function rich(tree) {
  return tree.map((node) => (typeof node === "string" ? node : el(node.tag, {}, ...rich(node.children))));
}

/** A textarea that grows with its text and sends on Enter (Shift+Enter makes a line). */
export function growing(area, form) {
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, 140)}px`;
  };
  area.addEventListener("input", fit);
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return (text) => {
    area.value = text;
    fit();
  };
}
