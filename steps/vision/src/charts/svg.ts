type Attributes = Readonly<Record<string, string | number>>;

/** The text of an SVG file, which needs nothing beside it. `title` is what screen readers say. */
export function document(width: number, height: number, title: string, content: readonly string[]): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="12" fill="#222">`;
  const paper = element("rect", { width, height, fill: "#fff" });
  return `${[head, `<title>${escaped(title)}</title>`, paper, ...content, "</svg>"].join("\n")}\n`;
}

/** An empty element; numbers are rounded to hundredths. */
export function element(name: string, attributes: Attributes): string {
  return `<${name}${written(attributes)}/>`;
}

export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return `<text${written({ x, y, ...attributes })}>${escaped(content)}</text>`;
}

function written(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? Number(value.toFixed(2)) : escaped(value)}"`)
    .join("");
}

function escaped(content: string): string {
  return content.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
