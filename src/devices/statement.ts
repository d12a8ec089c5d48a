/** What handlers do: statements of `on pulse` in devices and of events in learning rules. All numbers are SI. */
import type { Span } from '../core/span.js';
import type { Expression } from './expression.js';

/** A statement; equations see the values that earlier statements of the handler left. */
export type Statement =
  | { readonly kind: 'assign'; readonly target: string; readonly value: Expression; readonly origin: Span }
  /** A value with a name for the statements behind it in the same block. */
  | { readonly kind: 'local'; readonly name: string; readonly value: Expression; readonly origin: Span }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly whenTrue: readonly Statement[];
      readonly whenFalse: readonly Statement[];
      readonly origin: Span;
    };

/** A condition that holds at every moment of a run. */
export interface Invariant {
  /** As written, for messages. */
  readonly text: string;
  readonly condition: Expression;
  readonly origin: Span;
}
