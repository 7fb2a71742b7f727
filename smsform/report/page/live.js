// Asks for the version of what is shown; another one than this page's loads it anew.
"use strict";
(() => {
  const { path, version } = JSON.parse(document.getElementById("live").textContent);
  const PAUSE = 300; // ms between two answers
  const pause = () => new Promise((go) => setTimeout(go, PAUSE));

  const tell = (key) => {
    const place = document.querySelector("#connection [data-t]");
    if (place && place.dataset.t !== key) {
      place.dataset.t = key;
      smsform.say(place);
    }
  };

  const watch = async () => {
    let known = version;
    for (;;) {
      try {
        const answer = await fetch(path, { cache: "no-store" });
        if (!answer.ok) throw new Error(answer.status);
        const now = await answer.text();
        tell("live");
        known = known || now;
        if (now !== known) return location.reload(); // and this loop ends: once
      } catch {
        tell("lost");
      }
      await pause();
    }
  };
  document.addEventListener("DOMContentLoaded", watch);
})();
