/** Chevrotain as a bundler finds it; takes the place of `src/dsl/chevrotain.ts`, which looks for a file on disk. */
export { createToken, EmbeddedActionsParser, EOF, isRecognitionException, tokenMatcher } from 'chevrotain';
