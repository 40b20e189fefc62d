// The page: who one is, what one sees, the hand on the clock. It asks for a view and shows it;
// the server says when something has changed.

import { Chat } from "./chat.js";
import { alertDialog, ask, toast } from "./dialogs.js";
import { element } from "./message.js";
import { dot, showPeople } from "./people.js";
import { welcome, welcomeOnce } from "./welcome.js";
import { language, moment, speak, text, translate } from "./texts.js";

const NOW = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
const find = (id) => document.getElementById(id);

const page = {
  zone: "UTC",
  bot: "",
  view: null,
  person: Number(location.hash.slice(1)) || null,
  seen: new Map(), // the newest message of each person's private chat that was seen
  heard: 0, // the newest message of the group that was seen

  async act(asked) {
    if (asked.act !== "move") chats.private.follow();
    if (asked.chat === "group") chats.group.follow();
    try {
      const answer = await fetch("/page/act", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ person: this.person, ...asked }),
      });
      const result = await answer.json();
      if (!result.refused) return result;
      const named = { clock: "clockRefused", name: "nameRefused" }[result.refused];
      toast(text(named || result.refused));
    } catch {
      toast(text("offline"));
    }
    return null;
  },

  async press(place) {
    const result = await this.act({ act: "press", ...place });
    if (!result?.toast) return;
    if (result.alert) alertDialog(result.toast);
    else toast(result.toast);
  },

  async follow(link) {
    const done = await this.act({ act: "follow", link });
    if (done) showPane("private");
  },

  pass(link) {
    const dialog = find("opener");
    const people = this.view.people.map((each) => element("option", { value: each.id }, each.name));
    const choice = dialog.querySelector("select");
    choice.replaceChildren(element("option", { value: "" }, text("somebodyNew")), ...people);
    ask(dialog, async () => {
      if (choice.value === "") addNewcomer((id) => this.openAs(id, link));
      else await this.openAs(Number(choice.value), link);
    });
  },

  async openAs(person, link) {
    await choose(person);
    await this.follow(link);
  },
};

const chats = { private: new Chat("private", page), group: new Chat("group", page) };

// -- keeping in step ----------------------------------------------------------------------------

let asking = null;
let again = false;

async function refresh() {
  if (asking) {
    again = true;
    return asking;
  }
  asking = (async () => {
    do {
      again = false;
      const answer = await fetch(`/page/view?person=${page.person ?? ""}`);
      const view = answer.ok ? await answer.json() : null;
      // Somebody else was chosen while this was on its way.
      const outdated = view?.people.some((each) => each.id === page.person) && view.person !== page.person;
      if (outdated) again = true;
      else if (view) show(view);
    } while (again);
  })();
  try {
    await asking;
  } catch {
    document.body.classList.add("offline");
  } finally {
    asking = null;
  }
}

function show(view) {
  const first = page.view === null;
  if (first && page.person === null) {
    // To begin with, somebody who speaks the language of whoever looks.
    const alike = view.people.find((each) => each.part === "user" && each.language === language);
    if (alike && alike.id !== view.person) {
      page.person = alike.id;
      again = true;
      return;
    }
  }
  Object.assign(page, { view, zone: view.zone, bot: view.bot.username, person: view.person });
  view.received = performance.now();
  document.body.classList.remove("offline");
  if (first) {
    for (const each of view.people) page.seen.set(each.id, each.last);
    page.heard = newest(view.group?.messages);
  }
  const me = view.people.find((each) => each.id === view.person);
  if (isShown("private")) page.seen.set(me.id, me.last);
  if (isShown("group")) page.heard = newest(view.group?.messages);
  showPeople(view, page.seen, (id) => { showPane("private"); choose(id); });
  showClock();
  showPrivate(view, me);
  showGroup(view, me);
  dot(document.querySelector("[data-show=private]"), me.last > (page.seen.get(me.id) ?? 0));
  dot(document.querySelector("[data-show=group]"), newest(view.group?.messages) > page.heard);
  if (first) welcomeOnce(me.name);
}

// One of the things to try that the first minute names.
function attempt(what) {
  showPane("private");
  if (what === "next") leap(find("next"), { to: "next" });
  else page.act({ act: "say", chat: "private", text: what });
}

const newest = (messages) => (messages?.length ? messages[messages.length - 1].id : 0);

