// What the framework leaves undone on every page: names and roles that screen readers need, and a print of all words.
(() => {
  const give = (selector, attributes) => {
    for (const part of document.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(attributes)) {
        if (part.getAttribute(name) !== value) part.setAttribute(name, value);
      }
    }
  };
  const name = () => {
    give(".st-key-navigation", { role: "navigation", "aria-label": "页面" });
    give('[data-testid="stFileUploaderDropzone"]', { role: "group" });
    give('[data-testid="stFileUploaderDropzone"] button', { "aria-label": "选择文件" });
    for (const key of document.querySelectorAll('kbd[aria-label^="Shortcut"]')) key.removeAttribute("aria-label");
  };
  new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true });

  // What is folded on the screen is open on paper.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
})();
