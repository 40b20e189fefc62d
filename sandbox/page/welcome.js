// The first minute: what this is, who one is, three things to try.

import { text } from "./texts.js";

const SEEN = "welcomed";

export function welcome(name) {
  document.getElementById("welcome-who").textContent = text("welcomeWho", { name });
  localStorage.setItem(SEEN, "yes");
  document.getElementById("welcome").showModal();
}

// Unasked only the first time in a browser.
export function welcomeOnce(name) {
  if (!localStorage.getItem(SEEN)) welcome(name);
}
