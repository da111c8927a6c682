// Single keys for what a page offers: an element says which with data-key. Without this file everything works by mouse
// and by Tab and Enter. A person can turn the keys off (account page), as WCAG 2.1.4 asks.
(() => {
  "use strict";
  const OFF = "desk-keys-off";
  const typing = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && typing(event.target)) {
      event.target.blur();
      return;
    }
    if (typing(event.target) || localStorage.getItem(OFF)) return;
    const wanted = document.querySelector(`[data-key~="${CSS.escape(event.key)}"]`);
    if (!wanted) return;
    event.preventDefault();
    const details = wanted.closest("details");
    if (details && !wanted.matches("summary")) details.open = true;
    if (wanted.matches("input:not([type=checkbox]), textarea, select")) {
      wanted.focus();
      if (wanted.select) wanted.select();
    } else {
      wanted.click();
    }
  });

  const prepare = () => {
    const box = document.getElementById("keys-off");
    if (!box) return;
    box.checked = Boolean(localStorage.getItem(OFF));
    box.addEventListener("change", () => {
      if (box.checked) localStorage.setItem(OFF, "1");
      else localStorage.removeItem(OFF);
    });
  };

  document.addEventListener("DOMContentLoaded", prepare);
  // A page that htmx put in the place of another is read from its beginning, as any other. At once: a moment later
  // somebody's next key may have led them elsewhere.
  document.addEventListener("htmx:afterSwap", (event) => {
    prepare();
    if (event.detail.boosted) {
      window.scrollTo(0, 0);
      document.getElementById("main")?.focus({ preventScroll: true });
    }
  });
})();
