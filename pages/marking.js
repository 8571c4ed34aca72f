// 核对: words marked in the text are offered as a row of their own. The offer, or the key A, writes their place into a
// box of the page that nobody sees: "c12:4-c12:30", clause and character on either side. After Enter in a field that
// stands alone the keys are for the rows again.
(() => {
  if (window.zhMarking) return;
  window.zhMarking = true;

  const box = () => document.querySelector(".st-key-check-marked input");
  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "zh-marking";
  offer.hidden = true;
  offer.textContent = "补充这一条（A）";

  // Characters as the server counts them, up to a point inside the words of a clause.
  const place = (words, node, offset) => {
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(node, offset);
    return `${words.closest(".zh-clause").id}:${[...before.toString()].length}`;
  };
  const words = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".zh-clause-text");

  const marked = () => {
    const selection = getSelection();
    if (!box() || !selection.rangeCount || !selection.toString().trim()) return null;
    const range = selection.getRangeAt(0);
    const first = words(range.startContainer);
    if (!first || !first.closest(".zh-text")) return null;
    const last = words(range.endContainer);
    const end = last ? [last, range.endContainer, range.endOffset] : [first, first, first.childNodes.length];
    return { at: `${place(first, range.startContainer, range.startOffset)}-${place(...end)}`, range };
  };

  const take = () => {
    const found = marked(), field = box();
    if (!found) return false;
    offer.hidden = true;
    getSelection().removeAllRanges();
    // As typing would: the framework hears the change, then the Enter.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, found.at);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => {
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true }));
    }, 0);
    return true;
  };

  document.addEventListener("selectionchange", () => {
    const found = marked();
    offer.hidden = !found;
    if (!found) return;
    if (!offer.isConnected) document.body.append(offer);
    const box = found.range.getBoundingClientRect();
    offer.style.left = `${Math.max(8, Math.min(box.right - 60, innerWidth - 160))}px`;
    offer.style.top = `${Math.min(box.bottom + 8, innerHeight - 44)}px`;
  });
  addEventListener("scroll", () => { offer.hidden = true; }, { capture: true, passive: true });
  offer.addEventListener("mousedown", (event) => event.preventDefault()); // or the words are no longer marked
  offer.addEventListener("click", take);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable=true]");
    const other = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key.toLowerCase() === "a" && !typing && !other && take()) event.preventDefault();
    // A name is typed: the next key is for the row again.
    const single = typing?.closest(".st-key-check-panel") && !typing.closest(".st-key-check-form");
    if (single && (event.key === "Enter" || event.key === "Escape")) setTimeout(() => typing.blur(), 0);
  });
})();
