// Keeps a progress page going without loading it anew each time; it does so by itself without this.
"use strict";

async function again() {
  const answer = await fetch(location.href, { redirect: "manual", cache: "no-store" });
  if (answer.type === "opaqueredirect") {
    location.replace(location.href);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-work]");
  if (!now) {
    location.replace(location.href);
    return;
  }
  document.querySelector("[data-work]").replaceChildren(...now.childNodes);
  setTimeout(again, 400);
}

setTimeout(again, 300);
