// A chat: its messages kept in step with what the server tells, and the box to type in.

import { text, translate, moment } from "./texts.js";
import { element, messageNode } from "./message.js";

const ANSWERED_WITHIN = 5000; // milliseconds
const MARGIN = 8; // pixels above a message that is read from its start
const DAY = { weekday: "long", day: "numeric", month: "long" };

export class Chat {
  // `name` is "private" or "group"; `deedsFor(chat, message)` says what buttons lead to.
  constructor(name, page) {
    this.name = name;
    this.page = page;
    this.log = document.getElementById(name);
    this.place = document.querySelector(`[data-pane=${name}] > footer`);
    this.nodes = new Map();
    this.owner = null;
    this.newest = 0;
    this.followUntil = 0; // until then what is new is an answer to what was just done
    this.composer = new Composer(this);
  }

  // Messages keep their nodes, so that focus and scrolling stay where they are.
  show(messages, owner, spoken) {
    const anew = owner !== this.owner;
    this.owner = owner;
    const newest = messages.length ? messages[messages.length - 1].id : 0;
    const answered = newest > this.newest && performance.now() < this.followUntil;
    const atEnd = anew || answered || this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
    const read = anew ? newest : this.newest;
    this.newest = newest;
    if (anew) this.clear();
    const kept = new Set();
    let before = null;
    let day = "";
    for (const message of messages) {
      const today = moment(message.date, this.page.zone, DAY);
      if (today !== day) {
        before = this.keep(`day ${today}`, today, before, kept, () =>
          element("p", { className: "day" }, today));
        day = today;
      }
      before = this.keep(message.id, JSON.stringify(message), before, kept, () =>
        messageNode(message, this.page.zone, this.page.bot, this.deeds(message), spoken));
    }
    for (const [key, { node }] of this.nodes) {
      if (!kept.has(key)) {
        node.remove();
        this.nodes.delete(key);
      }
    }
    if (atEnd) this.toStartOf(messages.find((each) => each.id > read && !each.mine));
  }

  follow() {
    this.followUntil = performance.now() + ANSWERED_WITHIN;
  }

  keep(key, state, before, kept, make) {
    kept.add(key);
    const known = this.nodes.get(key);
    let node = known?.node;
    if (!known || known.state !== state) {
      const made = make();
      if (node) replaced(node, made);
      node = made;
      this.nodes.set(key, { node, state });
    }
    const place = before ? before.nextSibling : this.log.firstChild;
    if (place !== node) this.log.insertBefore(node, place);
    return node;
  }

  clear() {
    this.nodes.clear();
    this.log.replaceChildren();
  }

  toEnd() {
    this.toStartOf(undefined);
  }

  // As far down as the start of a message stays in sight, so that it is read from its first line;
  // without a message to the end.
  toStartOf(message) {
    const node = message && this.nodes.get(message.id)?.node;
    const scroll = () => {
      const start = node ? node.offsetTop - this.log.offsetTop - MARGIN : Infinity;
      this.log.scrollTop = Math.min(start, this.log.scrollHeight);
    };
    scroll();
    for (const picture of this.log.querySelectorAll("img")) {
      if (!picture.complete) picture.addEventListener("load", scroll, { once: true });
    }
  }

  deeds(message) {
    const page = this.page;
    const deeds = {
      press: (row, column, button) =>
        page.press({ chat: this.name, message: message.id, row, column, label: button.label }),
      answer: (option) => page.act({ act: "answer", chat: this.name, message: message.id, option }),
      follow: (link) => page.follow(link),
      pass: (link) => page.pass(link),
      command: (words) => page.act({ act: "say", chat: this.name, text: words }),
    };
    if (this.name === "group") deeds.reply = (to) => this.composer.answer(to);
    return deeds;
  }

  // Below the messages: the box to type in, or why there is none.
  below(note, offered, commands) {
    if (note === null) this.composer.show(this.place, commands);
    else {
      const line = element("div", { className: "instead" }, element("p", {}, note));
      if (offered) {
        const start = element("button", { type: "button", className: "main" }, offered);
        start.addEventListener("click", () => this.page.act({ act: "start" }));
        line.append(start);
      }
      this.place.replaceChildren(line);
    }
  }
}

function replaced(old, made) {
  made.classList.add("changed");
  const focused = old.contains(document.activeElement)
    ? [...old.querySelectorAll("button, a")].indexOf(document.activeElement) : -1;
  old.replaceWith(made);
  if (focused >= 0) {
    const places = made.querySelectorAll("button, a");
    (places[Math.min(focused, places.length - 1)] || made.parentElement).focus({ preventScroll: true });
  }
}

class Composer {
  constructor(chat) {
    this.chat = chat;
    this.form = document.getElementById("composer").content.cloneNode(true).querySelector("form");
    this.box = this.form.querySelector("textarea");
    this.list = this.form.querySelector(".commands");
    this.slash = this.form.querySelector(".slash");
    this.answering = this.form.querySelector(".answering");
    this.commands = [];
    this.replyTo = null;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.form.querySelector("[data-forget]").addEventListener("click", () => this.answer(null));
    this.slash.addEventListener("click", () => this.offer(this.list.hidden ? "" : null));
    this.box.addEventListener("input", () => {
      const begun = /^\/(\w*)$/.exec(this.box.value);
      this.offer(begun ? begun[1] : null);
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { this.offer(null); this.box.focus(); }
      if (event.key === "Enter" && event.target === this.box && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send();
      }
      if (event.key === "ArrowUp" && event.target === this.box && !this.list.hidden) {
        event.preventDefault();
        this.list.lastElementChild?.firstElementChild.focus();
      }
    });
  }

  show(place, commands) {
    this.commands = commands;
    if (place.firstElementChild !== this.form) place.replaceChildren(this.form);
    translate(this.form);
  }

  // The commands that begin with what was typed; null: none at all.
  offer(begun) {
    const fitting = begun === null ? [] : this.commands.filter((each) => each.command.startsWith(begun));
    this.list.replaceChildren(...fitting.map((each) => {
      const button = element("button", { type: "button" },
        element("b", {}, `/${each.command}`), " ", each.description);
      button.addEventListener("click", () => this.send(`/${each.command}`));
      return element("li", {}, button);
    }));
    this.list.hidden = fitting.length === 0;
    this.slash.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  answer(message) {
    this.replyTo = message?.id ?? null;
    this.answering.hidden = !message;
    if (message) {
      this.answering.firstElementChild.textContent = text("answering", { words: message.text.slice(0, 60) });
      this.box.focus();
    }
  }

  async send(command) {
    const written = command ?? this.box.value;
    if (!written.trim()) return;
    const asked = { act: "say", chat: this.chat.name, text: written, reply_to: this.replyTo };
    this.offer(null);
    this.answer(null);
    this.box.focus();
    if (await this.chat.page.act(asked)) this.box.value = "";
    this.chat.toEnd();
  }
}
