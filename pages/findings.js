// 草案检查: words marked in the draft, and the entries of the list, open their finding without loading the page anew.
// The fingerprint is written into a box of the page that nobody sees.
(() => {
  if (window.zhFindings) return;
  window.zhFindings = true;

  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-finding]");
    const field = document.querySelector(".st-key-finding-asked input");
    if (!place || !field || event.ctrlKey || event.metaKey || event.shiftKey || getSelection().toString()) return;
    event.preventDefault();
    // As typing would: the framework hears the change, then the Enter.
    const asked = place.dataset.finding.split(" ")[0];
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, asked);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => {
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true }));
    }, 0);
  });

  // A tick takes the focus, and the framework hears no key from a field: the keys go on from there.
  document.addEventListener("keydown", (event) => {
    const ticked = event.target.closest("input[type=checkbox]");
    const panel = document.querySelector(".st-key-finding-asked");
    if (!ticked || !panel || event.ctrlKey || event.metaKey || event.altKey || !/^[nptxu]$/i.test(event.key)) return;
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, code: event.code, bubbles: true }));
  });
})();
