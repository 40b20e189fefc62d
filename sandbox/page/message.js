// One message as a piece of the document. What people and the bot wrote becomes text nodes only.

import { language, text, moment } from "./texts.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};
const CLOCK = { hour: "2-digit", minute: "2-digit" };

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("aria-") || name === "role") made.setAttribute(name, value);
    else if (value !== undefined) made[name] = value;
  }
  made.append(...children);
  return made;
}

// `deeds`: what pressing leads to: press(row, column, button), answer(option),
// follow(link), pass(link), command(words), reply(message). `bot` is the bot's username,
// `spoken` the language that it speaks here: a screen reader reads with that voice.
export function messageNode(message, zone, bot, deeds, spoken) {
  if (message.event && message.event.kind !== "sticker") {
    return element("p", { className: "event" }, text(message.event.kind, { who: message.event.who }));
  }
  const node = element("article", { className: message.mine ? "message mine" : "message" });
  if (message.bot) {
    node.classList.add("from-bot");
    if (spoken) node.lang = spoken;
  }
  if (!message.mine && !message.bot) {
    node.append(element("p", { className: `who tint-${message.sender % 8}` }, message.who));
  }
  const bubble = element("div", { className: "bubble" });
  bubble.append(...attachment(message));
  if (message.poll) bubble.append(poll(message.poll, deeds));
  if (message.text) bubble.append(words(message, bot, deeds));
  bubble.append(foot(message, zone, deeds));
  node.append(bubble, ...message.rows.map((row, at) => buttons(row, at, bot, deeds)));
  return node;
}

function foot(message, zone, deeds) {
  const parts = [moment(message.date, zone, CLOCK)];
  if (message.edits && !message.bot) parts.unshift(text("edited"));
  if (message.topic) parts.unshift(`# ${message.topic}`);
  const line = element("footer", { lang: language }, parts.join(" · "));
  if (deeds.reply && message.bot) {
    const reply = element("button", { type: "button", className: "reply" }, text("reply"));
    reply.addEventListener("click", () => deeds.reply(message));
    line.prepend(reply);
  }
  return line;
}

function attachment(message) {
  if (message.event) {
    return [element("p", { className: "sticker", role: "img", "aria-label": text("stickerSent") }, "☼")];
  }
  const file = message.file;
  if (!file) return [];
  const address = `/page/file/${encodeURIComponent(file.id)}`;
  if (file.kind === "photo") {
    // Its words stand beneath, as the bot's text twin.
    return [element("img", { src: address, alt: message.text || text("picture"), className: "photo" })];
  }
  const label = text("download", { name: file.name });
  return [element("a", { href: address, download: file.name, className: "file" }, `⤓ ${label}`)];
}

function poll({ question, options, mine, anonymous, several, closed }, deeds) {
  const kind = [
    text(anonymous ? "anonymousPoll" : "openPoll"), several ? text("severalAnswers") : "", closed ? text("pollClosed") : "",
  ];
  const answers = options.map(([label, count], option) => {
    const chosen = mine.includes(option);
    const made = element("button", {
      type: "button", dir: "auto", disabled: closed, "aria-pressed": String(chosen),
    }, `${chosen ? "✓ " : ""}${label} · ${count}`);
    made.addEventListener("click", () => deeds.answer(option));
    return made;
  });
  return element("div", { className: "poll" },
    element("p", { className: "question", dir: "auto" }, question),
    element("p", { className: "kind" }, kind.filter(Boolean).join(" · ")), ...answers);
}

// Offsets of entities count UTF-16 units, as JavaScript's strings do.
function words(message, bot, deeds) {
  const paragraph = element("div", { className: "words", dir: "auto" });
  fill(paragraph, message.text, message.entities, 0, message.text.length, bot, deeds);
  return paragraph;
}

function fill(parent, whole, entities, from, to, bot, deeds) {
  let at = from;
  entities.forEach((entity, index) => {
    const [start, end] = [entity.offset, entity.offset + entity.length];
    if (start < at || end > to) return;
    parent.append(whole.slice(at, start));
    const inner = entities.slice(index + 1).filter((each) => each.offset + each.length <= end);
    const made = marked(entity, whole.slice(start, end), bot, deeds);
    fill(made, whole, inner, start, end, bot, deeds);
    parent.append(made);
    at = end;
  });
  parent.append(whole.slice(at, to));
}

function marked(entity, shown, bot, deeds) {
  if (entity.type === "bot_command") return asButton(() => deeds.command(shown));
  const link = entity.type === "text_link" ? entity.url : shown;
  if (["text_link", "url", "code"].includes(entity.type) && leadsToBot(link, bot)) {
    // A link in code is there to be passed on; any other is followed by who sees it.
    return asButton(() => (entity.type === "code" ? deeds.pass(link) : deeds.follow(link)));
  }
  if (entity.type === "text_link" || entity.type === "url") return outside(link);
  return element(TAGS[entity.type] || "span");
}

function asButton(deed) {
  const made = element("button", { type: "button", className: "link" });
  made.addEventListener("click", deed);
  return made;
}

function outside(link) {
  const address = URL.canParse(link) ? new URL(link) : null;
  if (!address || !["http:", "https:"].includes(address.protocol)) return element("span");
  return element("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" });
}

function leadsToBot(link, bot) {
  if (!URL.canParse(link)) return false;
  const address = new URL(link);
  return address.hostname === "t.me" && address.pathname.toLowerCase() === `/${bot.toLowerCase()}`;
}

function buttons(row, at, bot, deeds) {
  const line = element("div", { className: "row" });
  row.forEach((button, column) => {
    if (button.url && !leadsToBot(button.url, bot)) {
      const link = outside(button.url);
      link.append(`${button.label} ↗`);
      line.append(link);
      return;
    }
    const made = element("button", { type: "button", dir: "auto" }, button.label);
    made.addEventListener("click", () => {
      if (made.getAttribute("aria-busy") === "true") return;
      made.setAttribute("aria-busy", "true");
      const done = button.url ? deeds.follow(button.url) : deeds.press(at, column, button);
      done.finally(() => made.removeAttribute("aria-busy"));
    });
    line.append(made);
  });
  return line;
}
