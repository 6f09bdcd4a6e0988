// HTML becomes a detached document here and nowhere else in the editor.

/** A document that never runs or loads anything. The house's Trusted Types policy lets it in. */
export function parse(html) {
  document.dispatchEvent(new CustomEvent("house:html"));
  return new DOMParser().parseFromString(withoutScripts(html), "text/html");
}

/** The policy turns away anything that carries a script, so a stray one must not cost the text. */
export function withoutScripts(html) {
  return html.replace(/<script\b[\s\S]*?<\/script\s*>/gi, "").replace(/<\/?script\b[^>]*>?/gi, "");
}

const markup = /<\/?(?:p|h[1-6]|ul|ol|li|table|blockquote|br|strong|em|a|pre)\b[^>]*>/i;

/** What stands in a textarea: HTML, or plain lines that become paragraphs (as on the server). */
export function bodyOf(text) {
  if (markup.test(text)) return parse(text).body;
  const body = document.implementation.createHTMLDocument("").body;
  for (const block of text.split(/\n\s*\n/)) {
    if (!block.trim()) continue;
    const paragraph = document.createElement("p");
    block.trim().split("\n").forEach((line, place) => {
      if (place) paragraph.append(document.createElement("br"));
      paragraph.append(line);
    });
    body.append(paragraph);
  }
  return body;
}
