// The playground: sends the text as it is typed and shows what comes back. The server escapes and cleans all of it.
const PAUSE = 250; // ms without a key before the text is judged
const RETRY = 2000; // ms before an unreachable server is asked again
const KEPT = "handoff-draft"; // the text survives a reload of this tab, nothing longer

const at = (id) => document.getElementById(id);
const form = at("write");
const [title, body] = [at("title"), at("body")];
let timer = 0;
let request = null;
const replaced = []; // texts that a sample or "Clear" took the place of, the last one at the end

const kind = () => form.elements.kind.value;
const isEmpty = () => !title.value.trim() && !body.value.trim();

function soon(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(judge, pause);
}

async function judge() {
  request?.abort();
  keep();
  if (isEmpty()) return showNothing();
  const mine = (request = new AbortController());
  at("result").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch("/preview", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(current()),
      signal: mine.signal,
    });
    if (answer.ok) showFound(await answer.json());
    else await showRefusal(answer);
  } catch (error) {
    if (error.name === "AbortError") return;
    showProblem("The server cannot be reached. Your text is kept and judged as soon as it answers.");
    soon(RETRY);
  }
  if (mine === request) at("result").removeAttribute("aria-busy");
}

async function showRefusal(answer) {
  const said = await answer.json().catch(() => ({}));
  showProblem(said.error || `The server could not judge this text (answer ${answer.status}).`);
}

function showProblem(text) {
  at("problem").textContent = text;
  at("problem").hidden = false;
  at("peek").textContent = text; // on a phone the top of the result may be out of sight
  at("peek").dataset.verdict = "";
  at("peek").hidden = false;
  document.body.classList.add("stale");
}

function showNothing() {
  settle(false);
  at("result").removeAttribute("aria-busy");
  at("said").textContent = "";
}

function settle(found) {
  document.body.classList.remove("stale");
  at("problem").hidden = true;
  at("empty").hidden = found;
  for (const id of ["outcome", "found", "peek"]) at(id).hidden = !found;
}

function showFound({ verdict, outcome, posted, marked }) {
  settle(true);
  rewrite(at("posted"), posted, addCopy);
  rewrite(at("marked"), marked, addWays);
  showOutcome(verdict, outcome);
  at("verdict").textContent = JSON.stringify(verdict, null, 2);
}

// Writes a part anew; open folds stay open, and who is in there with the keyboard stays at the same place.
function rewrite(part, html, furnish) {
  const before = places(part);
  const focused = [...before.values()].indexOf(document.activeElement);
  const open = [...before.keys()].filter((place) => before.get(place).matches("details[open] > summary"));
  part.innerHTML = html;
  furnish();
  const after = places(part);
  for (const place of open) after.get(place)?.parentElement.setAttribute("open", "");
  if (focused >= 0) focusFirst([after.get([...before.keys()][focused]), [...after.values()].slice(0, focused + 1).pop(), part]);
}

// What the keyboard can reach, each by what stays the same of it and by which of its like it is.
function places(part) {
  const found = new Map();
  for (const each of part.querySelectorAll("a[href], button, summary, [tabindex]")) {
    const words = each.matches("summary") ? each.textContent : each.getAttribute("aria-label");
    const name = [each.tagName, each.id, each.getAttribute("href"), words].join("\n");
    let nth = 0;
    while (found.has(`${name}\n${nth}`)) nth += 1;
    found.set(`${name}\n${nth}`, each);
  }
  return found;
}

// The first that takes the focus: what is gone, or folded away, does not.
function focusFirst(candidates) {
  for (const each of candidates) {
    each?.focus({ preventScroll: true });
    if (each && each === document.activeElement) return;
  }
}

