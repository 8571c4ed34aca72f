// 草案检查 and 意见处理: a click on words marked in a draft, or on an entry of a list, opens the finding or the comment
// without loading the page anew: its name is written into a box of the page that nobody sees. And what the framework
// leaves undone about keys.
(() => {
  if (window.zhAsked) return;
  window.zhAsked = true;

  const boxes = { finding: ".st-key-finding-asked input", comment: ".st-key-comment-asked input" };
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-finding], [data-comment]");
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey || getSelection().toString()) return;
    const kind = place.dataset.finding ? "finding" : "comment";
    const field = document.querySelector(boxes[kind]);
    if (!field) return;
    event.preventDefault();
    // As typing would: the framework hears the change, then the Enter.
    const asked = place.dataset[kind].split(" ")[0];
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, asked);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => {
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true }));
    }, 0);
    const open = document.querySelector(".st-key-consultation-open");
    if (kind === "comment" && open && innerWidth < 1024) open.scrollIntoView();
  });

  // A tick takes the focus, and the framework hears no key from a field: the keys go on from there.
  document.addEventListener("keydown", (event) => {
    const ticked = event.target.closest("input[type=checkbox]");
    const panel = document.querySelector(".st-key-finding-asked");
    if (!ticked || !panel || event.ctrlKey || event.metaKey || event.altKey || !/^[nptxu]$/i.test(event.key)) return;
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, code: event.code, bubbles: true }));
  });

  // 意见处理: to the search and the reason by one key, out of them by Escape; Ctrl+Enter keeps what stands in them.
  const focus = (selector) => {
    const field = document.querySelector(selector);
    if (field) setTimeout(() => field.focus(), 0);
    return field;
  };
  document.addEventListener("keydown", (event) => {
    const form = [".st-key-consultation-decide", ".st-key-together-form"].map((each) => document.querySelector(each)).find(Boolean);
    if (!form || event.isComposing) return;
    const field = event.target.closest("input:not([type=checkbox]), textarea");
    if (field && event.key === "Escape") field.blur();
    else if (field && event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.contains(field)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      field.blur(); // the framework hears what was typed
      const save = form.querySelector(":is(.st-key-decision-save, .st-key-together-save) button");
      setTimeout(() => save && save.click(), 0);
    } else if (!field && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (event.key === "/" && focus(".st-key-words input")) event.preventDefault();
      if (/^[1-6]$/.test(event.key) && form.querySelector("textarea")) focus(":is(.st-key-decision-reason, .st-key-together-reason) textarea");
    }
  }, true);
})();
