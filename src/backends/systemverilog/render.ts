/** The only user of Handlebars here: one strict environment, views that throw on a missing name, tidy text. */
import Handlebars from 'handlebars';
import { InternalError, invariant } from '../../core/invariant.js';
import type { HardwareSources, TemplateName } from './hardware-sources.js';
import type { Views } from './views.js';

export type Render = <Name extends TemplateName>(name: Name, view: Views[Name]) => string;

/** A renderer of the templates in `sources`. */
export function createRenderer(sources: HardwareSources): Render {
  const environment = Handlebars.create();
  for (const { name, text } of sources.partials) environment.registerPartial(name, text);
  const templates = new Map(
    sources.templates.map(({ name, text }) => [
      name,
      environment.compile(text, {
        noEscape: true,
        strict: true,
        knownHelpersOnly: true,
        explicitPartialContext: true,
      }),
    ]),
  );
  return (name, view) => {
    const template = templates.get(name);
    invariant(template, `template ${name} exists`);
    return tidy(template(throwOnMissing(view, name.endsWith('.xml') ? escapeXml : unchanged)));
  };
}

type TextOf = (text: string) => string;

function unchanged(text: string): string {
  return text;
}

/** `strict` does not look into conditions and partials' contexts: reading any name that a view lacks throws here. */
function throwOnMissing<View extends object>(view: View, textOf: TextOf): View {
  return new Proxy(view, {
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (typeof key === 'symbol' || Array.isArray(target)) return wrap(value, textOf);
      if (!(key in target)) throw new InternalError(`a template reads \`${key}\`, which its view lacks`);
      return wrap(value, textOf);
    },
  });
}

function wrap(value: unknown, textOf: TextOf): unknown {
  if (typeof value === 'string') return textOf(value);
  return typeof value === 'object' && value !== null ? throwOnMissing(value, textOf) : value;
}

const XML_NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };

/** A text between tags or quotation marks of XML 1.0, which has no place for most control characters. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, (sign) => `&${XML_NAMES[sign] ?? ''};`);
}

/** No trailing blanks, no double blank lines, none before a closing line, one newline at the end. */
export function tidy(text: string): string {
  return `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n\n( *(?:\);|end\b|endmodule\b))/g, '\n$1')
    .trim()}\n`;
}
