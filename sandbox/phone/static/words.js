// WhatsApp's light markup (*bold*, _italic_, ~struck~, `code`) and links, as elements.
import { h } from "./dom.js";

const PATTERN = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|(?<![\p{L}\p{N}])([*_~`])(?=\S)([^\n]+?)(?<=\S)\2(?![\p{L}\p{N}])/gu;
const TAGS = { "*": "strong", _: "em", "~": "s", "`": "code" };

export function words(text) {
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(PATTERN)) {
    parts.push(text.slice(last, found.index));
    const [whole, link, mark, inner] = found;
    if (link) parts.push(h("a", { href: link, target: "_blank", rel: "noreferrer noopener" }, link));
    else parts.push(h(TAGS[mark], {}, mark === "`" ? inner : words(inner)));
    last = found.index + whole.length;
  }
  parts.push(text.slice(last));
  return parts;
}
