// Searches, filters, moves the focus, and changes language and colours. The page is
// complete without it; what only works with it is hidden until it runs.
"use strict";
const smsform = (() => {
  const FILTERS = ["type", "signature", "provider", "state", "show"];
  const KEPT = `smsform ${location.pathname}`;
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Storage may be refused, for a page from disk too; nothing depends on it.
  const store = (kind, key, value) => {
    try {
      if (value === undefined) return window[kind].getItem(key);
      window[kind].setItem(key, value);
    } catch {
      return null;
    }
  };

  // --- language ---------------------------------------------------------------------

  let catalogues;
  const sentence = (key, fields) =>
    catalogues[root.lang][key].replace(/\{(\w+)\}/g, (_, name) => fields[name] ?? "");

  // Words that say themselves what they are: their key, by language.
  const keys = {};
  const keyOf = ({ dataset, textContent }, language = root.lang) => {
    const swap = ([key, words]) => [words, key];
    keys[language] ??= Object.fromEntries(Object.entries(catalogues[language]).map(swap));
    return dataset.t || keys[language][textContent];
  };

  const say = (place, before = root.lang) => {
    const { t, tPlaceholder, tAriaLabel } = place.dataset;
    if (t !== undefined || place.matches("i")) place.textContent = sentence(keyOf(place, before), place.dataset);
    if (tPlaceholder) place.placeholder = sentence(tPlaceholder, place.dataset);
    if (tAriaLabel) place.ariaLabel = sentence(tAriaLabel, place.dataset);
  };

  const SAID = "i,[data-t],[data-t-placeholder],[data-t-aria-label]";
  const speak = (language) => {
    const other = root.lang;
    if (language === other || !catalogues[language]) return;
    root.lang = language;
    find("language").lang = other;
    all(SAID).forEach((place) => say(place, other));
    count();
  };

  // --- colours ----------------------------------------------------------------------

  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const paint = (theme) => {
    if (theme) root.dataset.theme = theme;
    find("dark")?.setAttribute("aria-pressed", isDark());
  };

  // --- search and filters -----------------------------------------------------------

  // What is searched: texts from outside, and what is said of them.
  const SEARCHED =
    "h2, .facts a, code, .sender, .phone ol, .problems, .lines, .loud, .file, dd:not(:has(ol))";
  const SLICE = 16; // ms of work before the browser may answer and paint
  const AT_ONCE = 100; // results of one frame: more than a screen has
  let cards = [];
  let shown = [];
  let placed = 0; // so many are shown or hidden as the filters want it
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  const learn = (card) => {
    card.text ??= plain(all(SEARCHED, card.place).map((e) => e.textContent).join("\n"));
    return card;
  };

  // All of it before anybody types, in the browser's spare time.
  const learnAhead = (from) => {
    const until = performance.now() + SLICE / 2;
    while (from < cards.length && performance.now() < until) learn(cards[from++]);
    if (from < cards.length) (window.requestIdleCallback ?? setTimeout)(() => learnAhead(from));
  };

  const count = () => {
    if (!find("counted")) return;
    const numbers = { shown: shown.length, total: cards.length };
    find("counted").textContent = sentence("counted", numbers);
  };

  const has = {
    type: (place, value) => keyOf(place.querySelector(".chip")) === value,
    signature: (place, value) => place.dataset.signature === value,
    provider: (place, value) =>
      place.querySelector(".facts span").textContent.split(", ").includes(value),
    state: (place, value) => place.classList.contains(value),
    show: (place, value) => place.classList.contains(value),
  };

  const show = (card, wanted) => {
    card.place.hidden = card.hidden = !wanted;
  };

  // A callback asked for before a frame runs in that very frame, and would delay it.
  const afterFrame = (go) => requestAnimationFrame(() => setTimeout(go));

  // The first frame has the first results, nothing else between them, and unless not all
  // is learnt yet their number; what is further down comes and goes in the frames after
  // it. A further keystroke ends what an earlier began.
  let round = 0;
  const filter = () => {
    const mine = ++round;
    const words = plain(find("query").value).split(/\s+/).filter(Boolean);
    const wanted = FILTERS.map((name) => [name, find(name)?.value]).filter(([, v]) => v);
    const fits = (card) =>
      wanted.every(([name, value]) => has[name](card.place, value)) &&
      (!words.length || words.every((word) => learn(card).text.includes(word)));
    let decided = 0;
    placed = 0;
    shown = [];
    const step = () => {
      if (mine !== round) return;
      const until = performance.now() + SLICE;
      for (; decided < cards.length && performance.now() < until; decided++) {
        const card = cards[decided];
        card.fits = fits(card);
        if (card.fits) shown.push(card);
      }
      for (let left = AT_ONCE; placed < decided; placed++) {
        const card = cards[placed];
        if (card.hidden === card.fits) {
          if (left <= 0) break;
          show(card, card.fits);
        }
        left -= card.fits;
      }
      find("nothing").hidden = shown.length > 0 || decided < cards.length;
      count();
      if (placed < cards.length) afterFrame(step);
    };
    step();
    const narrowed = words.length > 0 || wanted.length > 0;
    find("clear").hidden = !narrowed;
    find("filters").classList.toggle("narrowed", narrowed);
  };

  // --- keyboard ---------------------------------------------------------------------

  // A card and its messages get their names, and it the focus, when somebody goes there.
  const reach = (place, options) => {
    const name = place.querySelector("h2");
    name.id = `name.${place.id}`;
    place.setAttribute("aria-labelledby", name.id);
    place.querySelector(".phone ol").ariaLabel = sentence("messages", {});
    place.tabIndex = -1;
    place.focus(options);
  };

  const move = (step) => {
    const here = shown.findIndex((card) => card.place.contains(document.activeElement));
    const next = here < 0 && step < 0 ? shown.length - 1 : here + step;
    const card = shown[Math.max(0, Math.min(next, shown.length - 1))];
    if (!card) return;
    show(card, true);
    reach(card.place);
  };

  const press = (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const query = find("query");
    const onCard = target.matches?.("article");
    if (target === query && (key === "ArrowDown" || key === "Enter")) move(1);
    else if (key === "Escape" && target.matches?.("body, article, #query, main")) {
      find("filters").reset();
      filter();
      if (target === query && !query.value) query.blur();
    } else if (target.matches?.("input, select, textarea")) return;
    else if (key === "/") query.select(), query.focus();
    else if (key === "j" || (onCard && key === "ArrowDown")) move(1);
    else if (key === "k" || (onCard && key === "ArrowUp")) move(-1);
    else return;
    event.preventDefault();
  };

  // --- what a reload keeps ----------------------------------------------------------

  const keep = () => {
    const seen = shown.filter(({ hidden }) => !hidden);
    const tops = seen.map(({ place }) => [place.id, place.getBoundingClientRect().top]);
    const place = tops.find(([, top]) => top >= 0 && top < innerHeight) ??
      tops.findLast(([, top]) => top < 0);
    const values = ["query", ...FILTERS].map((name) => [name, find(name)?.value ?? ""]);
    const kept = { language: root.lang, values, place, focus: document.activeElement?.id };
    store("sessionStorage", KEPT, JSON.stringify(kept));
  };

  const restore = () => {
    const kept = JSON.parse(store("sessionStorage", KEPT) ?? "null");
    if (!kept || performance.getEntriesByType("navigation")[0]?.type !== "reload") return;
    speak(kept.language);
    for (const [name, value] of kept.values) if (find(name)) find(name).value = value;
    if (find("query")) filter();
    const focused = find(kept.focus);
    if (focused?.matches("article")) reach(focused, { preventScroll: true });
    else focused?.focus({ preventScroll: true });
    // Cards above get their true height only when they come near: a few frames.
    const [id, top] = kept.place ?? [];
    const settle = (frames) => {
      scrollBy(0, find(id).getBoundingClientRect().top - top);
      const left = placed < cards.length ? frames : frames - 1;
      if (left > 0) requestAnimationFrame(() => settle(left));
    };
    if (find(id)) settle(6);
  };

  document.addEventListener("DOMContentLoaded", () => {
    catalogues = JSON.parse(find("words").textContent);
    history.scrollRestoration = "manual";
    all("[hidden]:is(.switches, #filters, .keys)").forEach((e) => (e.hidden = false));
    paint();
    system.addEventListener("change", () => paint());
    find("language").addEventListener("click", () => speak(root.lang === "en" ? "zh-CN" : "en"));
    find("dark").addEventListener("click", () => {
      paint(isDark() ? "light" : "dark");
      store("localStorage", "smsform theme", root.dataset.theme);
    });
    if (find("filters")) {
      find("templates").classList.remove("long"); // from here on places are asked for
      cards = all("article").map((place) => ({ place, hidden: false }));
      filter();
      learnAhead(0);
      find("filters").addEventListener("input", filter);
      find("filters").addEventListener("submit", (event) => event.preventDefault());
      find("filters").addEventListener("reset", () => setTimeout(filter));
      document.addEventListener("keydown", press);
    }
    // The number of a segment stands at its border; under the pointer it is a sentence.
    document.addEventListener("mouseover", ({ target }) => {
      if (target.dataset?.number) target.title = sentence("cut", target.dataset);
    });
    restore();
    addEventListener("pagehide", keep);
  });
  return { say };
})();