function showPrivate(view, me) {
  const { blocked, started, commands, messages } = view.private;
  find("private-title").textContent = text("privateTitle", { bot: view.bot.name, name: me.name });
  find("private-note").textContent = text("privateNote", { name: me.name });
  find("block").disabled = blocked;
  if (blocked) chats.private.below(text("stopped", { name: me.name }), text("restart"));
  else if (!started) chats.private.below(text("unstarted", { name: me.name }), text("start"));
  else chats.private.below(null, null, commands);
  chats.private.show(messages, `${me.id} ${language}`, view.private.language);
}

function showGroup(view, me) {
  if (!view.group) return;
  find("group-title").textContent = view.group.title;
  find("group-note").textContent = text("groupNote", { n: view.group.people });
  const note = view.group.present ? null : text("outside", { name: me.name });
  chats.group.below(note, null, view.group.commands);
  chats.group.show(view.group.messages, `${me.id} ${language}`, view.group.language);
}

// -- people -------------------------------------------------------------------------------------

async function choose(person) {
  page.person = person;
  history.replaceState(null, "", `#${person}`);
  await refresh();
}

function addNewcomer(then) {
  const dialog = find("newcomer");
  const form = dialog.querySelector("form");
  form.reset();
  form.elements.language.value = language;
  ask(dialog, async () => {
    const result = await page.act({
      act: "newcomer", name: form.elements.name.value, language: form.elements.language.value,
    });
    if (!result) return;
    page.seen.set(result.person, 0);
    await (then ? then(result.person) : choose(result.person));
  });
}

// -- the clock ----------------------------------------------------------------------------------

function showClock() {
  const view = page.view;
  if (!view) return;
  const now = view.now + (performance.now() - view.received) / 1000;
  find("time").textContent = moment(now, view.zone, NOW);
  find("time").dateTime = new Date(now * 1000).toISOString();
  find("due").textContent = view.next_due === null
    ? `(${text("nothing")})` : `(${moment(Math.max(view.next_due, now), view.zone, NOW)})`;
  find("next").disabled = view.next_due === null;
}

async function leap(button, asked) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  await page.act({ act: "move", ...asked });
  button.removeAttribute("aria-busy");
}

// -- panes: on a phone one at a time --------------------------------------------------------------

const narrow = window.matchMedia("(max-width: 760px)");
const isShown = (pane) => !narrow.matches || document.querySelector("main").dataset.tab === pane;

function showPane(pane) {
  document.querySelector("main").dataset.tab = pane;
  for (const tab of document.querySelectorAll("[data-show]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.show === pane));
  }
  if (page.view) show(page.view);
  if (chats[pane]) chats[pane].toEnd();
}

// -- beginning ----------------------------------------------------------------------------------

function onClick(selector, deed) {
  for (const each of document.querySelectorAll(selector)) each.addEventListener("click", () => deed(each));
}

function inLanguage(code) {
  speak(code);
  document.documentElement.lang = code;
  translate(document);
  for (const each of document.querySelectorAll("[data-language]")) {
    each.setAttribute("aria-pressed", String(each.dataset.language === code));
  }
  if (page.view) show(page.view);
}

onClick("[data-language]", (each) => inLanguage(each.dataset.language));
onClick("[data-show]", (each) => showPane(each.dataset.show));
onClick("[data-leap]", (each) => leap(each, { seconds: Number(each.dataset.leap) }));
onClick("#next", (each) => leap(each, { to: "next" }));
onClick("#add", () => addNewcomer(null));
onClick("#about", () => welcome(page.view.people.find((each) => each.id === page.person).name));
onClick("[data-try]", (each) => attempt(each.dataset.try));
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address's hash is who one is
  showPane("private");
  find("private").focus();
});
onClick("[data-cancel]", (each) => each.closest("dialog").close());
onClick(".menu button", (each) => { each.closest("details").open = false; });
onClick("[data-sticker]", (each) => page.act({ act: "sticker", chat: each.dataset.sticker }));
onClick("#block", () => page.act({ act: "block" }));
inLanguage(language);
showPane("private");
setInterval(showClock, 1000);
const changes = new EventSource("/page/changes");
changes.onmessage = refresh;
changes.onerror = () => document.body.classList.add("offline");
