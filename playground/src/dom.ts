/** Elements of the page, made and found. */

type Child = Node | string | undefined;

type Properties<Tag extends keyof HTMLElementTagNameMap> = Partial<
  Omit<HTMLElementTagNameMap[Tag], 'style' | 'dataset' | 'children' | 'attributes'>
> & { readonly attributes?: Readonly<Record<string, string>> };

/** A new element; `attributes` are those that have no property. */
export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { attributes = {}, ...properties }: Properties<Tag> = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** The element of the page with that id; throws where the page has none of that kind. */
export function find<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`the page has no ${kind.name} \`${id}\``);
  return element;
}

/** A table with a header; columns in `numeric` are aligned to the right. */
export function createTable(
  header: readonly string[],
  rows: readonly (readonly (string | Node)[])[],
  numeric: readonly number[] = [],
): HTMLElement {
  const classOf = (column: number): string => (numeric.includes(column) ? 'numeric' : '');
  const head = header.map((text, column) =>
    create('th', { textContent: text, className: classOf(column), scope: 'col' }),
  );
  const body = rows.map((row) =>
    create(
      'tr',
      {},
      row.map((cell, column) => create('td', { className: classOf(column) }, [cell])),
    ),
  );
  const table = create('table', {}, [create('thead', {}, [create('tr', {}, head)]), create('tbody', {}, body)]);
  // Wide tables scroll by themselves, also by keyboard
  return create('div', { className: 'scroll', tabIndex: 0, attributes: { role: 'region', 'aria-label': header.join(', ') } }, [table]); // prettier-ignore
}

/** Saves `content` as a file of the user. */
export function download(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  create('a', { href: url, download: name }).click();
  // The browser has to have begun before the address goes
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
