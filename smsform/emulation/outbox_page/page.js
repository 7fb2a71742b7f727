"use strict";

// Messages are kept in memory, newest first; only so many of those that match are drawn.
const STEP = 40;
const PAUSE = 500; // milliseconds between questions
const times = new Intl.DateTimeFormat(undefined,
  { dateStyle: "medium", timeStyle: "medium" });
const words = JSON.parse(document.getElementById("words").textContent);
const query = document.getElementById("query");
const counted = document.getElementById("counted");
const more = document.getElementById("more");
const nothing = document.getElementById("nothing");
const main = document.getElementById("providers");

let messages = [];
let byId = new Map();
let newest = 0;
let since = null;
let total = 0; // messages there were at the last look, those not kept here included
let shown = STEP;
let lost = false; // whether the last question was not answered

function element(name, text, kind) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function said(word, fields) {
  return words[word].replace(/\{(\w+)\}/g, (_, name) => fields[name]);
}

function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}

function keep(message) {
  message.haystack = folded(
    [message.to, message.text, message.name, message.template, message.serial,
     message.provider].join("\n"));
  return message;
}

function matching() {
  const parts = folded(query.value).split(/\s+/).filter(Boolean);
  if (!parts.length) return messages;
  return messages.filter(
    (message) => parts.every((part) => message.haystack.includes(part)));
}

function receipt(message) {
  if (!message.receipt) return element("span", words.under_way);
  const { delivered, code } = message.receipt;
  const word = delivered ? words.delivered : words.failed;
  return element("span", `${word} (${code})`, delivered ? "good" : "bad");
}

function bubble(message) {
  const row = element("li");
  const text = element("p", message.text, "text");
  text.dir = "auto";
  const about = element("p", undefined, "about");
  const time = element("time", times.format(new Date(message.sent)));
  time.dateTime = message.sent;
  const parts = said("segments", { count: message.segments });
  about.append(time, ` · ${message.name} ${message.template} · ${parts} · `,
    receipt(message));
  row.append(text, about);
  return row;
}

function draw() {
  const found = matching();
  const providers = new Map();
  for (const message of found.slice(0, shown)) {
    if (!providers.has(message.provider)) providers.set(message.provider, new Map());
    const phones = providers.get(message.provider);
    if (!phones.has(message.to)) phones.set(message.to, []);
    phones.get(message.to).push(message);
  }
  const sections = [...providers].sort().map(([provider, phones]) => {
    const section = element("section");
    section.append(element("h2", provider));
    for (const [number, listed] of phones) {
      const phone = element("article");
      const rows = element("ol");
      rows.append(...listed.map(bubble));
      phone.append(element("h3", number), rows);
      section.append(phone);
    }
    return section;
  });
  main.replaceChildren(...sections);
  const said_now = said("counted", { shown: found.length, all: messages.length });
  if (counted.textContent !== said_now) counted.textContent = said_now;
  nothing.hidden = found.length > 0;
  nothing.textContent = messages.length ? words.nothing : words.empty;
  more.hidden = found.length <= shown;
}

function forget() {
  messages = [];
  byId = new Map();
  newest = total = 0;
  since = null;
}

function take(told) {
  const anew = since === null;
  since = told.now;
  total = told.total;
  for (const message of told.receipts) {
    const known = byId.get(message.id);
    if (known) known.receipt = message.receipt;
  }
  const fresh = told.messages.map(keep);
  for (const message of fresh) byId.set(message.id, message);
  if (fresh.length) {
    newest = Math.max(newest, fresh[0].id);
    messages = [...fresh, ...messages];
  }
  if (anew || lost || fresh.length || told.receipts.length) draw();
  lost = false;
}

async function look() {
  let pause = PAUSE;
  try {
    const asked = since === null ? "" : `?after=${newest}&since=${since}`;
    const reply = await fetch(`messages${asked}`);
    if (!reply.ok) throw new Error(reply.status);
    const told = await reply.json();
    if (since !== null && told.total < total + told.messages.length) {
      forget(); // some are gone, and only the whole list tells which
      pause = 0;
    } else {
      take(told);
      document.body.dataset.ready = "yes";
    }
  } catch {
    lost = true;
    counted.textContent = words.lost;
  }
  setTimeout(look, pause);
}

query.addEventListener("input", () => {
  shown = STEP;
  draw();
});
more.addEventListener("click", () => {
  shown += STEP;
  draw();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target === query) return;
  event.preventDefault();
  query.focus();
});
look();
