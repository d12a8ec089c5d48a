/**
 * Makes the SVG text of Vega small and fit for a page that holds many: empty frames go, squares of one colour become
 * one path, numbers lose digits that nobody sees, and identifiers are those of one figure. What is drawn stays as it was.
 */

/** Elements that show nothing: frames without size or paint, which Vega draws around every group. */
const EMPTY = /<path class="(?:background|foreground)"[^>]*\/>|<g class="[^"]*"[^>]*(?:\/>|(?<!\/)><\/g>)/g;

/** A run of sibling squares. */
const SQUARES = /(?:<path d="M[^"]*Z" fill="[^"]*"\/>){2,}/g;
const SQUARE = /<path d="([^"]*)" fill="([^"]*)"\/>/g;

/** `svg` for a place in a page; `name` begins the identifiers inside. */
export function compactSvg(svg: string, name: string): string {
  const compact = svg
    .replaceAll(/ xmlns(?::xlink)?="[^"]*"| version="1\.1"| aria-roledescription="[^"]*"/g, '')
    .replaceAll(EMPTY, (element) => (/ (?:stroke|fill)="/.test(element) ? element : ''))
    .replaceAll(SQUARES, mergeSquares)
    .replaceAll(/ (transform|d|x|y|x1|x2|y1|y2)="[^"]*"/g, (attribute) =>
      attribute.replaceAll(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2)))),
    );
  // Vega counts identifiers over all that it draws
  const names = new Map(
    [...compact.matchAll(/ id="([\w-]+)"/g)].map(([, id], index) => [id, `${name}-${String(index + 1)}`]),
  );
  return compact
    .replaceAll(/ id="([\w-]+)"/g, (_, id: string) => ` id="${names.get(id) ?? id}"`)
    .replaceAll(/url\(#([\w-]+)\)/g, (_, id: string) => `url(#${names.get(id) ?? id})`);
}

function mergeSquares(run: string): string {
  const paths = new Map<string, string>();
  for (const [, d = '', fill = ''] of run.matchAll(SQUARE)) paths.set(fill, `${paths.get(fill) ?? ''}${d}`);
  return [...paths].map(([fill, d]) => `<path d="${d}" fill="${fill}"/>`).join('');
}
