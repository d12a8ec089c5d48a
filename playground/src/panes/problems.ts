/** The list of what is wrong: code, message, way out and place; a click leads there. */
import type { Diagnostic } from '../../../src/core/diagnostic.js';
import { create } from '../dom.js';

/** Fills `list`; `goTo` gets the diagnostic that was chosen. */
export function showProblems(
  list: HTMLElement,
  diagnostics: readonly Diagnostic[],
  goTo: (diagnostic: Diagnostic) => void,
): void {
  list.replaceChildren(...diagnostics.map((diagnostic) => create('li', {}, [problemOf(diagnostic, goTo)])));
}

function problemOf(diagnostic: Diagnostic, goTo: (diagnostic: Diagnostic) => void): HTMLElement {
  const { code, severity, message, help, span } = diagnostic;
  const place = span ? `${span.file}:${String(span.start.line)}:${String(span.start.column)}` : '';
  const content = [
    create('span', { className: `severity ${severity}`, textContent: severity }),
    ' ',
    create('code', { textContent: code }),
    ' ',
    create('span', { className: 'message', textContent: message }),
    help === undefined ? undefined : create('span', { className: 'help', textContent: `help: ${help}` }),
    place === '' ? undefined : create('span', { className: 'place', textContent: place }),
  ];
  const attributes = { 'data-code': code, 'data-place': place };
  if (!span) return create('div', { className: 'problem', attributes }, content);
  const button = create('button', { className: 'problem', type: 'button', attributes }, content);
  button.addEventListener('click', () => {
    goTo(diagnostic);
  });
  return button;
}

/** `2 errors, 1 warning`, `no problems`. */
export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [counted(errors, 'error'), counted(warnings, 'warning')].filter((part) => part !== '');
  return parts.join(', ') || 'no problems';
}

function counted(count: number, noun: string): string {
  if (count === 0) return '';
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
