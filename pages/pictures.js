// Downloads of figures, made in the reader's browser: no picture engine on the server, Chinese in the reader's fonts.
// A drawing of ours (.zh-drawing) is an image already.
// A button carries data-picture (the chart's key), data-format, data-name, data-title and data-source. For the moment
// of copying, the figure gets its title above and its source below, so that a picture passed on still says what it is.
(() => {
  if (window.zhPictures) return;
  window.zhPictures = true;

  const wrap = (text, columns) => {
    const lines = [];
    let line = "", width = 0;
    for (const sign of text) {
      const wide = sign.codePointAt(0) > 0x2e7f ? 2 : 1;
      if (width + wide > columns) { lines.push(line); line = ""; width = 0; }
      line += sign;
      width += wide;
    }
    if (line) lines.push(line);
    return lines;
  };

  const plain = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture]");
    if (button) picture(button, Date.now() + 10000);
  });

  // A figure that is still being drawn is waited for.
  const picture = (button, until) => {
    const drawing = document.querySelector(`.st-key-${CSS.escape(button.dataset.picture)} .zh-drawing img`);
    if (drawing) return copy(drawing.src, button);
    const chart = document.querySelector(`.st-key-${CSS.escape(button.dataset.picture)} .js-plotly-plot`);
    const take = chart && chart.querySelector(".modebar-btn");
    if (!take) {
      if (Date.now() < until) setTimeout(() => picture(button, until), 150);
      return;
    }
    const old = chart.layout, options = chart._context.toImageButtonOptions, size = chart._fullLayout;
    const columns = Math.floor((size.width - 24) / 6.2);
    const source = button.dataset.source.split("\n").flatMap((line) => wrap(line, columns));
    const title = wrap(button.dataset.title, Math.floor((size.width - 24) / 8.6));
    const above = title.length * 22 + 16, below = source.length * 18 + 10;
    const words = (lines, fontSize, bold) => ({
      text: lines.map((line) => (bold ? `<b>${plain(line)}</b>` : plain(line))).join("<br>"),
      font: { size: fontSize }, showarrow: false, align: "left", xref: "paper", yref: "paper",
      x: 0, xanchor: "left", xshift: 12 - size._size.l,
    });
    chart.layout = {
      ...old,
      width: size.width,
      height: size.height + above + below,
      margin: { ...size.margin, t: size._size.t + above, b: size._size.b + below, l: size._size.l, r: size._size.r },
      annotations: [
        ...(old.annotations || []),
        { ...words(title, 16, true), y: 1, yanchor: "top", yshift: size._size.t + above - 10 },
        { ...words(source, 11, false), y: 0, yanchor: "bottom", yshift: -(size._size.b + below - 8) },
      ],
    };
    options.format = button.dataset.format;
    options.filename = button.dataset.name;
    options.width = chart.layout.width;
    options.height = chart.layout.height;
    options.scale = button.dataset.format === "png" ? 2 : 1;
    try { take.click(); } finally { chart.layout = old; }
  };

  const copy = async (drawing, button) => {
    const words = await (await fetch(drawing)).text();
    const made = new DOMParser().parseFromString(words, "image/svg+xml").documentElement;
    const { ink, second, ground } = made.dataset, inner = Number(made.getAttribute("height"));
    const width = Number(made.getAttribute("width")) + 24;
    const title = wrap(button.dataset.title, Math.floor((width - 24) / 8.6));
    const source = button.dataset.source.split("\n").flatMap((line) => wrap(line, Math.floor((width - 24) / 6.2)));
    const above = title.length * 22 + 16;
    const height = above + inner + source.length * 18 + 16;
    const add = (name, attributes, text) => {
      const part = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
      if (text) part.textContent = text;
      made.append(part);
      return part;
    };
    const body = add("g", { transform: `translate(12,${above})` });
    body.append(...[...made.childNodes].filter((part) => part !== body));
    const back = add("rect", { width, height, fill: ground });
    made.prepend(back);
    title.forEach((line, at) =>
      add("text", { x: 12, y: 24 + at * 22, "font-size": 16, "font-weight": 700, fill: ink }, line));
    source.forEach((line, at) =>
      add("text", { x: 12, y: height - 8 - (source.length - 1 - at) * 18, "font-size": 11, fill: second }, line));
    const frame = { width, height, viewBox: `0 0 ${width} ${height}` };
    for (const [key, value] of Object.entries(frame)) made.setAttribute(key, value);
    const svg = new Blob([new XMLSerializer().serializeToString(made)], { type: "image/svg+xml" });
    if (button.dataset.format === "svg") return save(svg, button);
    const image = new Image(), address = URL.createObjectURL(svg);
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [width * 2, height * 2];
      canvas.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
      URL.revokeObjectURL(address);
      canvas.toBlob((png) => save(png, button), "image/png");
    });
    image.src = address;
  };

  const save = (blob, button) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${button.dataset.name}.${button.dataset.format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
})();
