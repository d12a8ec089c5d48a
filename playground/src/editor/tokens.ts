/** Colors of the text: the tokens that the language worker finds, moved along with edits until it has found new ones. */
import { RangeSetBuilder, StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';
import type { TextToken } from '../protocol.js';

/** Shows these tokens, which are those of the whole text. */
export const showTokens = StateEffect.define<readonly TextToken[]>();

const MARKS = new Map<TextToken['kind'], Decoration>();

function markOf(kind: TextToken['kind']): Decoration {
  const mark = MARKS.get(kind) ?? Decoration.mark({ class: `ion-${kind}` });
  MARKS.set(kind, mark);
  return mark;
}

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, newDoc }) {
    const found = effects.find((effect) => effect.is(showTokens));
    return found ? marksOf(found.value, newDoc.length) : marks.map(changes);
  },
  provide: (self) => EditorView.decorations.from(self),
});

function marksOf(tokens: readonly TextToken[], length: number): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to, kind } of tokens) {
    if (from < to && to <= length) builder.add(from, to, markOf(kind));
  }
  return builder.finish();
}

/** Highlighting by {@link showTokens}. */
export const tokenColors: Extension = field;
