/** The little Markdown that hovers are written in: bold words, code in a line, fenced code, paragraphs. */
import { create } from '../dom.js';

/** `markdown` as elements; nothing in it is taken for HTML. */
export function renderMarkdown(markdown: string): HTMLElement {
  const parts = markdown.split(/```\w*\n([^]*?)\n?```/);
  const blocks = parts.flatMap((part, index) =>
    index % 2 === 1 ? [create('pre', { textContent: part })] : paragraphsOf(part),
  );
  return create('div', { className: 'hover' }, blocks);
}

function paragraphsOf(text: string): readonly HTMLElement[] {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  return paragraphs.map((paragraph) => create('p', {}, inlineOf(paragraph.trim())));
}

function inlineOf(text: string): readonly (Node | string)[] {
  return text.split(/(`[^`]*`|\*\*[^*]*\*\*)/).map((part) => {
    if (part.startsWith('`')) return create('code', { textContent: part.slice(1, -1) });
    if (part.startsWith('**')) return create('strong', { textContent: part.slice(2, -2) });
    return part;
  });
}
