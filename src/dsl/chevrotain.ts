/**
 * The door to Chevrotain. Its package entry loads some 690 files, most of them lodash's, which takes 240 ms at every
 * start; the same version as one file, which the package ships but does not list in its exports, takes 9 ms.
 */
import type * as Chevrotain from 'chevrotain';

const bundle = new URL('../chevrotain.mjs', import.meta.resolve('chevrotain'));
// The bundle exports what the package does.
const chevrotain = (await import(bundle.href)) as typeof Chevrotain;

export const { createToken, EmbeddedActionsParser, EOF, isRecognitionException, tokenMatcher } = chevrotain;
