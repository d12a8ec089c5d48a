/** The page begins here. */
import { create, find } from './dom.js';
import { EXAMPLES, type Example } from './examples.js';
import { Page } from './page.js';
import { addPalette } from './palette-style.js';
import { showAbout } from './panes/about.js';
import { decodeFragment, type Shared } from './share.js';
import { activateTheme } from './theme.js';

/** What the page begins with. */
const FLAGSHIP = 'examples/ecram-image/image.ion';

addPalette();
const page = new Page();
const examples = find('example', HTMLSelectElement);
examples.append(
  groupOf(
    'Run as they are',
    EXAMPLES.filter(({ missing }) => missing.length === 0),
  ),
  groupOf(
    'Need data of yours',
    EXAMPLES.filter(({ missing }) => missing.length > 0),
  ),
);
examples.addEventListener('change', () => void open({ main: examples.value, texts: {} }));
activateTheme(find('theme', HTMLButtonElement));
showAbout(find('about', HTMLElement));
addEventListener('hashchange', () => void openFragment());
void openFragment();

function groupOf(label: string, entries: readonly Example[]): HTMLElement {
  const options = entries.map(({ file, about }) =>
    create('option', { value: file, textContent: file.replace(/^examples\//, ''), title: about }),
  );
  return create('optgroup', { label }, options);
}

/** What the address says, or the flagship. */
async function openFragment(): Promise<void> {
  try {
    await open((await decodeFragment(location.hash)) ?? { main: FLAGSHIP, texts: {} });
  } catch (error) {
    await open({ main: FLAGSHIP, texts: {} });
    page.tell(error instanceof Error ? error.message : String(error), 'bad');
  }
}

async function open(shared: Shared): Promise<void> {
  await page.open(shared);
  examples.value = shared.main;
  const example = EXAMPLES.find(({ file }) => file === shared.main);
  if (example && example.missing.length > 0) {
    page.tell(`This example reads ${example.missing.join(', ')}: add your copy with “Add files”.`);
  } else if (example) page.tell(example.about);
}
