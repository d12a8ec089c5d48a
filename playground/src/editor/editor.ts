/** The editor: CodeMirror, with everything about the language from the language worker. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, snippet, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'; // prettier-ignore
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic as Squiggle } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
  type Tooltip,
} from '@codemirror/view';
import type { Diagnostic } from '../../../src/core/diagnostic.js';
import type { LanguageClient } from '../language-client.js';
import type { CompletionEntry, TextToken } from '../protocol.js';
import { renderMarkdown } from './markdown.js';
import { showTokens, tokenColors } from './tokens.js';

/** What the editor tells and asks. */
export interface EditorSetup {
  readonly parent: HTMLElement;
  readonly language: LanguageClient;
  /** The text was changed by the user. */
  readonly onChange: (text: string) => void;
}

/** A text field for one file at a time; each keeps its history and cursor. */
export class Editor {
  readonly #setup: EditorSetup;
  readonly #view: EditorView;
  readonly #states = new Map<string, EditorState>();
  #file = '';

  constructor(setup: EditorSetup) {
    this.#setup = setup;
    this.#view = new EditorView({ parent: setup.parent, state: this.#newState('') });
    this.#keepCursorInSight();
  }

  get file(): string {
    return this.#file;
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Forgets all files. */
  clear(): void {
    this.#states.clear();
    this.#file = '';
  }

  /** Shows a file; `text` counts where it was not shown before. */
  show(file: string, text: string): void {
    if (this.#file !== '') this.#states.set(this.#file, this.#view.state);
    this.#file = file;
    this.#view.setState(this.#states.get(file) ?? this.#newState(text));
  }

  /** Replaces the text, as an edit that can be undone. */
  replace(text: string): void {
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
  }

  /** Shows colors and what is wrong with the text, if it is still `checked`. */
  annotate(checked: string, tokens: readonly TextToken[], diagnostics: readonly Diagnostic[]): void {
    if (this.text !== checked) return;
    this.#view.dispatch({ effects: showTokens.of(tokens) });
    const own = diagnostics.filter(({ span }) => span?.file === this.#file);
    this.#view.dispatch(
      setDiagnostics(
        this.#view.state,
        own.map((each) => squiggleOf(each, checked.length)),
      ),
    );
  }

  /** Puts the cursor to a place of the file that is shown, and the keyboard into the editor. */
  goTo(offset: number): void {
    const at = Math.min(offset, this.#view.state.doc.length);
    this.#view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    this.#view.focus();
  }

  /** The list of problems takes room of the editor when it fills: what is being typed has to stay in sight. */
  #keepCursorInSight(): void {
    let height = Infinity;
    new ResizeObserver(() => {
      const { scrollDOM, state, hasFocus } = this.#view;
      const before = height;
      height = scrollDOM.clientHeight;
      if (!hasFocus || height >= before) return;
      const { head } = state.selection.main;
      const place = this.#view.coordsAtPos(head);
      const bottom = (place?.bottom ?? Infinity) - scrollDOM.getBoundingClientRect().top;
      const isHidden = bottom > height && bottom <= before;
      if (isHidden) this.#view.dispatch({ effects: EditorView.scrollIntoView(head, { y: 'nearest' }) });
    }).observe(this.#view.scrollDOM);
  }

  #newState(text: string): EditorState {
    const { language } = this.#setup;
    const isLanguage = (): boolean => this.#file.endsWith('.ion');
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        indentUnit.of('  '),
        autocompletion({ icons: false, override: [(context) => (isLanguage() ? this.#complete(context) : null)] }),
        hoverTooltip((_, offset) => (isLanguage() ? this.#hover(offset) : null)),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
        tokenColors,
        EditorView.contentAttributes.of({ 'aria-label': 'Program text', spellcheck: 'false' }),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (!docChanged) return;
          const changed = state.doc.toString();
          language.edit(this.#file, changed);
          this.#setup.onChange(changed);
        }),
      ],
    });
  }

  async #complete(context: CompletionContext): Promise<CompletionResult | null> {
    const word = context.matchBefore(/"?[A-Za-z_][\w-]*/);
    const isAsked = context.explicit || word !== null || context.matchBefore(/\./) !== null;
    if (!isAsked) return null;
    const { items } = await this.#setup.language.complete(this.#file, context.pos);
    const options = [...items].sort(byOrder).map(optionOf);
    return { from: word?.from ?? context.pos, options, validFor: /^[\w-]*$/ };
  }

  async #hover(offset: number): Promise<Tooltip | null> {
    const { hover } = await this.#setup.language.hover(this.#file, offset);
    if (!hover) return null;
    const create = () => ({ dom: renderMarkdown(hover.markdown) });
    return { pos: hover.from, end: hover.to, above: true, create };
  }
}

function byOrder(left: CompletionEntry, right: CompletionEntry): number {
  if (left.order === right.order) return 0;
  return left.order < right.order ? -1 : 1;
}

/** Entries keep their order: the first of many are the nearest. */
function optionOf({ label, insert, kind, detail }: CompletionEntry, position: number): Completion {
  const apply = insert === label ? label : snippet(insert.replace('$0', '${}'));
  return { label, detail, type: kind, apply, boost: Math.max(-99, 50 - position) };
}

/** A mark of at least one character, so that it can be seen. */
function squiggleOf({ code, severity, message, help, span }: Diagnostic, length: number): Squiggle {
  const start = Math.min(span?.start.offset ?? 0, length);
  const end = Math.min(Math.max(span?.end.offset ?? 0, start + 1), length);
  const text = help === undefined ? message : `${message}\nhelp: ${help}`;
  return { from: Math.min(start, end), to: end, severity, message: text, source: code };
}
