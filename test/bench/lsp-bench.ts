/** Time from a keystroke to its diagnostics, over the streams of a real server. */
import type { Position } from 'vscode-languageserver/node';
import { LspClient } from './lsp-client.js';
import { generateSource } from './check-bench.js';

/** Keystrokes before the measurement, in which the server's code is compiled. */
const WARM_UP = 20;

export interface KeystrokeSpeed {
  /** Median time from sending a change to having received its diagnostics [s]. */
  readonly seconds: number;
  /** The longest of them [s]. */
  readonly longestSeconds: number;
}

/**
 * Types `count` characters at places all over a generated file of `lines` lines: a digit is added to a number and
 * deleted again, so that every version is good and all of it is checked. Throws where the server finds one wrong.
 */
export async function benchKeystrokes(lines: number, count: number): Promise<KeystrokeSpeed> {
  const client = LspClient.start();
  try {
    await client.initialize(process.cwd());
    const uri = 'untitled:generated.ion';
    const text = generateSource(lines);
    await client.open(uri, text);
    const places = placesToType(text);
    const times: number[] = [];
    for (let stroke = 0; stroke < WARM_UP + count; stroke++) {
      // Two strokes at each place: far apart, in no order
      const place = places[((stroke >> 1) * 37) % places.length];
      if (!place) throw new Error('the generated file has no place to type at');
      times.push(await timeKeystroke(client, uri, place, stroke % 2 === 0));
    }
    const sorted = times.slice(WARM_UP).sort((left, right) => left - right);
    return { seconds: sorted[Math.floor(sorted.length / 2)] ?? NaN, longestSeconds: sorted.at(-1) ?? NaN };
  } finally {
    client.connection.dispose();
    client.process.kill();
  }
}

/**
 * Behind a digit of every line of which more digits make no mistake: parameters of the file, on which half of it
 * depends, and lines inside of devices.
 */
function placesToType(text: string): Position[] {
  return text.split('\n').flatMap((line, number) => {
    const found = /^(param \w+ = .*\/ \d|  param fieldVoltage = 0\.5|  energy = 1|  maximum duration 30)/.exec(line);
    return found ? [{ line: number, character: found[0].length }] : [];
  });
}

/** Seconds from sending one typed or deleted character to its diagnostics. */
async function timeKeystroke(client: LspClient, uri: string, place: Position, isTyped: boolean): Promise<number> {
  const end = { ...place, character: place.character + 1 };
  const change = isTyped
    ? { range: { start: place, end: place }, text: '0' }
    : { range: { start: place, end }, text: '' };
  const begin = performance.now();
  const { diagnostics } = await client.change(uri, change);
  const seconds = (performance.now() - begin) / 1000;
  if (diagnostics.length > 0) throw new Error(`the generated file is found wrong: ${diagnostics[0]?.message ?? ''}`);
  return seconds;
}
