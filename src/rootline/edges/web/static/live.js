// Makes the pages live. Without it every button still works, by loading a page.
"use strict";

// Corrections and follow-up questions: the answer is fetched and put in place, what changed first. What is pressed
// while one is under way waits for it, and goes on from the case it left: no press is lost.
let last = Promise.resolve();

document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (form.id !== "case" || event.defaultPrevented) return;
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action");
  const isWhy = action === "/why" && button;
  const isCopied = button && "copy" in button.dataset && navigator.clipboard;
  if (action !== "/answer" && !isWhy && !isCopied) return;
  event.preventDefault();
  if (isWhy && closed(button)) return;
  const posted = new FormData(form, button);
  last = last.then(() => send(action, posted, isWhy ? open : isCopied ? copy : null, button));
});

async function send(action, posted, show, button) {
  const now = document.getElementById("case")?.elements.namedItem("case");
  if (now) posted.set("case", now.value);
  await load(action, { method: "POST", body: new URLSearchParams(posted) }, async (page, address) => {
    if (show) return show(button, page);
    history.pushState(null, "", address);
    replace(page);
    document.getElementById("main").scrollIntoView({ block: "start" });
  });
}

async function load(address, options, show) {
  const main = document.getElementById("main");
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, options);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.getElementById("main");
    if (answer.ok && told) await show(page, answer.url);
    else if (told) say(main, ...told.childNodes);
    else unanswered(main, "The server could not answer. Nothing was changed.");
  } catch {
    unanswered(main, "The server cannot be reached. Nothing was changed.");
  } finally {
    main.removeAttribute("aria-busy");
  }
}

function replace(page) {
  const main = document.getElementById("main");
  document.title = page.title;
  main.replaceChildren(...page.getElementById("main").childNodes);
  (document.getElementById("changed") ?? main).focus({ preventScroll: true });
  shown = location.pathname;
}

// Every step has an address of its own, which tells nothing of the case: Back and Forward show that step again.
let shown = location.pathname;

window.addEventListener("popstate", () => {
  if (location.pathname === shown) return; // a link within the page
  last = last.then(() => load(location.pathname, {}, replace));
});

// "Why" opens under its statement, and closes again.
function open(button, page) {
  const found = page.querySelector(".trace") ?? page.querySelector("h1");
  found.classList.add("opened");
  button.setAttribute("aria-expanded", "true");
  button.closest("li").append(found);
}

function closed(button) {
  const shown = button.closest("li").querySelector(":scope > .opened");
  shown?.remove();
  button.setAttribute("aria-expanded", "false");
  return Boolean(shown);
}

async function copy(button, page) {
  const text = page.querySelector(".record")?.textContent;
  if (!text) return;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch { // the browser, or its user, does not allow it: the text is there to be marked and copied
    say(document.getElementById("main"), ...page.getElementById("main").childNodes);
    button.textContent = "Not copied: the text stands above";
  }
}

// The page carries what must not wait, for when nobody answers any more.
function unanswered(main, words) {
  const carried = document.getElementById("unanswered");
  say(main, words, ...(carried ? [carried.content.cloneNode(true)] : []));
}

function say(main, ...told) {
  main.querySelector(":scope > .refusal")?.remove();
  const box = document.createElement("div");
  box.className = "refusal";
  box.setAttribute("role", "alert");
  box.append(...told);
  main.prepend(box);
  box.scrollIntoView({ block: "start" });
}

// A mouse that rests on a term shows its meaning; a press then keeps it open. A finger has no rest: it only presses.
document.addEventListener("pointerover", (event) => {
  const term = event.target.closest?.(".term"), meaning = term?.popoverTargetElement;
  if (event.pointerType !== "mouse" || !meaning || meaning.matches(":popover-open")) return;
  meaning.showPopover({ source: term });
  const rested = new AbortController();
  term.addEventListener("pointerleave", () => { rested.abort(); meaning.hidePopover(); }, { signal: rested.signal });
  term.addEventListener("click", (press) => { rested.abort(); press.preventDefault(); }, { signal: rested.signal });
});
