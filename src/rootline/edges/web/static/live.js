// Makes the pages live. Without it every button still works, by loading a page.
"use strict";

// Corrections and follow-up questions: the answer is fetched and put in place, what changed first.
document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (form.id !== "case" || event.defaultPrevented) return;
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action");
  const isWhy = action === "/why" && button;
  const isCopied = button && "copy" in button.dataset && navigator.clipboard;
  if (action !== "/answer" && !isWhy && !isCopied) return;
  event.preventDefault();
  if (isWhy && closed(button)) return;
  const main = document.getElementById("main");
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (isWhy) open(button, page);
    else if (isCopied) await copy(button, page);
    else replace(main, page);
  } catch {
    say(main, "The server cannot be reached. Nothing was changed.");
  } finally {
    main.removeAttribute("aria-busy");
  }
});

function replace(main, page) {
  document.title = page.title;
  main.replaceChildren(...page.getElementById("main").childNodes);
  const first = document.getElementById("changed") ?? main;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "start" });
}

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
  await navigator.clipboard.writeText(text);
  button.textContent = "Copied";
}

function say(main, words) {
  const told = document.createElement("p");
  told.setAttribute("role", "alert");
  told.textContent = words;
  main.prepend(told);
}

// Terms show their meaning when pointed at, too.
document.addEventListener("mouseover", (event) => {
  const term = event.target.closest?.(".term");
  if (term?.popoverTargetElement && !term.popoverTargetElement.matches(":popover-open")) {
    term.popoverTargetElement.showPopover({ source: term });
    term.addEventListener("mouseleave", () => term.popoverTargetElement.hidePopover(), { once: true });
  }
});