function showOutcome(verdict, outcome) {
  at("outcome").dataset.verdict = verdict.verdict;
  at("peek").dataset.verdict = verdict.verdict;
  at("score").textContent = verdict.verdict === "skipped" ? "–" : verdict.score;
  at("meter").style.setProperty("--share", verdict.score / 100);
  for (const id of ["threshold", "from"]) at(id).hidden = verdict.kind !== "issue" || verdict.verdict === "skipped";
  const said = outcome.replace(/, \d+ of 100$|: \d+ of 100$/, "");
  if (at("said").textContent !== said) at("said").textContent = said;
  at("peek").textContent = `${verdict.score} · ${said}`;
  at("summary").textContent = verdict.reason;
}

function addCopy() {
  for (const block of at("posted").querySelectorAll("pre")) {
    const button = document.createElement("button");
    const frame = document.createElement("div");
    frame.className = "block";
    block.replaceWith(frame);
    frame.append(block, button);
    block.tabIndex = 0;
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => copy(block.querySelector("code"), button));
  }
}

// Over plain HTTP a browser lends its clipboard to localhost only; selected text is then one key away from it.
async function copy(code, button) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = "Selected";
  }
}

// From a marked line back to the same line where it is written.
function addWays() {
  for (const line of at("marked").querySelectorAll("li[tabindex]")) {
    const place = line.querySelector(".place");
    const way = document.createElement("button");
    way.type = "button";
    way.className = "place";
    way.textContent = place.textContent;
    way.setAttribute("aria-label", `Edit ${place.textContent === "title" ? "the title" : `line ${place.textContent}`}`);
    way.addEventListener("click", () => edit(Number(line.id.slice("line-".length))));
    place.replaceWith(way);
  }
}

function edit(number) {
  if (number === 0) return title.select();
  const lines = body.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  body.focus();
  body.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  const share = (number - 1) / Math.max(1, lines.length);
  body.scrollTop = share * body.scrollHeight - body.clientHeight / 2;
}

// From a quote's place to the marked line; the focus moves along for keyboards and screen readers.
at("posted").addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#line-"]');
  const line = link && document.querySelector(link.getAttribute("href"));
  if (!line) return;
  event.preventDefault();
  line.scrollIntoView({ block: "center" });
  line.focus({ preventScroll: true });
});

function showKind() {
  for (const button of form.querySelectorAll("button[data-kind]")) button.hidden = button.dataset.kind !== kind();
  for (const asks of document.querySelectorAll("[data-asks]")) asks.hidden = asks.dataset.asks !== kind();
  at("asked").textContent = kind();
}

const current = () => ({ kind: kind(), title: title.value, body: body.value });

function replace(text) {
  if (!isEmpty()) replaced.push(current());
  write(text);
}

function write(text) {
  at("undo").hidden = replaced.length === 0;
  form.elements.kind.value = text.kind;
  title.value = text.title;
  body.value = text.body;
  showKind();
  soon(0);
}

function keep() {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(current()));
  } catch {
    // A browser that keeps nothing still judges.
  }
}

function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    if (kept) write(kept);
  } catch {
    // Nothing kept, nothing to recall.
  }
}

for (const field of [title, body]) field.addEventListener("input", () => soon());
for (const radio of form.elements.kind) {
  radio.addEventListener("change", () => {
    showKind();
    soon(0);
  });
}
for (const button of form.querySelectorAll("button[data-kind]")) button.addEventListener("click", () => replace(button.dataset));
at("clear").addEventListener("click", () => {
  replace({ kind: kind(), title: "", body: "" });
  title.focus();
});
at("undo").addEventListener("click", () => {
  write(replaced.pop());
  if (at("undo").hidden) body.focus();
});
form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("online", () => soon(0));

// The bar at the bottom of a phone speaks of a result that is out of sight.
new IntersectionObserver(([seen]) => at("peek").classList.toggle("away", seen.isIntersecting), {
  rootMargin: "0px 0px -25% 0px",
}).observe(at("result"));

at("meter").style.setProperty("--threshold", at("meter").dataset.threshold / 100);
at("origin").textContent = location.origin;
recall();
