"use strict";
const body = document.body, store = "briefing " + body.dataset.key;
const initials = document.getElementById("initials");
let coded = {};
try { coded = JSON.parse(localStorage.getItem(store)) || {}; } catch (_) { /* no storage here */ }

function keep() {
  try { localStorage.setItem(store, JSON.stringify(coded)); } catch (_) { /* it lasts as long as the page */ }
}
function show() {
  const parts = document.querySelectorAll(".part"), counts = {};
  for (const part of parts) {
    const own = coded[part.dataset.turn + "." + part.dataset.part];
    for (const box of part.querySelectorAll("input")) box.checked = Boolean(own) && box.value === own.code;
    part.querySelector(".clear").hidden = !own;
    if (own) counts[own.code] = (counts[own.code] || 0) + 1;
  }
  const filled = Object.values(counts).reduce((a, b) => a + b, 0);
  const each = Object.entries(counts).map(([code, n]) => n + " " + code).join(", ");
  const tally = document.getElementById("tally");
  if (tally) tally.textContent = filled + " of " + parts.length + " coded" + (each ? ": " + each : "");
}
document.addEventListener("change", event => {
  const part = event.target.closest(".part");
  if (part) {
    const code = event.target.value, by = initials.value.trim();
    coded[part.dataset.turn + "." + part.dataset.part] = {code, by};
    keep(); show();
  } else if (event.target === initials) { coded.initials = initials.value.trim(); keep(); }
});
function table() {
  const rows = [["briefing_id", "turn_id", "part", "text", "answer_ids", "coding", "coder"]];
  for (const part of document.querySelectorAll(".part")) {
    const {turn, part: number, answers} = part.dataset, own = coded[turn + "." + number];
    if (own) rows.push([body.dataset.id, turn, number, part.querySelector("blockquote").textContent, answers, own.code, own.by]);
  }
  const guarded = cell => /^'*[=+\-@\t\r]/.test(cell) ? "'" + cell : cell; // no formula
  const quoted = cell => /[",\n]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell;
  return rows.map(row => row.map(cell => quoted(guarded(cell))).join(",") + "\n").join("");
}
function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", table()], {type: "text/csv"}));
  link.download = body.dataset.id + "-coding.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}
function copied(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  return Promise.resolve();
}
let chosen = "";
document.addEventListener("mousedown", () => { chosen = String(getSelection()); });
function quotation(turn) {
  const all = [...turn.querySelectorAll("p")].map(p => p.textContent).join("\n\n");
  const own = (String(getSelection()) || chosen).trim();
  return "“" + (own && all.includes(own) ? own : all) + "” (" + turn.dataset.cite + ")";
}
document.addEventListener("click", event => {
  const target = event.target;
  const link = target.closest('a[href^="#"]');
  if (link && location.protocol === "about:") { // in a frame, where a link would lead to the page around it
    event.preventDefault();
    location.hash = link.hash;
  }
  if (target.closest("rect")) location.hash = "t" + target.closest("rect").dataset.turn;
  if (target.id === "save") save();
  if (target.classList.contains("clear")) {
    const part = target.closest(".part");
    delete coded[part.dataset.turn + "." + part.dataset.part];
    keep(); show();
    part.querySelector("input").focus();
  }
  if (target.classList.contains("copy")) {
    copied(quotation(target.closest(".turn"))).then(() => {
      target.textContent = "Copied";
      setTimeout(() => { target.textContent = "Copy quotation"; }, 1500);
    });
  }
});
if (initials) initials.value = coded.initials || "";
show();
