/** The lexer and the parser. Each is built once, because that takes most of a start. */
import { Lexer } from '../chevrotain.js';
import { IonParser } from './ion-parser.js';
import { TOKENS } from './tokens.js';

// What the validations would find is found by test.
export const LEXER = new Lexer([...TOKENS], { positionTracking: 'full', skipValidations: true });
export const PARSER = new IonParser();
