// The transcript page by keyboard and mouse: jumping between doubtful redactions, choosing words.
// Offsets are sent as characters of the raw text: code points, hidden characters counted as one.
"use strict";

const panel = document.getElementById("mark");
const fields = panel.querySelector("form").elements;
const chosen = panel.querySelector(".marking-chosen");
const keysOn = document.getElementById("keys")?.dataset.keys === "on";
const doubtful = [...document.querySelectorAll("button.mark--doubt[id], .turn--residual .turn-text[data-turn]")];
const turnTexts = [...document.querySelectorAll(".turn-text[data-turn]")];

// --- Doubtful redactions -------------------------------------------------------------------------

function goTo(element) {
  document.querySelectorAll(".about:popover-open").forEach((open) => open.hidePopover());
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
}

function jump(step) {
  if (!doubtful.length) return;
  const from = document.activeElement;
  const at = doubtful.indexOf(from);
  if (at >= 0) {
    goTo(doubtful[(at + step + doubtful.length) % doubtful.length]);
    return;
  }
  const isAfter = (each) => from.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = doubtful.findIndex(isAfter);
  const start = next < 0 ? 0 : next;
  goTo(doubtful[step > 0 ? start : (start - 1 + doubtful.length) % doubtful.length]);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-jump]");
  const target = link && document.getElementById(link.hash.slice(1));
  if (target) {
    event.preventDefault();
    goTo(target);
  }
});

// --- What a redaction is -------------------------------------------------------------------------

// The form stands in the box that is open and in no other; without a script it is a page of its own.
document.addEventListener("toggle", (event) => {
  const about = event.target;
  if (!about.classList?.contains("about")) return;
  about.querySelector(".about-type")?.remove();
  if (event.newState !== "open") return;
  const links = about.querySelector(".about-links");
  const form = document.getElementById("retype-form").content.cloneNode(true);
  const place = new URL(links.querySelector("a").href).searchParams;
  for (const [name, value] of place) form.querySelector(`[name=${name}]`).value = value;
  links.before(form);
}, true);

// --- Places in the raw text ----------------------------------------------------------------------

// How many characters of the raw text stand in a node, before a boundary inside of it if one is given.
function characters(node, until) {
  if (until && until.node === node && node.nodeType === Node.TEXT_NODE) {
    until.reached = true;
    return [...node.data.slice(0, until.offset)].length;
  }
  if (node.nodeType === Node.TEXT_NODE) return [...node.data].length;
  const counted = node.dataset?.characters;
  if (counted !== undefined) {
    if (until && node.contains(until.node)) until.reached = true;
    return Number(counted);
  }
  let total = 0;
  for (let at = 0; at < node.childNodes.length; at++) {
    if (until && until.node === node && until.offset === at) until.reached = true;
    if (until?.reached) return total;
    total += characters(node.childNodes[at], until);
    if (until?.reached) return total;
  }
  if (until && until.node === node) until.reached = true;
  return total;
}

function offsetIn(element, node, offset) {
  if (!element.contains(node)) {
    const before = element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING;
    return before ? 0 : characters(element, null);
  }
  return characters(element, { node, offset, reached: false });
}

function choose() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return false;
  const range = selection.getRangeAt(0);
  const from = range.startContainer;
  const element = (from.nodeType === Node.TEXT_NODE ? from.parentElement : from).closest("[data-turn]");
  if (!element) return false;
  const start = offsetIn(element, range.startContainer, range.startOffset);
  const end = offsetIn(element, range.endContainer, range.endOffset);
  if (end <= start) return false;
  fields.turn.value = element.dataset.turn;
  fields.part.value = element.dataset.part;
  fields.start.value = start;
  fields.end.value = end;
  fields.which.value = "";
  fields.words.value = rawText(range, element).trim();
  chosen.textContent = `Chosen in turn ${element.dataset.turn}: ${fields.words.value}`;
  panel.classList.add("marking--open");
  return true;
}

// The raw words of a range, without the pseudonyms that stand between them in the merged view.
function rawText(range, element) {
  const copy = range.cloneContents();
  copy.querySelectorAll("[data-characters='0']").forEach((each) => each.remove());
  copy.querySelectorAll("[data-characters='1']").forEach((each) => {
    each.replaceWith(String.fromCodePoint(parseInt(each.textContent.slice(2), 16)));
  });
  if (element.contains(range.endContainer)) return copy.textContent;
  return copy.querySelector("[data-turn]")?.textContent ?? copy.textContent;
}

document.addEventListener("mouseup", (event) => {
  if (!panel.contains(event.target)) choose();
});

for (const name of ["turn", "words", "which"]) {
  fields[name].addEventListener("input", () => {
    fields.start.value = fields.end.value = fields.part.value = "";
    chosen.textContent = "";
  });
}

// --- Words by keyboard ---------------------------------------------------------------------------

for (const each of turnTexts) each.tabIndex = -1;

function goToTurn(step) {
  const at = turnTexts.indexOf(document.activeElement.closest?.(".turn-text[data-turn]"));
  const visible = turnTexts.findIndex((each) => each.getBoundingClientRect().bottom > 60);
  const next = at < 0 ? Math.max(visible, 0) : Math.min(Math.max(at + step, 0), turnTexts.length - 1);
  goTo(turnTexts[next]);
  getSelection().collapse(turnTexts[next], 0);
}

function moveWord(element, forwards, extend) {
  const selection = getSelection();
  const direction = forwards ? "forward" : "backward";
  if (!selection.rangeCount || !element.contains(selection.focusNode)) selection.collapse(element, 0);
  if (!extend) {
    if (forwards) selection.collapseToEnd();
    else selection.collapseToStart();
  }
  const before = selection.getRangeAt(0).cloneRange();
  selection.modify("extend", direction, "word");
  if (!element.contains(selection.focusNode)) {
    selection.removeAllRanges();
    selection.addRange(before);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") panel.classList.remove("marking--open");
  const typing = event.target.closest("input, select, textarea");
  if (!keysOn || typing || event.ctrlKey || event.altKey || event.metaKey) return;
  const turn = event.target.closest(".turn-text[data-turn]");
  const action = {
    n: () => jump(1),
    p: () => jump(-1),
    j: () => goToTurn(1),
    k: () => goToTurn(-1),
    ArrowRight: turn && (() => moveWord(turn, true, event.shiftKey)),
    ArrowLeft: turn && (() => moveWord(turn, false, event.shiftKey)),
    Enter: turn && event.target === turn && (() => choose() && fields.entity_type.focus()),
  }[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
});
