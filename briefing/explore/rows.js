// A list that one reads line by line: arrow keys, Page Up and Down, Home, End, Enter or a click
// choose a row. All text is put in as text, so that nothing a transcript says can become markup.

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
let made = 0;

function node(kind, name, text = "") {
  const made = document.createElement(kind);
  made.className = name;
  made.textContent = text;
  return made;
}

// JupyterLab takes plain keys for its own commands (D, D deletes a cell, an arrow leaves it) also
// where a list or a menu has the focus. None leaves the view around this list; Ctrl and S does.
function keepKeys(el) {
  const view = el.closest(".briefing-view");
  if (!view || view.dataset.keepsKeys) return;
  view.dataset.keepsKeys = "true";
  view.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey || event.altKey)) event.stopPropagation();
  });
}

// The words that lines are sorted by, those nearest to the hit, stand out.
function beside(made, value, [side, n]) {
  const parts = value.split(/([\p{L}\p{N}'’-]+)/u); // words at odd places
  const last = parts.length - 2;
  const near = (i) => i % 2 && (side === "left" ? last - i : i - 1) < 2 * n;
  made.replaceChildren(...parts.map((part, i) => (near(i) ? node("b", "briefing-sort", part) : part)));
}

function render({ model, el }) {
  const id = `briefing-rows-${++made}`;
  const strip = node("div", "briefing-strip");
  const list = node("div", "briefing-rows");
  const table = node("div", "briefing-table");
  strip.setAttribute("aria-hidden", "true"); // the list says the same
  list.tabIndex = 0;
  list.setAttribute("role", "listbox");
  list.append(table);
  el.append(strip, list);

  const cell = (row, value, kind) => {
    const made = node("span", `briefing-cell briefing-${kind}`, kind === "bar" ? "" : value);
    if (kind === "bar") {
      const bar = node("span", `briefing-length briefing-is-${row.role}`);
      bar.style.width = `${100 * value}%`;
      made.append(bar);
    }
    if (kind === model.get("sorted_by")[0]) beside(made, value, model.get("sorted_by"));
    return made;
  };

  const draw = () => {
    const rows = model.get("rows");
    const kinds = model.get("kinds");
    const heads = node("div", "briefing-heads");
    heads.setAttribute("aria-hidden", "true"); // the label of the list says them
    heads.append(...model.get("heads").map((name, k) => node("span", `briefing-cell briefing-${kinds[k]}`, name)));
    list.setAttribute("aria-label", model.get("label"));
    list.style.maxHeight = `${model.get("height")}em`;
    table.replaceChildren(
      heads,
      ...rows.map((row, i) => {
        const line = node("div", `briefing-row briefing-from-${row.role}`);
        line.id = `${id}-${i}`;
        line.dataset.row = i;
        line.setAttribute("role", "option");
        line.append(...row.cells.map((value, k) => cell(row, value, kinds[k])));
        return line;
      }),
    );
    const sized = rows.filter((row) => row.size !== undefined);
    strip.replaceChildren(
      ...sized.map((row) => {
        const part = node("span", `briefing-part briefing-is-${row.role}`);
        part.dataset.row = rows.indexOf(row);
        part.style.flexGrow = row.size;
        part.title = row.title ?? "";
        return part;
      }),
    );
    centre();
    mark();
  };

  const centre = () => {
    const found = table.querySelector(".briefing-row > .briefing-node");
    if (found) list.scrollLeft = found.offsetLeft - list.clientWidth / 2; // in a narrow window
  };

  const mark = () => {
    const chosen = model.get("chosen");
    const linked = new Set(model.get("linked"));
    for (const one of el.querySelectorAll("[data-row]")) {
      const here = Number(one.dataset.row);
      one.classList.toggle("briefing-chosen", here === chosen);
      one.classList.toggle("briefing-linked", linked.has(here));
      if (one.id) one.setAttribute("aria-selected", String(here === chosen));
    }
    const row = table.querySelector(".briefing-chosen");
    list.setAttribute("aria-activedescendant", row ? row.id : "");
    if (!row) return;
    const top = row.offsetTop - table.firstElementChild.offsetHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    const below = row.offsetTop + row.offsetHeight - list.clientHeight;
    if (below > list.scrollTop) list.scrollTop = below;
  };

  const choose = (i) => {
    const last = model.get("rows").length - 1;
    if (last < 0) return;
    model.set("chosen", Math.max(0, Math.min(last, i)));
    model.save_changes();
  };

  let pressed = 0;
  list.addEventListener("keydown", (event) => {
    if (model.get("codes").includes(event.key) && !(event.altKey || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      model.set("pressed", [event.key, ++pressed]);
      model.save_changes();
      return;
    }
    const step = event.key === "Enter" ? 0 : STEPS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const now = model.get("chosen");
    choose(now < 0 && Number.isFinite(step) ? 0 : now + step);
  });
  el.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) choose(Number(row.dataset.row));
  });
  for (const name of ["rows", "kinds", "heads", "label", "height"]) model.on(`change:${name}`, draw);
  for (const name of ["chosen", "linked"]) model.on(`change:${name}`, mark);
  draw();
  const placed = new ResizeObserver(() => {
    keepKeys(el); // the first time it is put in its place
    centre();
  });
  placed.observe(el);
  return () => {
    placed.disconnect();
    for (const name of ["rows", "kinds", "heads", "label", "height"]) model.off(`change:${name}`, draw);
    for (const name of ["chosen", "linked"]) model.off(`change:${name}`, mark);
  };
}

export default { render };
