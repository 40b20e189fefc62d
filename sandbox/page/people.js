// The list of people one can be, by what they are in the cast.

import { element } from "./message.js";
import { language, text } from "./texts.js";

const PARTS = ["facilitator", "user", "family", "professional", "newcomer", "operator"];

// `seen`: the newest message of each person's private chat that was seen.
export function showPeople(view, seen, choose) {
  const place = document.getElementById("people");
  const state = JSON.stringify([view.people, view.person, language, [...seen]]);
  if (place.dataset.state === state) return;
  place.dataset.state = state;
  const focused = document.activeElement?.dataset.person;
  place.replaceChildren(...PARTS.flatMap((part) => {
    const some = view.people.filter((each) => each.part === part);
    if (!some.length) return [];
    const entries = some.map((each) => element("li", {}, entry(each, view, seen, choose)));
    return [element("h2", {}, text(part)), element("ul", {}, ...entries)];
  }));
  if (focused) place.querySelector(`[data-person="${focused}"]`)?.focus({ preventScroll: true });
}

function entry(each, view, seen, choose) {
  const button = element("button", { type: "button", title: each.name },
    element("span", { className: `face tint-${each.id % 8}`, "aria-hidden": "true" }, [...each.name][0]),
    element("span", { className: "name", dir: "auto" }, each.name),
    element("span", { className: "tongue" }, each.language));
  button.dataset.person = each.id;
  button.setAttribute("aria-pressed", String(each.id === view.person));
  dot(button, each.last > (seen.get(each.id) ?? 0));
  button.addEventListener("click", () => choose(each.id));
  return button;
}

// A dot says that there is something new.
export function dot(place, on) {
  place.querySelector(".dot")?.remove();
  if (on) place.append(element("span", { className: "dot", role: "img", "aria-label": text("unread") }));
}
