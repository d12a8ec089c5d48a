/** The parser, built once, because that takes most of a start. */
import { IonParser } from './ion-parser.js';

/** The parser of all texts; it is ready for the next one after `begin`. */
export const PARSER = new IonParser(true);
