/** The report of a run: the page that `ionloom report` writes, in a frame of its own, as a file and in a tab. */
import { create, download } from '../dom.js';

/**
 * Fills `pane`. The frame has an origin of its own, so that nothing in a report reaches this page, and a policy of its own,
 * so that the report's script may run.
 */
export function showReport(pane: HTMLElement, report: string, name: string): void {
  const save = create('button', { type: 'button', textContent: 'Download report (.html)' });
  save.addEventListener('click', () => {
    download(`${name}.html`, report, 'text/html');
  });
  const frame = create('iframe', { title: 'Report', src: './report-frame.html', attributes: { sandbox: 'allow-scripts allow-downloads' } }); // prettier-ignore
  // The report replaces the page in the frame, which loads once more with that
  frame.addEventListener('load', () => frame.contentWindow?.postMessage(report, '*'), { once: true });
  const note = create('span', {
    className: 'faint',
    textContent: 'Without co-simulation, which the command line has.',
  });
  pane.replaceChildren(create('p', { className: 'actions' }, [save, note]), frame);
}
